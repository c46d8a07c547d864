"""People, their posts, their passwords and their sign-ins."""
