"""Pure mathematics: the least and the greatest value of arithmetic over polytopes; nothing of causality."""
