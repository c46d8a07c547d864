"""Roles and reach as a person can read them, and why somebody may or may not do a deed."""
