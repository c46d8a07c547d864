"""Notices of a grid: posted by its people, read by its residents."""
