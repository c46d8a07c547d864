"""What is logged when an event handler or a page breaks; the browser is told no detail."""

import logging

_LOG = logging.getLogger("gridapp.events")


def log_failure(exception: Exception) -> None:
    """Log an exception that escaped an event handler."""
    _LOG.error("an event handler failed", exc_info=exception)


def log_browser_failure(exception: Exception) -> None:
    """Log what broke in somebody's browser; its text comes from outside and may be anything."""
    _LOG.warning("a page broke in a browser: %.2000s", exception)
