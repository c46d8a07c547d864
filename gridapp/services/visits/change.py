"""Changes what is known of a contact household, or ends the contact (修改, 结束联系)."""

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import CursorResult, update
from sqlmodel import col

from gridapp.domain.errors import ConflictError
from gridapp.domain.intervals import reschedule
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.areas.within import building_within
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, NeededWords, Order
from gridapp.services.phones import read_phone
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.services.visits.access import open_household
from gridapp.services.visits.add import (
    Door,
    IntervalDays,
    Name,
    Phone,
    refuse_double,
)
from gridapp.services.visits.kinds import find_kind
from gridapp.tables import ContactHousehold

_WHY_MAX_CHARACTERS = 200


class ChangeHouseholdFacts(Facts):
    """What is new; what is left out stays, an empty text takes the old one away."""

    at: Annotated[str, Field(max_length=64)] | None = None
    name: Name | None = None
    kind: Annotated[str, Field(max_length=32)] | None = None
    door: Door | None = None
    phone: Phone | None = None
    interval_days: IntervalDays | None = None
    next_on: Day | None = None


class EndHouseholdFacts(Facts):
    """Why the household is visited no longer."""

    words: NeededWords


@verb(Deed.CHANGE_HOUSEHOLD, ChangeHouseholdFacts)
def change_household(act: Act, order: Order, facts: ChangeHouseholdFacts) -> dict[str, Any]:
    """Change a contact household of the own grids.

    Raises:
        NotThereError: No such household, or it or its new building is out of reach.
        ConflictError: It has been changed meanwhile, has ended, or would be there twice.
        FactsError: The kind or the phone number is none.
    """
    row, building = open_household(act, order.subject, Deed.CHANGE_HOUSEHOLD)
    if facts.at is not None:
        building = building_within(act, facts.at, Deed.CHANGE_HOUSEHOLD)[1]
    assert building.id is not None
    changes: dict[str, Any] = {"building_id": building.id}
    changes |= {
        name: value
        for name, value in (("name", facts.name), ("door", facts.door))
        if value is not None
    }
    if facts.phone is not None:
        changes["phone"] = read_phone(facts.phone)
    changes |= _rhythm(act, row, facts)
    refuse_double(
        act, building.id, changes.get("door", row.door), changes.get("name", row.name), row.id
    )
    return _write(act, order, row, changes)


@verb(Deed.END_HOUSEHOLD, EndHouseholdFacts)
def end_household(act: Act, order: Order, facts: EndHouseholdFacts) -> dict[str, Any]:
    """End the contact with a household; what was written about it stays.

    Raises:
        NotThereError: No such household, or out of reach.
        ConflictError: It has been changed meanwhile, or has ended.
    """
    row, _ = open_household(act, order.subject, Deed.END_HOUSEHOLD)
    why = facts.words[:_WHY_MAX_CHARACTERS]
    return _write(act, order, row, {"ended_at": act.now, "ended_why": why})


def _rhythm(act: Act, row: ContactHousehold, facts: ChangeHouseholdFacts) -> dict[str, Any]:
    """Give the changes of kind, interval and next day; a promised visit never moves later."""
    changes: dict[str, Any] = {}
    if facts.kind is not None:
        kind = find_kind(act, facts.kind)
        if kind.id != row.kind_id:
            changes |= {"kind_id": kind.id, "interval_days": kind.interval_days}
    if facts.interval_days is not None:
        changes["interval_days"] = facts.interval_days
    if changes.get("interval_days", row.interval_days) != row.interval_days:
        days = changes["interval_days"]
        today = beijing_date(act.now)
        changes["next_on"] = reschedule(row.next_on, row.last_on, row.interval_days, days, today)
    if facts.next_on is not None:
        changes["next_on"] = facts.next_on
    return changes


def _write(
    act: Act, order: Order, row: ContactHousehold, changes: dict[str, Any]
) -> dict[str, Any]:
    """Write a change, unless somebody has been faster or the contact has ended."""
    version = order.version or row.version
    done = act.session.execute(
        update(ContactHousehold)
        .where(
            col(ContactHousehold.id) == row.id,
            col(ContactHousehold.version) == version,
            col(ContactHousehold.ended_at).is_(None),
        )
        .values(version=version + 1, **changes)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    act.session.refresh(row)
    if done.rowcount != 1:
        raise ConflictError(current=current_of(row))
    return {"receipt": str(order.uid), "household": str(row.uid), "version": row.version}


def current_of(row: ContactHousehold) -> dict[str, Any]:
    """Tell how a household stands, without a word of who lives there."""
    status = "已结束联系" if row.ended_at else "联系中"
    return {"household": str(row.uid), "version": row.version, "status_label": status}
