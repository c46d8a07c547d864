"""Issues codes to buildings that have none: a few by name, or all of an area (发楼栋码).

An area's codes are issued in one go, or as long work where there are many. What was confirmed is
what is done: the set of buildings that was counted has a mark, and another set is refused.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import Field
from sqlalchemy import Select, and_, func, select
from sqlmodel import col

from gridapp.domain.codes import display_name
from gridapp.domain.errors import FactsError, NotThereError
from gridapp.domain.labels import DEED
from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed, WorkKind
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.services.register.codes import hang_codes, has_code
from gridapp.services.register.refusals import BareChangedError, BeingIssuedError
from gridapp.services.verbs import verb
from gridapp.services.works.ask import OPEN, Wanted, ask_work, grid_of_reach
from gridapp.services.works.kinds import may_ask_for
from gridapp.tables import Building, BuildingCode, Grid, Work

MOST_AT_ONCE: Final = 500
_EVERYWHERE: Final = "全部范围"
_ALL_YOURS: Final = "您管辖的全部范围"
_MARK_DIGITS: Final = 16

BuildingId = Annotated[int, Field(ge=1, le=2**31 - 1)]


class IssueCodesFacts(Facts):
    """Which buildings: by their numbers, or all without a code in an area or the whole reach.

    ``mark`` is that of the set which was confirmed; without one, whatever is there is meant.
    """

    buildings: Annotated[tuple[BuildingId, ...], Field(max_length=MOST_AT_ONCE)] = ()
    grid: Annotated[str, Field(max_length=32)] = ""
    everywhere: bool = False
    mark: Annotated[str, Field(max_length=_MARK_DIGITS)] = ""


class IssueWorkFacts(Facts):
    """What the long work does: these buildings, which were confirmed, and no others."""

    grid: Annotated[str, Field(max_length=32)] = ""
    buildings: tuple[BuildingId, ...]


@dataclass(frozen=True)
class BareView:
    """The buildings without a code of an area, as they are put before whoever confirms.

    Args:
        mark: Tells this set from every other.
        is_long: Whether giving them codes would be long work.
    """

    place: str
    count: int
    mark: str
    is_long: bool


def count_bare(act: Act, grid: str) -> int:
    """Count the buildings to which the actor may give a first code; none for who may not.

    Raises:
        NotThereError: The grid lies out of reach.
    """
    if not may_at_all(Deed.ISSUE_CODE, act.actor.roles):
        return 0
    count: int = act.session.execute(
        _bare(act, grid).with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    ).scalar_one()
    return count


def see_bare(act: Act, grid: str) -> BareView:
    """Show what would be confirmed for a grid and all below, or for the whole reach.

    Raises:
        NotAllowedError: No role of the actor issues codes.
        NotThereError: The grid lies out of reach.
    """
    demand(act, Deed.ISSUE_CODE)
    ids = _bare_ids(act, grid)
    place = _area(act, grid)[1] if grid else _ALL_YOURS
    return BareView(place, len(ids), _mark(ids), len(ids) > MOST_AT_ONCE)


@verb(Deed.ISSUE_CODE, IssueCodesFacts)
def issue_codes(act: Act, order: Order, facts: IssueCodesFacts) -> dict[str, Any]:
    """Give a code to each building that has none; more than 500 of an area are long work.

    Raises:
        NotThereError: A building or the grid lies out of reach.
        FactsError: Neither is named.
        BareChangedError: They are no longer the buildings that were confirmed.
        BeingIssuedError: Long work that is not done yet gives some of them codes.
        TooManyWorksError: Several of the asker's are not done yet.
    """
    demand(act, Deed.ISSUE_CODE)
    if facts.grid or facts.everywhere:
        ids = _confirmed(act, facts)
        if len(ids) > MOST_AT_ONCE:
            return _ask(act, order, facts.grid, ids)
    elif facts.buildings:
        ids = _named(act, facts.buildings)
    else:
        raise FactsError("请选择要发码的楼栋。", fields={"buildings": "请选择楼栋"})
    codes = issue_some(act, ids, facts.grid)
    if facts.mark and len(codes) != len(ids):
        raise BareChangedError(len(codes), _mark(list(codes)))
    told = {str(building_id): code for building_id, code in codes.items()}
    return {"receipt": str(order.uid), "codes": told, "count": len(told)}


def issue_some(act: Act, ids: Sequence[int], grid: str = "") -> dict[int, str]:
    """Give a code to those of some buildings that are in reach and in use and still have none."""
    held = (
        select(col(Building.id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(col(Building.id).in_(ids), grids_within(act.actor, Deed.ISSUE_CODE))
        .where(col(Building.retired_at).is_(None))
        .order_by(col(Building.id))
        # Held, so that nobody else gives one of them a code at the same moment.
        .with_for_update(of=Building)
    )
    there = list(act.session.execute(held).scalars())
    # Asked anew now that they are held: somebody may have been faster.
    coded = select(col(BuildingCode.building_id)).where(
        col(BuildingCode.building_id).in_(there), col(BuildingCode.retired_at).is_(None)
    )
    has_one = set(act.session.execute(coded).scalars())
    codes = hang_codes(act, [one for one in there if one not in has_one])
    write_audit(act, Deed.ISSUE_CODE, grid and f"grid:{grid}", count=len(codes))
    return codes


@may_ask_for(WorkKind.ISSUE_CODES)
def may_issue(act: Act, facts: dict[str, Any]) -> None:
    """Let pass who may still issue what was asked for.

    Raises:
        NotAllowedError: No role of the actor issues codes any more.
        NotThereError: The grid lies out of reach by now.
    """
    demand(act, Deed.ISSUE_CODE)
    _area(act, IssueWorkFacts.model_validate(facts).grid)


def _bare(act: Act, grid: str) -> Select[Any]:
    within = grids_within(act.actor, Deed.ISSUE_CODE)
    if grid:
        path = open_grid(act, grid, Deed.SEE_REGISTER).path
        within = and_(within, col(Grid.path).startswith(path, autoescape=True))
    bare: Any = (
        select(col(Building.id))
        .where(col(Building.grid_id).in_(select(col(Grid.id)).where(within)))
        .where(col(Building.retired_at).is_(None), ~has_code())
        .order_by(col(Building.id))
    )
    return bare  # type: ignore[no-any-return]  # SQLModel and SQLAlchemy name its rows differently


def _bare_ids(act: Act, grid: str) -> list[int]:
    return list(act.session.execute(_bare(act, grid)).scalars())


def _mark(ids: Sequence[int]) -> str:
    told = ",".join(str(one) for one in ids)
    return hashlib.sha256(told.encode()).hexdigest()[:_MARK_DIGITS]


def _area(act: Act, grid: str) -> tuple[int | None, str]:
    if not grid:
        return grid_of_reach(act, Deed.ISSUE_CODE), _EVERYWHERE
    row = open_grid(act, grid, Deed.SEE_REGISTER)
    return row.id, display_name(row.name)


def _confirmed(act: Act, facts: IssueCodesFacts) -> list[int]:
    ids = _bare_ids(act, facts.grid)
    if facts.mark and facts.mark != _mark(ids):
        raise BareChangedError(len(ids), _mark(ids))
    open_works = select(col(Work.facts)).where(
        col(Work.kind) == WorkKind.ISSUE_CODES, col(Work.state).in_(OPEN)
    )
    for work in act.session.execute(open_works).scalars():
        if not set(ids).isdisjoint(work["buildings"]):
            raise BeingIssuedError
    return ids


def _named(act: Act, wanted: Sequence[int]) -> list[int]:
    there = (
        select(col(Building.id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(grids_within(act.actor, Deed.ISSUE_CODE), col(Building.retired_at).is_(None))
        .where(col(Building.id).in_(wanted))
    )
    ids = [one for one in act.session.execute(there).scalars() if one is not None]
    if len(ids) != len(set(wanted)):
        raise NotThereError
    return ids


def _ask(act: Act, order: Order, grid: str, ids: list[int]) -> dict[str, Any]:
    facts = IssueWorkFacts(grid=grid, buildings=tuple(ids)).model_dump(mode="json")
    grid_id, place = _area(act, grid)
    wanted = Wanted(WorkKind.ISSUE_CODES, f"{DEED[Deed.ISSUE_CODE]} · {place}", facts, grid_id)
    return ask_work(act, order.uid, wanted) | {"count": 0}
