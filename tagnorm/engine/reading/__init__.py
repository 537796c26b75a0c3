"""The answer for one word: its readings weighed, with what may be doubted about it."""
