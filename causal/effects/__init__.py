"""Two values of a treatment held against each other: named effects, and what a set of variables reports of them."""
