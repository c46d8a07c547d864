"""Lists contact households in reach: those due first, or those that a worker looks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Select, and_, func, literal, or_, select
from sqlmodel import col

from gridapp.domain.clockwords import day_words
from gridapp.domain.privacy import COMPOUND_SURNAMES, mask_name
from gridapp.domain.visiting import SOON_DAYS, interval_words, visit_state, visit_words
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.bad_rows import readable
from gridapp.services.desk import Act
from gridapp.services.page_keys import key_day, key_id
from gridapp.services.permit import demand
from gridapp.services.visits.access import buildings_within
from gridapp.services.visits.views import HouseholdCard, HouseholdPage
from gridapp.tables import Building, BuildingCode, ContactHousehold, Grid, VisitKind

PAGE_MAX_COUNT: Final = 50
_CHOICES_MAX_COUNT: Final = 500
_WORDS_MAX_COUNT: Final = 5
_TYPED_MAX_CHARACTERS: Final = 60
# Who is visited when there is a reason stands after everybody who is visited by the calendar.
_NEVER: Final = date(9999, 12, 31)


@dataclass(frozen=True)
class HouseholdFilter:
    """What is asked for.

    Args:
        due: Only those that are due within a week or over.
        q: Building, kind, family name, or the whole name.
        after: The key that the page before gave as ``next``.
        limit: 1 to 50.
    """

    due: bool = False
    q: str = ""
    after: str = ""
    limit: int = 20


def list_households(act: Act, asked: HouseholdFilter) -> HouseholdPage:
    """List the contact households of the own grids, the most urgent first.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees visits.
        FactsError: The key is none.
    """
    demand(act, Deed.SEE_VISIT)
    where = and_(*_wheres(act, asked))
    limit = max(1, min(asked.limit, PAGE_MAX_COUNT))
    page = (
        households().where(where, _after(asked.after)).order_by(_due_on(), col(ContactHousehold.id))
    )
    rows = act.session.execute(page.limit(limit + 1)).all()
    items = tuple(readable("contact households", rows[:limit], lambda row: card_of(act, row)))
    count = select(func.count()).select_from(households().where(where).subquery())
    total: int = act.session.execute(count).scalar_one()
    return HouseholdPage(items, _key(rows[limit - 1][0]) if len(rows) > limit else "", total)


def choose_households(act: Act) -> tuple[HouseholdCard, ...]:
    """List all contact households of the own grids to choose one from, at most 500.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor records visits.
    """
    demand(act, Deed.RECORD_VISIT)
    within = buildings_within(act.actor, Deed.RECORD_VISIT)
    mine = households().where(within, col(ContactHousehold.ended_at).is_(None))
    ordered = mine.order_by(_due_on(), col(ContactHousehold.id)).limit(_CHOICES_MAX_COUNT)
    found = act.session.execute(ordered).all()
    return tuple(readable("contact households", found, lambda row: card_of(act, row)))


def households() -> Select[Any]:
    """Select households with building, code, grid and kind; one row each."""
    code = (
        select(func.max(col(BuildingCode.code)))
        .where(
            col(BuildingCode.building_id) == col(Building.id),
            col(BuildingCode.retired_at).is_(None),
        )
        .scalar_subquery()
        .label("code")
    )
    return (
        select(ContactHousehold, col(Building.name), code, col(Grid.name), col(VisitKind.name))
        .join(Building, col(Building.id) == col(ContactHousehold.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .join(VisitKind, col(VisitKind.id) == col(ContactHousehold.kind_id))
    )


def card_of(act: Act, found: Sequence[Any]) -> HouseholdCard:
    """Show a row of ``households()`` masked: who to the family name, where to the building."""
    row: ContactHousehold = found[0]
    building, code, grid, kind = found[1:5]
    today = beijing_date(act.now)
    return HouseholdCard(
        id=str(row.uid),
        name_masked=mask_name(row.name),
        building=building,
        at=code or "",
        grid=grid,
        kind=kind,
        interval_words=interval_words(row.interval_days),
        next_on=row.next_on,
        next_state=visit_state(row.next_on, today),
        next_words=visit_words(row.next_on, today),
        last_words=day_words(act.now, row.last_on) if row.last_on else "",
    )


def _wheres(act: Act, asked: HouseholdFilter) -> list[ColumnElement[bool]]:
    wheres = [buildings_within(act.actor), col(ContactHousehold.ended_at).is_(None)]
    if asked.due:
        wheres.append(due_within(act, SOON_DAYS))
    words = asked.q[:_TYPED_MAX_CHARACTERS].split()[:_WORDS_MAX_COUNT]
    return [*wheres, *(_tells(word) for word in words)]


def due_within(act: Act, days: int) -> ColumnElement[bool]:
    """Tell in SQL which households are due within so many days, or over."""
    return col(ContactHousehold.next_on) <= beijing_date(act.now) + timedelta(days=days)


def _tells(word: str) -> ColumnElement[bool]:
    """Tell in SQL what a word finds; of a name what is shown of it, or the whole of it."""
    name = col(ContactHousehold.name)
    place = col(Building.name) + " " + col(Building.address)
    finds = [
        place.contains(word, autoescape=True),
        col(VisitKind.name).contains(word, autoescape=True),
        name == word,
    ]
    if len(word) == 1 or word in COMPOUND_SURNAMES:
        finds.append(name.startswith(word, autoescape=True))
    return or_(*finds)


def _due_on() -> ColumnElement[date]:
    return func.coalesce(col(ContactHousehold.next_on), literal(_NEVER, Date))


def _key(row: ContactHousehold) -> str:
    return f"{row.next_on or _NEVER}_{row.id}"


def _after(key: str) -> ColumnElement[bool]:
    if not key:
        return literal(value=True)
    day, _, number = key.partition("_")
    on, row_id = key_day(day), key_id(number)
    when = literal(on, Date)
    return or_(_due_on() > when, and_(_due_on() == when, col(ContactHousehold.id) > row_id))
