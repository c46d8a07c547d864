"""The database itself: how it is opened, and what no column can hold."""
