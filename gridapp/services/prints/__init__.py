"""What hangs on walls: what is printed for which building and grid, and what hangs there now."""
