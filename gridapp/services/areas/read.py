"""Shows one grid: its facts, its people, its lines, pairs and questions, and what may be done."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, or_, select
from sqlmodel import col

from gridapp.domain.areas import (
    DIVISIBLE,
    HOLDS_BUILDINGS,
    beyond_words,
    kinds_of,
    levels_under,
)
from gridapp.domain.clockwords import moment_words
from gridapp.domain.labels import GRID_KIND, ROLE
from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed, GridKind, GridLevel
from gridapp.domain.workcalendar import beijing_date
from gridapp.domain.workflow import OPEN
from gridapp.services.area_counts import totals_of
from gridapp.services.areas.focus import FocusView, list_focus
from gridapp.services.areas.lines import LineContactView, see_contacts
from gridapp.services.areas.open import below
from gridapp.services.areas.pairs import PairView, list_pairs
from gridapp.services.areas.rules import AreaRulesView, see_area_rules
from gridapp.services.case_access import is_let_in
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.tables import Building, BuildingCode, Case, Grid, GridChange, Person, Post

BUILDINGS_PAGE_COUNT: Final = 30
_POSTS_MOST: Final = 60


@dataclass(frozen=True)
class AboveView:
    """A grid above."""

    code: str
    name: str


@dataclass(frozen=True)
class HolderView:
    """Somebody on a post here."""

    name: str
    title: str
    words: str


@dataclass(frozen=True)
class AreaView:
    """One grid.

    Args:
        above: Those above, from the top down.
        retired: When it was retired; empty while it is in use.
        into: Who took over.
        deeds: Which deeds the reader may do here.
        new_levels: Which levels may be added below, as code and word.
    """

    code: str
    name: str
    level: GridLevel
    level_label: str
    kind: GridKind
    kind_label: str
    above: tuple[AboveView, ...]
    household_count: int
    building_count: int
    open_case_count: int
    beyond: str
    rule: str
    retired: str
    into: AboveView | None
    holders: tuple[HolderView, ...]
    lines: tuple[LineContactView, ...]
    pairs: tuple[PairView, ...]
    focus: tuple[FocusView, ...]
    deeds: frozenset[Deed]
    new_levels: tuple[tuple[GridLevel, str], ...]
    kinds: tuple[tuple[GridKind, str], ...]


_CHANGES: Final = (
    Deed.ADD_AREA, Deed.RENAME_AREA, Deed.MOVE_AREA, Deed.SPLIT_AREA, Deed.MERGE_AREAS,
    Deed.REASSIGN, Deed.RETIRE_AREA, Deed.PAIR_AREAS, Deed.SET_FOCUS, Deed.SET_LINE_CONTACT,
)  # fmt: skip


def see_area(act: Act, code: str) -> AreaView:
    """Show one grid; one that is retired tells who took over.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees areas.
        NotThereError: No such grid, or out of reach.
    """
    demand(act, Deed.SEE_AREA)
    grid = open_grid(act, code)
    rules = see_area_rules(act)
    assert grid.id is not None
    building_count, household_count = totals_of(act, [grid])[grid.id]
    far = _beyond(grid, rules, household_count)
    limits = rules.limits
    return AreaView(
        code=grid.code,
        name=grid.name,
        level=grid.level,
        level_label=rules.level_names[grid.level],
        kind=grid.kind,
        kind_label=GRID_KIND[grid.kind],
        above=_above(act, grid),
        household_count=household_count,
        building_count=building_count,
        open_case_count=_open_count(act, grid),
        beyond=beyond_words(far),
        rule=f"应在{limits.least}到{limits.most}户之间" if far else "",
        retired=moment_words(act.now, grid.retired_at) if grid.retired_at else "",
        into=_into(act, grid),
        holders=_holders(act, grid),
        lines=see_contacts(act, grid),
        pairs=list_pairs(act, grid),
        focus=list_focus(act, grid),
        deeds=_deeds(act, grid),
        new_levels=tuple((one, rules.level_names[one]) for one in levels_under(grid.level)),
        kinds=tuple((kind, GRID_KIND[kind]) for kind in kinds_of(grid.level)),
    )


def _beyond(grid: Grid, rules: AreaRulesView, count: int) -> int:
    is_ruled = grid.level is GridLevel.MICRO and grid.kind is GridKind.RESIDENTIAL
    return rules.limits.beyond(count) if is_ruled and grid.retired_at is None else 0


def _above(act: Act, grid: Grid) -> tuple[AboveView, ...]:
    ids = [int(part) for part in grid.path.strip("/").split("/")[:-1]]
    rows = act.session.execute(
        select(col(Grid.code), col(Grid.name))
        .where(col(Grid.id).in_(ids), grids_within(act.actor, Deed.SEE_AREA))
        .order_by(func.length(col(Grid.path)))
    )
    return tuple(AboveView(code, name) for code, name in rows)


def _open_count(act: Act, grid: Grid) -> int:
    """Count what is open below; a number tells nothing of any resident."""
    query = select(func.count()).select_from(Case).join(Grid, col(Grid.id) == col(Case.grid_id))
    found: int = act.session.execute(
        query.where(below(grid.path), is_let_in(), col(Case.status).in_(OPEN))
    ).scalar_one()
    return found


def _into(act: Act, grid: Grid) -> AboveView | None:
    if grid.retired_at is None:
        return None
    rows = act.session.execute(
        select(col(GridChange.after))
        .where(col(GridChange.grid_id) == grid.id)
        .order_by(col(GridChange.id).desc())
    ).scalars()
    code = next((after["into"] for after in rows if after.get("into")), "")
    into = select(col(Grid.code), col(Grid.name)).where(col(Grid.code) == code)
    found = act.session.execute(into).first()
    return AboveView(found[0], found[1]) if found else None


def _holders(act: Act, grid: Grid) -> tuple[HolderView, ...]:
    today = beijing_date(act.now)
    rows = act.session.execute(
        select(Post, col(Person.name))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(col(Post.grid_id) == grid.id, col(Person.disabled_at).is_(None))
        .where(or_(col(Post.to_on).is_(None), col(Post.to_on) >= today))
        .order_by(col(Post.accountable).desc(), col(Post.id))
        .limit(_POSTS_MOST)
    )
    return tuple(
        HolderView(
            name, post.title or ROLE[post.role], "责任人" if post.accountable else ROLE[post.role]
        )
        for post, name in rows
    )


def _deeds(act: Act, grid: Grid) -> frozenset[Deed]:
    """Tell what the reader may do on a grid that stands as it does."""
    if grid.retired_at is not None:
        return frozenset()
    fits = {
        Deed.ADD_AREA: bool(levels_under(grid.level)),
        Deed.SPLIT_AREA: grid.level in DIVISIBLE,
        Deed.MERGE_AREAS: grid.level in DIVISIBLE,
        Deed.REASSIGN: grid.level in HOLDS_BUILDINGS,
        Deed.MOVE_AREA: grid.level is not GridLevel.DISTRICT,
        Deed.RETIRE_AREA: grid.level is not GridLevel.DISTRICT,
        Deed.PAIR_AREAS: grid.kind is GridKind.DEDICATED or grid.level is GridLevel.MICRO,
    }
    roles = act.actor.roles
    return frozenset(deed for deed in _CHANGES if fits.get(deed, True) and may_at_all(deed, roles))


@dataclass(frozen=True)
class BuildingRow:
    """A building right in a grid."""

    id: int
    name: str
    address: str
    household_count: int
    code: str


@dataclass(frozen=True)
class BuildingPage:
    """One page of buildings; ``next`` is 0 on the last."""

    items: tuple[BuildingRow, ...]
    next: int


def list_buildings(
    act: Act, code: str, after: int = 0, limit: int = BUILDINGS_PAGE_COUNT, q: str = ""
) -> BuildingPage:
    """List the buildings right in a grid, or in all below it that hold the words.

    Raises:
        NotAllowedError: No role of the actor sees areas.
        NotThereError: No such grid, or out of reach.
    """
    demand(act, Deed.SEE_AREA)
    grid = open_grid(act, code)
    newest = (
        select(func.max(col(BuildingCode.code)))
        .where(col(BuildingCode.building_id) == col(Building.id))
        .where(col(BuildingCode.retired_at).is_(None))
        .scalar_subquery()
    )
    query = select(Building, newest).where(col(Building.retired_at).is_(None))
    if q.strip():
        told = col(Building.address) + " " + col(Building.name)
        query = query.join(Grid, col(Grid.id) == col(Building.grid_id)).where(
            below(grid.path), *(told.contains(word, autoescape=True) for word in q.split()[:4])
        )
    else:
        query = query.where(col(Building.grid_id) == grid.id)
    query = query.where(col(Building.id) > after).order_by(col(Building.id)).limit(limit + 1)
    rows = act.session.execute(query).all()
    items = tuple(
        BuildingRow(row.id or 0, row.name, row.address, row.household_count, hung or "")
        for row, hung in rows[:limit]
    )
    return BuildingPage(items, items[-1].id if len(rows) > limit else 0)
