"""Rules that change from a day on: at a moment holds what all changes until then made of them.

A change holds only the fields that it changes, so that two changes planned apart add up. What was
promised is never computed anew from a later rule: whoever promises asks for the rule of that
moment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from gridapp.domain.timebounds import FIRST_MOMENT


class RuleKind(StrEnum):
    """What an administrator changes with an effect date and a history (规则)."""

    CATEGORY = "category"
    URGENCY = "urgency"
    WEEK = "week"
    DAY = "day"
    TEXT = "text"
    COLOUR = "colour"
    VISIT_KIND = "visit_kind"
    WORDING = "wording"


# Where the story of a rule begins, before anybody changed it.
BEGINNING: Final = FIRST_MOMENT
PLANNED_MAX_DAYS: Final = 731


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a rule: from when on, and the fields that it sets."""

    id: int
    starts_at: datetime
    facts: Mapping[str, Any]


def in_force(changes: Iterable[Change], at: datetime) -> dict[str, Any] | None:
    """Give what holds at a moment; None when nothing was said yet.

    A moment before the rule's first word gets that first word: a case may be older than its item.
    """
    told = sorted(changes, key=lambda change: (change.starts_at, change.id))
    if not told:
        return None
    state: dict[str, Any] = dict(told[0].facts)
    for change in told[1:]:
        if change.starts_at <= at:
            state |= change.facts
    return state


def day_fault(from_on: date, today: date) -> str:
    """Tell what is wrong with an effect date; empty when nothing is."""
    if from_on < today:
        return "生效日期不能早于今天。"
    if (from_on - today).days > PLANNED_MAX_DAYS:
        return "生效日期最多定到两年以后。"
    return ""
