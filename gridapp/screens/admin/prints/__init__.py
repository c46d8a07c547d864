"""Printing: what is printed, how far it is, and what hangs on the walls."""
