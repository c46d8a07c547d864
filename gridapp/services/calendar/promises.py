"""Promises for cases: the whole limit for the reporter, and the step's for the one at work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from gridapp.domain.deadlines import (
    URGENCY_LIMITS,
    Limit,
    Limits,
    parse_limit,
    promise,
    step_due,
)
from gridapp.domain.promising import Standing
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Urgency
from gridapp.services.calendar.town import town_calendar
from gridapp.services.desk import Act
from gridapp.services.rules.book import the_book
from gridapp.tables import Case

_LIMIT_NAMES: Final = ("accept_limit", "take_limit", "handle_limit", "whole_limit")


@dataclass(frozen=True)
class CasePromise:
    """The due moment of a whole case, its limit as written, and the first step's due moment."""

    due_at: datetime
    limit: Limit
    provisional: bool
    step_due_at: datetime


class HasLimits(Protocol):
    """A category's row, or whatever stands in for it; its own limits are texts, or empty."""

    @property
    def code(self) -> str:
        """By what the rules know it."""

    @property
    def urgency(self) -> Urgency:
        """How soon such a case must be answered."""

    @property
    def accept_limit(self) -> str:
        """Its own limit to accept."""

    @property
    def take_limit(self) -> str:
        """Its own limit to take."""

    @property
    def handle_limit(self) -> str:
        """Its own limit to handle."""

    @property
    def whole_limit(self) -> str:
        """Its own limit for the whole case."""


@dataclass(frozen=True)
class CategoryThen:
    """A category as it was at some moment."""

    code: str
    urgency: Urgency
    accept_limit: str
    take_limit: str
    handle_limit: str
    whole_limit: str


def limits_of(
    category: HasLimits | None, urgency: Urgency, usual: Mapping[Urgency, Limits] = URGENCY_LIMITS
) -> Limits:
    """Give the limits of a case: the urgency's, with the category's own where it has any.

    The category's own limits hold while the case has the category's urgency: a case raised to a
    higher urgency takes that urgency's limits.
    """
    limits = usual[urgency]
    if category is None or category.urgency is not urgency:
        return limits
    return Limits(
        accept=parse_limit(category.accept_limit) or limits.accept,
        take=parse_limit(category.take_limit) or limits.take,
        handle=parse_limit(category.handle_limit) or limits.handle,
        whole=parse_limit(category.whole_limit) or limits.whole,
    )


def category_at(act: Act, category: HasLimits | None, at: datetime) -> HasLimits | None:
    """Give a category as its rules were at a moment."""
    told = the_book(act).state(RuleKind.CATEGORY, category.code, at) if category else None
    if category is None or told is None:
        return category
    limits = {name: told[name] for name in _LIMIT_NAMES}
    return CategoryThen(category.code, Urgency(told["urgency"]), **limits)


def urgency_limits(act: Act, urgency: Urgency, at: datetime) -> Limits:
    """Give the limits of an urgency as its rules were at a moment."""
    told = the_book(act).state(RuleKind.URGENCY, urgency, at)
    return read_limits(told) if told else URGENCY_LIMITS[urgency]


def read_limits(told: Mapping[str, str]) -> Limits:
    """Read the four limits of an urgency as they are kept."""
    read = [parse_limit(told[name]) for name in _LIMIT_NAMES]
    accept, take, handle, whole = [limit for limit in read if limit]
    return Limits(accept, take, handle, whole)


def limits_at(act: Act, category: HasLimits | None, urgency: Urgency, at: datetime) -> Limits:
    """Give the limits of a case as the rules were at a moment."""
    then = category_at(act, category, at)
    return limits_of(then, urgency, {urgency: urgency_limits(act, urgency, at)})


def started_at(row: Case) -> datetime:
    """Tell since when a case's promise runs; by the rules of then all its steps go on."""
    return row.reopened_at or row.reported_at


def standing_of(row: Case) -> Standing:
    """Give how a case's promise stands, as its row keeps it."""
    return Standing(
        started_at(row), limit_of_row(row), row.due_at, row.due_provisional, row.missed_at
    )


def promised_values(standing: Standing) -> dict[str, Any]:
    """Give the columns in which a case's row keeps how its promise stands."""
    return {
        "due_at": standing.due_at,
        "due_limit": str(standing.limit),
        "due_provisional": standing.provisional,
        "missed_at": standing.missed_at,
    }


def promise_case(
    act: Act, category: HasLimits | None, urgency: Urgency, start_at: datetime
) -> CasePromise:
    """Promise a new case by the rules of the moment it was reported, counted from then on."""
    calendar = town_calendar(act)
    limits = limits_at(act, category, urgency, start_at)
    whole = promise(start_at, limits.whole, calendar)
    first = step_due(start_at, limits.accept, whole.due_at, calendar)
    return CasePromise(whole.due_at, limits.whole, whole.provisional, first)


def limit_of_row(row: Case) -> Limit:
    """Give the limit a case was promised by."""
    return parse_limit(row.due_limit) or URGENCY_LIMITS[row.urgency].whole


def step_due_for(act: Act, row: Case, limit: Limit, begun_at: datetime) -> datetime:
    """Give the due moment of a step that begins at a moment."""
    return step_due(begun_at, limit, row.due_at, town_calendar(act))
