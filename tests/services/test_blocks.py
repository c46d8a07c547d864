"""Whoever is blocked is heard all the same: kept, looked at first, and told to nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    GridappError,
    NotAllowedError,
    NotThereError,
)
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.places import see_place
from gridapp.services.blocks.lists import BlockView, count_held, list_blocks
from gridapp.services.cases.lists import CaseFilter, list_cases
from gridapp.services.cases.read import see_case, track_case
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.tables import AuditRow, Block, Case, OutboxMessage
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do, report

PHONE = "13812345678"
PESTER = Actor(device="phone-of-a-pest")
WHY = "连续恶意上报"


def block(desk: Desk, cast: Cast, no: str, kind: str = "device", **more: Any) -> int:
    facts: dict[str, Any] = {"kind": kind, "words": WHY} | more
    return int(do(desk, cast.actor("wang"), Deed.BLOCK, no, **facts).reply["block"])


def held(desk: Desk) -> list[bool]:
    with desk.looking(RESIDENT) as act:
        return [row.is_held for row in act.session.exec(select(Case).order_by(col(Case.id)))]


def blocks(desk: Desk, actor: Actor) -> tuple[BlockView, ...]:
    with desk.looking(actor) as act:
        return list_blocks(act)


def test_a_blocked_device_gets_its_receipt_and_is_looked_at_first(desk: Desk, cast: Cast) -> None:
    block(desk, cast, report(desk, cast, PESTER).no)
    again = report(desk, cast, PESTER, text="又来了")
    assert (again.is_new, held(desk)) == (True, [False, True])
    with desk.looking(cast.actor("wang")) as act:
        assert "待甄别" in see_case(act, again.no).card.flags
        assert again.no not in {card.no for card in list_cases(act, CaseFilter()).items}
        assert again.no in {card.no for card in list_cases(act, CaseFilter(aside=True)).items}
        assert count_held(act) == 1
    with desk.looking(Actor(track=again.track)) as act:
        assert track_case(act).status_label == "已收到"


def test_a_blocked_phone_and_a_blocked_place_are_held_back_whatever_the_device(
    desk: Desk, cast: Cast
) -> None:
    block(desk, cast, report(desk, cast, phone=PHONE).no, "phone")
    block(desk, cast, report(desk, cast, at=cast.code2).no, "place")
    report(desk, cast, phone="+86 138-1234-5678")
    report(desk, cast, at=cast.code2)
    report(desk, cast)
    assert held(desk) == [False, False, True, True, False]


def test_what_is_held_back_sends_no_message_and_is_not_public(desk: Desk, cast: Cast) -> None:
    block(desk, cast, report(desk, cast, PESTER).no)
    no = report(desk, cast, PESTER, phone=PHONE).no
    do(desk, cast.actor("wang"), Deed.DECLINE, no, words="不属实")
    with desk.looking(RESIDENT) as act:
        assert act.session.exec(select(OutboxMessage)).all() == []
        assert see_place(act, cast.code1).open_count == 1


def test_what_is_held_back_is_no_open_matter_of_its_building(desk: Desk, cast: Cast) -> None:
    block(desk, cast, report(desk, cast, PESTER, category="lamp").no)
    with desk.looking(RESIDENT) as act:
        before = see_place(act, cast.code1)
    report(desk, cast, PESTER, category="lamp")
    report(desk, cast, PESTER)
    with desk.looking(RESIDENT) as act:
        after = see_place(act, cast.code1)
    assert before.open_count == 1
    assert (after.open_count, after.matters) == (before.open_count, before.matters)


def test_danger_from_whoever_is_blocked_stands_in_the_inbox_and_is_told_to_nobody(
    desk: Desk, cast: Cast
) -> None:
    block(desk, cast, report(desk, cast, PESTER).no)
    no = report(desk, cast, PESTER, category="fire_lane", phone=PHONE).no
    with desk.looking(cast.actor("wang")) as act:
        assert no in {card.no for card in list_cases(act, CaseFilter()).items}
        assert act.session.exec(select(OutboxMessage)).all() == []
    assert held(desk) == [False, True]


def test_a_declined_one_waits_no_longer(desk: Desk, cast: Cast) -> None:
    block(desk, cast, report(desk, cast, PESTER).no)
    no = report(desk, cast, PESTER).no
    do(desk, cast.actor("wang"), Deed.DECLINE, no, words="不属实")
    with desk.looking(cast.actor("wang")) as act:
        assert count_held(act) == 0
        assert "待甄别" not in see_case(act, no).card.flags


@pytest.mark.parametrize(("deed", "facts"), [(Deed.ACCEPT, {}), (Deed.SETTLE, {"words": "修好了"})])
def test_once_looked_at_it_goes_on_like_any_other(
    desk: Desk, cast: Cast, deed: Deed, facts: dict[str, Any]
) -> None:
    block(desk, cast, report(desk, cast, PESTER).no)
    no = report(desk, cast, PESTER, phone=PHONE).no
    do(desk, cast.actor("li" if deed is Deed.SETTLE else "wang"), deed, no, **facts)
    assert held(desk) == [False, False]


def test_staff_is_never_held_back(desk: Desk, cast: Cast) -> None:
    block(desk, cast, report(desk, cast).no, "place")
    report(desk, cast, cast.actor("li"))
    report(desk, cast, cast.actor("sun"))
    assert held(desk) == [False, False, False]


def test_a_block_ends_by_itself_and_holds_in_its_street_only(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    block(desk, cast, report(desk, cast, PESTER).no, days=7)
    clock.forward(days=7, minutes=1)
    report(desk, cast, PESTER)
    assert held(desk) == [False, False]
    assert [view.stands for view in blocks(desk, cast.actor("wang"))] == [False]
    with desk.looking(RESIDENT) as act:
        row = act.session.exec(select(Block)).one()
        assert (row.street_id, row.ends_at - row.made_at) == (cast.street, timedelta(days=7))


def test_lifted_with_a_reason_it_holds_no_longer_and_both_are_on_record(
    desk: Desk, cast: Cast
) -> None:
    made = block(desk, cast, report(desk, cast, PESTER).no)
    do(desk, cast.actor("wang"), Deed.UNBLOCK, str(made), words="核实无误", version=1)
    report(desk, cast, PESTER)
    assert held(desk) == [False, False]
    with desk.looking(RESIDENT) as act:
        audit = [(row.deed, row.reason) for row in act.session.exec(select(AuditRow))]
    assert audit == [("reporter.block", WHY), ("reporter.unblock", "核实无误")]
    [view] = blocks(desk, cast.actor("wang"))
    assert view.lifted_words.startswith("王芳 ")
    assert view.lifted_words.endswith("解除：核实无误")


def test_lifted_twice_or_on_an_old_version_is_a_conflict(desk: Desk, cast: Cast) -> None:
    made = str(block(desk, cast, report(desk, cast, PESTER).no))
    wang = cast.actor("wang")
    with pytest.raises(ConflictError):
        do(desk, wang, Deed.UNBLOCK, made, words="核实无误", version=7)
    do(desk, wang, Deed.UNBLOCK, made, words="核实无误")
    with pytest.raises(ConflictError):
        do(desk, wang, Deed.UNBLOCK, made, words="再来一次")


def test_neither_device_nor_phone_is_written_down(desk: Desk, cast: Cast) -> None:
    no = report(desk, cast, PESTER, phone=PHONE).no
    for kind in ("device", "phone"):
        block(desk, cast, no, kind)
    with desk.looking(RESIDENT) as act:
        rows = act.session.exec(select(Block)).all()
        told = str([row.model_dump() for row in rows] + list(blocks(desk, cast.actor("wang"))))
        told += str([row.facts for row in act.session.exec(select(AuditRow))])
    assert PHONE not in told
    assert PESTER.device not in told
    assert "138****5678" in told


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("li", NotAllowedError), ("zhao", NotAllowedError), ("leader", NotAllowedError),
     ("qian", NotThereError), ("sun", NotThereError), ("admin", NotThereError),
     ("audit", NotThereError)],
)  # fmt: skip
def test_only_the_centre_of_the_street_blocks_and_sees_the_list(
    desk: Desk, cast: Cast, name: str, refusal: type[GridappError]
) -> None:
    no = report(desk, cast, PESTER).no
    with pytest.raises(refusal):
        do(desk, cast.actor(name), Deed.BLOCK, no, kind="device", words=WHY)
    made = str(block(desk, cast, no))
    with pytest.raises((NotAllowedError, NotThereError)):
        do(desk, cast.actor(name), Deed.UNBLOCK, made, words="核实无误")
    with pytest.raises(NotAllowedError):
        blocks(desk, cast.actor(name))


@pytest.mark.parametrize(
    "facts",
    [{"kind": "device"}, {"kind": "device", "words": "烦"}, {"kind": "ip", "words": WHY},
     {"kind": "device", "words": WHY, "days": 0}, {"kind": "device", "words": WHY, "days": 9999},
     {"kind": "phone", "words": WHY}],
)  # fmt: skip
def test_without_a_reason_an_end_or_something_to_hold_there_is_no_block(
    desk: Desk, cast: Cast, facts: dict[str, Any]
) -> None:
    no = report(desk, cast, PESTER).no
    with pytest.raises(FactsError):
        do(desk, cast.actor("wang"), Deed.BLOCK, no, **facts)


def test_what_staff_reported_has_nobody_to_block(desk: Desk, cast: Cast) -> None:
    no = report(desk, cast, cast.actor("li")).no
    with pytest.raises(FactsError):
        do(desk, cast.actor("wang"), Deed.BLOCK, no, kind="place", words=WHY)


def test_blocked_once_is_enough(desk: Desk, cast: Cast) -> None:
    no = report(desk, cast, PESTER).no
    block(desk, cast, no)
    with pytest.raises(ConflictError):
        block(desk, cast, no)


@pytest.mark.parametrize("subject", ["", "x", "0", "-1", "9" * 30, "１", "1 OR 1=1"])
def test_a_made_up_block_is_not_there(desk: Desk, cast: Cast, subject: str) -> None:
    with pytest.raises(NotThereError):
        do(desk, cast.actor("wang"), Deed.UNBLOCK, subject, words="核实无误")


def test_the_button_stands_where_somebody_can_be_blocked(desk: Desk, cast: Cast) -> None:
    theirs, ours = report(desk, cast).no, report(desk, cast, cast.actor("li")).no
    shown = {}
    for name, no in (("wang", theirs), ("wang", ours), ("li", theirs)):
        with desk.looking(cast.actor(name)) as act:
            buttons = {button.deed for button in see_case(act, no).buttons}
        shown[name, no] = Deed.BLOCK.value in buttons
    assert shown == {("wang", theirs): True, ("wang", ours): False, ("li", theirs): False}
