"""Opens grids that are to be changed: in reach, and still in use."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import col

from gridapp.domain.areas import (
    CODE_MAX_CHARACTERS,
    NAME_MAX_CHARACTERS,
    code_fault,
    kinds_of,
    may_hang_under,
    new_code,
)
from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.labels import GRID_KIND
from gridapp.domain.vocabulary import Deed, GridKind, GridLevel
from gridapp.services.areas.rules import level_names
from gridapp.services.desk import Act
from gridapp.services.permit import demand, open_grid
from gridapp.tables import Building, Grid


def open_area(act: Act, code: str, deed: Deed) -> Grid:
    """Open a grid for a change.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role.
        NotThereError: No such grid, or out of reach.
        ConflictError: It has been retired.
    """
    demand(act, deed)
    grid = open_grid(act, code.strip()[:CODE_MAX_CHARACTERS], deed)
    # What the session has seen before may be old: somebody else had the tree until now.
    act.session.refresh(grid)
    if grid.retired_at is not None:
        raise ConflictError(f"「{grid.name}」已经停用，不能再调整。")
    return grid


def id_of(grid: Grid) -> int:
    """Give the id of a grid that is stored."""
    assert grid.id is not None
    return grid.id


def wrong(field: str, sentence: str) -> FactsError:
    """Make a refusal that names its field."""
    return FactsError(sentence, fields={field: sentence})


def below(path: str) -> ColumnElement[bool]:
    """Tell in SQL which grids stand at or below a path."""
    return col(Grid.path).startswith(path, autoescape=True)


def grids_below(path: str) -> Select[Any]:
    """Select the ids of the grids at or below a path."""
    return select(col(Grid.id)).where(below(path))


def ids_below(act: Act, paths: Iterable[str]) -> list[int]:
    """List the ids of the grids at or below paths."""
    return [row for path in paths for row in act.session.execute(grids_below(path)).scalars()]


def buildings_below(path: str) -> Select[Any]:
    """Select the ids of the standing buildings at or below a path."""
    within = select(col(Building.id)).join(Grid, col(Grid.id) == col(Building.grid_id))
    return within.where(below(path), col(Building.retired_at).is_(None))


def children_of(act: Act, grid: Grid) -> Sequence[Grid]:
    """List the grids in use right under one."""
    return (
        act.session.execute(
            select(Grid)
            .where(col(Grid.parent_id) == grid.id, col(Grid.retired_at).is_(None))
            .order_by(col(Grid.code))
        )
        .scalars()
        .all()
    )


def checked_name(name: str) -> str:
    """Give a name fit to be kept.

    Raises:
        FactsError: It is empty or too long.
    """
    plain = " ".join(name.split())
    if not plain:
        raise wrong("name", "请填写名称。")
    if len(plain) > NAME_MAX_CHARACTERS:
        raise wrong("name", f"名称最多{NAME_MAX_CHARACTERS}个字，现在有{len(plain)}个字。")
    return plain


def checked_code(act: Act, code: str, above: str, *, own: int = 0) -> str:
    """Give a code fit to be kept: well made, and no other grid's, retired ones included.

    Raises:
        FactsError: It is not.
    """
    plain = code.strip().upper()
    fault = code_fault(plain, above)
    if fault:
        raise wrong("code", fault)
    holder = act.session.execute(
        select(col(Grid.name)).where(col(Grid.code) == plain, col(Grid.id) != own)
    ).scalar_one_or_none()
    if holder is not None:
        raise wrong("code", f"编码{plain}已经是「{holder}」的，请换一个。")
    return plain


def drawn_code(
    act: Act, above: Grid | None, level: GridLevel, kind: GridKind, more: set[str]
) -> str:
    """Give the next free code under a grid; ``more`` are codes that this change uses already.

    Raises:
        FactsError: None can be made: it has to be typed.
    """
    if above is not None:
        begins = col(Grid.code).startswith(above.code, autoescape=True)
        taken = act.session.execute(select(col(Grid.code)).where(begins)).scalars()
        code = new_code(above.code, level, kind, {*taken, *more})
        if code:
            return code
    raise wrong("code", "这里的编码不能自动生成，请填写。")


def check_level(act: Act, level: GridLevel, kind: GridKind, above: Grid | None) -> None:
    """Let pass what may stand there.

    Raises:
        FactsError: This level or kind may not.
    """
    names = level_names(act)
    if kind not in kinds_of(level):
        raise wrong("kind", f"{names[level]}不能是{GRID_KIND[kind]}。")
    if not may_hang_under(level, kind, above.level if above else None):
        place = f"{names[above.level]}「{above.name}」下面" if above else "最上层"
        raise wrong("above", f"{names[level]}不能放在{place}。")
