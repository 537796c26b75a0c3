"""A word as a lattice of readings, and the searches for the best path and the n best."""
