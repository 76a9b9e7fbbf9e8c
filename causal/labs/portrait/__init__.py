"""A portrait whose every shape is drawn from a variable of a causal model, and three ways to ask it for red glasses."""
