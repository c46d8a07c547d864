"""What pages are made of: controls of fields, forms of deeds, pages of rules."""
