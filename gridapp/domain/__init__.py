"""The rulebook: what is true in this town. Plain Python, no screen, HTTP, database or clock."""
