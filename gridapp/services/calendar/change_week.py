"""Changes the weekly pattern of work from a day on (每周上班时间)."""

from itertools import pairwise
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from gridapp.domain.errors import FactsError
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import OFFICE_WEEK
from gridapp.services.calendar.town import told_week
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.rules.change import Target, change_rule
from gridapp.services.times import Day
from gridapp.services.verbs import verb

WEEK_KEY: Final = "week"

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Span = Annotated[list[Clock], Field(min_length=2, max_length=2)]
Shifts = Annotated[list[Span], Field(max_length=3)]


class WeekFacts(Facts):
    """Monday to Sunday, for each its shifts as ``["08:30", "12:00"]``; none is a rest day."""

    week: Annotated[list[Shifts], Field(min_length=7, max_length=7)]
    from_on: Day | None = None


@verb(Deed.CHANGE_WEEK, WeekFacts)
def change_week(act: Act, order: Order, facts: WeekFacts) -> dict[str, Any]:
    """Change when the offices work from a day on; promises already made stay as they are.

    Raises:
        FactsError: A shift ends before it begins, shifts overlap, nobody works, or the day passed.
        ConflictError: Somebody has changed it meanwhile.
    """
    demand(act, Deed.CHANGE_WEEK)
    for day in facts.week:
        moments = [moment for span in day for moment in span]
        if any(earlier >= later for earlier, later in pairwise(moments)):
            fault = "每段时间要先开始后结束，上午在前、下午在后，不能重叠。"
            raise FactsError(fault, fields={"week": fault})
    if not any(facts.week):
        fault = "一周里至少要有一天上班。"
        raise FactsError(fault, fields={"week": fault})
    target = Target(RuleKind.WEEK, WEEK_KEY, {"week": told_week(OFFICE_WEEK)})
    return change_rule(act, order, target, {"week": facts.week}, from_on=facts.from_on)
