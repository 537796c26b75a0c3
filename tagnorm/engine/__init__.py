"""The engine: text in, readings out. It knows no file format, no data frame and no screen."""
