"""What a person reads on the pages of first contact, one module a feature."""
