"""What may be concluded from a graph: identification."""
