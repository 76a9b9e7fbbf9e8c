"""The labs: what a fitted model sees, set beside what a causal model can be asked."""
