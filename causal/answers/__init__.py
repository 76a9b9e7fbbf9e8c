"""Ask a model a question of any rung: its terms answered one by one, joined, and swept along a slider."""
