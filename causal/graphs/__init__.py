"""What arrows alone say: paths, separation, and the criteria by which an effect can be computed from what is seen."""
