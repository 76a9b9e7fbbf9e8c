"""What a lower rung leaves open: models that agree below and differ above, and what each assumption buys."""
