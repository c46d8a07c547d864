"""How a brought file looks: its sheets, its first rows, its headings with what stands below."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from gridapp.domain.privacy import mask_ids
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.exchange.columns import needed_words
from gridapp.services.exchange.imports import kind_of
from gridapp.services.exchange.layout import Layout, arranged
from gridapp.services.exchange.reading import read_rows, sheets_of
from gridapp.services.imports.access import open_import
from gridapp.services.imports.bring import guessed_plan, has_tall_merges, places_for, planned
from gridapp.services.imports.order import file_of
from gridapp.services.imports.planning import PlanFacts, plan_facts

# What is asked for the whole of a file, by its kind: a field of ``PlanFacts``.
_WISHES: Final[Mapping[str, str]] = {"cases": "source", "buildings": "twins"}
_FIRST_ROWS: Final = 12
_SAMPLES: Final = 3
_CELLS: Final = 6
_CELL_CHARACTERS: Final = 40


@dataclass(frozen=True)
class HeadingView:
    """A heading of the street's, what stands below it, and which of our columns it is."""

    place: int
    heading: str
    samples: str
    column: str


@dataclass(frozen=True)
class RowView:
    """One of the first rows, so that a person can say which holds the headings."""

    line: int
    words: str


@dataclass(frozen=True)
class ColumnView:
    """One of our columns as a choice."""

    name: str
    label: str
    is_needed: bool


@dataclass(frozen=True)
class LookView:
    """How a file looks, read as ``plan`` says."""

    plan: PlanFacts
    sheets: tuple[str, ...]
    rows: tuple[RowView, ...]
    headings: tuple[HeadingView, ...]
    columns: tuple[ColumnView, ...]
    needed: tuple[str, ...]
    has_merges: bool
    wish: str


def look_at(act: Act, uid: str) -> LookView:
    """Look at an own file as it is to be read by now.

    Raises:
        NotThereError: No such file, or somebody else's.
        FileGoneError: It is no longer kept.
        TableRefusedError: It cannot be read so.
    """
    row = open_import(act, uid, Deed.CHECK_IMPORT)
    return _look(act, uid, plan_facts(row.plan))


def look_otherwise(act: Act, uid: str, sheet: str, line: int, rows: int) -> LookView:
    """Look at an own file with another sheet, or other headings; a line of 0 is to be found.

    Raises:
        NotThereError: No such file, or somebody else's.
        FileGoneError: It is no longer kept.
        TableRefusedError: It cannot be read so.
    """
    row = open_import(act, uid, Deed.CHECK_IMPORT)
    path = file_of(row)
    if not line:
        return _look(act, uid, guessed_plan(act, row.kind, path, sheet))
    layout = Layout(sheet, line, rows)
    return _look(act, uid, planned(layout, places_for(act, row.kind, path, layout)))


def _look(act: Act, uid: str, plan: PlanFacts) -> LookView:
    row = open_import(act, uid, Deed.CHECK_IMPORT)
    path, table, layout = file_of(row), kind_of(row.kind), plan.layout()
    rows = arranged(path, layout)
    _, headings = next(rows)
    samples = [cells for _, cells in islice(rows, _SAMPLES)]
    first = islice(read_rows(path, layout.sheet), _FIRST_ROWS)
    return LookView(
        plan=plan,
        sheets=tuple(sheets_of(path)),
        rows=tuple(RowView(line, _words(cells)) for line, cells in first),
        headings=tuple(
            HeadingView(
                n, mask_ids(heading.strip()), _below(samples, n), plan.places.get(str(n), "")
            )
            for n, heading in enumerate(headings)
            if heading.strip() or _below(samples, n)
        ),
        columns=tuple(
            ColumnView(c.name, c.header, c.needed and not c.instead) for c in table.columns
        ),
        needed=needed_words(table.columns),
        has_merges=has_tall_merges(path, layout),
        wish=_WISHES.get(row.kind, ""),
    )


def _words(cells: list[str]) -> str:
    told = [mask_ids(cell.strip())[:_CELL_CHARACTERS] for cell in cells if cell.strip()]
    return " | ".join(told[:_CELLS]) + (" …" if len(told) > _CELLS else "")


def _below(samples: list[list[str]], place: int) -> str:
    told = (cells[place].strip() for cells in samples if place < len(cells))
    return "、".join(mask_ids(text)[:_CELL_CHARACTERS] for text in told if text)
