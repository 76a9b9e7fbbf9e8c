"""A trial's and a survey's table: how probable it is that the treatment was needed."""
