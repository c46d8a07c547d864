"""The area tree: the tree itself, one grid of it with all that may be done, and its rules."""
