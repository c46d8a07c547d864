"""The usual limits of each urgency, for the items that have none of their own (默认时限)."""

from dataclasses import dataclass
from typing import Any

from gridapp.domain.categories import LIMIT_FIELDS
from gridapp.domain.deadlines import URGENCY_LIMITS, Limits
from gridapp.domain.errors import NotThereError
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed, Urgency
from gridapp.services.calendar.promises import urgency_limits
from gridapp.services.desk import Act
from gridapp.services.field_models import facts_model, told_of
from gridapp.services.orders import Order
from gridapp.services.permit import demand
from gridapp.services.rulebook.categories import read_limits_told
from gridapp.services.rules.book import the_book
from gridapp.services.rules.change import Target, change_rule
from gridapp.services.times import Day
from gridapp.services.verbs import verb

UrgencyFacts = facts_model(
    "UrgencyFacts", "The limits that change, and from when; an urgency always has all four.",
    LIMIT_FIELDS, from_on=(Day | None, None),
)  # fmt: skip


@dataclass(frozen=True)
class UrgencyView:
    """An urgency with its limits in force, as written."""

    urgency: Urgency
    version: int
    accept_limit: str
    take_limit: str
    handle_limit: str
    whole_limit: str
    ahead_count: int


@verb(Deed.CHANGE_URGENCY, UrgencyFacts)
def change_urgency(act: Act, order: Order, facts: Any) -> dict[str, Any]:
    """Change the usual limits of an urgency from a day on; what was promised stays.

    Raises:
        NotThereError: No such urgency.
        FactsError: A limit is none, the day has passed, or nothing changes.
        ConflictError: Somebody has changed it meanwhile.
    """
    demand(act, Deed.CHANGE_URGENCY)
    if order.subject not in set(Urgency):
        raise NotThereError
    told = told_of(facts, "from_on")
    read_limits_told(told, needed=True)
    urgency = Urgency(order.subject)
    target = Target(RuleKind.URGENCY, urgency, _told(URGENCY_LIMITS[urgency]))
    return change_rule(act, order, target, told, from_on=facts.from_on)


def list_urgencies(act: Act) -> tuple[UrgencyView, ...]:
    """List the urgencies with their limits.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.CHANGE_URGENCY)
    book = the_book(act)
    return tuple(
        UrgencyView(
            urgency,
            book.version(RuleKind.URGENCY, urgency),
            **_told(urgency_limits(act, urgency, act.now)),
            ahead_count=book.ahead(RuleKind.URGENCY, urgency, act.now),
        )
        for urgency in Urgency
    )


def _told(limits: Limits) -> dict[str, str]:
    return {
        "accept_limit": str(limits.accept), "take_limit": str(limits.take),
        "handle_limit": str(limits.handle), "whole_limit": str(limits.whole),
    }  # fmt: skip
