"""The work calendar is kept by hand where the official one is not enough; promises stay."""

from datetime import date, datetime
from typing import Any

import pytest

from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.services.calendar.chinese import YearNotPublishedError
from gridapp.services.calendar.town import copy_published, read_calendar
from gridapp.services.calendar.year import see_year
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.rulebook.load_year import foresee_year, next_unknown_year
from gridapp.services.rules.history import list_changes
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do, report
from tests.services.rules.test_promises_stay import promises

THURSDAY, SATURDAY = "2026-06-11", "2026-06-13"
NIGHT_WEEK = [[["18:00", "22:00"]]] * 5 + [[], []]


def keep(
    desk: Desk, cast: Cast, deed: Deed = Deed.CHANGE_DAY, who: str = "admin", **facts: Any
) -> Any:
    return do(desk, cast.actor(who), deed, **facts).reply


def day(desk: Desk, cast: Cast, on: str) -> tuple[str, str, bool]:
    with desk.looking(cast.actor("admin")) as act:
        found = next(d for d in see_year(act, 2026).days if d.on.isoformat() == on)
    return found.kind, found.name, found.is_own


def test_a_day_off_moves_new_promises_and_no_old_one(desk: Desk, cast: Cast) -> None:
    report(desk, cast, category="lamp")
    keep(desk, cast, on=THURSDAY, kind="holiday", words="街道统一停电")
    report(desk, cast, category="lamp")
    old, new = promises(desk)
    assert old[0] == datetime.fromisoformat("2026-06-19T17:30:00+08:00")
    assert new[0] == datetime.fromisoformat("2026-06-22T17:30:00+08:00")
    assert day(desk, cast, THURSDAY) == ("holiday", "街道统一停电", True)


def test_a_day_is_set_and_set_back_with_its_history(desk: Desk, cast: Cast) -> None:
    keep(desk, cast, on=SATURDAY, kind="make_up", words="创城加班")
    keep(desk, cast, on=SATURDAY, kind="usual", words="改期")
    assert day(desk, cast, SATURDAY) == ("rest", "改期", True)
    with desk.looking(cast.actor("admin")) as act:
        back, there = list_changes(act, RuleKind.DAY, SATURDAY)
    assert (there.what[-1], back.what[-1]) == ("安排：照常 → 调休上班", "安排：调休上班 → 照常")


def test_an_official_holiday_made_usual_stays_so_when_the_year_comes_again(
    desk: Desk, cast: Cast
) -> None:
    with desk.acting(SYSTEM) as act:
        copy_published(act, [2026])
    assert day(desk, cast, "2026-06-19") == ("holiday", "端午", False)
    keep(desk, cast, on="2026-06-19", kind="usual", words="防汛值守")
    with desk.acting(SYSTEM) as act:
        copy_published(act, [2026])
        assert read_calendar(act.session).is_workday(date(2026, 6, 19))


@pytest.mark.parametrize(
    ("on", "kind", "why"),
    [(THURSDAY, "make_up", "本来就是工作日"), (SATURDAY, "holiday", "本来就休息"),
     (THURSDAY, "usual", "本来就照"), ("2026-06-09", "holiday", "过去的日子"),
     ("2031-01-01", "holiday", "两年以内"), (THURSDAY, "party", "填写的内容有误"),
     ("2026-02-30", "holiday", "填写的内容有误")],
)  # fmt: skip
def test_a_day_that_would_not_change_or_has_passed_is_refused(
    desk: Desk, cast: Cast, on: str, kind: str, why: str
) -> None:
    with pytest.raises(FactsError, match=why):
        keep(desk, cast, on=on, kind=kind, words="理由在此")


def test_a_week_holds_from_its_day_on(desk: Desk, cast: Cast) -> None:
    keep(desk, cast, Deed.CHANGE_WEEK, week=NIGHT_WEEK, from_on=THURSDAY)
    with desk.looking(cast.actor("admin")) as act:
        calendar = read_calendar(act.session)
        view = see_year(act, 2026)
    assert [f"{s.opens:%H:%M}" for s in calendar.shifts_on(date(2026, 6, 10))] == ["08:30", "14:00"]
    assert [f"{s.opens:%H:%M}" for s in calendar.shifts_on(date(2026, 6, 11))] == ["18:00"]
    assert (view.week[0], view.week_version) == ((("08:30", "12:00"), ("14:00", "17:30")), 1)


@pytest.mark.parametrize(
    "week",
    [[[]] * 7, [[["12:00", "08:30"]]] * 7, [[["08:00", "12:00"], ["11:00", "17:00"]]] * 7,
     [[["08:00", "12:00"]]] * 6, [[["8:00", "12:00"]]] * 7, [[["08:00", "25:00"]]] * 7],
)  # fmt: skip
def test_a_week_in_which_nobody_can_work_is_refused(desk: Desk, cast: Cast, week: Any) -> None:
    with pytest.raises(FactsError):
        keep(desk, cast, Deed.CHANGE_WEEK, week=week)


def test_a_year_that_arrives_makes_promises_firm_and_never_later(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    clock.moment = datetime.fromisoformat("2025-12-26T10:00:00+08:00")
    with desk.acting(SYSTEM) as act:
        copy_published(act, [2025])
    report(desk, cast)
    before = promises(desk)[0]
    with desk.looking(cast.actor("admin")) as act:
        seen = foresee_year(act, 2026)
        assert next_unknown_year(act) == 2026
    assert (seen.is_published, seen.promises.provisional_count, seen.promises.firm_count) == (
        True,
        1,
        1,
    )
    assert keep(desk, cast, Deed.LOAD_YEAR, year=2026)["promises"] == 1
    after = promises(desk)[0]
    assert (before[3], after[3]) == (True, False)
    assert after[0] <= before[0]
    assert after[1] == before[1]


def test_a_year_is_taken_in_once_and_by_hand_when_the_package_does_not_know_it(
    desk: Desk, cast: Cast
) -> None:
    with pytest.raises(YearNotPublishedError):
        keep(desk, cast, Deed.LOAD_YEAR, year=2099)
    keep(desk, cast, Deed.LOAD_YEAR, year=2099, by="hand")
    with pytest.raises(ConflictError):
        keep(desk, cast, Deed.LOAD_YEAR, year=2099, by="hand")
    with desk.looking(cast.actor("admin")) as act:
        assert see_year(act, 2099).source == "administrator"


@pytest.mark.parametrize("who", ["wang", "sec", "audit"])
def test_nobody_else_keeps_the_calendar(desk: Desk, cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowedError):
        keep(desk, cast, who=who, on=THURSDAY, kind="holiday", words="放假一天")
    with pytest.raises(NotAllowedError):
        keep(desk, cast, Deed.CHANGE_WEEK, who, week=NIGHT_WEEK)
    with pytest.raises(NotAllowedError):
        keep(desk, cast, Deed.LOAD_YEAR, who, year=2026)
