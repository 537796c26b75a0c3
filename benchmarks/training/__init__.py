"""What the shipped tables are learnt on and how: labelled strings, damage, weights, letters."""
