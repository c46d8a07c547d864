"""Shows one record of the register: a household, a shop, an enterprise, a place; masked."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.clockwords import day_words
from gridapp.domain.errors import NotThereError
from gridapp.domain.labels import DEED
from gridapp.domain.permissions import may_at_all
from gridapp.domain.privacy import mask_name, mask_phone
from gridapp.domain.registering import CHECK_OUTCOME, TENURE, door_words, parse_door
from gridapp.domain.visiting import interval_words
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.case_access import case_no_of
from gridapp.services.cases.views import ButtonView
from gridapp.services.desk import Act
from gridapp.services.permit import covers
from gridapp.services.register.access import open_premises, open_record
from gridapp.services.register.lists import premises, premises_line
from gridapp.services.register.views import CheckView, PremisesView, RecordView
from gridapp.tables import Case, ContactHousehold, Grid, Household, Person, Premises, PremisesCheck

CHECKS_MAX_COUNT: Final = 50
_ON_RECORD: Final = (Deed.REVEAL_RECORD, Deed.AMEND_HOUSEHOLD, Deed.STRIKE_HOUSEHOLD)
_ON_PREMISES: Final = (
    Deed.CHECK_PREMISES, Deed.REVEAL_RECORD, Deed.AMEND_PREMISES, Deed.STRIKE_PREMISES,
)  # fmt: skip


def see_record(act: Act, record: str) -> RecordView:
    """Show the record of a household.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees the register.
        NotThereError: No such record, or out of reach.
    """
    row, building, grid = open_record(act, record, Deed.SEE_REGISTER, also_struck=True)
    assert building.id is not None
    is_struck = row.retired_at is not None
    contact = "" if is_struck else _contact_of(act, row, grid)
    deeds = [] if is_struck else list(_ON_RECORD)
    if not is_struck and not contact and row.name:
        deeds.append(Deed.ADD_HOUSEHOLD)
    return RecordView(
        id=str(row.uid), version=row.version, building_id=building.id, building=building.name,
        grid=grid.name, unit=row.unit, floor=row.floor, door=row.door,
        door_words=door_words(row.unit, row.door), who=mask_name(row.name),
        phone_masked=mask_phone(row.phone), head_count=row.head_count, tenure=row.tenure.value,
        tenure_label=TENURE[row.tenure], remarks=row.remarks,
        changed_words=day_words(act.now, beijing_date(row.changed_at)), contact=contact,
        is_struck=is_struck, buttons=buttons_for(act, deeds, grid),
    )  # fmt: skip


def see_premises(act: Act, record: str) -> PremisesView:
    """Show the record of a shop, an enterprise or a place, with its newest checks.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees the register.
        NotThereError: No such record, or out of reach.
    """
    row, building, grid = open_premises(act, record, Deed.SEE_REGISTER, also_struck=True)
    assert building.id is not None
    found = act.session.execute(premises().where(col(Premises.id) == row.id)).first()
    if found is None:
        raise NotThereError
    risk = found[3]
    is_struck = row.retired_at is not None
    return PremisesView(
        id=str(row.uid), version=row.version, line=premises_line(act, found),
        building_id=building.id, building=building.name, spot=row.spot,
        credit_code=row.credit_code, who=mask_name(row.contact),
        phone_masked=mask_phone(row.phone), risk_code=risk.code,
        rhythm_words=interval_words(risk.interval_days), remarks=row.remarks,
        is_struck=is_struck, checks=_checks(act, row),
        buttons=() if is_struck else buttons_for(act, _ON_PREMISES, grid),
    )  # fmt: skip


def buttons_for(act: Act, deeds: Sequence[Deed], grid: Grid) -> tuple[ButtonView, ...]:
    """List those of the deeds that the actor may do in a grid."""
    may = (deed for deed in deeds if covers(act.actor, deed, grid.path))
    return tuple(ButtonView(deed.value, DEED[deed]) for deed in may)


def _contact_of(act: Act, row: Household, grid: Grid) -> str:
    """Find the contact household of the same door, for who may see visits there."""
    if not may_at_all(Deed.SEE_VISIT, act.actor.roles):
        return ""
    if not covers(act.actor, Deed.SEE_VISIT, grid.path):
        return ""
    there = act.session.execute(
        select(col(ContactHousehold.uid), col(ContactHousehold.door)).where(
            col(ContactHousehold.building_id) == row.building_id,
            col(ContactHousehold.ended_at).is_(None),
        )
    )
    for uid, written in there:
        door = parse_door(written)
        if door.room == row.door and door.unit in {"", row.unit}:
            return str(uid)
    return ""


def _checks(act: Act, row: Premises) -> tuple[CheckView, ...]:
    found = act.session.execute(
        select(PremisesCheck, col(Person.name), Case)
        .join(Person, col(Person.id) == col(PremisesCheck.person_id))
        .outerjoin(Case, col(Case.id) == col(PremisesCheck.case_id))
        .where(col(PremisesCheck.premises_id) == row.id)
        .order_by(col(PremisesCheck.checked_on).desc(), col(PremisesCheck.id).desc())
        .limit(CHECKS_MAX_COUNT)
    )
    return tuple(
        CheckView(
            on_words=day_words(act.now, check.checked_on), by=name, outcome=check.outcome.value,
            outcome_label=CHECK_OUTCOME[check.outcome], text=check.text,
            next_words=day_words(act.now, check.next_on) if check.next_on else "",
            case_no=case_no_of(case) if case else "",
        )
        for check, name, case in found
    )  # fmt: skip
