"""What an edit makes of a code, and which forms of the vocabulary are an edit from a word."""
