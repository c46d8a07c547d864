"""Makes a day a rest day, a workday or a usual one, with a reason (调整某天)."""

from typing import Annotated, Any, Final

from pydantic import StringConstraints

from gridapp.domain.errors import FactsError
from gridapp.domain.ruling import PLANNED_MAX_DAYS, RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import DayKind, beijing_date
from gridapp.services.calendar.town import town_calendar
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, shown
from gridapp.services.permit import demand
from gridapp.services.rules.change import Target, change_rule
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.tables import CalendarDay

Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), shown(2)]
_PAST: Final = "过去的日子不能再改。"
_ALREADY: Final = {
    DayKind.HOLIDAY: "这天本来就休息，不用再设。",
    DayKind.MAKE_UP: "这天本来就是工作日，不用再设为调休上班。",
    DayKind.USUAL: "这天本来就照每周安排，不用再改。",
}


class DayFacts(Facts):
    """What becomes of a day, and why; the reason is the day's name in the calendar."""

    on: Day
    kind: DayKind
    words: Reason


@verb(Deed.CHANGE_DAY, DayFacts)
def change_day(act: Act, order: Order, facts: DayFacts) -> dict[str, Any]:
    """Change one day of the work calendar; promises already made stay as they are.

    Raises:
        FactsError: The day has passed, lies too far ahead, or is like that already.
        ConflictError: Somebody has changed it meanwhile.
    """
    demand(act, Deed.CHANGE_DAY)
    if fault := _fault(act, facts):
        raise FactsError(fault, fields={"on": fault})
    row = act.session.get(CalendarDay, facts.on)
    was = {"kind": row.kind if row else "", "name": row.name if row else ""}
    target = Target(RuleKind.DAY, facts.on.isoformat(), was)
    told = {"kind": facts.kind.value, "name": facts.words}
    return change_rule(act, order, target, told, reason=facts.words)


def _fault(act: Act, facts: DayFacts) -> str:
    ahead = (facts.on - beijing_date(act.now)).days
    if ahead < 0:
        return _PAST
    if ahead > PLANNED_MAX_DAYS:
        return "最多改到两年以内的日子。"
    calendar = town_calendar(act)
    works = bool(calendar.week_on(facts.on)[facts.on.weekday()])
    by_law = calendar.is_holiday_by_law(facts.on)
    is_like_it = {
        DayKind.HOLIDAY: not calendar.is_workday(facts.on),
        DayKind.MAKE_UP: (works and not by_law) or calendar.is_workday(facts.on),
        DayKind.USUAL: calendar.days.get(facts.on, DayKind.USUAL) is DayKind.USUAL and not by_law,
    }
    return _ALREADY[facts.kind] if is_like_it[facts.kind] else ""
