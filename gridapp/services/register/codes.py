"""The life of a building's code: issued, replaced, retired; the old one answers kindly (楼栋码)."""

from random import SystemRandom
from typing import Annotated, Any, Final

from pydantic import Field
from sqlalchemy import ColumnElement, CursorResult, exists, select, update
from sqlmodel import col

from gridapp.domain.codes import draw_building_code, is_building_code, normalise
from gridapp.domain.errors import ConflictError, FactsError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.services.register.access import open_building
from gridapp.services.register.counts import hold_building
from gridapp.services.register.households import StrikeFacts
from gridapp.tables import Building, BuildingCode, CodeChange, Grid

MOST_AT_ONCE: Final = 500
_CHANCE: Final = SystemRandom()
ISSUE, REPLACE, RETIRE = "issue", "replace", "retire"

BuildingId = Annotated[int, Field(ge=1, le=2**31 - 1)]


class IssueCodesFacts(Facts):
    """Which buildings: by their numbers, or all of a grid's tree that have no code in force."""

    buildings: Annotated[tuple[BuildingId, ...], Field(max_length=MOST_AT_ONCE)] = ()
    grid: Annotated[str, Field(max_length=32)] = ""


def issue_codes(act: Act, order: Order, facts: IssueCodesFacts) -> dict[str, Any]:
    """Give a code to each building that has none; at most 500 at once.

    Raises:
        NotThereError: A building or the grid lies out of reach.
        FactsError: Neither is named.
    """
    demand(act, Deed.ISSUE_CODE)
    if not facts.buildings and not facts.grid:
        raise FactsError("请选择要发码的楼栋。", fields={"buildings": "请选择楼栋"})
    rows = _chosen(act, facts)
    bare = [row for row in rows if not _has_code(act, row)]
    codes = {str(row.id): hang_code(act, row) for row in bare}
    write_audit(act, Deed.ISSUE_CODE, facts.grid and f"grid:{facts.grid}", count=len(codes))
    return {"receipt": str(order.uid), "codes": codes, "count": len(codes)}


def _chosen(act: Act, facts: IssueCodesFacts) -> list[Building]:
    within: ColumnElement[bool] = grids_within(act.actor, Deed.ISSUE_CODE)
    asked = (
        select(Building)
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(within, col(Building.retired_at).is_(None))
        .order_by(col(Building.id))
        # Held, so that nobody else gives one of them a code at the same moment.
        .with_for_update(of=Building)
    )
    if facts.grid:
        path = open_grid(act, facts.grid, Deed.ISSUE_CODE).path
        asked = asked.where(col(Grid.path).startswith(path, autoescape=True), ~has_code())
        return list(act.session.execute(asked.limit(MOST_AT_ONCE)).scalars())
    wanted = set(facts.buildings)
    rows = list(act.session.execute(asked.where(col(Building.id).in_(wanted))).scalars())
    if len(rows) != len(wanted):
        raise NotThereError
    return rows


def has_code() -> ColumnElement[bool]:
    """Tell in SQL whether a building has a code in force; to be asked beside ``Building``."""
    return exists().where(
        col(BuildingCode.building_id) == col(Building.id), col(BuildingCode.retired_at).is_(None)
    )


def _has_code(act: Act, row: Building) -> bool:
    hanging = select(col(BuildingCode.code)).where(
        col(BuildingCode.building_id) == row.id, col(BuildingCode.retired_at).is_(None)
    )
    return act.session.execute(hanging).first() is not None


def replace_code(act: Act, order: Order, facts: StrikeFacts) -> dict[str, Any]:
    """Replace a code that was stolen, defaced or misused; who scans the old one is led on.

    The new one is to be printed: no sheet says it yet.

    Raises:
        NotThereError: No such code in force, or out of reach.
        ConflictError: Somebody has replaced or retired it meanwhile; ``current`` is today's code.
    """
    code, building = _open_code(act, order.subject, Deed.REPLACE_CODE)
    _take_down(act, code, building)
    new = hang_code(act, building, note=False)
    _note(act, code, building, REPLACE, facts.words, new)
    write_audit(act, Deed.REPLACE_CODE, f"building:{building.id}", facts.words, old=code, new=new)
    return {"receipt": str(order.uid), "building": building.id, "code": new}


def retire_code(act: Act, order: Order, facts: StrikeFacts) -> dict[str, Any]:
    """Retire a code without another in its place; who scans it may choose the place by hand.

    Raises:
        NotThereError: No such code in force, or out of reach.
        ConflictError: Somebody has replaced or retired it meanwhile.
    """
    code, building = _open_code(act, order.subject, Deed.RETIRE_CODE)
    _take_down(act, code, building)
    _note(act, code, building, RETIRE, facts.words)
    write_audit(act, Deed.RETIRE_CODE, f"building:{building.id}", facts.words, old=code)
    return {"receipt": str(order.uid), "building": building.id}


def hang_code(act: Act, building: Building, *, note: bool = True) -> str:
    """Draw a code that nobody has ever had, and hang it on a building."""
    assert building.id is not None
    code = draw_building_code(_CHANCE)
    while act.session.get(BuildingCode, code) is not None:
        code = draw_building_code(_CHANCE)
    act.session.add(BuildingCode(code=code, building_id=building.id, issued_at=act.now))
    act.session.flush()
    if note:
        _note(act, code, building, ISSUE)
    return code


def retire_codes(act: Act, building: Building, why: str) -> None:
    """Retire every code of a building that goes out of use."""
    hanging = select(col(BuildingCode.code)).where(
        col(BuildingCode.building_id) == building.id, col(BuildingCode.retired_at).is_(None)
    )
    for code in act.session.execute(hanging).scalars().all():
        _take_down(act, code, building)
        _note(act, code, building, RETIRE, why)


def _open_code(act: Act, subject: str, deed: Deed) -> tuple[str, Building]:
    code = normalise(subject)
    if not is_building_code(code):
        raise NotThereError
    building, _ = open_building(act, code, deed)
    assert building.id is not None
    return code, hold_building(act, building.id)


def _take_down(act: Act, code: str, building: Building) -> None:
    done = act.session.execute(
        update(BuildingCode)
        .where(col(BuildingCode.code) == code, col(BuildingCode.retired_at).is_(None))
        .values(retired_at=act.now)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount == 1:
        return
    today = act.session.execute(
        select(col(BuildingCode.code))
        .where(
            col(BuildingCode.building_id) == building.id, col(BuildingCode.retired_at).is_(None)
        )
        .order_by(col(BuildingCode.issued_at).desc())
    ).scalars().first()  # fmt: skip
    raise ConflictError("这个码已经停用或更换。", current={"code": today or ""})


def _note(  # noqa: PLR0913, PLR0917 - what became of a code
    act: Act, code: str, building: Building, change: str, reason: str = "", successor: str = ""
) -> None:
    assert building.id is not None
    act.session.add(
        CodeChange(
            code=code, building_id=building.id, change=change, reason=reason,
            successor=successor, at=act.now, actor_id=act.actor.person_id,
        )
    )  # fmt: skip
    act.session.flush()
