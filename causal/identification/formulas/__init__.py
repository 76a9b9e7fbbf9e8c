"""Estimands as values: simplified, written down, and evaluated on distributions."""
