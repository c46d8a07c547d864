"""Where grids lie: boundaries imported, drawn or sketched, checked, and asked by position."""
