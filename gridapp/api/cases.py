"""Cases for staff: lists in reach with filters and pages by key, and one case."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import FastAPI, Path, Query, Request, Response
from pydantic import AwareDatetime, Field

from gridapp.api.answers import answer
from gridapp.api.routes import reads, route
from gridapp.api.who import staff
from gridapp.services.cases.lists import PAGE_MAX_COUNT, CaseFilter, list_cases
from gridapp.services.cases.read import see_case
from gridapp.services.cases.search import may_find_phones
from gridapp.services.cases.views import CasePage, CaseView
from gridapp.services.desk import acting, looking
from gridapp.services.times import Day

# What lies further off cannot be turned into UTC, or is no moment of a street's.
_Moment = Annotated[
    AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2100, 1, 1, tzinfo=UTC))
]
_SHORT: Final = Query(max_length=64)
_FROM: Final = Query(alias="from")
_TO: Final = Query(alias="to")
_SORT: Final = Query(pattern="^(newest|due)$")


def get_cases(  # noqa: PLR0913, PLR0917 - every filter is a parameter of the address
    request: Request,
    status: Annotated[list[str] | None, Query(max_length=20)] = None,
    grid: Annotated[str, _SHORT] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    due: Annotated[str, _SHORT] = "",
    root: Annotated[str, _SHORT] = "",
    source: Annotated[str, _SHORT] = "",
    from_on: Annotated[Day | None, _FROM] = None,
    to_on: Annotated[Day | None, _TO] = None,
    mine: Annotated[bool, Query()] = False,  # noqa: FBT002 - a query parameter
    sort: Annotated[str, _SORT] = "newest",
    after: Annotated[str, _SHORT] = "",
    limit: Annotated[int, Query(ge=1, le=PAGE_MAX_COUNT)] = 20,
    aside: Annotated[bool, Query()] = False,  # noqa: FBT002 - a query parameter
    at: Annotated[str, _SHORT] = "",
    since: Annotated[_Moment | None, Query()] = None,
    until: Annotated[_Moment | None, Query()] = None,
    closed: Annotated[bool, Query()] = False,  # noqa: FBT002 - a query parameter
) -> Response:
    """List cases in reach, a page at a time; ``aside`` for those that are set aside (待甄别)."""
    asked = CaseFilter(
        statuses=_words(status),
        grid=grid,
        q=q,
        due=due,
        root=root,
        source=source,
        from_on=from_on,
        to_on=to_on,
        mine=mine,
        sort=sort,
        after=after,
        limit=limit,
        aside=aside,
        at=at,
        since=since,
        until=until,
        closed=closed,
    )
    actor = staff(request)
    phones = may_find_phones(actor, q)
    with (acting if phones else looking)(actor) as act:
        return answer(list_cases(act, replace(asked, phones=phones)))


def _words(status: list[str] | None) -> tuple[str, ...]:
    """Take statuses said one by one, or several with commas between."""
    return tuple(word for part in status or [] for word in part.split(",") if word)


def get_case(no: Annotated[str, Path(max_length=32)], request: Request) -> Response:
    """Show a whole case by its public number."""
    with looking(staff(request)) as act:
        return answer(see_case(act, no))


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "GET", "/cases", get_cases, "事件列表", reads(CasePage, 401, 422))
    route(api, "GET", "/cases/by-no/{no}", get_case, "查看事件", reads(CaseView, 401, 404))
