"""What is drawn: graphs, charts, crowds."""
