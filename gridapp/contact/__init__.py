"""First contact: pages rendered by the server, without any framework and without needing script."""
