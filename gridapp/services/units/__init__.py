"""Departments that handle cases, the grids they look after, and their officers (部门)."""
