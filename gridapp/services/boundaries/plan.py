"""What an import would do, before it does it: the dry run, and the same for the deed itself."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import FactsError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.boundaries.columns import list_columns
from gridapp.services.boundaries.datums import (
    LEAST_BUILDINGS,
    Known,
    better_datum,
    looks_turned,
    turned,
    wgs84_shape,
)
from gridapp.services.boundaries.directory import Target, above_path, directory_of
from gridapp.services.boundaries.doubts import Doubt, Placed, Positions, doubts_of
from gridapp.services.boundaries.files.feature import Content, Feature
from gridapp.services.boundaries.files.reading import read_boundary_file
from gridapp.services.boundaries.ledger import Standing, read_edition, standing
from gridapp.services.boundaries.matching import Match, match
from gridapp.services.boundaries.pieces import Group, join_pieces
from gridapp.services.boundaries.planned import Plan, PlanFacts, Row
from gridapp.services.boundaries.questions import questions_of
from gridapp.services.boundaries.shapes import ShapeError, boundary_of
from gridapp.services.desk import Act
from gridapp.services.permit import demand, open_grid
from gridapp.tables import Building, Grid

_KEPT: Final = "boundary.contents"
_KEPT_MAX_COUNT: Final = 2
_GONE: Final = "上传的文件已清理，请重新选择文件。"


def make_plan(act: Act, top_code: str, facts: PlanFacts) -> Plan:
    """Look what an import would do; nothing is written.

    Raises:
        NotThereError: No such grid.
        FactsError: The file has been cleared away.
        BoundaryFileError: It cannot be read.
    """
    demand(act, Deed.IMPORT_BOUNDARIES)
    top = open_grid(act, top_code, Deed.IMPORT_BOUNDARIES)
    content = _content(act, facts.file)
    features = [_taken_for_area(one) if facts.lines else one for one in content.features]
    grids = directory_of(act, top)
    matches = match(features, grids, facts.by_hand, facts.column)
    if facts.turned:
        matches = [_turned(one) for one in matches]
    matches, pieces = join_pieces(matches, is_joined=facts.join)
    shapes = [one.feature.shape for one in matches if one.feature.shape is not None]
    is_turned = looks_turned(shapes)
    positions = _positions(act, matches)
    known = _known(matches, positions)
    before = standing(act, col(Grid.path).startswith(top.path, autoescape=True))
    had = {one.grid_id for one in before}
    rows = tuple(_row(one, facts, had) for one in matches)
    missing = _missing(rows, grids.targets)
    plan = Plan(
        top=next(one for one in grids.targets if one.grid_id == top.id),
        rows=rows, questions=(), notes=(*content.notes, *_notes(facts, known, pieces)),
        edition=read_edition(act), is_turned=is_turned,
        better=None if is_turned else better_datum(known, facts.datum),
        missing=missing, grids=_choices(missing, grids.targets),
        columns=list_columns(content.features), pieces=pieces,
        enclosed_count=sum(one.enclosed is not None for one in content.features),
    )  # fmt: skip
    plan = replace(plan, doubts=tuple(_doubts(plan, positions, before)))
    return replace(plan, questions=questions_of(plan, facts))


def _taken_for_area(one: Feature) -> Feature:
    if one.enclosed is None:
        return one
    return replace(one, shape=one.enclosed, problem="")


def _choices(missing: Sequence[Target], targets: Sequence[Target]) -> tuple[Target, ...]:
    """List all grids, those that still lack a shape first."""
    ids = {one.grid_id for one in missing}
    return (*missing, *(one for one in targets if one.grid_id not in ids))


def _notes(facts: PlanFacts, known: Sequence[Known], pieces: Sequence[Group]) -> Iterator[str]:
    count = sum(len(one.positions) for one in known)
    if count < LEAST_BUILDINGS:
        told = f"只有{count}栋楼有位置" if count else "还没有一栋楼有位置"
        yield f"坐标系没有核对：这些网格里{told}。请对照图样核对。"
    if facts.join and pieces:
        yield f"{len(pieces)}个网格由几块合成：{'；'.join(one.words for one in pieces[:5])}。"


def _doubts(plan: Plan, positions: Positions, before: Sequence[Standing]) -> list[Doubt]:
    """Look at places once axes are right: before, every shape lies elsewhere."""
    if plan.is_turned:
        return []
    placed = [
        Placed(row.number, row.target, row.shape)
        for row in plan.taken
        if row.target is not None and row.shape is not None
    ]
    return doubts_of(placed, positions, before)


def _content(act: Act, sha256: str) -> Content:
    """Read the file; the last ones stay read, for a dry run is looked at several times."""
    kept: dict[str, Content] = act.kept.setdefault(_KEPT, {})
    found = kept.get(sha256)
    if found is None:
        try:
            body = act.files.open(sha256)
        except NotThereError as error:
            raise FactsError(_GONE, fields={"file": _GONE}) from error
        found = read_boundary_file(body)
        for stale in list(kept)[: max(0, len(kept) - _KEPT_MAX_COUNT + 1)]:
            kept.pop(stale, None)
        kept[sha256] = found
    return found


def _turned(one: Match) -> Match:
    shape = one.feature.shape
    if shape is None:
        return one
    return replace(one, feature=replace(one.feature, shape=turned(shape)))


def _positions(act: Act, matches: Sequence[Match]) -> Positions:
    """List the positions of buildings by the paths of their grid and all above it."""
    positions: dict[str, list[tuple[float, float]]] = defaultdict(list)
    paths = {above_path(one.target.path) for one in matches if one.target is not None}
    rows = act.session.execute(
        select(col(Grid.path), col(Building.lng_wgs84), col(Building.lat_wgs84))
        .join(Building, col(Building.grid_id) == col(Grid.id))
        .where(col(Building.lng_wgs84).is_not(None), col(Building.lat_wgs84).is_not(None))
        .where(col(Building.retired_at).is_(None))
        .where(col(Grid.path).startswith(_common(list(paths)), autoescape=True))
    ).all()
    for path, lng, lat in rows:
        for above in _paths_above(path):
            positions[above].append((lng, lat))
    return positions


def _known(matches: Sequence[Match], positions: Positions) -> list[Known]:
    """Pair each matched shape with the buildings that lie in its grid."""
    return [
        Known(shape, positions[one.target.path])
        for one in matches
        if one.target is not None
        and (shape := one.feature.shape) is not None
        and one.target.path in positions
    ]


def _common(paths: Sequence[str]) -> str:
    """Give the path that all begin with, cut at a slash; of none it is no grid's path."""
    if not paths:
        return "-"
    first, last = min(paths), max(paths)
    same = next((n for n, sign in enumerate(first) if last[n : n + 1] != sign), len(first))
    return first[: first[:same].rfind("/") + 1]


def _paths_above(path: str) -> list[str]:
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[:count])}/" for count in range(1, len(parts) + 1)]


def _row(one: Match, facts: PlanFacts, had: set[int]) -> Row:
    shape, problem, mended = one.feature.shape, one.why, None
    is_broken = one.feature.is_broken
    if shape is not None:
        try:
            mended = boundary_of(shape)
            moved = wgs84_shape(mended.shape, facts.datum)
            mended = replace(mended, shape=moved)
        except ShapeError as error:
            problem, mended, is_broken = str(error), None, True
    target = one.target if mended is not None else None
    is_new = target is not None and target.grid_id not in had
    is_left_out = facts.by_hand.get(one.feature.number) == ""
    return Row(
        one.feature.number, one.label, target, one.how, mended, problem,
        is_new=is_new, is_broken=is_broken and not is_left_out, above=one.above,
        is_line=one.feature.is_line,
    )  # fmt: skip


def _missing(rows: Sequence[Row], targets: Sequence[Target]) -> tuple[Target, ...]:
    """List the grids of the levels in the file that got no shape."""
    found = {row.target.grid_id for row in rows if row.target}
    levels = {row.target.level for row in rows if row.target}
    return tuple(one for one in targets if one.level in levels and one.grid_id not in found)
