"""Posters, cards and boards: views in, PDF and PNG bytes out."""
