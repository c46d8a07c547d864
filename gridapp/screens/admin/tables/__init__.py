"""Tables in and out in the browser: bring, look, check, import, undo; take out."""
