"""The category table is kept by administrators alone: each change once, on record, cancellable."""

from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    GridappError,
    NotAllowedError,
    NotThereError,
)
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed, Status, Urgency
from gridapp.services.cases.categories import list_categories
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.rulebook.table import count_open_cases, list_table, preview_promise
from gridapp.services.rules.history import ChangeView, list_changes
from gridapp.services.rules.put import put_in_force
from gridapp.tables import AuditRow, RuleChange
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import a_case, do

FRIDAY = "2026-06-12"


def keep(
    desk: Desk, cast: Cast, deed: Deed = Deed.CHANGE_CATEGORY, of: str = "lamp", **more: Any
) -> Any:
    return do(desk, cast.actor("admin"), deed, of, **more).reply


def history(desk: Desk, cast: Cast, code: str = "lamp") -> tuple[ChangeView, ...]:
    with desk.looking(cast.actor("admin")) as act:
        return list_changes(act, RuleKind.CATEGORY, code)


def names(desk: Desk) -> list[str]:
    """Give what a resident may choose from."""
    with desk.looking(RESIDENT) as act:
        return [view.name for view in list_categories(act)]


def test_a_change_stands_in_the_history_with_before_and_after(desk: Desk, cast: Cast) -> None:
    keep(desk, cast, name="路灯", may_settle=False, unit="szs", questions=["几盏？", "哪一根？"])
    keep(desk, cast, whole_limit="3 个工作日", from_on=FRIDAY)
    ahead, done = history(desk, cast)
    assert done.what == (
        "名称：路灯不亮 → 路灯", "默认单位：无 → 市政所", "网格员可随手清：是 → 否",
        "提问：无 → 几盏？；哪一根？",
    )  # fmt: skip
    assert (ahead.what, ahead.state, done.state) == (
        ("全程时限：按紧急程度 → 3 个工作日",),
        "ahead",
        "done",
    )
    assert (ahead.from_words, done.from_words) == ("6月12日 周五生效", "今天起生效")
    assert done.made_words.startswith("何静 ")


def test_each_change_is_audited(desk: Desk, cast: Cast) -> None:
    keep(desk, cast, name="路灯")
    with desk.looking(RESIDENT) as act:
        row = act.session.exec(select(AuditRow)).one()
    assert (row.deed, row.subject, row.actor_id) == ("category.change", "category:lamp", cast.admin)
    assert row.facts["before"] == {"name": "路灯不亮"}
    assert row.facts["after"] == {"name": "路灯"}


def test_a_change_ahead_can_be_cancelled_until_its_day(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    one = str(keep(desk, cast, name="甲", from_on=FRIDAY)["change"])
    two = str(keep(desk, cast, name="乙", from_on=FRIDAY)["change"])
    keep(desk, cast, Deed.CANCEL_CHANGE, one)
    with pytest.raises(ConflictError):
        keep(desk, cast, Deed.CANCEL_CHANGE, one)
    clock.forward(days=3)
    with pytest.raises(ConflictError):
        keep(desk, cast, Deed.CANCEL_CHANGE, two)
    with desk.acting(SYSTEM) as act:
        assert put_in_force(act) == 1
    assert "乙" in names(desk)
    assert [view.state for view in history(desk, cast)] == ["done", "cancelled"]
    assert history(desk, cast)[1].cancelled_words.endswith("取消")


def test_an_item_is_added_and_chosen_from_its_day_on(desk: Desk, cast: Cast, clock: Clock) -> None:
    facts = {"root": "running", "name": "充电桩", "whole_limit": "8wh"}
    keep(desk, cast, Deed.ADD_CATEGORY, "", **facts, from_on=FRIDAY)
    keep(desk, cast, Deed.ADD_CATEGORY, "", **facts | {"name": "路沿石"})
    assert ("路沿石" in names(desk), "充电桩" in names(desk)) == (True, False)
    with desk.looking(cast.actor("admin")) as act:
        assert {"充电桩", "路沿石"} <= {row.name for row in list_table(act)}
    clock.forward(days=2)
    with desk.acting(SYSTEM) as act:
        put_in_force(act)
    assert "充电桩" in names(desk)


def test_an_item_is_retired_and_comes_back(desk: Desk, cast: Cast) -> None:
    keep(desk, cast, Deed.RETIRE_CATEGORY)
    assert "路灯不亮" not in names(desk)
    with pytest.raises(FactsError):
        keep(desk, cast, Deed.RETIRE_CATEGORY)
    keep(desk, cast, Deed.RETIRE_CATEGORY, retired=False)
    assert "路灯不亮" in names(desk)


def test_an_item_does_not_come_back_beside_another_of_its_name(desk: Desk, cast: Cast) -> None:
    keep(desk, cast, Deed.RETIRE_CATEGORY)
    keep(desk, cast, Deed.ADD_CATEGORY, "", root="running", name="路灯不亮")
    with pytest.raises(ConflictError, match="路灯不亮"):
        keep(desk, cast, Deed.RETIRE_CATEGORY, retired=False)


def test_who_retires_an_item_is_told_how_many_of_its_cases_are_open(desk: Desk, cast: Cast) -> None:
    a_case(desk, cast)
    a_case(desk, cast, Status.CLOSED)
    a_case(desk, cast, category="water")
    with desk.looking(cast.actor("admin")) as act:
        assert count_open_cases(act, "lamp") == 1
    with desk.looking(cast.actor("li")) as act, pytest.raises(NotAllowedError):
        count_open_cases(act, "lamp")


def test_items_change_places_within_their_root(desk: Desk, cast: Cast) -> None:
    assert names(desk)[:2] == ["路灯不亮", "停水漏水"]
    keep(desk, cast, Deed.ORDER_CATEGORY, up=False)
    assert names(desk)[:2] == ["停水漏水", "路灯不亮"]
    with pytest.raises(FactsError):
        keep(desk, cast, Deed.ORDER_CATEGORY, up=False)


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"whole_limit": "0wd"}, "whole_limit"), ({"take_limit": "-1h"}, "take_limit"),
     ({"handle_limit": "10000wd"}, "handle_limit"), ({"accept_limit": "很快"}, "accept_limit"),
     ({"name": " "}, "name"), ({"name": "长" * 41}, "name"), ({"unit": "none"}, "unit"),
     ({"name": "甲", "from_on": "2026-06-09"}, "from_on"),
     ({"name": "甲", "from_on": "2029-01-01"}, "from_on"), ({"questions": ["问"] * 4}, "questions"),
     ({"root": "safety"}, "root"), ({"urgency": "soon"}, "urgency")],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_field(
    desk: Desk, cast: Cast, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(FactsError) as refusal:
        keep(desk, cast, **facts)
    assert field in refusal.value.facts["fields"]
    assert history(desk, cast) == ()


def test_nothing_changed_is_no_change_and_two_items_never_share_a_name(
    desk: Desk, cast: Cast
) -> None:
    with pytest.raises(FactsError, match="没有改动"):
        keep(desk, cast, name="路灯不亮")
    with pytest.raises(ConflictError, match="噪音扰民"):
        keep(desk, cast, name="噪音扰民")
    with pytest.raises(ConflictError, match="噪音扰民"):
        keep(desk, cast, Deed.ADD_CATEGORY, "", root="service", name="噪音扰民")


def test_the_same_deed_twice_is_one_change(desk: Desk, cast: Cast) -> None:
    uid = uuid4()
    first = keep(desk, cast, name="路灯", uid=uid)
    assert keep(desk, cast, name="路灯", uid=uid) == first
    assert len(history(desk, cast)) == 1


def test_who_looked_before_another_changed_it_is_told(desk: Desk, cast: Cast) -> None:
    keep(desk, cast, name="路灯", version=0)
    with pytest.raises(ConflictError, match="刚刚有人改过"):
        keep(desk, cast, name="灯", version=0)
    keep(desk, cast, name="灯", version=1)
    with pytest.raises(ConflictError):
        keep(desk, cast, Deed.RETIRE_CATEGORY, version=1)


def test_of_two_administrators_at_once_one_is_refused(own_desk: Desk, cast: Cast) -> None:
    start, refused = Barrier(2), []

    def change(name: str) -> None:
        start.wait()
        try:
            keep(own_desk, cast, name=name, version=0)
        except GridappError as error:
            refused.append(error.code)

    threads = [Thread(target=change, args=(name,)) for name in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["deed.conflict"]
    with own_desk.looking(RESIDENT) as act:
        rows = act.session.exec(select(RuleChange).order_by(col(RuleChange.id))).all()
        assert len(rows) == 2  # how it was, and the one change


@pytest.mark.parametrize("who", ["li", "wang", "leader", "sec", "audit"])
def test_nobody_else_changes_or_reads_the_table(desk: Desk, cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowedError):
        do(desk, cast.actor(who), Deed.CHANGE_CATEGORY, "lamp", name="路灯")
    with desk.looking(cast.actor(who)) as act, pytest.raises(NotAllowedError):
        list_table(act)
    with desk.looking(cast.actor(who)) as act, pytest.raises(NotAllowedError):
        list_changes(act, RuleKind.CATEGORY, "lamp")


@pytest.mark.parametrize("code", ["", "none", "x" * 200, "lamp' OR 1=1"])
def test_a_made_up_item_is_not_there(desk: Desk, cast: Cast, code: str) -> None:
    for deed, facts in ((Deed.CHANGE_CATEGORY, {"name": "甲"}), (Deed.CANCEL_CHANGE, {})):
        with pytest.raises(NotThereError):
            keep(desk, cast, deed, code, **facts)


def test_the_preview_says_what_a_report_of_friday_afternoon_would_be_promised(
    desk: Desk, cast: Cast
) -> None:
    with desk.looking(cast.actor("admin")) as act:
        told = preview_promise(act, Urgency.ORDINARY, "", "4wh")
        wrong = preview_promise(act, Urgency.ORDINARY, "", "0wh")
    assert told.startswith(
        "例如6月12日 16:00（周五）上报：6月15日 11:00 前受理，6月15日 11:00 前办结"
    )
    assert wrong == "应在 1 到 999 个工作小时之间。"
