"""``GET /stats/overview``: the computed figures of a period, with numerators and denominators."""

from datetime import timedelta
from typing import Annotated, Final

from fastapi import FastAPI, Query, Request, Response

from gridapp.api.answers import answer
from gridapp.api.routes import reads, route
from gridapp.api.who import staff
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import looking
from gridapp.services.stats.overview import OverviewView, overview
from gridapp.services.times import Day

_DAYS_BEFORE: Final = timedelta(days=29)


def get_overview(
    request: Request,
    from_on: Annotated[Day | None, Query(alias="from")] = None,
    to_on: Annotated[Day | None, Query(alias="to")] = None,
    grid: Annotated[str, Query(max_length=32)] = "",
) -> Response:
    """Show the figures of Beijing days, both included; without any, of the last 30."""
    with looking(staff(request)) as act:
        to = to_on or beijing_date(act.now)
        return answer(overview(act, from_on or to - _DAYS_BEFORE, to, grid))


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    said = reads(OverviewView, 401, 403, 404, 422)
    route(api, "GET", "/stats/overview", get_overview, "统计", said)
