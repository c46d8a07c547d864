"""Computed figures: counted from the ledger each time, never kept beside it."""
