"""Records a visit: when, what came of it, what was found, when to come again (记走访)."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.visiting import next_visit_on
from gridapp.domain.vocabulary import Deed, Source, VisitOutcome
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.cases.become import become_case, hanging_code
from gridapp.services.cases.handle import Photos
from gridapp.services.cases.report import ReportFacts
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, Words
from gridapp.services.photos.hang import find_photos
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.services.visits.access import open_household
from gridapp.services.visits.change import current_of
from gridapp.services.visits.days import day_told, move_on, next_told
from gridapp.services.visits.kinds import find_kind
from gridapp.tables import Building, ContactHousehold, Visit, VisitPhoto

_SKEW = timedelta(minutes=10)
_TEXT_NEEDED = "上报需要写一句发现了什么。"


class VisitFacts(Facts):
    """What a visitor says; only the household and what came of it are needed.

    Args:
        on: The Beijing day; by the phone's clock when it is left out.
        kind: Why this time; the household's own reason when it is left out.
        next_on: When to come again; by the interval when it is left out.
        report: Whether what was found is to be reported as a case at once.
    """

    household: Annotated[str, Field(max_length=64)]
    outcome: VisitOutcome
    on: Day | None = None
    kind: Annotated[str, Field(max_length=32)] = ""
    text: Words = ""
    photos: Photos = ()
    next_on: Day | None = None
    report: bool = False
    category: Annotated[str, Field(max_length=32)] | None = None


@verb(Deed.RECORD_VISIT, VisitFacts)
def record_visit(act: Act, order: Order, facts: VisitFacts) -> dict[str, Any]:
    """Record a visit to a contact household of the own grids, and move its next day on.

    Raises:
        NotThereError: No such household, or out of reach.
        ConflictError: The contact had ended before.
        PhotosMissingError: A photo named has not arrived.
        FactsError: The day lies ahead, the kind is none, or there is nothing to report.
    """
    household, building = open_household(act, facts.household, Deed.RECORD_VISIT)
    # Of two visits at once the second is to see the first.
    act.session.refresh(household, with_for_update=True)
    on = _day_of(act, order.done_at, facts.on, household)
    if household.ended_at is not None and on > beijing_date(household.ended_at):
        raise ConflictError("这一户已结束联系，走访没有记上。", current=current_of(household))
    next_on = _next_on(on, household, facts)
    visit = _write(act, order, facts, household, building, on, next_on)
    move_on(act, visit)
    reported = _report(act, order, facts, visit, building) if facts.report else {}
    return {
        "receipt": str(order.uid),
        "visit": str(order.uid),
        "household": str(household.uid),
        "next_on": next_on.isoformat() if next_on else None,
        "no": reported.get("no", ""),
    }


def _day_of(
    act: Act, done_at: datetime | None, told: date | None, household: ContactHousehold
) -> date:
    """Tell the day of the visit; a phone whose clock is off decides nothing."""
    today = beijing_date(act.now)
    if told is not None:
        return day_told(act, told)
    is_credible = done_at is not None and household.added_at - _SKEW <= done_at <= act.now + _SKEW
    return min(beijing_date(done_at), today) if done_at and is_credible else today


def _next_on(on: date, household: ContactHousehold, facts: VisitFacts) -> date | None:
    if facts.next_on is None:
        return next_visit_on(on, household.interval_days, facts.outcome)
    return next_told(on, facts.next_on)


def _write(  # noqa: PLR0913, PLR0917 - a visit is made of as much
    act: Act,
    order: Order,
    facts: VisitFacts,
    household: ContactHousehold,
    building: Building,
    on: date,
    next_on: date | None,
) -> Visit:
    photo_ids = find_photos(act, facts.photos)
    kind_id = find_kind(act, facts.kind).id if facts.kind else household.kind_id
    assert act.actor.person_id is not None, "only staff holds the permission"
    assert household.id is not None
    assert kind_id is not None
    visit = Visit(
        uid=order.uid,
        household_id=household.id,
        grid_id=building.grid_id,
        person_id=act.actor.person_id,
        kind_id=kind_id,
        visited_on=on,
        outcome=facts.outcome,
        text=facts.text,
        next_on=next_on,
        made_at=order.done_at,
        received_at=act.now,
    )
    act.session.add(visit)
    act.session.flush()
    assert visit.id is not None
    for photo_id in photo_ids.values():
        act.session.add(VisitPhoto(visit_id=visit.id, photo_id=photo_id))
    act.session.flush()
    return visit


def _report(
    act: Act, order: Order, facts: VisitFacts, visit: Visit, building: Building
) -> dict[str, Any]:
    if not facts.text:
        raise FactsError(_TEXT_NEEDED, fields={"text": _TEXT_NEEDED})
    report = ReportFacts(
        at=hanging_code(act, building.id),
        text=facts.text,
        category=facts.category,
        photos=facts.photos,
        made_at=order.done_at,
        source=Source.VISIT,
    )
    return become_case(act, order, visit, report)
