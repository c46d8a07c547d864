"""Puts a visit right by an appended word, or makes a case of what it found (更正, 转为事件)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import FactsError
from gridapp.domain.visiting import next_visit_on
from gridapp.domain.vocabulary import Deed, Source, VisitOutcome
from gridapp.services.case_access import case_no_of
from gridapp.services.cases.become import become_case, hanging_code
from gridapp.services.cases.handle import Photos
from gridapp.services.cases.report import ReportFacts
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, NeededWords, Order, Words
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.services.visits.access import open_household, open_visit
from gridapp.services.visits.days import day_told, next_told, restate_days
from gridapp.tables import Case, ContactHousehold, Photo, Visit, VisitCorrection, VisitPhoto

_CORRECTED: Final = ("outcome", "visited_on", "next_on", "household_id", "grid_id")
_TEXT_NEEDED = "请写一句发现了什么。"


class CorrectFacts(Facts):
    """What is to be put right, in words; and what of the visit itself was wrong.

    Args:
        on: The Beijing day on which it was.
        household: Whom it was paid to, where it was put down for somebody else.
        next_on: When to come again.
    """

    words: NeededWords
    outcome: VisitOutcome | None = None
    on: Day | None = None
    household: Annotated[str, Field(max_length=64)] | None = None
    next_on: Day | None = None


class PromoteVisitFacts(Facts):
    """How the case reads; the visit's own words, place and photos where nothing else is said."""

    text: Words = ""
    category: Annotated[str, Field(max_length=32)] | None = None
    at: Annotated[str, Field(max_length=64)] = ""
    photos: Photos | None = None


@verb(Deed.CORRECT_VISIT, CorrectFacts)
def correct_visit(act: Act, order: Order, facts: CorrectFacts) -> dict[str, Any]:
    """Append a correction to one's own visit; the first words stay, the due days follow.

    Raises:
        NotThereError: No such visit or household, or out of reach.
        NotAllowedError: In sight, but somebody else's.
        FactsError: The day lies ahead, or the next visit before it.
    """
    visit, household, _ = open_visit(act, order.subject, Deed.CORRECT_VISIT)
    act.session.refresh(visit, with_for_update=True)
    before, changes = _changes(act, visit, household, facts)
    assert visit.id is not None
    assert act.actor.person_id is not None, "only staff holds the permission"
    act.session.add(
        VisitCorrection(
            uid=order.uid,
            visit_id=visit.id,
            person_id=act.actor.person_id,
            words=facts.words,
            before={name: _kept(before[name]) for name in changes},
            after={name: _kept(value) for name, value in changes.items()},
            at=act.now,
        )
    )
    if changes:
        for name, value in changes.items():
            setattr(visit, name, value)
        act.session.flush()
        for household_id in {before["household_id"], visit.household_id}:
            restate_days(act, household_id)
    return {"receipt": str(order.uid), "visit": str(visit.uid)}


@verb(Deed.PROMOTE_VISIT, PromoteVisitFacts)
def promote_visit(act: Act, order: Order, facts: PromoteVisitFacts) -> dict[str, Any]:
    """Report what a visit found, once; the case names the building, neither door nor person.

    Raises:
        NotThereError: No such visit, or out of reach.
        NotAllowedError: In sight, but somebody else's.
        ConflictError: It is a case already; ``current`` names it.
        FactsError: Nothing was written that could be reported.
    """
    visit, _, building = open_visit(act, order.subject, Deed.PROMOTE_VISIT)
    text = facts.text or visit.text
    if not text:
        raise FactsError(_TEXT_NEEDED, fields={"text": _TEXT_NEEDED})
    report = ReportFacts(
        at=facts.at or hanging_code(act, building.id),
        text=text,
        category=facts.category,
        photos=photos_of(act, visit) if facts.photos is None else facts.photos,
        made_at=visit.made_at,
        source=Source.VISIT,
    )
    return become_case(act, order, visit, report)


def _changes(
    act: Act, visit: Visit, household: ContactHousehold, facts: CorrectFacts
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give what the visit says now, and what of it changes."""
    before = {name: getattr(visit, name) for name in _CORRECTED}
    by_interval = next_visit_on(visit.visited_on, household.interval_days, visit.outcome)
    told: dict[str, Any] = {}
    if facts.household is not None:
        household, building = open_household(act, facts.household, Deed.RECORD_VISIT)
        told |= {"household_id": household.id, "grid_id": building.grid_id}
    if facts.on is not None:
        told["visited_on"] = day_told(act, facts.on)
    if facts.outcome is not None:
        told["outcome"] = facts.outcome
    on, outcome = told.get("visited_on", visit.visited_on), told.get("outcome", visit.outcome)
    if facts.next_on is not None:
        told["next_on"] = next_told(on, facts.next_on)
    elif visit.next_on == by_interval or (visit.next_on is not None and visit.next_on < on):
        # A day that only followed from the visit follows it on; one that was chosen stays.
        told["next_on"] = next_visit_on(on, household.interval_days, outcome)
    return before, {name: value for name, value in told.items() if before[name] != value}


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True)
class FindingView:
    """What a visit found, as a case would tell it: without door and person.

    Args:
        at: The code that hangs on the building, or empty.
        photos: By the hash they were sent under.
        case_no: The case that it became, or empty.
    """

    id: str
    text: str
    at: str
    photos: tuple[str, ...]
    case_no: str


def see_finding(act: Act, visit: str) -> FindingView:
    """Show what a visit found, to whoever may report it.

    Raises:
        NotThereError: No such visit, or out of reach.
        NotAllowedError: In sight, but somebody else's.
    """
    row, _, building = open_visit(act, visit, Deed.PROMOTE_VISIT)
    case = act.session.get(Case, row.case_id) if row.case_id else None
    no = case_no_of(case) if case else ""
    code = hanging_code(act, building.id)
    return FindingView(str(row.uid), row.text, code, photos_of(act, row), no)


def photos_of(act: Act, visit: Visit) -> tuple[str, ...]:
    """List the photos of a visit by the hash they were sent under."""
    found = act.session.execute(
        select(col(Photo.sha256))
        .join(VisitPhoto, col(VisitPhoto.photo_id) == col(Photo.id))
        .where(col(VisitPhoto.visit_id) == visit.id)
        .order_by(col(Photo.id))
    )
    return tuple(found.scalars())
