"""The factual and the hypothetical worlds of a question as one network; the one door to pgmpy."""
