"""Every sentence that the engine can say, by key and language."""
