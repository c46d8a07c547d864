"""The Reflex front end: built once, kept while nothing changed, served from one directory."""
