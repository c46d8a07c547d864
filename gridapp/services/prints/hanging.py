"""Knows what hangs where: the last print of each sheet, and whether it is still true."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.services.prints.views import Batch, Printable, Sheet, parts_kept
from gridapp.tables import HangRecord, PrintRecord

# What a person reads for a part that is another one by now; whoever is another person brings
# phone, duties and photo along.
_PART: Final = {"people": "人员", "phones": "电话", "duties": "职责", "photos": "照片"}
_OF_PLACE: Final = {"name": "名称或地址", "place": "所属区域", "code": "二维码"}
_PROMISES: Final = "承诺"
_SOMETHING: Final = "内容"
_SUBJECTS_MOST: Final = 2_000


@dataclass(frozen=True)
class Printed:
    """The last print of a place and sheet; ``hung_at`` is when that very print was seen hanging."""

    mark: str
    parts: Mapping[str, str]
    printed_at: datetime
    hung_at: datetime | None = None


def changed_since(act: Act, sheet: Sheet, pages: Sequence[Printable]) -> list[Printable]:
    """Keep the pages that were never printed, or whose words or code are no longer those."""
    last = last_prints(act, sheet, [subject_of(sheet, page) for page in pages])
    return [page for page in pages if not is_true(page, last.get(subject_of(sheet, page)))]


def is_true(page: Printable, printed: Printed | None) -> bool:
    """Tell whether all that was printed last is still what a page says now."""
    if printed is None or printed.mark == page.mark:
        return printed is not None
    # The page may say something else by now where its print, by sheet and layout, says nothing.
    return bool(printed.parts) and not _others(page, printed)


def _others(page: Printable, printed: Printed) -> set[str]:
    return {part for part, mark in page.parts.items() if printed.parts.get(part, mark) != mark}


def why_changed(page: Printable, printed: Printed) -> str:
    """Say which parts of a print are no longer true, as ``人员、二维码``; empty when all are."""
    if is_true(page, printed):
        return ""
    other = _others(page, printed)
    told = [words for part, words in _OF_PLACE.items() if part in other]
    if "people" in other:
        told.append(_PART["people"])
    else:
        told += [words for part, words in _PART.items() if part in other]
    told += [_PROMISES] if "promises" in other else []
    return "、".join(told) or _SOMETHING


def record_batch(act: Act, batch: Batch) -> int:
    """Write down what was printed for where; gives the number of pages."""
    act.session.add_all(
        PrintRecord(
            sheet=batch.sheet.value,
            building_id=page.building_id,
            grid_id=page.grid_id,
            subject=subject_of(batch.sheet, page),
            mark=page.mark,
            parts=page.parts_on(batch.sheet, batch.layout),
            printed_at=act.now,
            actor_id=act.actor.person_id,
        )
        for page in batch.pages
    )
    return len(batch.pages)


def subject_of(sheet: Sheet, page: Printable) -> str:
    """Name the place of a page: a building, a grid, or in a grid the wearer of a badge."""
    if page.building_id is not None:
        return f"building:{page.building_id}"
    if sheet is Sheet.BADGE:
        return f"grid:{page.grid_id}:{page.faces[0].name}"
    return f"grid:{page.grid_id}"


def last_prints(act: Act, sheet: Sheet, subjects: Iterable[str]) -> dict[str, Printed]:
    """Give the last print of each place, and whether it was seen hanging."""
    wanted = sorted(set(subjects))
    found: dict[str, Printed] = {}
    for at in range(0, len(wanted), _SUBJECTS_MOST):
        found |= _last_prints(act, sheet, wanted[at : at + _SUBJECTS_MOST])
    return found


def _last_prints(act: Act, sheet: Sheet, subjects: list[str]) -> dict[str, Printed]:
    hung = _newest(act, HangRecord, sheet, subjects)
    seen = {row.subject: row for row in hung}
    found = {}
    for row in _newest(act, PrintRecord, sheet, subjects):
        sight = seen.get(row.subject)
        is_seen = sight is not None and sight.mark == row.mark
        parts = parts_kept(sheet, row.parts or {})
        hung_at = sight.hung_at if sight is not None and is_seen else None
        found[row.subject] = Printed(row.mark, parts, row.printed_at, hung_at)
    return found


def _newest(act: Act, table: Any, sheet: Sheet, subjects: list[str]) -> list[Any]:
    newest: Any = (
        select(func.max(table.id))
        .where(table.sheet == sheet.value, col(table.subject).in_(subjects))
        .group_by(table.subject)
    )
    return list(act.session.execute(select(table).where(table.id.in_(newest))).scalars())
