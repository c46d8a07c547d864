"""Takes a year's official calendar in, and makes firm the promises that waited for it (载入)."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from gridapp.domain.errors import ConflictError
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.calendar.chinese import published_days, published_years
from gridapp.services.calendar.town import copy_published, read_calendar, told_days
from gridapp.services.cases.repromise import PromisesAgain, foresee_promises, promise_cases_again
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.rules.stamp import renew_stamp
from gridapp.services.verbs import verb
from gridapp.tables import CalendarYear


class YearFacts(Facts):
    """Which year, and whether its days come from the kept package or were entered by hand."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    by: Literal["package", "hand"] = "package"


@dataclass(frozen=True)
class ForeseenView:
    """What taking a year in would do.

    Args:
        is_published: Whether the kept package knows the year.
    """

    year: int
    is_published: bool
    is_known: bool
    day_count: int
    promises: PromisesAgain


@verb(Deed.LOAD_YEAR, YearFacts)
def load_year(act: Act, order: Order, facts: YearFacts) -> dict[str, Any]:
    """Take a year's calendar in; days that an administrator has set stay as they are.

    Provisional promises that reach into the year become firm, never later than first promised.

    Raises:
        YearNotPublishedError: The package does not know the year.
        ConflictError: The year is known already.
    """
    demand(act, Deed.LOAD_YEAR)
    if act.session.get(CalendarYear, facts.year) is not None:
        raise ConflictError(f"{facts.year}年的放假安排已经载入。")
    if facts.by == "package":
        published_days(facts.year)
        copy_published(act, [facts.year])
    else:
        act.session.add(CalendarYear(year=facts.year, source="administrator"))
        act.session.flush()
        renew_stamp(act)
    count = promise_cases_again(act)
    write_audit(act, Deed.LOAD_YEAR, f"year:{facts.year}", by=facts.by, promises=count)
    return {"receipt": str(order.uid), "year": facts.year, "promises": count}


def foresee_year(act: Act, year: int) -> ForeseenView:
    """Tell what taking a year in would do, before it is done.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.LOAD_YEAR)
    is_published = year in published_years()
    calendar = read_calendar(act.session)
    days = dict(published_days(year)) if is_published else {}
    tried = told_days(calendar, days, year)
    return ForeseenView(
        year=year,
        is_published=is_published,
        is_known=calendar.knows(year),
        day_count=len(days),
        promises=foresee_promises(act, tried),
    )


def next_unknown_year(act: Act) -> int:
    """Give the first year from this one on that the town does not know."""
    year = beijing_date(act.now).year
    calendar = read_calendar(act.session)
    while calendar.knows(year):
        year += 1
    return year
