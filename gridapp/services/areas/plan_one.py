"""Plans for one grid: add, rename, move, retire."""

from gridapp.domain.errors import ConflictError
from gridapp.domain.labels import GRID_KIND
from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.services.areas.facts import (
    AddAreaFacts,
    MoveAreaFacts,
    RenameAreaFacts,
    RetireAreaFacts,
)
from gridapp.services.areas.gather import (
    Reached,
    affected_by,
    grid_ids,
    open_cases,
    points_in,
    rosters_in,
    standing_posts,
)
from gridapp.services.areas.open import (
    buildings_below,
    check_level,
    checked_code,
    checked_name,
    children_of,
    drawn_code,
    grids_below,
    id_of,
    open_area,
    wrong,
)
from gridapp.services.areas.plan import Affected, Edit, Flow, NewGrid, Plan, Shift
from gridapp.services.areas.rules import level_names
from gridapp.services.desk import Act
from gridapp.services.permit import demand
from gridapp.tables import Grid

_NEW = -1


def plan_add(act: Act, _subject: str, facts: AddAreaFacts) -> Plan:
    """Plan a new grid.

    Raises:
        FactsError: Its level, kind, name or code will not do.
    """
    demand(act, Deed.ADD_AREA)
    above = open_area(act, facts.above, Deed.ADD_AREA) if facts.above else None
    check_level(act, facts.level, facts.kind, above)
    name = checked_name(facts.name)
    if facts.code:
        code = checked_code(act, facts.code, above.code if above else "")
    else:
        code = drawn_code(act, above, facts.level, facts.kind, set())
    level = level_names(act)[facts.level]
    place = f"放在「{above.name}」下面" if above else "放在最上层"
    new = NewGrid(_NEW, code, name, facts.level, facts.kind, id_of(above) if above else 0)
    says = (f"新增{level}「{name}」（{GRID_KIND[facts.kind]}），编码{code}，{place}。",)
    warns = ("新网格还没有人，请接着安排岗位。",)
    return Plan(Deed.ADD_AREA, _NEW, Affected(), new=(new,), says=says, warns=warns)


def plan_rename(act: Act, subject: str, facts: RenameAreaFacts) -> Plan:
    """Plan another name, code or kind.

    Raises:
        NotThereError: No such grid, or out of reach.
        FactsError: The name, code or kind will not do, or nothing changes.
    """
    grid = open_area(act, subject, Deed.RENAME_AREA)
    above = act.session.get(Grid, grid.parent_id) if grid.parent_id else None
    after = {"name": checked_name(facts.name) if facts.name else grid.name, "code": grid.code}
    if facts.code.strip().upper() not in {"", grid.code}:
        after["code"] = checked_code(act, facts.code, above.code if above else "", own=id_of(grid))
    after["kind"] = (facts.kind or grid.kind).value
    before = {"name": grid.name, "code": grid.code, "kind": grid.kind.value}
    changed = [name for name in before if after[name] != before[name]]
    if not changed:
        raise wrong("name", "名称、编码和类型都没有变。")
    if "kind" in changed:
        check_level(act, grid.level, facts.kind or grid.kind, above)
    affected = Affected()
    if "name" in changed:
        here = Reached(buildings_below(grid.path), grids_below(grid.path))
        affected = affected_by(act, Reached(), prints=here)
    return Plan(
        Deed.RENAME_AREA,
        id_of(grid),
        affected,
        edits=tuple(Edit(id_of(grid), name, before[name], after[name]) for name in changed),
        says=tuple(_edit_words(name, before[name], after[name]) for name in changed),
        warns=("编码变了，以前导出的表格里还是旧编码。",) if "code" in changed else (),
    )


def _edit_words(name: str, before: str, after: str) -> str:
    if name == "kind":
        labels = {kind.value: label for kind, label in GRID_KIND.items()}
        return f"类型由{labels[before]}改为{labels[after]}。"
    return f"{'名称' if name == 'name' else '编码'}由「{before}」改为「{after}」。"


def plan_move(act: Act, subject: str, facts: MoveAreaFacts) -> Plan:
    """Plan to hang a grid with all that is below it under another one.

    Raises:
        NotThereError: One of the two is not there, or out of reach.
        FactsError: It may not hang there: itself, below itself, or another level.
    """
    grid = open_area(act, subject, Deed.MOVE_AREA)
    above = open_area(act, facts.above, Deed.MOVE_AREA)
    if above.id == grid.parent_id:
        raise wrong("above", f"「{grid.name}」已经在「{above.name}」下面。")
    if above.path.startswith(grid.path):
        raise wrong("above", "上级不能是自己或自己的下级。")
    check_level(act, grid.level, grid.kind, above)
    old = act.session.get(Grid, grid.parent_id) if grid.parent_id else None
    from_name = f"「{old.name}」" if old else "最上层"
    below = "连同下级" if children_of(act, grid) else ""
    here = Reached(buildings_below(grid.path), grids_below(grid.path))
    return Plan(
        Deed.MOVE_AREA,
        id_of(grid),
        affected_by(act, here),
        hangs=(Shift(id_of(grid), id_of(above)),),
        flows=(Flow(grid.parent_id or 0, id_of(above), grid.household_count),),
        says=(
            f"「{grid.name}」{below}由{from_name}调整到「{above.name}」下面。",
            "原上级的人员不再管辖这里，新上级的人员开始管辖。",
        ),
        warns=("编码不会跟着变，需要时再改。",),
    )


def plan_retire(act: Act, subject: str, facts: RetireAreaFacts) -> Plan:
    """Plan to give up a grid in which nothing stands; what is still open goes to the one above.

    Raises:
        NotThereError: No such grid, or out of reach.
        ConflictError: Grids or buildings are still in it, or nobody can take over.
    """
    grid = open_area(act, subject, Deed.RETIRE_AREA)
    own = Reached(grids=grid_ids((id_of(grid),)))
    _refuse_full(act, grid)
    above = grid.parent_id or 0
    left = open_cases(act, own), points_in(act, own), rosters_in(act, own.grids)
    if any(left) and not above:
        raise ConflictError(f"「{grid.name}」还有没办完的事，又没有上级可以接手，不能停用。")
    posts = standing_posts(act, own.grids)
    handed = (f"还没办完的事和巡查转给上级「{_name(act, above)}」。",) if any(left) else ()
    ended = (f"{len(posts)}个岗位随之结束。",) if posts else ()
    cases, points, rosters = (tuple(Shift(row, above) for row in ids) for ids in left)
    return Plan(
        Deed.RETIRE_AREA,
        id_of(grid),
        affected_by(act, own),
        cases=cases,
        points=points,
        rosters=rosters,
        ended_posts=tuple(sorted(post.id or 0 for post in posts)),
        retired=(Shift(id_of(grid), 0),),
        words=facts.words,
        says=(f"停用{level_names(act)[grid.level]}「{grid.name}」。", *handed, *ended),
        warns=("停用以后不能恢复，编码也不再使用。以前的记录都还在。",),
    )


def _refuse_full(act: Act, grid: Grid) -> None:
    children = children_of(act, grid)
    if children:
        raise ConflictError(f"「{grid.name}」下面还有{len(children)}个网格，请先合并或调整上级。")
    standing = act.session.execute(buildings_below(grid.path)).first()
    if standing is not None:
        raise ConflictError(f"「{grid.name}」里还有楼栋，请先划转楼栋，或并入别的网格。")
    if grid.level is GridLevel.DISTRICT:
        raise ConflictError(f"「{grid.name}」是最上层，不能停用。")


def _name(act: Act, grid_id: int) -> str:
    return act.session.get_one(Grid, grid_id).name
