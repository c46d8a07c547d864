"""What administrators do to the rules: items, limits, years, colours, reasons to visit."""
