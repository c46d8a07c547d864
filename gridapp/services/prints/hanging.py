"""Knows what hangs where: the last print of each sheet, and whether it is still true."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.services.prints.views import Batch, Printable, Sheet
from gridapp.tables import PrintRecord


def changed_since(act: Act, sheet: Sheet, pages: Sequence[Printable]) -> list[Printable]:
    """Keep the pages that were never printed, or whose words or code are no longer those."""
    marks = _last_marks(act, sheet)
    return [page for page in pages if marks.get(_where(sheet, page)) != page.mark]


def record_batch(act: Act, batch: Batch) -> int:
    """Write down what was printed for where; gives the number of pages."""
    act.session.add_all(
        PrintRecord(
            sheet=batch.sheet.value,
            building_id=page.building_id,
            grid_id=page.grid_id,
            subject=_where(batch.sheet, page),
            mark=page.mark,
            printed_at=act.now,
            actor_id=act.actor.person_id,
        )
        for page in batch.pages
    )
    return len(batch.pages)


def _where(sheet: Sheet, page: Printable) -> str:
    """Name the place of a page: a building, a grid, or in a grid the wearer of a badge."""
    if page.building_id is not None:
        return f"building:{page.building_id}"
    if sheet is Sheet.BADGE:
        return f"grid:{page.grid_id}:{page.faces[0].name}"
    return f"grid:{page.grid_id}"


def _last_marks(act: Act, sheet: Sheet) -> dict[str, str]:
    newest: Any = (
        select(func.max(PrintRecord.id))
        .where(col(PrintRecord.sheet) == sheet.value)
        .group_by(col(PrintRecord.subject))
    )
    rows = act.session.execute(
        select(col(PrintRecord.subject), col(PrintRecord.mark)).where(
            col(PrintRecord.id).in_(newest)
        )
    )
    return {subject: mark for subject, mark in rows}  # noqa: C416 - dict() cannot type a Row
