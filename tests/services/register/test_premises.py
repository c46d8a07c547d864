"""Shops, enterprises and places: on record once, checked in time, what is found becomes a case."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed, Source
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.register.lists import RegisterFilter, list_premises
from gridapp.services.register.read import see_premises
from gridapp.services.register.views import PremisesView
from gridapp.tables import Case, Premises, RiskClass
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do
from tests.services.register.records import NAME, PHONE, SHOP, shop

CREDIT = "91310107MA1G0XXX1K"


def see(desk: Desk, cast: Cast, record: str, by: str = "li") -> PremisesView:
    with desk.looking(cast.actor(by)) as act:
        return see_premises(act, record)


def check(desk: Desk, cast: Cast, record: str, by: str = "li", **facts: Any) -> dict[str, Any]:
    return do(desk, cast.actor(by), Deed.CHECK_PREMISES, record, **facts).reply


def test_a_shop_is_due_at_once_and_shown_masked(desk: Desk, cast: Cast) -> None:
    view = see(desk, cast, shop(desk, cast, trade="小餐饮"))
    assert (view.line.name, view.who, view.phone_masked) == (SHOP, "张**", "138****8000")
    assert (view.line.due_words, view.rhythm_words) == ("今天到期", "每90天")
    assert not [secret for secret in (NAME, PHONE) if secret in repr(view)]


def test_a_check_moves_the_next_one_on_by_the_risk_class(desk: Desk, cast: Cast) -> None:
    made = shop(desk, cast, risk="higher")
    assert check(desk, cast, made, outcome="fine")["next_on"] == "2026-07-10"
    assert check(desk, cast, made, outcome="found", text="灭火器过期")["next_on"] == "2026-06-13"
    assert [one.outcome_label for one in see(desk, cast, made).checks] == ["发现问题", "未发现问题"]


def test_a_check_that_comes_late_brings_nothing_back(desk: Desk, cast: Cast) -> None:
    made = shop(desk, cast)
    check(desk, cast, made, outcome="fine")
    check(desk, cast, made, outcome="closed", on="2026-05-01")
    with desk.looking(RESIDENT) as act:
        row = act.session.exec(select(Premises)).one()
    assert (row.last_check_on, row.next_check_on) == (date(2026, 6, 10), date(2026, 9, 8))


def test_what_a_check_found_becomes_a_case_without_anybodys_name(desk: Desk, cast: Cast) -> None:
    made = shop(desk, cast)
    no = check(
        desk, cast, made, outcome="found", text="通道堆物", report=True, category="fire_lane"
    )["no"]
    with desk.looking(RESIDENT) as act:
        case = act.session.exec(select(Case)).one()
    assert (case.source, case.text, case.building_id) == (
        Source.CHECK,
        f"{SHOP}：通道堆物",
        cast.building1,
    )
    assert see(desk, cast, made).checks[0].case_no == no
    assert not [secret for secret in (NAME, PHONE) if secret in case.text]


@pytest.mark.parametrize(
    "facts",
    [
        {"outcome": "found"},
        {"outcome": "fine", "report": True},
        {"outcome": "fine", "on": "2026-06-11"},
        {"outcome": "fine", "next_on": "2026-06-09"},
        {"outcome": "great"},
        {},
    ],
)
def test_a_check_that_tells_nothing_is_refused(
    desk: Desk, cast: Cast, facts: dict[str, Any]
) -> None:
    made = shop(desk, cast)
    with pytest.raises(FactsError):
        check(desk, cast, made, **facts)
    assert see(desk, cast, made).checks == ()


def test_only_the_grids_own_people_check(desk: Desk, cast: Cast) -> None:
    made = shop(desk, cast)
    for who, refusal in (
        ("qian", NotThereError),
        ("admin", NotAllowedError),
        ("wang", NotAllowedError),
    ):
        with pytest.raises(refusal):
            check(desk, cast, made, who, outcome="fine")
    assert check(desk, cast, made, "chen", outcome="fine")["record"] == made


@pytest.mark.parametrize(
    ("first", "second"),
    [({}, {}), ({"credit_code": CREDIT}, {"credit_code": CREDIT.lower(), "name": "别的名字"})],
)
def test_one_shop_is_on_record_once(
    desk: Desk, cast: Cast, first: dict[str, Any], second: dict[str, Any]
) -> None:
    made = shop(desk, cast, **first)
    with pytest.raises(ConflictError) as refused:
        shop(desk, cast, **second)
    assert refused.value.facts["current"] == {"record": made}


@pytest.mark.parametrize(
    "facts", [{"risk": "x"}, {"credit_code": "123"}, {"kind": "castle"}, {"name": ""}]
)
def test_what_is_wrong_is_refused(desk: Desk, cast: Cast, facts: dict[str, Any]) -> None:
    with pytest.raises(FactsError):
        shop(desk, cast, **facts)


def test_another_risk_class_makes_another_next_day(desk: Desk, cast: Cast) -> None:
    made = shop(desk, cast)
    check(desk, cast, made, outcome="fine")
    do(desk, cast.actor("li"), Deed.AMEND_PREMISES, made, version=1, risk="major")
    assert see(desk, cast, made).line.due_words == "还有7天"


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize("outcome", ["found", "closed"])
def test_another_risk_class_moves_no_recheck_later(desk: Desk, cast: Cast, outcome: str) -> None:
    made = shop(desk, cast, risk="higher")
    promised = check(desk, cast, made, outcome=outcome, text="灭火器过期")["next_on"]
    for risk in ("major", "low"):
        do(desk, cast.actor("li"), Deed.AMEND_PREMISES, made, risk=risk)
        with desk.looking(RESIDENT) as act:
            assert str(act.session.exec(select(Premises)).one().next_check_on) == promised


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_recheck_that_falls_on_the_day_of_the_interval_is_moved_no_later(
    desk: Desk, cast: Cast
) -> None:
    made = shop(desk, cast, risk="higher")
    with desk.acting(RESIDENT) as act:
        act.session.exec(
            select(RiskClass).where(RiskClass.code == "higher")
        ).one().interval_days = 3
    promised = check(desk, cast, made, outcome="found", text="灭火器过期")["next_on"]
    do(desk, cast.actor("li"), Deed.AMEND_PREMISES, made, risk="low")
    with desk.looking(RESIDENT) as act:
        assert str(act.session.exec(select(Premises)).one().next_check_on) == promised


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_what_nobody_has_checked_yet_stays_due(desk: Desk, cast: Cast, clock: Clock) -> None:
    made = shop(desk, cast)
    clock.forward(days=2)
    do(desk, cast.actor("li"), Deed.AMEND_PREMISES, made, risk="major")
    assert see(desk, cast, made).line.due_words == "已过2天"


def test_what_is_due_stands_first_and_by_itself(desk: Desk, cast: Cast, clock: Clock) -> None:
    calm, due = shop(desk, cast, name="茶叶店"), shop(desk, cast, name="五金店")
    check(desk, cast, calm, outcome="fine")
    clock.forward(days=2)
    with desk.looking(cast.actor("li")) as act:
        assert [line.id for line in list_premises(act, RegisterFilter()).premises] == [due, calm]
        only_due = list_premises(act, RegisterFilter(due=True)).premises
    assert [(line.id, line.due_state, line.due_words) for line in only_due] == [
        (due, "yellow", "已过2天")
    ]
