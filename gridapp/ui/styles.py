"""The stylesheets of every page, in the order in which they build on each other."""

_SHEETS = (
    "tokens",
    "base",
    "parts",
    "forms",
    "photos",
    "story",
    "lists",
    "outbox",
    "staff",
    "desk",
    "figures",
    "areas",
    "register",
    "map",
    "people",
    "tables",
    "works",
    "rules",
    "eyes",
)
STYLESHEETS = tuple(f"/styles/{sheet}.css" for sheet in _SHEETS)
VIEWPORT = "width=device-width, initial-scale=1, viewport-fit=cover"
ICON = "/icon.svg"
# Moves the focus into a sheet and back, and lets Escape put it away.
SHEETS_MODULE = "/staff/sheet.js"
# Brings the focus to a case that has been opened, and gives the page its name.
OPENED_MODULE = "/staff/opened.js"
# Lets Escape clear a search, and keeps its words in the address.
SEARCH_MODULE = "/staff/search.js"
# Sends portraits and opens the print dialog on the administrators' pages.
MANAGE_MODULE = "/staff/manage.js"
