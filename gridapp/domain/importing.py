"""The words of imports: where a file stands, and what was done to a row."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


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


IMPORT_STATE: Final[Mapping[ImportState, str]] = {
    ImportState.BROUGHT: "待检查",
    ImportState.CHECKED: "已检查",
    ImportState.APPLIED: "已导入",
    ImportState.UNDONE: "已撤销",
    ImportState.DROPPED: "已放弃",
}
