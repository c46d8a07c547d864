"""The kinds of moment and day that a client may give: every field of facts is one of these.

A ``Moment`` or ``Day`` was chosen by a person, who can choose again: outside the bounds of
``domain.timebounds`` it is refused. A ``DeviceMoment`` was written by a clock that its owner may
not even see: it is never refused for what it says, since the report would be lost with it.
"""

import re
from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    AwareDatetime,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from gridapp.domain.timebounds import (
    FIRST_MOMENT,
    LAST_MOMENT,
    is_day_within,
    nearest_within,
    utc_within,
)

# What JavaScript writes for a clock far away (+033658-09-27T…), the year 0, and numbers.
_FAR: Final = re.compile(r"([+-])?(?:0000|\d{5,})(?:-\d|$)|([+-])?\d+(?:\.\d*)?$")


def _bounded_moment(moment: datetime) -> datetime:
    within = utc_within(moment)
    if within is None:
        raise PydanticCustomError("moment_out_of_bounds", "a moment between 2000 and 2099")
    return within


def _bounded_day(day: date) -> date:
    if not is_day_within(day):
        raise PydanticCustomError("day_out_of_bounds", "a day between 1950 and 2099")
    return day


def _clock(value: Any, read: ValidatorFunctionWrapHandler) -> datetime:
    try:
        moment: datetime = read(value)
    except ValidationError:
        bound = _far_bound(value)
        if bound is None:
            raise
        return bound
    return nearest_within(moment)


def _far_bound(value: Any) -> datetime | None:
    """Give the bound nearest to a moment that no ``datetime`` can be; None when it is no moment."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return LAST_MOMENT if value > 0 else FIRST_MOMENT
    found = _FAR.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    is_past = "-" in found.groups() or value.lstrip("+").startswith("0000")
    return FIRST_MOMENT if is_past else LAST_MOMENT


Moment = Annotated[AwareDatetime, AfterValidator(_bounded_moment)]
DeviceMoment = Annotated[AwareDatetime, WrapValidator(_clock)]
Day = Annotated[date, AfterValidator(_bounded_day)]
