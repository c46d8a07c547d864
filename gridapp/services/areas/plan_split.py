"""Plans to split a grid: what goes into which part; the rest stays, with its history and people."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlmodel import col

from gridapp.domain.areas import DIVISIBLE, beyond_words
from gridapp.domain.errors import ConflictError
from gridapp.domain.separation import SEPARATE
from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.services.areas.facts import PartFacts, SplitAreaFacts
from gridapp.services.areas.gather import (
    Reached,
    affected_by,
    building_ids,
    grid_ids,
    open_cases,
    points_in,
    standing_posts,
)
from gridapp.services.areas.open import (
    checked_code,
    checked_name,
    children_of,
    drawn_code,
    id_of,
    ids_below,
    open_area,
    wrong,
)
from gridapp.services.areas.plan import Flow, NewGrid, Plan, PostShift, Shift
from gridapp.services.areas.rules import level_names, see_area_rules
from gridapp.services.areas.seams import split_warning
from gridapp.services.desk import Act
from gridapp.tables import Building, Grid


@dataclass(frozen=True)
class _Part:
    """A part with its rows."""

    new: NewGrid
    buildings: tuple[Building, ...]
    children: tuple[Grid, ...]

    @property
    def household_count(self) -> int:
        own = sum(row.household_count for row in self.buildings)
        return own + sum(row.household_count for row in self.children)


def plan_split(act: Act, subject: str, facts: SplitAreaFacts) -> Plan:
    """Plan to split parts off a grid.

    Raises:
        NotThereError: No such grid, or out of reach.
        FactsError: A part is empty, takes what is not there, or nothing would be left.
        ConflictError: A grid of this level is not split.
    """
    grid = open_area(act, subject, Deed.SPLIT_AREA)
    if grid.level not in DIVISIBLE:
        raise ConflictError(f"{level_names(act)[grid.level]}不能拆分。")
    parts = _parts(act, grid, facts.parts)
    buildings = {id_of_building(row): part for part in parts for row in part.buildings}
    inside = _inside(act, parts)
    posts = _kept_people(act, grid, parts) if facts.keep_people else ()
    return Plan(
        Deed.SPLIT_AREA,
        id_of(grid),
        affected_by(act, inside),
        new=tuple(part.new for part in parts),
        hangs=tuple(Shift(id_of(child), p.new.ref) for p in parts for child in p.children),
        buildings=tuple(Shift(row, part.new.ref) for row, part in sorted(buildings.items())),
        cases=_follow(parts, lambda reached: open_cases(act, reached)),
        points=_follow(parts, lambda reached: points_in(act, reached)),
        posts=posts,
        flows=tuple(Flow(id_of(grid), part.new.ref, part.household_count) for part in parts),
        words=f"「{grid.name}」拆分",
        says=(*(_part_words(act, part) for part in parts), *_people_words(posts)),
        warns=_warnings(act, grid, parts, people=bool(posts)),
    )


def id_of_building(row: Building) -> int:
    """Give the id of a building that is stored."""
    assert row.id is not None
    return row.id


def _parts(act: Act, grid: Grid, wanted: Sequence[PartFacts]) -> list[_Part]:
    standing = _own_buildings(act, grid)
    children = {child.code: child for child in children_of(act, grid)}
    _refuse_twice([row for part in wanted for row in part.buildings], "楼栋")
    _refuse_twice([code for part in wanted for code in part.children], "下级网格")
    parts, codes = [], set[str]()
    for number, part in enumerate(wanted, start=1):
        new = _new_grid(act, grid, part, -number, codes)
        codes.add(new.code)
        if not part.buildings and not part.children:
            raise wrong("parts", f"还没有选哪些归「{new.name}」。")
        if not standing.keys() >= set(part.buildings) or not children.keys() >= set(part.children):
            raise ConflictError("有的楼栋或下级已经不在这个网格里，请刷新后再选。")
        parts.append(
            _Part(
                new,
                tuple(standing[row] for row in sorted(part.buildings)),
                tuple(children[code] for code in sorted(part.children)),
            )
        )
    given = sum(len(part.buildings) + len(part.children) for part in parts)
    if given == len(standing) + len(children):
        raise wrong("parts", f"至少要给「{grid.name}」留下一部分，不然只需要改名。")
    return parts


def _own_buildings(act: Act, grid: Grid) -> dict[int, Building]:
    rows = act.session.execute(
        select(Building).where(col(Building.grid_id) == grid.id, col(Building.retired_at).is_(None))
    ).scalars()
    return {id_of_building(row): row for row in rows}


def _refuse_twice(things: Sequence[object], noun: str) -> None:
    if any(count > 1 for count in Counter(things).values()):
        raise wrong("parts", f"同一个{noun}只能归一个网格。")


def _new_grid(act: Act, grid: Grid, part: PartFacts, ref: int, codes: set[str]) -> NewGrid:
    above = act.session.get(Grid, grid.parent_id) if grid.parent_id else None
    name = checked_name(part.name)
    if part.code:
        code = checked_code(act, part.code, above.code if above else "")
        if code in codes:
            raise wrong("code", f"编码{code}用了两次。")
    else:
        code = drawn_code(act, above, grid.level, grid.kind, codes)
    return NewGrid(ref, code, name, grid.level, grid.kind, grid.parent_id or 0)


def _reached(part: _Part) -> Reached:
    """Tell what moves with a part in rows: its own buildings; grids below keep what is theirs."""
    return Reached(building_ids(id_of_building(row) for row in part.buildings))


def _inside(act: Act, parts: Sequence[_Part]) -> Reached:
    """Tell everything that the parts hold, the grids below with theirs."""
    own = [id_of_building(row) for part in parts for row in part.buildings]
    grids = ids_below(act, [child.path for part in parts for child in part.children])
    standing = select(col(Building.id)).where(
        or_(col(Building.id).in_(own), col(Building.grid_id).in_(grids)),
        col(Building.retired_at).is_(None),
    )
    return Reached(standing, grid_ids(grids))


def _follow(
    parts: Sequence[_Part], rows_of: Callable[[Reached], tuple[int, ...]]
) -> tuple[Shift, ...]:
    return tuple(Shift(row, part.new.ref) for part in parts for row in rows_of(_reached(part)))


def _kept_people(act: Act, grid: Grid, parts: Sequence[_Part]) -> tuple[PostShift, ...]:
    """Give those who hold a post in the grid the same one in each part.

    Nobody gives a post to themselves, and the three separate duties are nobody's by a split.
    """
    posts = [
        post
        for post in standing_posts(act, grid_ids((id_of(grid),)))
        if post.role not in SEPARATE and post.person_id != act.actor.person_id
    ]
    return tuple(
        PostShift(post.id or 0, part.new.ref, post.accountable, ends=False)
        for part in parts
        for post in posts
    )


def _part_words(act: Act, part: _Part) -> str:
    level = level_names(act)[part.new.level]
    given = [f"{len(part.buildings)}栋楼"] if part.buildings else []
    given += [f"{len(part.children)}个下级"] if part.children else []
    named = f"新设{level}「{part.new.name}」，编码{part.new.code}"
    return f"{named}，分到{'、'.join(given)}，{part.household_count}户。"


def _people_words(posts: Sequence[PostShift]) -> tuple[str, ...]:
    count = len({post.id for post in posts})
    return (f"原有{count}个岗位的人同时负责新网格。",) if posts else ()


def _warnings(act: Act, grid: Grid, parts: Sequence[_Part], *, people: bool) -> tuple[str, ...]:
    warns = [] if people else ["新网格还没有人，请接着安排岗位。"]
    if grid.level is GridLevel.MICRO:
        limits = see_area_rules(act).limits
        given = sum(part.household_count for part in parts)
        left = sum(row.household_count for row in _own_buildings(act, grid).values()) - given
        sizes = [(grid.name, left), *((part.new.name, part.household_count) for part in parts)]
        warns += [
            f"「{name}」{count}户，不在{limits.least}到{limits.most}户之内（{beyond_words(far)}）。"
            for name, count in sizes
            if count and (far := limits.beyond(count))
        ]
    return (*warns, *split_warning(act, id_of(grid), grid.name))
