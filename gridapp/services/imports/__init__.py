"""Files brought to be imported: looked at, checked without writing, imported, undone."""
