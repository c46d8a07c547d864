"""One case as staff see it, and the forms of the deeds that may be done on it."""
