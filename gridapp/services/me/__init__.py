"""What the app shows a member of staff of themselves, and takes along offline."""
