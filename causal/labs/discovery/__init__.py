"""Where graphs come from: what a search finds in data, what no data can decide, and which experiment decides it."""
