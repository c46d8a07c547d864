"""The lives of a case: what a reopening puts away, and what it begins anew.

A closing is a deed of its day and a promise is judged in its own days, whatever is reopened later:
so a reopening copies the life that it ends into ``CaseLife`` and empties the case's own columns.
"""

from collections.abc import Callable
from typing import Any, Final

from gridapp.tables import Case, CaseLife

_COPIED: Final = (
    "status", "settled", "outcome", "due_at", "missed_at", "redone_at", "extended_at",
    "extended_late_at", "handled_at", "closed_at", "contacted", "solved", "satisfaction",
    "rated_at",
)  # fmt: skip

# What a new life begins with, beside its promise.
FRESH: Final[dict[str, Any]] = {
    "settled": False,
    **dict.fromkeys(
        (
            "outcome", "missed_at", "redone_at", "extended_at", "extended_late_at", "handled_at",
            "closed_at", "contacted", "solved", "satisfaction", "rated_at", "holder_id", "unit_id",
            "extension_asked_to", "warned_at",
        )
    ),
}  # fmt: skip


def life_values(read: Callable[[str], Any]) -> dict[str, Any]:
    """Give the columns of the life that a reopening ends.

    Args:
        read: Gives a column of the case's row by its name, as it is before the reopening.
    """
    return {
        "case_id": read("id"),
        "number": read("reopen_count") + 1,
        "started_at": read("reopened_at") or read("reported_at"),
        **{name: read(name) for name in _COPIED},
    }


def ended_life(row: Case) -> CaseLife:
    """Give the life of a case that is about to be reopened, to be saved once it is."""
    return CaseLife(**life_values(lambda name: getattr(row, name)))
