"""The words of imports: where a file stands, and what was done to a row."""

from enum import StrEnum


class ImportState(StrEnum):
    """Where a file that was brought to be imported stands."""

    BROUGHT = "brought"
    CHECKED = "checked"
    APPLIED = "applied"
    UNDONE = "undone"
    DROPPED = "dropped"


class RowFate(StrEnum):
    """What an import did to a row of a table."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
