"""Reads what was written down to be answered for; changes none of it (审计)."""
