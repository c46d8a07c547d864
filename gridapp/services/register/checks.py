"""Records a check of a shop, an enterprise or a place, and what it found (记检查)."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import exists, update
from sqlmodel import col

from gridapp.domain.codes import parse_case_no
from gridapp.domain.errors import FactsError
from gridapp.domain.registering import CheckOutcome, next_check_on
from gridapp.domain.vocabulary import Deed, Source
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.cases.become import hanging_code
from gridapp.services.cases.handle import Photos
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, Words
from gridapp.services.register.access import open_premises
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.tables import Building, Premises, PremisesCheck, RiskClass

_TEXT_NEEDED = "请写一句发现了什么。"


class CheckFacts(Facts):
    """What came of it.

    Args:
        on: The Beijing day; today when it is left out.
        next_on: When to check again; by the risk class when it is left out.
        report: Whether what was found is to be reported as a case at once.
    """

    outcome: CheckOutcome
    text: Words = ""
    on: Day | None = None
    next_on: Day | None = None
    report: bool = False
    category: Annotated[str, Field(max_length=32)] | None = None
    photos: Photos = ()


@verb(Deed.CHECK_PREMISES, CheckFacts)
def check_premises(act: Act, order: Order, facts: CheckFacts) -> dict[str, Any]:
    """Record a check, and move the next day on.

    Raises:
        NotThereError: No such record, or out of reach.
        FactsError: Something was found and not told, or a day is none.
        PhotosMissingError: A photo named has not arrived.
    """
    row, building, _ = open_premises(act, order.subject, Deed.CHECK_PREMISES)
    # Of two checks at once the second is to see the first.
    act.session.refresh(row, with_for_update=True)
    if not facts.text and (facts.outcome is CheckOutcome.FOUND or facts.report):
        raise FactsError(_TEXT_NEEDED, fields={"text": _TEXT_NEEDED})
    on = _day(act, facts.on)
    next_on = _next_on(act, row, on, facts)
    no = _report(act, order, facts, building, row) if facts.report else ""
    parsed = parse_case_no(no)
    assert row.id is not None
    assert act.actor.person_id is not None, "only staff holds the permission"
    act.session.add(
        PremisesCheck(
            uid=order.uid, premises_id=row.id, person_id=act.actor.person_id, checked_on=on,
            outcome=facts.outcome, text=facts.text, next_on=next_on,
            case_id=parsed.case_id if parsed else None, received_at=act.now,
        )
    )  # fmt: skip
    act.session.flush()
    _move_on(act, row, on, next_on)
    told = next_on.isoformat() if next_on else None
    return {"receipt": str(order.uid), "record": str(row.uid), "next_on": told, "no": no}


def _day(act: Act, told: date | None) -> date:
    today = beijing_date(act.now)
    if told is not None and told > today:
        sentence = "检查日期不能晚于今天。"
        raise FactsError(sentence, fields={"on": sentence})
    return told or today


def _next_on(act: Act, row: Premises, on: date, facts: CheckFacts) -> date | None:
    if facts.next_on is None:
        days = act.session.get_one(RiskClass, row.risk_id).interval_days
        return next_check_on(on, days, facts.outcome)
    if facts.next_on < on:
        sentence = "下次检查不能早于这一次。"
        raise FactsError(sentence, fields={"next_on": sentence})
    return facts.next_on


def _report(act: Act, order: Order, facts: CheckFacts, building: Building, row: Premises) -> str:
    """Report what was found; the case names the place, neither its contact nor the phone."""
    report = ReportFacts(
        at=hanging_code(act, building.id),
        text=f"{row.name}：{facts.text}",
        category=facts.category,
        photos=facts.photos,
        made_at=order.done_at,
        source=Source.CHECK,
    )
    return report_case(act, order.uid, report).no


def _move_on(act: Act, row: Premises, on: date, next_on: date | None) -> None:
    """Move the days on, unless a later check has done so already."""
    later = exists().where(
        col(PremisesCheck.premises_id) == row.id, col(PremisesCheck.checked_on) > on
    )
    act.session.execute(
        update(Premises)
        .where(col(Premises.id) == row.id, ~later)
        .values(last_check_on=on, next_check_on=next_on)
        .execution_options(synchronize_session=False)
    )
