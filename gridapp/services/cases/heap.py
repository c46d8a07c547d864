"""Shows what is set aside as one heap: how much of it, where and since when (待甄别)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import col

from gridapp.domain.clockwords import moment_words
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.case_access import cases_in_reach
from gridapp.services.cases.aside import SORTED_AT_ONCE_MAX_COUNT
from gridapp.services.cases.lists import PAGE_MAX_COUNT, CaseFilter, count_where, list_cases
from gridapp.services.desk import Act
from gridapp.services.permit import demand
from gridapp.tables import BuildingCode, Case

PLACES_MAX_COUNT = 50
_WAITING = (Status.REPORTED.value,)


@dataclass(frozen=True)
class HeapPlace:
    """How much of the heap came from one building.

    Args:
        code: A code of the building, to narrow the heap by.
        when: From when to when it came in.
    """

    code: str
    place: str
    count: int
    when: str


def count_heap(act: Act) -> int:
    """Count what is set aside in reach and waits to be sorted, up to 1,000.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.SORT_ASIDE)
    return count_where(act, _waiting(act))


def list_heap_places(act: Act) -> tuple[HeapPlace, ...]:
    """List the buildings from which most of the heap came, the most first.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.SORT_ASIDE)
    code = (
        select(func.max(BuildingCode.code))
        .where(col(BuildingCode.building_id) == col(Case.building_id))
        .scalar_subquery()
    )
    count = func.count()
    first, last = func.min(Case.received_at), func.max(Case.received_at)
    rows = act.session.execute(
        select(code, col(Case.place), count, first, last)
        .where(_waiting(act))
        .group_by(col(Case.building_id), col(Case.place))
        .order_by(count.desc(), col(Case.place))
        .limit(PLACES_MAX_COUNT)
    ).all()
    return tuple(
        HeapPlace(code or "", place, count, _when(act, first, last))
        for code, place, count, first, last in rows
    )


def heap_numbers(act: Act, asked: CaseFilter) -> tuple[str, ...]:
    """Give the numbers of what a filter finds in the heap, as many as are sorted at once.

    Raises:
        FactsError: A filter is unknown.
    """
    return tuple(_numbers(act, replace(asked, aside=True, statuses=_WAITING, limit=PAGE_MAX_COUNT)))


def _numbers(act: Act, asked: CaseFilter) -> Iterator[str]:
    left = SORTED_AT_ONCE_MAX_COUNT
    while left:
        page = list_cases(act, asked)
        yield from (card.no for card in page.items[:left])
        left -= len(page.items[:left])
        if not page.next:
            return
        asked = replace(asked, after=page.next)


def _waiting(act: Act) -> ColumnElement[bool]:
    return and_(
        cases_in_reach(act.actor, Deed.SORT_ASIDE),
        col(Case.aside_for).is_not(None),
        col(Case.status) == Status.REPORTED,
    )


def _when(act: Act, first: datetime, last: datetime) -> str:
    begun, ended = moment_words(act.now, first), moment_words(act.now, last)
    return begun if begun == ended else f"{begun} 到 {ended}"
