"""What an import would do, before it does it: the dry run, and the same for the deed itself."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Final

from pydantic import Field
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.bounding import DATUM, Datum
from gridapp.domain.errors import FactsError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.boundaries.datums import (
    Fit,
    Known,
    better_datum,
    looks_turned,
    turned,
    wgs84_shape,
)
from gridapp.services.boundaries.files.feature import Content
from gridapp.services.boundaries.files.reading import read_boundary_file
from gridapp.services.boundaries.ledger import read_edition, standing
from gridapp.services.boundaries.matching import How, Match, Target, match, targets_under
from gridapp.services.boundaries.shapes import Mended, ShapeError, boundary_of
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Sha256
from gridapp.services.permit import demand, open_grid
from gridapp.tables import Building, Grid

_KEPT: Final = "boundary.contents"
_KEPT_MAX_COUNT: Final = 2
_CHINA: Final = (70.0, 0.0, 140.0, 56.0)
_GONE: Final = "上传的文件已清理，请重新选择文件。"


_Code = Annotated[str, Field(max_length=32)]
_Number = Annotated[int, Field(ge=0, le=1_000_000)]


class PlanFacts(Facts):
    """How a file is to be read.

    Args:
        file: The SHA-256 under which it was sent.
        datum: In which its positions are declared to be.
        turned: Longitude and latitude have changed places in it.
        mend: Mended shapes may be taken for those that cross themselves.
        sure: The declared datum is right, although another one would fit better.
        by_hand: Codes of grids by the number of the shape; empty leaves the shape out.
    """

    file: Sha256
    datum: Datum = Datum.WGS84
    turned: bool = False
    mend: bool = False
    sure: bool = False
    by_hand: Annotated[dict[_Number, _Code], Field(max_length=500, default_factory=dict)]


@dataclass(frozen=True)
class Row:
    """A shape of the file, and what would become of it."""

    number: int
    label: str
    target: Target | None
    how: How
    mended: Mended | None
    problem: str = ""
    is_new: bool = True
    is_broken: bool = False

    @property
    def shape(self) -> BaseGeometry | None:
        """The boundary, in our datum."""
        return self.mended.shape if self.mended else None


@dataclass(frozen=True)
class Plan:
    """What an import would do.

    Args:
        top: The grid under which shapes were matched.
        rows: Every shape of the file.
        questions: What a person must answer before; an import with open questions is refused.
        notes: What a person should know.
        edition: Of the boundaries that were looked at.
        better: The datum that fits clearly better than the declared one, with both fits.
        is_turned: Longitude and latitude seem to have changed places.
    """

    top: Target
    rows: tuple[Row, ...]
    questions: tuple[str, ...]
    notes: tuple[str, ...]
    edition: int
    better: tuple[Fit, Fit] | None = None
    is_turned: bool = False
    missing: tuple[Target, ...] = field(default=())

    @property
    def taken(self) -> list[Row]:
        """The rows that would be imported."""
        return [row for row in self.rows if row.target is not None and row.shape is not None]


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
    targets = targets_under(act, top)
    matches = match(content.features, targets, facts.by_hand)
    if facts.turned:
        matches = [_turned(one) for one in matches]
    shapes = [one.feature.shape for one in matches if one.feature.shape is not None]
    is_turned = looks_turned(shapes)
    better = None if is_turned else better_datum(_known(act, matches), facts.datum)
    had = {one.grid_id for one in standing(act, col(Grid.path).startswith(top.path))}
    rows = tuple(sorted((_row(one, facts, had) for one in matches), key=lambda row: row.number))
    plan = Plan(
        top=targets[0] if targets else _target(top),
        rows=rows, questions=(), notes=content.notes, edition=read_edition(act),
        better=better, is_turned=is_turned, missing=_missing(rows, targets),
    )  # fmt: skip
    return replace(plan, questions=_questions(plan, facts))


def _target(grid: Grid) -> Target:
    assert grid.id is not None
    return Target(grid.id, grid.code, grid.name, grid.level, grid.path)


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


def _known(act: Act, matches: Sequence[Match]) -> list[Known]:
    """Pair each matched shape with the buildings that lie in its grid."""
    paths = {one.target.path: one for one in matches if one.target is not None}
    positions: dict[str, list[tuple[float, float]]] = defaultdict(list)
    rows = act.session.execute(
        select(col(Grid.path), col(Building.lng_wgs84), col(Building.lat_wgs84))
        .join(Building, col(Building.grid_id) == col(Grid.id))
        .where(col(Building.lng_wgs84).is_not(None), col(Building.lat_wgs84).is_not(None))
        .where(col(Building.retired_at).is_(None))
        .where(col(Grid.path).startswith(_common(list(paths)), autoescape=True))
    ).all()
    for path, lng, lat in rows:
        for above in _paths_above(path):
            if above in paths:
                positions[above].append((lng, lat))
    return [
        Known(shape, positions[path])
        for path, one in paths.items()
        if (shape := one.feature.shape) is not None and positions[path]
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
        is_new=is_new, is_broken=is_broken and not is_left_out,
    )  # fmt: skip


def _missing(rows: Sequence[Row], targets: Sequence[Target]) -> tuple[Target, ...]:
    """List the grids of the levels in the file that got no shape."""
    found = {row.target.grid_id for row in rows if row.target}
    levels = {row.target.level for row in rows if row.target}
    return tuple(one for one in targets if one.level in levels and one.grid_id not in found)


def _questions(plan: Plan, facts: PlanFacts) -> tuple[str, ...]:
    asked = []
    if plan.is_turned:
        asked.append("经度和纬度像是写反了。确认后按「纬度在前」读取。")
    elif plan.better is not None and not facts.sure:
        best, said = plan.better
        asked.append(
            f"坐标像是偏移了：按{DATUM[said.datum]}，{said.known_count}栋已知的楼只有"
            f"{said.inside_count}栋落在自己的网格里；按{DATUM[best.datum]}有{best.inside_count}栋。"
            "请核对坐标系。"
        )
    if not plan.is_turned and (far := _far_off(plan)):
        asked.append(far)
    if broken := [row for row in plan.rows if row.is_broken]:
        told = "；".join(f"{_name(row)}：{row.problem}" for row in broken[:5])
        asked.append(f"{len(broken)}个图形有误（{told}）。请改好文件再来，或在下面选「不导入」。")
    crossing = [row for row in plan.taken if row.mended and row.mended.is_mended]
    if crossing and not facts.mend:
        names = "、".join(_name(row) for row in crossing[:5])
        asked.append(
            f"{len(crossing)}个边界与自己相交（{names}）。请对照图样，同意用修补后的形状，或改好文件再来。"
        )
    if not plan.taken:
        asked.append("没有一个图形找到对应的网格。请检查上级网格选得对不对，或在下面逐个指定。")
    return tuple(asked)


def _far_off(plan: Plan) -> str:
    west, south, east, north = _CHINA
    for row in plan.taken:
        bounds = row.shape.bounds if row.shape is not None else _CHINA
        if bounds[0] < west or bounds[2] > east or bounds[1] < south or bounds[3] > north:
            return f"{_name(row)}不在中国境内，请检查坐标。"
    return ""


def _name(row: Row) -> str:
    called = row.target.name if row.target else row.label
    return f"第{row.number}个图形{f'「{called}」' if called else ''}"
