"""Structural causal models as frozen values: variables, mechanisms, graph."""
