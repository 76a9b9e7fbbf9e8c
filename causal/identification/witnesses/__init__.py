"""Two models with one graph and the same data that answer differently: why a question cannot be known."""
