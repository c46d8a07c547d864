"""The life of a building's code: issued, replaced, retired; the old one answers kindly (楼栋码)."""

from collections.abc import Mapping, Sequence
from random import SystemRandom
from typing import Any, Final

from sqlalchemy import ColumnElement, CursorResult, exists, select, update
from sqlmodel import col

from gridapp.domain.codes import draw_building_code, is_building_code, normalise
from gridapp.domain.errors import ConflictError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Order
from gridapp.services.register.access import open_building
from gridapp.services.register.counts import hold_building
from gridapp.services.register.households import StrikeFacts
from gridapp.services.verbs import verb
from gridapp.tables import Building, BuildingCode, CodeChange

MOST_AT_ONCE: Final = 500
_CHANCE: Final = SystemRandom()
ISSUE, REPLACE, RETIRE = "issue", "replace", "retire"


def has_code() -> ColumnElement[bool]:
    """Tell in SQL whether a building has a code in force; to be asked beside ``Building``."""
    return exists().where(
        col(BuildingCode.building_id) == col(Building.id), col(BuildingCode.retired_at).is_(None)
    )


@verb(Deed.REPLACE_CODE, StrikeFacts)
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
    _note(act, code, _id_of(building), REPLACE, facts.words, new)
    write_audit(act, Deed.REPLACE_CODE, f"building:{building.id}", facts.words, old=code, new=new)
    return {"receipt": str(order.uid), "building": building.id, "code": new}


@verb(Deed.RETIRE_CODE, StrikeFacts)
def retire_code(act: Act, order: Order, facts: StrikeFacts) -> dict[str, Any]:
    """Retire a code without another in its place; who scans it may choose the place by hand.

    Raises:
        NotThereError: No such code in force, or out of reach.
        ConflictError: Somebody has replaced or retired it meanwhile.
    """
    code, building = _open_code(act, order.subject, Deed.RETIRE_CODE)
    _take_down(act, code, building)
    _note(act, code, _id_of(building), RETIRE, facts.words)
    write_audit(act, Deed.RETIRE_CODE, f"building:{building.id}", facts.words, old=code)
    return {"receipt": str(order.uid), "building": building.id}


def hang_code(act: Act, building: Building, code: str = "", *, note: bool = True) -> str:
    """Hang a code on a building: the one told, else one drawn that nobody has ever had."""
    if not code:
        return hang_codes(act, [_id_of(building)], note=note)[_id_of(building)]
    _hang(act, {_id_of(building): code}, note=note)
    return code


def hang_codes(act: Act, buildings: Sequence[int], *, note: bool = True) -> dict[int, str]:
    """Draw codes that nobody has ever had, and hang one on each building of these ids."""
    hung = dict(zip(buildings, _draw(act, len(buildings)), strict=True))
    _hang(act, hung, note=note)
    return hung


def _hang(act: Act, hung: Mapping[int, str], *, note: bool) -> None:
    act.session.add_all(
        BuildingCode(code=code, building_id=building_id, issued_at=act.now)
        for building_id, code in hung.items()
    )
    act.session.flush()
    for building_id, code in hung.items() if note else ():
        _note(act, code, building_id, ISSUE)
    act.session.flush()


def _id_of(building: Building) -> int:
    assert building.id is not None
    return building.id


def _draw(act: Act, count: int) -> list[str]:
    drawn: set[str] = set()
    while len(drawn) < count:
        some = {draw_building_code(_CHANCE) for _ in range(count - len(drawn))}
        had = select(col(BuildingCode.code)).where(col(BuildingCode.code).in_(some))
        drawn |= some - set(act.session.execute(had).scalars())
    return list(drawn)


def retire_codes(act: Act, building: Building, why: str) -> None:
    """Retire every code of a building that goes out of use."""
    hanging = select(col(BuildingCode.code)).where(
        col(BuildingCode.building_id) == building.id, col(BuildingCode.retired_at).is_(None)
    )
    for code in act.session.execute(hanging).scalars().all():
        _take_down(act, code, building)
        _note(act, code, _id_of(building), RETIRE, why)


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
    act: Act, code: str, building_id: int, change: str, reason: str = "", successor: str = ""
) -> None:
    act.session.add(
        CodeChange(
            code=code, building_id=building_id, change=change, reason=reason,
            successor=successor, at=act.now, actor_id=act.actor.person_id,
        )
    )  # fmt: skip
