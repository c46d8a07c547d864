"""What the reporter is told outside the house: short messages and notices of a browser."""
