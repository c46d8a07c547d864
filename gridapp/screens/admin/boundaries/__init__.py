"""The pages of boundaries: the map with its lists, the import, the drawing of one grid."""
