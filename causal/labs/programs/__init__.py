"""Hidden causes as probabilistic programs: what the data say of an effect when nobody measures its common cause."""
