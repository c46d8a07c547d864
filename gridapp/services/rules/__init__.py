"""Rules that an administrator changes with effect dates: what holds, who changed it, from when."""
