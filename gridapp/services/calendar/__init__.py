"""The work calendar: what is published, what a street keeps of it."""
