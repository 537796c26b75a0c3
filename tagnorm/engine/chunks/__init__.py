"""The answers for chunks side by side: what words mean to one another in a field."""
