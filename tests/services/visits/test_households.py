"""A contact household is added, changed and ended by its own grid, and by nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    GridappError,
    NotAllowedError,
    NotThereError,
    SignInNeededError,
    UnknownPlaceError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.visits.forget import FORGOTTEN, forget_households
from gridapp.services.visits.lists import HouseholdFilter, list_households
from gridapp.tables import ContactHousehold, DeedDone
from tests.cast import Cast
from tests.makers import do
from tests.services.visits.homes import (
    DOOR,
    NAME,
    PHONE,
    TODAY,
    a_household,
    day,
    see,
    visit,
)

STRANGERS = {
    "qian": NotThereError, "sun": NotAllowedError, "wang": NotAllowedError,
    "leader": NotAllowedError, "dept": NotAllowedError, "gu": NotAllowedError,
    "admin": NotAllowedError, "sec": NotAllowedError, "audit": NotAllowedError,
    "zhang": SignInNeededError,
}  # fmt: skip


def test_a_household_is_due_at_once_and_shown_masked(desk: Desk, cast: Cast) -> None:
    seen = see(desk, cast, a_household(desk, cast))
    card = seen.card
    assert (card.name_masked, card.building, card.kind) == ("张**", "1号楼", "困难家庭")
    assert (card.next_on, card.next_words, card.interval_words) == (TODAY, "今天到期", "每30天")
    assert seen.phone_masked == "138****8000"
    told = repr(seen)
    assert not [secret for secret in (NAME, PHONE, DOOR) if secret in told]


@pytest.mark.parametrize("who", STRANGERS)
def test_a_household_is_not_there_for_anybody_else(desk: Desk, cast: Cast, who: str) -> None:
    household = a_household(desk, cast)
    with pytest.raises(STRANGERS[who]):
        see(desk, cast, household, by=who)


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_adds_changes_ends_or_visits(desk: Desk, cast: Cast, who: str) -> None:
    household, actor = a_household(desk, cast), cast.actor(who)
    told: Any = {"at": cast.code1, "name": "李四", "kind": "alone"}
    with pytest.raises(STRANGERS[who]):
        do(desk, actor, Deed.ADD_HOUSEHOLD, **told)
    with pytest.raises(STRANGERS[who]):
        do(desk, actor, Deed.CHANGE_HOUSEHOLD, household, door="1室")
    with pytest.raises(STRANGERS[who]):
        do(desk, actor, Deed.END_HOUSEHOLD, household, words="搬走了")
    with pytest.raises(STRANGERS[who]):
        visit(desk, cast, household, by=who)


def test_the_head_of_the_community_keeps_its_grids_households(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast, by="chen", at=cast.code2)
    assert see(desk, cast, household, by="qian").card.building == "2号楼"
    assert see(desk, cast, household, by="chen").buttons


def test_the_ledger_of_deeds_keeps_no_name(desk: Desk, cast: Cast) -> None:
    a_household(desk, cast)
    with desk.looking(RESIDENT) as act:
        told = repr([row.reply for row in act.session.execute(select(DeedDone)).scalars()])
    assert not [secret for secret in (NAME, PHONE, DOOR) if secret in told]


@pytest.mark.parametrize("again", [{}, {"door": "2-301"}, {"door": "二单元 ３０１"}])
def test_one_household_is_there_once(desk: Desk, cast: Cast, again: dict[str, Any]) -> None:
    household = a_household(desk, cast)
    with pytest.raises(ConflictError) as refused:
        a_household(desk, cast, **again)
    assert refused.value.facts["current"] == {"household": household}
    assert a_household(desk, cast, door="2单元302室") != household


@pytest.mark.parametrize(
    ("facts", "error"),
    [({"at": "ZZZZZZZZ"}, UnknownPlaceError), ({"kind": "friend"}, FactsError),
     ({"name": " "}, FactsError), ({"phone": "12"}, FactsError),
     ({"interval_days": 367}, FactsError), ({"interval_days": -1}, FactsError)],
)  # fmt: skip
def test_what_is_wrong_is_refused(
    desk: Desk, cast: Cast, facts: dict[str, Any], error: type[GridappError]
) -> None:
    with pytest.raises(error):
        a_household(desk, cast, **facts)


def test_another_interval_moves_the_next_day(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    visit(desk, cast, household)
    do(desk, cast.actor("li"), Deed.CHANGE_HOUSEHOLD, household, version=1, interval_days=10)
    seen = see(desk, cast, household)
    assert (seen.version, seen.card.next_on) == (2, TODAY + timedelta(days=10))


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_another_interval_moves_no_promised_visit_later(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    visit(desk, cast, household)
    visit(desk, cast, household, outcome="not_home")
    do(desk, cast.actor("li"), Deed.CHANGE_HOUSEHOLD, household, interval_days=10)
    assert see(desk, cast, household).card.next_on == TODAY + timedelta(days=3)


def test_another_kind_brings_its_own_interval(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    do(desk, cast.actor("li"), Deed.CHANGE_HOUSEHOLD, household, kind="ill")
    seen = see(desk, cast, household)
    assert (seen.card.kind, seen.card.next_on) == ("生病住院必访", None)


def test_a_phone_is_taken_away_by_an_empty_one(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    do(desk, cast.actor("li"), Deed.CHANGE_HOUSEHOLD, household, phone="")
    assert see(desk, cast, household).phone_masked == ""


def test_a_change_on_an_old_look_is_told_how_it_stands(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    do(desk, cast.actor("chen"), Deed.CHANGE_HOUSEHOLD, household, version=1, door="1室")
    with pytest.raises(ConflictError) as refused:
        do(desk, cast.actor("li"), Deed.CHANGE_HOUSEHOLD, household, version=1, door="2室")
    assert refused.value.facts["current"] == {
        "household": household, "version": 2, "status_label": "联系中",
    }  # fmt: skip


def test_a_household_does_not_move_into_a_strangers_grid(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    with pytest.raises(NotThereError):
        do(desk, cast.actor("li"), Deed.CHANGE_HOUSEHOLD, household, at=cast.code2)


def test_an_ended_contact_leaves_the_lists_and_keeps_its_history(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    visit(desk, cast, household, text="一切都好")
    do(desk, cast.actor("li"), Deed.END_HOUSEHOLD, household, words="搬到女儿家")
    with desk.looking(cast.actor("li")) as act:
        assert list_households(act, HouseholdFilter()).total == 0
    seen = see(desk, cast, household)
    assert (seen.ended_words, seen.buttons) == ("今天结束联系：搬到女儿家", ())
    assert [v.text for v in seen.visits] == ["一切都好"]
    with pytest.raises(ConflictError):
        do(desk, cast.actor("li"), Deed.CHANGE_HOUSEHOLD, household, door="1室")


def test_a_year_after_the_end_nobody_knows_who_lived_there(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast)
    do(desk, cast.actor("li"), Deed.END_HOUSEHOLD, household, words="搬走了")
    desk.clock.forward(days=366)  # type: ignore[attr-defined]  # the tests' clock
    with desk.acting(RESIDENT) as act:
        assert (forget_households(act), forget_households(act)) == (1, 0)
        row = act.session.execute(select(ContactHousehold)).scalar_one()
        assert (row.name, row.phone, row.door) == (FORGOTTEN, "", "")


def test_a_day_of_ones_own_is_kept(desk: Desk, cast: Cast) -> None:
    household = a_household(desk, cast, next_on=day(5))
    assert see(desk, cast, household).card.next_words == "还有5天"
