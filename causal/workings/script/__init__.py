"""The same answer as a Python script that stands alone."""
