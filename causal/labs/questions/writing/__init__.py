"""Questions and prompts in words, with their exact answers."""
