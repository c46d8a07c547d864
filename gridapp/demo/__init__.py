"""The demo: an empty database becomes a street with a year behind it, the same from one seed."""
