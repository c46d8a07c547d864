"""Pages for whoever comes by: the home page and the page for a wrong address."""
