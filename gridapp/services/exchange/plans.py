"""How one file is read: its layout, and which of its columns is which of ours; remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from gridapp.services.desk import Act
from gridapp.services.exchange.columns import (
    Column,
    TableRefusedError,
    demand_columns,
    find_columns,
    known_headings,
    named_places,
    plain,
)
from gridapp.services.exchange.headings import heading_mark
from gridapp.services.exchange.kind import Kind
from gridapp.services.exchange.layout import Layout, arranged, find_tables
from gridapp.tables import ImportMapping


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is read.

    Args:
        layout: Where its headings and rows are.
        places: Which place of a row holds which column.
    """

    layout: Layout
    places: Mapping[int, str]


def plan_of(act: Act, kind: str, table: Kind, path: Path, sheet: str = "") -> Plan:
    """Find how a file is read, without asking: by known headings, or as it was once told.

    Args:
        act: The transaction.
        kind: The kind's name.
        table: The kind.
        path: The file.
        sheet: The sheet's name; empty for the first that has the columns needed.

    Raises:
        TableRefusedError: The file cannot be read, or a needed column is missing.
    """
    columns = table.columns
    refused: TableRefusedError | None = None
    for layout in find_tables(path, columns, sheet):
        _, headings = next(arranged(path, layout))
        told = remembered(act, kind, heading_mark(headings))
        known = {column.name for column in columns}
        try:
            if told is None:
                return Plan(layout, find_columns(columns, headings))
            places = {place: name for place, name in told.items() if name in known}
            demand_columns(columns, places, headings)
        except TableRefusedError as error:
            refused = refused or error
        else:
            return Plan(layout, places)
    assert refused is not None
    raise refused


def mapped_plan(  # noqa: PLR0913, PLR0917 - whose file, which kind, and how it is read
    act: Act,
    kind: str,
    columns: Sequence[Column],
    path: Path,
    told: Sequence[str],
    sheet: str = "",
) -> Plan:
    """Read a file's columns as told (``楼号=name``), the others by their headings; remember it.

    Raises:
        TableRefusedError: The file has no such heading, there is no such column, or a needed one
            is missing.
    """
    layout = _sheet_headed(path, columns, told, sheet)
    _, headings = next(arranged(path, layout))
    bare = [plain(heading) for heading in headings]
    known = known_headings(columns)
    places = named_places(columns, headings)
    for pair in told:
        heading, _, name = pair.partition("=")
        if plain(heading) not in bare or plain(name) not in known:
            raise TableRefusedError(f"看不懂「{pair}」：左边是表里的列名，右边是要对应的列。")
        column = known[plain(name)]
        places = {place: other for place, other in places.items() if other != column}
        places[bare.index(plain(heading))] = column
    demand_columns(columns, places, headings)
    remember(act, kind, heading_mark(headings), places)
    return Plan(layout, places)


def _sheet_headed(path: Path, columns: Sequence[Column], told: Sequence[str], sheet: str) -> Layout:
    """Give the first sheet that has all headings told, or else the first of all."""
    wanted = {plain(pair.partition("=")[0]) for pair in told}
    layouts = list(find_tables(path, columns, sheet))
    for layout in layouts:
        _, headings = next(arranged(path, layout))
        if wanted <= {plain(heading) for heading in headings}:
            return layout
    return layouts[0]


def remembered(act: Act, kind: str, mark: str) -> dict[int, str] | None:
    """Give which place holds which column, as it was told for these headings; None when never."""
    found = act.session.execute(
        select(col(ImportMapping.places)).where(
            col(ImportMapping.kind) == kind, col(ImportMapping.headings) == mark
        )
    ).scalar_one_or_none()
    return None if found is None else {int(place): name for place, name in found.items()}


def remember(act: Act, kind: str, mark: str, places: Mapping[int, str]) -> None:
    """Remember which place holds which column, for the same headings next time."""
    told = {str(place): name for place, name in places.items()}
    row: ImportMapping | None = act.session.execute(
        select(ImportMapping).where(
            col(ImportMapping.kind) == kind, col(ImportMapping.headings) == mark
        )
    ).scalar_one_or_none()
    if row is None:
        row = ImportMapping(kind=kind, headings=mark, places=told, told_at=act.now)
    row.places, row.told_at, row.told_by = told, act.now, act.actor.person_id
    act.session.add(row)
    act.session.flush()
