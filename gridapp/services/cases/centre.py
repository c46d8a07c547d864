"""What the operations centre does: accept, decline, dispatch, close (受理 派遣 结案)."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.deadlines import Limit
from gridapp.domain.errors import FactsError
from gridapp.domain.promising import Amended, promise_after, promise_of
from gridapp.domain.vocabulary import Deed, Urgency
from gridapp.services.calendar.promises import (
    category_at,
    limits_at,
    promised_values,
    standing_of,
    started_at,
    step_due_for,
)
from gridapp.services.calendar.town import town_calendar
from gridapp.services.cases.crew import demand_crew, demand_officer
from gridapp.services.cases.events import LIMIT, LIMIT_WAS, events_of
from gridapp.services.cases.find import find_category
from gridapp.services.cases.move import moment_of, move_case, open_for, reply_of
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, NeededWords, Order, Words
from gridapp.services.verbs import verb
from gridapp.tables import Case, Category, Unit


class AcceptFacts(Facts):
    """Accepting may put the category and the urgency right."""

    category: Annotated[str, Field(max_length=32)] | None = None
    urgency: Urgency | None = None
    words: Words = ""


class ReasonFacts(Facts):
    """A deed that must be explained."""

    words: NeededWords


class DispatchFacts(Facts):
    """To a unit by its code, or without one to the people of the case's own grid."""

    unit: Annotated[str, Field(max_length=32)] | None = None
    words: Words = ""


class WordsFacts(Facts):
    """A deed that may be explained."""

    words: Words = ""


def category_of(act: Act, row: Case) -> Category | None:
    """Give a case's category row."""
    return act.session.get(Category, row.category_id) if row.category_id else None


@verb(Deed.ACCEPT, AcceptFacts)
def accept_case(act: Act, order: Order, facts: AcceptFacts) -> dict[str, Any]:
    """Accept a case; a changed category or urgency makes a new promise, counted from its start.

    That is the report, or the last reopening: by the rules of then. The first promise stays
    visible beside the new one. A case that was held back has been looked at by this, and goes on
    like any other.
    """
    row = open_for(act, order, Deed.ACCEPT).row
    category = find_category(act, facts.category) or category_of(act, row)
    then = category_at(act, category, started_at(row))
    urgency = facts.urgency or (then.urgency if facts.category and then else row.urgency)
    changed = urgency is not row.urgency or (category and category.id != row.category_id)
    limit = limits_at(act, category, urgency, started_at(row)).whole
    move_case(
        act, row, Deed.ACCEPT, order, words=facts.words, is_public=False,
        facts={LIMIT: str(limit), LIMIT_WAS: row.due_limit} if changed else {},
        category_id=category.id if category else None, urgency=urgency,
        step_due_at=None, is_held=False, aside_for=None,
        **(_amended(act, row, moment_of(act, row, order), limit) if changed else {}),
    )  # fmt: skip
    return reply_of(row, order.uid)


def _amended(act: Act, row: Case, at: datetime, limit: Limit) -> dict[str, Any]:
    """Promise a case again by another limit, with all that has moved its due moment so far."""
    calendar = town_calendar(act)
    moves = promise_of(events_of(act, row), calendar).moves
    standing = replace(standing_of(row), moves=moves)
    return promised_values(promise_after(standing, Amended(at, limit), calendar))


@verb(Deed.DECLINE, ReasonFacts)
def decline_case(act: Act, order: Order, facts: ReasonFacts) -> dict[str, Any]:
    """Decline a case with a reason, which is the reporter's reply."""
    row = open_for(act, order, Deed.DECLINE).row
    decline_row(act, row, order, facts.words)
    return reply_of(row, order.uid)


def decline_row(act: Act, row: Case, order: Order, words: str) -> None:
    """Decline a case that is already open."""
    move_case(
        act, row, Deed.DECLINE, order, words=words, is_public=True,
        reply=words, closed_at=moment_of(act, row, order), step_due_at=None,
    )  # fmt: skip


def find_unit(act: Act, code: str, street_path: str) -> Unit:
    """Find a unit of the street by its code.

    Raises:
        FactsError: There is no such unit in the street.
    """
    unit: Unit | None = act.session.execute(
        select(Unit).where(col(Unit.code) == code, col(Unit.retired_at).is_(None))
    ).scalar_one_or_none()
    if unit is None or f"/{unit.street_id}/" not in street_path:
        raise FactsError("没有这个处置单位。", fields={"unit": "没有这个处置单位"})
    return unit


@verb(Deed.DISPATCH, DispatchFacts)
def dispatch_case(act: Act, order: Order, facts: DispatchFacts) -> dict[str, Any]:
    """Dispatch a case to a unit, or to the people of its own grid.

    Raises:
        FactsError: There is no such unit, or nobody works in it or in the grid.
    """
    opened = open_for(act, order, Deed.DISPATCH)
    row = opened.row
    unit = find_unit(act, facts.unit, opened.grid_path) if facts.unit else None
    if unit is None:
        demand_crew(act, opened)
    else:
        demand_officer(act, unit)
    limits = limits_at(act, category_of(act, row), row.urgency, started_at(row))
    move_case(
        act, row, Deed.DISPATCH, order, words=facts.words,
        facts={"to": unit.name if unit else "本网格"},
        unit_id=unit.id if unit else None, holder_id=None,
        dispatch_count=row.dispatch_count + 1,
        step_due_at=step_due_for(act, row, limits.take, moment_of(act, row, order)),
    )  # fmt: skip
    return reply_of(row, order.uid)


@verb(Deed.CLOSE, WordsFacts)
def close_case(act: Act, order: Order, facts: WordsFacts) -> dict[str, Any]:
    """Close a verified case; the reporter is told the outcome and may rate it."""
    row = open_for(act, order, Deed.CLOSE).row
    move_case(
        act, row, Deed.CLOSE, order, words=facts.words,
        closed_at=moment_of(act, row, order), step_due_at=None,
    )  # fmt: skip
    return reply_of(row, order.uid)
