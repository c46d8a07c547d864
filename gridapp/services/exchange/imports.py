"""Imports a table, all or nothing, and reports every row that is wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gridapp.domain.errors import GridappError
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.exchange.areas import AREAS
from gridapp.services.exchange.buildings import BUILDINGS, HOUSEHOLDS
from gridapp.services.exchange.cases import CASES
from gridapp.services.exchange.categories import CATEGORIES
from gridapp.services.exchange.cells import CellError, Cells
from gridapp.services.exchange.columns import Column, TableRefusedError, find_columns
from gridapp.services.exchange.contacts import CONTACTS, VISIT_KINDS
from gridapp.services.exchange.kind import Kind, Taken, Taker, Wishes
from gridapp.services.exchange.people import PEOPLE
from gridapp.services.exchange.reading import Numbered, read_rows
from gridapp.services.permit import demand

KINDS: Final[Mapping[str, Kind]] = {
    "areas": AREAS,
    "buildings": BUILDINGS,
    "people": PEOPLE,
    "households": HOUSEHOLDS,
    "cases": CASES,
    "contacts": CONTACTS,
    "visit-kinds": VISIT_KINDS,
    "categories": CATEGORIES,
}
# Whoever has more wrong rows than this mends the table before reading on.
BAD_ROWS_MAX_COUNT: Final = 1_000
_TELL_EVERY: Final = 50
_BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is wrong: its line in the file, the column's heading, and why."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import came to, or would come to.

    Args:
        bad_rows: The first thousand that are wrong; ``bad_count`` counts all.
        applied: Whether it was kept: nothing is when a row is wrong, or on a dry run.
    """

    row_count: int
    new_count: int
    changed_count: int
    same_count: int
    bad_count: int
    bad_rows: tuple[BadRow, ...]
    applied: bool


def import_table(  # noqa: PLR0913 - what, from where, how, and whom to tell
    act: Act,
    kind: str,
    path: Path,
    wishes: Wishes,
    *,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Import a table, all or nothing; on a dry run only tell what would come of it.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role.
        TableRefusedError: The file cannot be read as this kind of table.
        FactsError: There is no such kind.
    """
    demand(act, Deed.IMPORT)
    table = kind_of(kind)
    attempt = act.session.begin_nested()
    try:
        counted = _take_all(act, table, path, wishes, progress)
    except BaseException:
        attempt.rollback()
        raise
    applied = not counted.bad_count and not dry_run
    if not applied:
        attempt.rollback()
        return counted
    attempt.commit()
    write_audit(act, Deed.IMPORT, kind, rows=counted.row_count, new=counted.new_count)
    return ImportReport(
        counted.row_count, counted.new_count, counted.changed_count, counted.same_count,
        0, (), applied=True,
    )  # fmt: skip


def kind_of(kind: str) -> Kind:
    """Give a kind of table by its name.

    Raises:
        TableRefusedError: There is no such kind.
    """
    if kind not in KINDS:
        raise TableRefusedError(f"没有这种表，可选：{'、'.join(KINDS)}。")
    return KINDS[kind]


def _take_all(
    act: Act,
    table: Kind,
    path: Path,
    wishes: Wishes,
    progress: Callable[[int], None] | None,
) -> ImportReport:
    rows = read_rows(path)
    places = find_columns(table.columns, _headings(rows))
    columns = {column.name: column for column in table.columns}
    taker = table.taker(act, wishes)
    counts = dict.fromkeys(Taken, 0)
    bad: list[BadRow] = []
    bad_count = row_count = 0
    for line, texts in rows:
        row_count += 1
        taken = _take(taker, _cells(texts, places, columns), line)
        if isinstance(taken, BadRow):
            bad_count += 1
            bad += [taken] if bad_count <= BAD_ROWS_MAX_COUNT else []
        else:
            counts[taken] += 1
        if row_count % _BATCH == 0:
            act.session.flush()
            act.session.expunge_all()  # what is written needs no memory any more
        if progress and row_count % _TELL_EVERY == 0:
            progress(row_count)
    return ImportReport(
        row_count, counts[Taken.NEW], counts[Taken.CHANGED], counts[Taken.SAME],
        bad_count, tuple(bad), applied=False,
    )  # fmt: skip


def _headings(rows: Iterator[Numbered]) -> list[str]:
    for _, headings in rows:
        return headings
    raise TableRefusedError("文件是空的。")


def _cells(texts: Sequence[str], places: Mapping[int, str], columns: Mapping[str, Column]) -> Cells:
    told = {name: texts[place] for place, name in places.items() if place < len(texts)}
    return Cells(told, columns)


def _take(taker: Taker, cells: Cells, line: int) -> Taken | BadRow:
    try:
        return taker.take(cells)
    except CellError as error:
        return BadRow(line, error.column, error.reason)
    except GridappError as error:
        fields: Mapping[str, str] = error.facts.get("fields", {})
        return BadRow(line, "", "；".join(fields.values()) or error.sentence)
