"""Photos of cases: taken in clean, kept once, shown only to whom they concern."""
