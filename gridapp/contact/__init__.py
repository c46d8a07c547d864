"""First contact: server-rendered pages that need no framework in the browser."""
