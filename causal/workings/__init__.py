"""The steps to an answer: in words and formulas, as what the facts say about chance, and as a script."""
