"""The database itself: opening it, migrating it, backing it up."""
