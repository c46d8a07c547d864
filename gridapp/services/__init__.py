"""The deeds: one function is one deed is one transaction; ``services/<feature>/<verb>.py``."""
