"""A text in parts: its characters, forms of the vocabulary that are more than a word, tokens."""
