"""Enters, amends and strikes shops, enterprises and places (登记商铺、企业、场所)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field, StringConstraints
from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import col

from gridapp.domain.errors import ConflictError
from gridapp.domain.intervals import reschedule
from gridapp.domain.registering import CheckOutcome, PremisesKind
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.phones import read_phone
from gridapp.services.register.access import open_building, open_premises
from gridapp.services.register.counts import hold_building
from gridapp.services.register.guarded import write_record
from gridapp.services.register.households import Name, Phone, Remarks, StrikeFacts
from gridapp.services.register.risks import find_risk
from gridapp.services.verbs import verb
from gridapp.tables import Building, Premises, PremisesCheck, RiskClass

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Spot = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Trade = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
# GB 32100: eighteen signs, or empty for who has none.
CreditCode = Annotated[
    str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^([0-9A-Za-z]{18})?$")
]
RiskCode = Annotated[str, Field(max_length=32)]


class PremisesFacts(Facts):
    """What it is, whereabouts in the building, who answers for it, and how much can happen."""

    kind: PremisesKind
    name: Title
    spot: Spot = ""
    trade: Trade = ""
    credit_code: CreditCode = ""
    contact: Name = ""
    phone: Phone = ""
    risk: RiskCode = "ordinary"
    remarks: Remarks = ""


class EnterPremisesFacts(PremisesFacts):
    """A shop, an enterprise or a place in a building, named by its number or its code."""

    building: Annotated[str, Field(max_length=64)]


class AmendPremisesFacts(Facts):
    """What is new; what is left out stays, an empty text takes the old one away."""

    name: Title | None = None
    spot: Spot | None = None
    trade: Trade | None = None
    credit_code: CreditCode | None = None
    contact: Name | None = None
    phone: Phone | None = None
    risk: RiskCode | None = None
    remarks: Remarks | None = None


@dataclass(frozen=True)
class CheckDays:
    """What a table tells of checks that were made before; None is not told."""

    last_on: date | None = None
    next_on: date | None = None


_NO_DAYS: Final = CheckDays()


@verb(Deed.ENTER_PREMISES, EnterPremisesFacts)
def enter_premises(act: Act, order: Order, facts: EnterPremisesFacts) -> dict[str, Any]:
    """Enter a shop, an enterprise or a place.

    Raises:
        NotThereError: The building lies out of reach.
        ConflictError: It is on record already; ``current`` names the record.
        FactsError: The phone number or the risk class is none.
    """
    building, _ = open_building(act, facts.building, Deed.ENTER_PREMISES)
    row = keep_premises(act, order.uid, building, facts)
    return {"receipt": str(order.uid), "record": str(row.uid), "version": row.version}


def keep_premises(
    act: Act,
    uid: UUID,
    building: Building,
    facts: PremisesFacts,
    days: CheckDays = _NO_DAYS,
) -> Premises:
    """Write it down, once a building and name, or once a credit code.

    Raises:
        ConflictError: It is on record already; ``current`` names the record.
        FactsError: The phone number or the risk class is none.
    """
    assert building.id is not None
    hold_building(act, building.id)
    _refuse_double(act, building.id, facts.name, facts.credit_code)
    risk = find_risk(act, facts.risk)
    assert risk.id is not None
    row = Premises(
        uid=uid, kind=facts.kind, building_id=building.id, name=facts.name, spot=facts.spot,
        trade=facts.trade, credit_code=facts.credit_code, contact=facts.contact,
        phone=read_phone(facts.phone), risk_id=risk.id, remarks=facts.remarks,
        last_check_on=days.last_on, next_check_on=days.next_on or _first_on(act, risk, days),
        made_at=act.now, changed_at=act.now,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    return row


def _first_on(act: Act, risk: RiskClass, days: CheckDays) -> date | None:
    """Give the day of the next check of a new record: at once where nobody has been yet."""
    if not risk.interval_days:
        return None
    since = days.last_on
    return since + timedelta(days=risk.interval_days) if since else beijing_date(act.now)


@verb(Deed.AMEND_PREMISES, AmendPremisesFacts)
def amend_premises(act: Act, order: Order, facts: AmendPremisesFacts) -> dict[str, Any]:
    """Amend the record of a shop, an enterprise or a place.

    Raises:
        NotThereError: No such record, or out of reach.
        ConflictError: It has been changed meanwhile, or would be there twice.
        FactsError: The phone number or the risk class is none.
    """
    row, _, _ = open_premises(act, order.subject, Deed.AMEND_PREMISES)
    version = change_premises(act, row, facts, order.version)
    return {"receipt": str(order.uid), "record": str(row.uid), "version": version}


def change_premises(  # noqa: PLR0913 - what is changed, and what only a table tells
    act: Act,
    row: Premises,
    facts: AmendPremisesFacts,
    version: int | None,
    *,
    building_id: int | None = None,
    days: CheckDays = _NO_DAYS,
) -> int:
    """Write what is new into a record; gives its new version.

    Args:
        act: The transaction.
        row: The record.
        facts: What is new.
        version: The one that the doer looked at.
        building_id: The building to which it has moved.
        days: What a table tells of its checks.

    Raises:
        ConflictError: It has been changed meanwhile, or would be there twice.
        FactsError: The phone number or the risk class is none.
    """
    told = facts.model_dump()
    changes = {name: value for name, value in told.items() if value is not None and name != "risk"}
    if "phone" in changes:
        changes["phone"] = read_phone(changes["phone"])
    changes |= _rhythm(
        act, row, find_risk(act, facts.risk) if facts.risk is not None else None, days
    )
    if building_id is not None:
        changes["building_id"] = building_id
    name, code = changes.get("name", row.name), changes.get("credit_code", row.credit_code)
    _refuse_double(act, building_id or row.building_id, name, code, row.id)
    new_version = write_record(act, row, version, changes)
    write_audit(act, Deed.AMEND_PREMISES, f"record:{row.uid}", fields=sorted(changes))
    return new_version


def _rhythm(act: Act, row: Premises, risk: RiskClass | None, days: CheckDays) -> dict[str, Any]:
    """Give what another risk class changes, and what a table tells of the checks."""
    was = act.session.get_one(RiskClass, row.risk_id)
    now = risk or was
    last_on, next_on = days.last_on or row.last_check_on, row.next_check_on
    if last_on is not None and last_on != row.last_check_on:
        next_on = last_on + timedelta(days=now.interval_days) if now.interval_days else None
    elif now.id != was.id:
        next_on = reschedule(
            next_on,
            last_on,
            was.interval_days,
            now.interval_days,
            beijing_date(act.now),
            is_promised=_is_open(act, row),
        )
    found = {
        "risk_id": now.id, "last_check_on": last_on, "next_check_on": days.next_on or next_on,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value != getattr(row, name)}


def _is_open(act: Act, row: Premises) -> bool:
    """Tell whether the last check left something to be looked at again."""
    last = act.session.execute(
        select(col(PremisesCheck.outcome))
        .where(col(PremisesCheck.premises_id) == row.id)
        .order_by(col(PremisesCheck.checked_on).desc(), col(PremisesCheck.id).desc())
        .limit(1)
    ).scalar_one_or_none()
    return last not in {None, CheckOutcome.FINE}


@verb(Deed.STRIKE_PREMISES, StrikeFacts)
def strike_premises(act: Act, order: Order, facts: StrikeFacts) -> dict[str, Any]:
    """Strike the record; the checks that were made stay.

    Raises:
        NotThereError: No such record, or out of reach.
        ConflictError: It has been changed meanwhile.
    """
    row, _, _ = open_premises(act, order.subject, Deed.STRIKE_PREMISES)
    version = remove_premises(act, row, order.version, facts.words)
    return {"receipt": str(order.uid), "record": str(row.uid), "version": version}


def remove_premises(act: Act, row: Premises, version: int | None, why: str) -> int:
    """Take it out of the register; gives the record's new version.

    Raises:
        ConflictError: It has been changed meanwhile.
    """
    new_version = write_record(act, row, version, {"retired_at": act.now})
    write_audit(act, Deed.STRIKE_PREMISES, f"record:{row.uid}", why)
    return new_version


def same_premises(building_id: int, name: str, credit_code: str) -> ColumnElement[bool]:
    """Tell in SQL which record is of the same one: by credit code, or by building and name."""
    here = and_(col(Premises.building_id) == building_id, col(Premises.name) == name)
    same = or_(here, col(Premises.credit_code) == credit_code) if credit_code else here
    return and_(same, col(Premises.retired_at).is_(None))


def _refuse_double(
    act: Act, building_id: int, name: str, credit_code: str, but: int | None = None
) -> None:
    there = act.session.execute(
        select(col(Premises.uid)).where(
            same_premises(building_id, name, credit_code), col(Premises.id).is_distinct_from(but)
        )
    ).scalars().first()  # fmt: skip
    if there is not None:
        raise ConflictError("这一家已经登记过。", current={"record": str(there)})
