"""Lists the tree page by page: what hangs under a grid, or what a search or filter finds."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlmodel import col

from gridapp.domain.areas import HouseholdLimits, beyond_words
from gridapp.domain.codes import is_building_code, normalise
from gridapp.domain.labels import GRID_KIND
from gridapp.domain.vocabulary import Deed, GridKind, GridLevel
from gridapp.services.area_counts import households, names_above, totals_of
from gridapp.services.areas.rules import AreaRulesView, see_area_rules
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.tables import Building, BuildingCode, Grid

PAGE_COUNT: Final = 30
TYPED_MAX_CHARACTERS: Final = 60
_WORDS_MAX_COUNT: Final = 4
# Whoever finds as many has to say more; a whole city's level of the tree is less.
_MOST: Final = 10_000

Show = Literal["used", "outside", "retired"]


@dataclass(frozen=True)
class AreaFilter:
    """What is asked for; ``after`` is the ``next`` of the page before.

    Without words, level, kind and with ``show`` as used it is one level of the tree: what hangs
    right under ``under``, or the top.
    """

    under: str = ""
    q: str = ""
    level: GridLevel | None = None
    kind: GridKind | None = None
    show: Show = "used"
    after: str = ""
    limit: int = PAGE_COUNT

    @property
    def is_level(self) -> bool:
        """Tell whether one level of the tree is asked for."""
        return not self.q.strip() and not self.level and not self.kind and self.show == "used"


@dataclass(frozen=True)
class AreaRow:
    """A grid in a list.

    Args:
        place: The names above it, from the top; empty within one level of the tree.
        found: The building for which it was found, or empty.
        beyond: How far its households lie outside the rule, in words.
    """

    code: str
    name: str
    level: str
    kind: str
    place: str
    found: str
    beyond: str
    household_count: int
    child_count: int
    building_count: int
    is_retired: bool


@dataclass(frozen=True)
class AreaPage:
    """One page; ``next`` is empty on the last."""

    items: tuple[AreaRow, ...]
    next: str
    total: int


def _is_micro() -> ColumnElement[bool]:
    return and_(
        col(Grid.level) == GridLevel.MICRO,
        col(Grid.kind) == GridKind.RESIDENTIAL,
        col(Grid.retired_at).is_(None),
    )


def _outside(act: Act, limits: HouseholdLimits) -> Select[Any]:
    """Select the ids of the micro-grids in reach that have too few or too many households."""
    sums, counted = households()
    beyond = or_(counted < limits.least, counted > limits.most)
    query = select(col(Grid.id)).outerjoin(sums, sums.c.grid_id == col(Grid.id))
    return query.where(_is_micro(), grids_within(act.actor, Deed.SEE_AREA), beyond)


def count_outside(act: Act) -> tuple[int, int]:
    """Count the micro-grids in reach outside the rule, and all of them.

    Raises:
        NotAllowedError: No role of the actor sees areas.
    """
    demand(act, Deed.SEE_AREA)
    limits, (sums, counted) = see_area_rules(act).limits, households()
    fits = counted.between(limits.least, limits.most)
    every, within = act.session.execute(
        select(func.count(), func.sum(case((fits, 1), else_=0)))
        .select_from(Grid)
        .outerjoin(sums, sums.c.grid_id == col(Grid.id))
        .where(_is_micro(), grids_within(act.actor, Deed.SEE_AREA))
    ).one()
    return every - int(within or 0), every


def list_areas(act: Act, asked: AreaFilter) -> AreaPage:
    """List one page, by code.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees areas.
        NotThereError: ``under`` is not there, or out of reach.
    """
    demand(act, Deed.SEE_AREA)
    rules = see_area_rules(act)
    where = and_(grids_within(act.actor, Deed.SEE_AREA), *_wanted(act, asked, rules))
    # Everything that is found, once: it is paged here, and counted without being sought again.
    found = act.session.execute(
        select(col(Grid.id), col(Grid.code)).where(where).order_by(col(Grid.code)).limit(_MOST)
    ).all()
    ahead = [row for row in found if row[1] > asked.after]
    page = ahead[: asked.limit]
    rows = select(Grid).where(col(Grid.id).in_([row[0] for row in page])).order_by(col(Grid.code))
    grids = act.session.execute(rows).scalars().all()
    after = page[-1][1] if len(ahead) > asked.limit else ""
    return AreaPage(_rows(act, asked, grids, rules), after, len(found))


def _wanted(act: Act, asked: AreaFilter, rules: AreaRulesView) -> list[ColumnElement[bool]]:
    retired = col(Grid.retired_at)
    where: list[ColumnElement[bool]] = [
        retired.is_not(None) if asked.show == "retired" else retired.is_(None)
    ]
    if asked.under or asked.is_level:
        where.append(_under(act, asked))
    if asked.show == "outside":
        where.append(col(Grid.id).in_(_outside(act, rules.limits)))
    if asked.level:
        where.append(col(Grid.level) == asked.level)
    if asked.kind:
        where.append(col(Grid.kind) == asked.kind)
    return where + ([_matches(asked.q)] if asked.q.strip() else [])


def _under(act: Act, asked: AreaFilter) -> ColumnElement[bool]:
    if not asked.under:
        return col(Grid.parent_id).is_(None)
    above = open_grid(act, asked.under)
    if asked.is_level:
        return col(Grid.parent_id) == above.id
    below = col(Grid.path).startswith(above.path, autoescape=True)
    return and_(below, col(Grid.id) != above.id)


def _matches(q: str) -> ColumnElement[bool]:
    """Tell in SQL which grids have every word in code, name or a building, or hold the code."""
    words = q[:TYPED_MAX_CHARACTERS].split()[:_WORDS_MAX_COUNT]
    own = and_(
        *(
            or_(
                col(Grid.name).contains(word, autoescape=True),
                col(Grid.code).startswith(word.upper(), autoescape=True),
            )
            for word in words
        )
    )
    return or_(own, col(Grid.id).in_(_buildings_found(q, words).with_only_columns(_HOME)))


_HOME: Final = col(Building.grid_id)


def _buildings_found(q: str, words: Sequence[str]) -> Select[Any]:
    found: Any = select(_HOME, col(Building.name))
    query: Select[Any] = found.where(col(Building.retired_at).is_(None))
    code = normalise(q)
    if is_building_code(code):
        hung = select(col(BuildingCode.building_id)).where(col(BuildingCode.code) == code)
        return query.where(col(Building.id).in_(hung))
    told = col(Building.address) + " " + col(Building.name)
    return query.where(*(told.contains(word, autoescape=True) for word in words))


def _rows(
    act: Act, asked: AreaFilter, grids: Sequence[Grid], rules: AreaRulesView
) -> tuple[AreaRow, ...]:
    ids = [grid.id or 0 for grid in grids]
    children = _child_counts(act, ids)
    totals = totals_of(act, grids)
    places = {} if asked.is_level else names_above(act, [grid.path for grid in grids])
    found = _found(act, asked, ids)
    rows = []
    for grid in grids:
        grid_id = grid.id or 0
        building_count, household_count = totals[grid_id]
        far = rules.limits.beyond(household_count) if _is_ruled(grid) else 0
        rows.append(
            AreaRow(
                code=grid.code, name=grid.name, level=rules.level_names[grid.level],
                kind="" if grid.kind is GridKind.RESIDENTIAL else GRID_KIND[grid.kind],
                place=places.get(grid.path, ""), found=found.get(grid_id, ""),
                beyond=beyond_words(far), household_count=household_count,
                child_count=children.get(grid_id, 0), building_count=building_count,
                is_retired=grid.retired_at is not None,
            )
        )  # fmt: skip
    return tuple(rows)


def _is_ruled(grid: Grid) -> bool:
    residential = grid.level is GridLevel.MICRO and grid.kind is GridKind.RESIDENTIAL
    return residential and grid.retired_at is None


def _child_counts(act: Act, ids: Sequence[int]) -> dict[int, int]:
    rows = act.session.execute(
        select(col(Grid.parent_id), func.count())
        .where(col(Grid.parent_id).in_(ids), col(Grid.retired_at).is_(None))
        .group_by(col(Grid.parent_id))
    )
    return {parent or 0: count for parent, count in rows}


def _found(act: Act, asked: AreaFilter, ids: Sequence[int]) -> dict[int, str]:
    """Name the building for which each grid was found."""
    words = asked.q[:TYPED_MAX_CHARACTERS].split()[:_WORDS_MAX_COUNT]
    if not words:
        return {}
    query = _buildings_found(asked.q, words).where(_HOME.in_(ids)).order_by(col(Building.id).desc())
    names: dict[int, list[str]] = defaultdict(list)
    for grid_id, name in act.session.execute(query):
        names[grid_id].append(name)
    return {
        grid_id: f"{some[-1]}等{len(some)}栋" if len(some) > 1 else some[-1]
        for grid_id, some in names.items()
    }
