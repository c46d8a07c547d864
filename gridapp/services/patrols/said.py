"""What workers wrote at a check-in: listed for those who lead, and made a case of if it is one."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement, select, true
from sqlmodel import col

from gridapp.domain.clockwords import day_words
from gridapp.domain.errors import NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed, Source
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.case_access import case_no_of
from gridapp.services.cases.become import become_case, hanging_code
from gridapp.services.cases.handle import Photos
from gridapp.services.cases.report import ReportFacts
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, Words
from gridapp.services.patrols.find import at_point
from gridapp.services.patrols.open_point import uuid_of
from gridapp.services.permit import covers, demand, grids_within, may_on_record, open_grid
from gridapp.services.verbs import verb
from gridapp.tables import Building, Case, CheckIn, Grid, PatrolFinding, PatrolPoint, Person

SAID_DAYS: Final = 31
_SAID_MAX_COUNT: Final = 50


class PromoteCheckInFacts(Facts):
    """How the case reads; the words and the building of the check-in where nothing else is said."""

    at: Annotated[str, Field(max_length=64)] = ""
    category: Annotated[str, Field(max_length=32)] | None = None
    text: Words = ""
    photos: Photos = ()


@dataclass(frozen=True)
class SaidView:
    """Words of a check-in: where, when, by whom, and the case that they became.

    ``may_promote`` tells whether the reader may make a case of them.
    """

    id: UUID
    words: str
    place: str
    grid: str
    by: str
    on_words: str
    case_no: str
    may_promote: bool


@dataclass(frozen=True)
class SaidSource:
    """What a check-in says, as a case would tell it."""

    id: str
    text: str
    at: str
    photos: tuple[str, ...]
    case_no: str


def list_said(act: Act, grid: str = "") -> tuple[SaidView, ...]:
    """List what was written at check-ins of the last 31 days in reach, the newest first.

    Raises:
        NotAllowedError: No role of the actor leads patrols.
        NotThereError: No such grid, or out of reach.
    """
    demand(act, Deed.SEE_COVERAGE)
    tree: ColumnElement[bool] = true()
    if grid:
        path = open_grid(act, grid, Deed.SEE_COVERAGE).path
        tree = col(Grid.path).startswith(path, autoescape=True)
    asked: Any = (
        select(CheckIn, PatrolPoint, Building, Grid, col(Person.name), Case)
        .join(Grid, col(Grid.id) == col(CheckIn.grid_id))
        .join(Person, col(Person.id) == col(CheckIn.person_id))
        .outerjoin(PatrolPoint, col(PatrolPoint.id) == col(CheckIn.point_id))
        .outerjoin(Building, col(Building.id) == col(CheckIn.building_id))
        .outerjoin(Case, col(Case.id) == col(CheckIn.case_id))
        .where(
            tree,
            grids_within(act.actor, Deed.SEE_COVERAGE),
            col(CheckIn.words) != "",
            col(CheckIn.seen_on) > beijing_date(act.now) - timedelta(days=SAID_DAYS),
        )
        .order_by(col(CheckIn.received_at).desc(), col(CheckIn.id).desc())
        .limit(_SAID_MAX_COUNT)
    )
    return tuple(_view(act, row) for row in act.session.execute(asked))


def _view(act: Act, found: Any) -> SaidView:
    row, point, building, grid, by, case = found
    places = (building.name if building else "", point.name if point else "")
    return SaidView(
        id=row.uid, words=row.words, place=" ".join(filter(None, places)), grid=grid.name, by=by,
        on_words=day_words(act.now, row.seen_on), case_no=case_no_of(case) if case else "",
        may_promote=case is None and may_on_record(
            act.actor, Deed.PROMOTE_CHECK_IN, row.person_id, grid.path
        ),
    )  # fmt: skip


@verb(Deed.PROMOTE_CHECK_IN, PromoteCheckInFacts)
def promote_check_in(act: Act, order: Order, facts: PromoteCheckInFacts) -> dict[str, Any]:
    """Report what was written at a check-in, once; at a patrol point it is that point's finding.

    Raises:
        NotThereError: No such check-in, or out of reach.
        NotAllowedError: In sight, but somebody else's.
        ConflictError: It is a case already; ``current`` names it.
        FactsError: Nobody has said at which building.
    """
    row, point = _open(act, order.subject)
    text = facts.text or row.words
    report = ReportFacts(
        at=facts.at or hanging_code(act, row.building_id),
        text=at_point(text, point) if point else text,
        category=facts.category, photos=facts.photos, made_at=row.made_at, source=Source.PATROL,
    )  # fmt: skip
    reply = become_case(act, order, row, report)
    assert row.case_id is not None
    if point is not None and point.id is not None:
        act.session.add(PatrolFinding(case_id=row.case_id, point_id=point.id))
    return reply


def see_said(act: Act, check_in: str) -> SaidSource:
    """Show what a check-in says, to whoever may make a case of it.

    Raises:
        NotThereError: No such check-in, or out of reach.
        NotAllowedError: In sight, but somebody else's.
    """
    row, _ = _open(act, check_in)
    case = act.session.get(Case, row.case_id) if row.case_id else None
    at = hanging_code(act, row.building_id) if row.building_id else ""
    return SaidSource(str(row.uid), row.words, at, (), case_no_of(case) if case else "")


def _open(act: Act, subject: str) -> tuple[CheckIn, PatrolPoint | None]:
    demand(act, Deed.PROMOTE_CHECK_IN)
    found = act.session.execute(
        select(CheckIn, PatrolPoint, col(Grid.path))
        .join(Grid, col(Grid.id) == col(CheckIn.grid_id))
        .outerjoin(PatrolPoint, col(PatrolPoint.id) == col(CheckIn.point_id))
        .where(col(CheckIn.uid) == uuid_of(subject))
    ).first()
    if found is None or not covers(act.actor, Deed.SEE_CHECK_IN, found[2]) or not found[0].words:
        raise NotThereError
    if not may_on_record(act.actor, Deed.PROMOTE_CHECK_IN, found[0].person_id, found[2]):
        raise NotAllowedError
    return found[0], found[1]
