"""Records are gone through once; what is disputed is kept and left to a decision."""

from threading import Barrier, Thread
from typing import Any

import pytest
from sqlmodel import select

from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    GridappError,
    NotAllowedError,
    NotThereError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.verification.see import ItemFilter, list_items, list_verifications
from gridapp.tables import VerificationFinding
from tests.cast import Cast
from tests.makers import do
from tests.services.register.records import NAME, PHONE, counts, household, rows, shop
from tests.services.verification.rounds import COMMUNITY, GRID1, GRID2, a_round, item, see, verify


@pytest.fixture
def home(desk: Desk, cast: Cast) -> str:
    """A household in grid 1; another one lies in grid 2."""
    household(desk, cast, "qian", building=cast.code2)
    return household(desk, cast)


def progress(desk: Desk, cast: Cast, round_: str, by: str = "chen") -> tuple[int, ...]:
    told = see(desk, cast, round_, by).line.progress
    return (
        told.settled_count,
        told.due_count,
        told.not_found_count,
        told.conflict_count,
        told.new_count,
    )


def test_what_is_true_is_confirmed_and_counts(desk: Desk, cast: Cast, home: str) -> None:
    made = a_round(desk, cast)
    assert verify(desk, cast, made, home, version=1)["status"] == "confirmed"
    assert progress(desk, cast, made) == (1, 2, 0, 0, 0)
    grids = see(desk, cast, made).grids
    assert [(g.code, g.settled_count, g.due_count) for g in grids] == [(GRID1, 1, 1), (GRID2, 0, 1)]


def test_a_worker_sees_the_own_grid_of_a_streets_round(desk: Desk, cast: Cast, home: str) -> None:
    made = a_round(desk, cast)
    assert progress(desk, cast, made, "li") == (0, 1, 0, 0, 0)
    with desk.looking(cast.actor("li")) as act:
        assert [line.id for line in list_verifications(act)] == [made]
        page = list_items(act, made, ItemFilter(status="left"))
    assert ([line.record for line in page.items], page.total) == ([home], 1)
    assert page.items[0].who == "张**"


def test_what_is_put_right_stands_in_the_register_with_before_and_after(
    desk: Desk, cast: Cast, home: str
) -> None:
    made = a_round(desk, cast)
    verify(
        desk,
        cast,
        made,
        home,
        version=1,
        outcome="corrected",
        household={"name": "王小明", "head_count": 2},
    )
    assert (rows(desk)[1].name, rows(desk)[1].head_count) == ("王小明", 2)
    [finding] = item(desk, cast, made, home).findings
    assert [(c.label, c.before, c.after) for c in finding.changes] == [
        ("户主", "张**", "王**"),
        ("人数", "空", "2"),
    ]
    assert (finding.by, finding.is_applied) == ("李建国", True)


def test_who_is_gone_leaves_the_register_and_the_count(desk: Desk, cast: Cast, home: str) -> None:
    made = a_round(desk, cast)
    verify(desk, cast, made, home, outcome="gone")
    assert counts(desk, cast)[0] == 23
    assert item(desk, cast, made, home).is_struck
    assert verify(desk, cast, made, home, "chen", outcome="gone")["status"] == "gone"


def test_a_closed_door_is_left_open_and_may_be_knocked_at_again(
    desk: Desk, cast: Cast, home: str
) -> None:
    made = a_round(desk, cast)
    verify(desk, cast, made, home, outcome="not_found")
    assert progress(desk, cast, made) == (0, 2, 1, 0, 0)
    verify(desk, cast, made, home, "chen")
    verify(desk, cast, made, home, outcome="not_found")
    assert progress(desk, cast, made) == (1, 2, 0, 0, 0)


@pytest.mark.usefixtures("home")
def test_what_is_new_is_entered_and_counted_by_itself(desk: Desk, cast: Cast) -> None:
    made = a_round(desk, cast)
    new: dict[str, Any] = {
        "outcome": "new",
        "building": cast.code1,
        "new_household": {"unit": "2", "door": "303"},
    }
    verify(desk, cast, made, "", **new)
    assert (progress(desk, cast, made), len(rows(desk))) == ((0, 2, 0, 0, 1), 3)
    with pytest.raises(ConflictError):
        verify(desk, cast, made, "", **new)
    with pytest.raises(NotThereError):
        verify(desk, cast, made, "", **(new | {"building": cast.code2}))


@pytest.mark.parametrize(
    "second", [{"outcome": "corrected", "household": {"head_count": 5}}, {"outcome": "gone"}]
)
def test_two_who_differ_leave_the_register_to_a_decision(
    desk: Desk, cast: Cast, home: str, second: dict[str, Any]
) -> None:
    made = a_round(desk, cast)
    verify(desk, cast, made, home, version=1, outcome="corrected", household={"head_count": 2})
    assert verify(desk, cast, made, home, "chen", version=2, **second)["status"] == "conflict"
    assert (rows(desk)[1].head_count, rows(desk)[1].retired_at) == (2, None)
    assert progress(desk, cast, made) == (0, 2, 0, 1, 0)
    assert item(desk, cast, made, home).may_decide
    assert not item(desk, cast, made, home, "li").may_decide


def test_a_record_changed_meanwhile_is_a_conflict_and_nothing_is_lost(
    desk: Desk, cast: Cast, home: str
) -> None:
    made = a_round(desk, cast)
    do(desk, cast.actor("chen"), Deed.AMEND_HOUSEHOLD, home, head_count=4)
    told: dict[str, Any] = {
        "outcome": "corrected",
        "household": {"name": "王小明"},
        "words": "换了租客",
    }
    assert verify(desk, cast, made, home, version=1, **told)["status"] == "conflict"
    assert rows(desk)[1].name == NAME
    [finding] = item(desk, cast, made, home).findings
    assert (finding.words, finding.is_applied) == ("换了租客", False)


def disputed(desk: Desk, cast: Cast, home: str) -> str:
    made = a_round(desk, cast)
    verify(desk, cast, made, home, outcome="gone")
    verify(desk, cast, made, home, "chen", outcome="corrected", household={"head_count": 2})
    return made


def test_a_decision_brings_back_what_was_struck_too_soon(desk: Desk, cast: Cast, home: str) -> None:
    made = disputed(desk, cast, home)
    right = item(desk, cast, made, home).findings[0].id
    told: dict[str, Any] = {"verification": made, "finding": right, "words": "上门见到本人"}
    assert (
        do(desk, cast.actor("chen"), Deed.DECIDE_RECORD, home, **told).reply["status"]
        == "corrected"
    )
    row = rows(desk)[1]
    assert (row.retired_at, row.head_count) == (None, 2)
    assert item(desk, cast, made, home).decided_words.endswith("裁定：上门见到本人")
    assert progress(desk, cast, made) == (1, 2, 0, 0, 0)


def test_a_decision_may_leave_the_register_as_it_is_once(desk: Desk, cast: Cast, home: str) -> None:
    made = disputed(desk, cast, home)
    told: dict[str, Any] = {"verification": made, "words": "核对过，确实搬走"}
    assert do(desk, cast.actor("chen"), Deed.DECIDE_RECORD, home, **told).reply["status"] == "gone"
    with pytest.raises(ConflictError):
        do(desk, cast.actor("chen"), Deed.DECIDE_RECORD, home, **told)


def test_nobody_is_brought_back_to_a_door_where_others_live_by_now(
    desk: Desk, cast: Cast, home: str
) -> None:
    made = disputed(desk, cast, home)
    household(desk, cast, name="后来的人")
    right = item(desk, cast, made, home).findings[0].id
    told: dict[str, Any] = {"verification": made, "finding": right, "words": "上门见到本人"}
    with pytest.raises(ConflictError, match="已经登记过"):
        do(desk, cast.actor("chen"), Deed.DECIDE_RECORD, home, **told)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("li", NotAllowedError), ("admin", NotAllowedError), ("wang", NotAllowedError)],
)
def test_only_the_grids_head_decides(
    desk: Desk, cast: Cast, home: str, who: str, refusal: type[GridappError]
) -> None:
    made = disputed(desk, cast, home)
    told: dict[str, Any] = {"verification": made, "words": "核对过，确实搬走"}
    with pytest.raises(refusal):
        do(desk, cast.actor(who), Deed.DECIDE_RECORD, home, **told)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("qian", NotThereError), ("admin", NotAllowedError), ("sun", NotAllowedError)],
)
def test_only_the_grids_own_people_verify(
    desk: Desk, cast: Cast, home: str, who: str, refusal: type[GridappError]
) -> None:
    made = a_round(desk, cast)
    with pytest.raises(refusal):
        verify(desk, cast, made, home, who)


@pytest.mark.parametrize(
    "facts",
    [
        {"outcome": "corrected"},
        {"outcome": "corrected", "household": {}},
        {"outcome": "open"},
        {"outcome": "conflict"},
        {"outcome": "corrected", "household": {"name": NAME}},
        {"outcome": "corrected", "household": {"uid": "x"}},
        {"outcome": "new"},
    ],
)
def test_a_finding_that_tells_nothing_is_refused(
    desk: Desk, cast: Cast, home: str, facts: dict[str, Any]
) -> None:
    made = a_round(desk, cast)
    with pytest.raises((FactsError, NotThereError)):
        verify(desk, cast, made, home, **facts)
    with desk.looking(RESIDENT) as act:
        assert act.session.exec(select(VerificationFinding)).all() == []


def test_overlapping_grids_list_a_record_once_and_shops_stand_beside_homes(
    desk: Desk, cast: Cast, home: str
) -> None:
    store = shop(desk, cast)
    made = a_round(desk, cast, grids=[COMMUNITY, GRID1], kinds=["household", "shop"])
    verify(
        desk,
        cast,
        made,
        store,
        outcome="corrected",
        premises={"contact": "王小明", "risk": "major"},
    )
    with desk.looking(cast.actor("li")) as act:
        lines = list_items(act, made, ItemFilter()).items
    assert [(line.record, line.status) for line in lines] == [(store, "corrected"), (home, "open")]
    changes = item(desk, cast, made, store).findings[0].changes
    assert [(c.label, c.after) for c in changes] == [("负责人", "王**"), ("风险等级", "重大风险")]


def test_no_page_of_a_verification_holds_a_whole_name_or_phone(
    desk: Desk, cast: Cast, home: str
) -> None:
    made = disputed(desk, cast, home)
    with desk.looking(cast.actor("chen")) as act:
        told = repr(
            (
                see(desk, cast, made),
                item(desk, cast, made, home),
                list_items(act, made, ItemFilter()),
            )
        )
    assert not [secret for secret in (NAME, PHONE) if secret in told]


def test_of_two_who_verify_at_once_neither_is_lost(own_desk: Desk, cast: Cast) -> None:
    home = household(own_desk, cast)
    made = a_round(own_desk, cast)
    start = Barrier(2)

    def once(by: str, heads: int) -> None:
        start.wait()
        told = {"outcome": "corrected", "household": {"head_count": heads}}
        verify(own_desk, cast, made, home, by, version=1, **told)

    threads = [Thread(target=once, args=told) for told in (("li", 2), ("chen", 3))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = item(own_desk, cast, made, home)
    assert (found.status, sorted(one.is_applied for one in found.findings)) == (
        "conflict",
        [False, True],
    )
