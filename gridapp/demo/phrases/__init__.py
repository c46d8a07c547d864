"""What people in the demo write: made up for it, in the words of residents and of staff."""
