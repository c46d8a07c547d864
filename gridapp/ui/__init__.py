"""Parts of pages without state: shell, cells, and what a page shows when it breaks."""
