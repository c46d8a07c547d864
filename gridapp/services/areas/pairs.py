"""Pairs a dedicated grid with a neighbouring micro-grid, and parts them again (双格共建)."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import StringConstraints
from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from gridapp.domain.clockwords import day_words
from gridapp.domain.errors import ConflictError, NotThereError
from gridapp.domain.vocabulary import Deed, GridKind, GridLevel
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.areas.chronicle import note_change
from gridapp.services.areas.facts import Code
from gridapp.services.areas.hold import hold_tree
from gridapp.services.areas.open import id_of, open_area, wrong
from gridapp.services.areas.rules import level_names
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.people.actor import cut_at
from gridapp.services.verbs import verb
from gridapp.tables import Grid, GridPair

_Dedicated: Final = aliased(Grid)
_Micro: Final = aliased(Grid)


class PairFacts(Facts):
    """With which grid, and what they agreed on."""

    other: Code
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class PartFacts(Facts):
    """From which grid."""

    other: Code


@dataclass(frozen=True)
class PairView:
    """Another grid that works together with this one."""

    code: str
    name: str
    words: str
    since: str


@verb(Deed.PAIR_AREAS, PairFacts)
def pair_areas(act: Act, order: Order, facts: PairFacts) -> dict[str, Any]:
    """Pair two grids; which of them is named first is the same.

    Raises:
        NotThereError: One of them is not there, or out of reach.
        FactsError: They are not a dedicated grid and a micro-grid of one street.
        ConflictError: They are paired already.
    """
    dedicated, micro = _two(act, order.subject, facts.other, Deed.PAIR_AREAS)
    hold_tree(act)
    if _standing(act, dedicated, micro) is not None:
        raise ConflictError(f"「{dedicated.name}」和「{micro.name}」已经结对。")
    act.session.add(
        GridPair(
            dedicated_id=id_of(dedicated), micro_id=id_of(micro), words=facts.words,
            from_on=beijing_date(act.now), made_by_id=act.actor.person_id,
        )
    )  # fmt: skip
    _note(act, Deed.PAIR_AREAS, dedicated, micro)
    return {"receipt": str(order.uid), "code": order.subject}


@verb(Deed.PART_AREAS, PartFacts)
def part_areas(act: Act, order: Order, facts: PartFacts) -> dict[str, Any]:
    """End a pairing; that it has been stays known.

    Raises:
        NotThereError: They are not paired.
    """
    dedicated, micro = _two(act, order.subject, facts.other, Deed.PART_AREAS)
    hold_tree(act)
    done = act.session.execute(
        update(GridPair)
        .where(col(GridPair.dedicated_id) == dedicated.id, col(GridPair.micro_id) == micro.id)
        .where(col(GridPair.ended_at).is_(None))
        .values(ended_at=act.now, ended_by_id=act.actor.person_id)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount != 1:
        raise NotThereError("这两个网格没有结对，或刚刚已经结束。")
    _note(act, Deed.PART_AREAS, dedicated, micro)
    return {"receipt": str(order.uid), "code": order.subject}


def _two(act: Act, one: str, other: str, deed: Deed) -> tuple[Grid, Grid]:
    """Open both; gives the dedicated one first."""
    grids = open_area(act, one, deed), open_area(act, other, deed)
    dedicated = [grid for grid in grids if grid.kind is GridKind.DEDICATED]
    micro = [g for g in grids if g.level is GridLevel.MICRO and g.kind is not GridKind.DEDICATED]
    if len(dedicated) != 1 or len(micro) != 1:
        name = level_names(act)[GridLevel.MICRO]
        raise wrong("other", f"双格共建是一个专属网格和一个相邻的{name}结对。")
    if _street(act, dedicated[0]) != _street(act, micro[0]):
        raise wrong("other", "两个网格不在同一个街道，不能结对。")
    return dedicated[0], micro[0]


def _street(act: Act, grid: Grid) -> str:
    ids = [int(part) for part in grid.path.strip("/").split("/")]
    rows = act.session.execute(select(col(Grid.id), col(Grid.level)).where(col(Grid.id).in_(ids)))
    levels = {grid_id: level for grid_id, level in rows}  # noqa: C416 - dict() cannot type a Row
    return cut_at(grid.path, GridLevel.STREET, levels)


def _standing(act: Act, dedicated: Grid, micro: Grid) -> int | None:
    found: int | None = act.session.execute(
        select(col(GridPair.id)).where(
            col(GridPair.dedicated_id) == dedicated.id,
            col(GridPair.micro_id) == micro.id,
            col(GridPair.ended_at).is_(None),
        )
    ).scalar_one_or_none()
    return found


def _note(act: Act, deed: Deed, dedicated: Grid, micro: Grid) -> None:
    for grid, other in ((dedicated, micro), (micro, dedicated)):
        note_change(act, id_of(grid), deed, {}, {"words": f"与「{other.name}」（{other.code}）"})


def list_pairs(act: Act, grid: Grid) -> tuple[PairView, ...]:
    """List with which grids one that is open already works together."""
    rows = act.session.execute(
        select(GridPair, _Dedicated, _Micro)
        .join(_Dedicated, col(_Dedicated.id) == col(GridPair.dedicated_id))
        .join(_Micro, col(_Micro.id) == col(GridPair.micro_id))
        .where(or_(col(GridPair.dedicated_id) == grid.id, col(GridPair.micro_id) == grid.id))
        .where(col(GridPair.ended_at).is_(None))
        .order_by(col(GridPair.id))
    )
    found = []
    for pair, dedicated, micro in rows:
        other = micro if dedicated.id == grid.id else dedicated
        since = f"{day_words(act.now, pair.from_on)}起"
        found.append(PairView(other.code, other.name, pair.words, since))
    return tuple(found)
