"""Pearl's three rules of do-calculus as moves, and the models that refute a move that is not allowed."""
