"""Questions as values: read from text, checked against a model, and written down again."""
