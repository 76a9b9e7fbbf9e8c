"""Seeing, doing and imagining: what their pages show."""
