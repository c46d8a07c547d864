"""Somebody met the same matter: counted once a device, followed from then on (我也遇到)."""

import secrets
from datetime import timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import col

from gridapp.domain.errors import MeTooTooManyError
from gridapp.domain.vocabulary import Deed
from gridapp.services.alone import stand_alone
from gridapp.services.cases.devices import is_known_device
from gridapp.services.cases.find import find_place
from gridapp.services.cases.matters import find_matter
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.verbs import verb
from gridapp.tables import Case, MeToo

# A device may be made up anew for each press; so all the matters of a place together take only so
# many of devices that nobody knows, and one matter only so many of anybody.
PLACE_MAX_COUNT: Final = 20
PLACE_DAY_MAX_COUNT: Final = 60
MATTER_MAX_COUNT: Final = 60
_WINDOW: Final = timedelta(minutes=10)
_DAY: Final = timedelta(days=1)


class MeTooFacts(Facts):
    """At which building; the matter itself is the order's subject, by its public handle."""

    at: Annotated[str, Field(max_length=64)]


@verb(Deed.ME_TOO, MeTooFacts)
def say_me_too(act: Act, order: Order, facts: MeTooFacts) -> dict[str, Any]:
    """Count one more who met a matter; the receipt holds a token to follow it.

    A device that said so before gets its first token again and is not counted twice. The case's
    version stays: nothing has changed for whoever works on it.

    Raises:
        NotAllowedError: Staff has other ways.
        UnknownPlaceError: No building has this code.
        NotThereError: No such open matter, or not a public one.
        MeTooTooManyError: More than the neighbours of a place say in ten minutes, or in a day.
    """
    demand(act, Deed.ME_TOO)
    building = find_place(act, facts.at).building
    assert building.id is not None
    case_id = find_matter(act, building.id, order.subject)
    stand_alone(act, [f"me too at {building.id}"])
    if _add(act, order.uid, case_id):
        _hold(act, case_id, building.id)
        act.session.execute(
            update(Case)
            .where(col(Case.id) == case_id)
            .values(me_too_count=col(Case.me_too_count) + 1)
            .execution_options(synchronize_session=False)
        )
    device = _device(act, order.uid)
    mine = select(col(MeToo.track)).where(
        col(MeToo.case_id) == case_id, col(MeToo.device) == device
    )
    count = select(col(Case.me_too_count)).where(col(Case.id) == case_id)
    return {
        "receipt": str(order.uid),
        "track": act.session.execute(mine).scalar_one(),
        "count": act.session.execute(count).scalar_one(),
    }


def _device(act: Act, uid: UUID) -> str:
    return act.actor.device or str(uid)


def _add(act: Act, uid: UUID, case_id: int) -> bool:
    """Write it down, unless this device has said so before; of two at once one is written."""
    is_sqlite = act.session.get_bind().dialect.name == "sqlite"
    insert = sqlite_insert(MeToo) if is_sqlite else postgres_insert(MeToo)
    written = act.session.execute(
        insert.values(
            uid=uid,
            case_id=case_id,
            device=_device(act, uid),
            track=secrets.token_urlsafe(16),
            at=act.now,
        )
        .on_conflict_do_nothing(index_elements=["case_id", "device"])
        .returning(col(MeToo.uid))
    ).scalar_one_or_none()
    return written is not None


def _hold(act: Act, case_id: int, building_id: int) -> None:
    """Refuse one more, already written, where there are too many; a known device is not limited."""
    _hold_below(act, col(MeToo.case_id) == case_id, MATTER_MAX_COUNT, _WINDOW)
    if is_known_device(act):
        return
    here = col(MeToo.case_id).in_(select(col(Case.id)).where(col(Case.building_id) == building_id))
    _hold_below(act, here, PLACE_MAX_COUNT, _WINDOW)
    _hold_below(act, here, PLACE_DAY_MAX_COUNT, _DAY)


def _hold_below(act: Act, where: ColumnElement[bool], most: int, window: timedelta) -> None:
    recent = select(func.count(), func.min(MeToo.at)).where(where, col(MeToo.at) > act.now - window)
    count, oldest = act.session.execute(recent).one()
    if count > most:
        raise MeTooTooManyError.until(oldest + window, act.now)
