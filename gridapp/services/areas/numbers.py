"""What a table tells of a grid beside the tree: how many households, and where its middle is."""

from collections.abc import Mapping
from typing import Any

from gridapp.services.areas.chronicle import note_change
from gridapp.services.areas.open import id_of
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.tables import Grid

NUMBERS = ("household_count", "lng_wgs84", "lat_wgs84")


def update_numbers(act: Act, grid: Grid, told: Mapping[str, Any]) -> dict[str, Any]:
    """Write what is new of a grid's numbers, with history and audit; gives what it was before.

    Args:
        act: The transaction.
        grid: The grid, in use.
        told: Some of ``NUMBERS``.
    """
    changes = {name: value for name, value in told.items() if getattr(grid, name) != value}
    if not changes:
        return {}
    before = {name: getattr(grid, name) for name in changes}
    for name, value in changes.items():
        setattr(grid, name, value)
    act.session.flush()
    note_change(act, id_of(grid), "area.change", before, changes)
    write_audit(act, "area.numbers", f"grid:{grid.id}", before=before, after=changes)
    return before
