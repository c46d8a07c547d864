"""Photos: cleaned, kept by content, forgotten when nothing refers to them."""
