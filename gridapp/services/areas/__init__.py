"""Grids and buildings: what is shown of a place, and how one is found."""
