"""The stylesheets of every page, in the order in which they build on each other."""

STYLESHEETS = ("/styles/tokens.css", "/styles/base.css", "/styles/parts.css")
VIEWPORT = "width=device-width, initial-scale=1, viewport-fit=cover"
ICON = "/icon.svg"
