"""Plans to merge grids into one, and to reassign buildings from one grid to another."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.areas import DIVISIBLE, HOLDS_BUILDINGS, beyond_words
from gridapp.domain.errors import ConflictError
from gridapp.domain.vocabulary import Deed, GridLevel, Role
from gridapp.services.areas.facts import MergeAreasFacts, ReassignFacts
from gridapp.services.areas.gather import (
    Reached,
    affected_by,
    building_ids,
    grid_ids,
    hanging,
    is_public,
    open_cases,
    points_in,
    rosters_in,
    standing_in,
    standing_posts,
)
from gridapp.services.areas.open import (
    buildings_below,
    children_of,
    grids_below,
    id_of,
    ids_below,
    open_area,
    wrong,
)
from gridapp.services.areas.plan import Affected, Flow, Plan, PostShift, Shift
from gridapp.services.areas.rules import level_names, see_area_rules
from gridapp.services.areas.seams import plan_joining, reassign_warning
from gridapp.services.desk import Act
from gridapp.tables import Building, Grid, LineContact, Post


def plan_merge(act: Act, subject: str, facts: MergeAreasFacts) -> Plan:
    """Plan to merge grids into one; their people, cases and patrols come with them.

    Raises:
        NotThereError: One of them is not there, or out of reach.
        FactsError: One is named twice, is the target itself or of another level.
        ConflictError: Grids of this level are not merged.
    """
    target = open_area(act, subject, Deed.MERGE_AREAS)
    others = _others(act, target, facts.others)
    ids = [id_of(grid) for grid in others]
    own = Reached(standing_in(grid_ids(ids)), grid_ids(ids))
    to = id_of(target)
    children = [child for grid in others for child in children_of(act, grid)]
    posts, ended = _merged_posts(act, target, ids)
    joining = plan_joining(act, to, target.name, {id_of(grid): grid.name for grid in others})
    names = "、".join(f"「{grid.name}」" for grid in others)
    return Plan(
        Deed.MERGE_AREAS,
        to,
        _affected(act, target, others, posts),
        hangs=tuple(Shift(id_of(child), to) for child in children),
        buildings=_all_to(to, act.session.execute(own.buildings).scalars()),
        cases=_all_to(to, open_cases(act, own)),
        points=_all_to(to, points_in(act, own)),
        rosters=_all_to(to, rosters_in(act, own.grids)),
        posts=posts,
        ended_posts=ended,
        retired=_all_to(to, ids),
        flows=tuple(Flow(id_of(grid), to, grid.household_count) for grid in others),
        outlines=joining.outlines,
        words=f"{names}并入「{target.name}」",
        says=(
            f"{names}并入{level_names(act)[target.level]}「{target.name}」，然后停用。",
            *((f"{len(children)}个下级改到「{target.name}」下面。",) if children else ()),
            *_post_words(target, posts, ended),
            *joining.says,
        ),
        warns=(*_size_warning(act, target, ids), *_line_warning(act, ids), *joining.warns),
    )


def _others(act: Act, target: Grid, codes: Sequence[str]) -> list[Grid]:
    if target.level not in DIVISIBLE:
        raise ConflictError(f"{level_names(act)[target.level]}不能合并。")
    others = {grid.id: grid for grid in (open_area(act, c, Deed.MERGE_AREAS) for c in codes)}
    if len(others) < len(codes):
        raise wrong("others", "同一个网格选了两次。")
    if target.id in others:
        raise wrong("others", "不能并入自己。")
    for grid in others.values():
        if grid.level is not target.level:
            raise wrong("others", f"「{grid.name}」和「{target.name}」不是同一层级，不能合并。")
    return sorted(others.values(), key=id_of)


def _all_to(to: int, ids: Iterable[int]) -> tuple[Shift, ...]:
    return tuple(Shift(row, to) for row in sorted(ids))


def _merged_posts(
    act: Act, target: Grid, ids: Sequence[int]
) -> tuple[tuple[PostShift, ...], tuple[int, ...]]:
    """Give each post in the target; of two accountable in one role, who is there already stays."""
    there = standing_posts(act, grid_ids((id_of(target),)))
    held = {_same(post) for post in there}
    answered = {post.role for post in there if post.accountable}
    shifts, ended = [], []
    for post in standing_posts(act, grid_ids(ids)):
        assert post.id is not None
        if _same(post) in held:
            ended.append(post.id)
            continue
        accountable = post.accountable and post.role not in answered
        shifts.append(PostShift(post.id, id_of(target), accountable, ends=True))
        held.add(_same(post))
        answered |= {post.role} if accountable else set()
    return tuple(shifts), tuple(sorted(ended))


def _same(post: Post) -> tuple[int, Role, int | None]:
    return post.person_id, post.role, post.unit_id


def _post_words(target: Grid, posts: Sequence[PostShift], ended: Sequence[int]) -> tuple[str, ...]:
    says = [f"{len(posts)}个岗位转到「{target.name}」，今天起生效。"] if posts else []
    says += [f"{len(ended)}个岗位在目标网格已有，不再重复。"] if ended else []
    return tuple(says)


def _affected(
    act: Act, target: Grid, others: Sequence[Grid], posts: Sequence[PostShift]
) -> Affected:
    """Gather what the others hold; with a new face on the target's posters, those too."""
    grids = grid_ids(ids_below(act, [grid.path for grid in others]))
    affected = affected_by(act, Reached(standing_in(grids), grids))
    rows = [(act.session.get_one(Post, post.id).role, post.accountable) for post in posts]
    if any(is_public(role, accountable=accountable) for role, accountable in rows):
        here = Reached(buildings_below(target.path), grids_below(target.path))
        posters, boards = hanging(act, here)
        affected = replace(
            affected,
            posters=tuple(sorted({*affected.posters, *posters})),
            boards=tuple(sorted({*affected.boards, *boards})),
        )
    return affected


def _size_warning(act: Act, target: Grid, ids: Sequence[int]) -> tuple[str, ...]:
    return size_warning(act, target, _households(act, [id_of(target), *ids]))


def _households(act: Act, grid_ids: Sequence[int]) -> int:
    total = func.coalesce(func.sum(col(Building.household_count)), 0)
    standing = col(Building.retired_at).is_(None)
    query = select(total).where(col(Building.grid_id).in_(grid_ids), standing)
    return int(act.session.execute(query).scalar_one())


def size_warning(act: Act, grid: Grid, count: int) -> tuple[str, ...]:
    """Warn when a micro-grid will have too few or too many households."""
    limits = see_area_rules(act).limits
    far = limits.beyond(count)
    if grid.level is not GridLevel.MICRO or not count or not far:
        return ()
    rule = f"不在{limits.least}到{limits.most}户之内（{beyond_words(far)}）"
    return (f"「{grid.name}」将有{count}户，{rule}。",)


def _line_warning(act: Act, ids: Sequence[int]) -> tuple[str, ...]:
    query = select(func.count()).where(col(LineContact.grid_id).in_(ids))
    count = act.session.execute(query).scalar_one()
    return ("并入的网格填过对口联系人，不会带过来，请到目标网格核对。",) if count else ()


def plan_reassign(act: Act, subject: str, facts: ReassignFacts) -> Plan:
    """Plan to give buildings with their households to another grid; their open cases follow.

    Raises:
        NotThereError: The grid or a building is not there, or out of reach.
        FactsError: A building is named twice, or lies there already.
        ConflictError: The grid holds no buildings of its own.
    """
    target = open_area(act, subject, Deed.REASSIGN)
    _refuse_higher(act, target)
    rows = _buildings(act, target, facts.buildings)
    ids = [row.id or 0 for row in rows]
    moved, to = Reached(building_ids(ids)), id_of(target)
    count = sum(row.household_count for row in rows)
    sources = sorted({row.grid_id for row in rows})
    flows = tuple(
        Flow(grid_id, to, sum(r.household_count for r in rows if r.grid_id == grid_id))
        for grid_id in sources
    )
    names = "、".join(f"「{act.session.get_one(Grid, grid_id).name}」" for grid_id in sources)
    warns = list(size_warning(act, target, _households(act, [to]) + count))
    for flow in flows:
        source = act.session.get_one(Grid, flow.from_id)
        warns += size_warning(act, source, _households(act, [flow.from_id]) - flow.households)
    warns += reassign_warning(act, to, target.name, rows)
    return Plan(
        Deed.REASSIGN,
        to,
        affected_by(act, moved),
        buildings=_all_to(to, ids),
        cases=_all_to(to, open_cases(act, moved)),
        points=_all_to(to, points_in(act, moved)),
        flows=flows,
        words=f"楼栋由{names}划到「{target.name}」",
        says=(f"{len(rows)}栋楼、{count}户由{names}划到「{target.name}」。",
              "在办事件、巡查点和联系户随楼栋走，已办结的留在原网格。"),
        warns=tuple(warns),
    )  # fmt: skip


def _refuse_higher(act: Act, target: Grid) -> None:
    names = level_names(act)
    if target.level not in HOLDS_BUILDINGS:
        raise ConflictError(f"楼栋不能直接放在{names[target.level]}下面，请选下面的网格。")
    if any(child.level is GridLevel.MICRO for child in children_of(act, target)):
        micro = names[GridLevel.MICRO]
        raise ConflictError(f"「{target.name}」已经分了{micro}，请选其中一个{micro}。")


def _buildings(act: Act, target: Grid, ids: Sequence[int]) -> list[Building]:
    if len(set(ids)) < len(ids):
        raise wrong("buildings", "同一栋楼选了两次。")
    rows = act.session.execute(
        select(Building)
        .where(col(Building.id).in_(ids), col(Building.retired_at).is_(None))
        .order_by(col(Building.id))
        .execution_options(populate_existing=True)
    )
    found = list(rows.scalars())
    if len(found) < len(ids):
        raise ConflictError("有的楼栋已经不在了，请刷新后再选。")
    if any(row.grid_id == target.id for row in found):
        raise ConflictError(f"有的楼栋已经在「{target.name}」，请刷新后再选。")
    return found
