"""What machines ask: REST under /api/v1, files, health."""
