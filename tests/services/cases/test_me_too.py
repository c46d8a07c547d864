"""Me too: counted once a device, told to staff, followed without a word of the reporter's."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update
from sqlmodel import col

from gridapp.domain.errors import GridappError, NotAllowedError, NotThereError, TooManyError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.areas.places import see_place
from gridapp.services.cases.follow import FollowView, follow_case
from gridapp.services.cases.matters import MatterView
from gridapp.services.cases.me_too import MATTER_MAX_COUNT, PLACE_DAY_MAX_COUNT, PLACE_MAX_COUNT
from gridapp.services.cases.read import see_case
from gridapp.services.deeds import do_deed
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.orders import Order
from gridapp.tables import Category
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import a_case, do, report

pytestmark = pytest.mark.both_databases


def matters(desk: Desk, cast: Cast) -> tuple[MatterView, ...]:
    with desk.looking(RESIDENT) as act:
        return see_place(act, cast.code1).matters


def me_too(
    desk: Desk, cast: Cast, handle: str, device: str, uid: UUID | None = None, at: str = ""
) -> dict[str, Any]:
    order = Order(Deed.ME_TOO, handle, {"at": at or cast.code1}, uid=uid or uuid4())
    with desk.acting(Actor(device=device)) as act:
        return do_deed(act, order).reply


def followed(desk: Desk, track: str) -> FollowView:
    with desk.looking(Actor(track=track)) as act:
        return follow_case(act)


def test_each_device_counts_once_and_keeps_its_link(desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    [matter] = matters(desk, cast)
    first = me_too(desk, cast, matter.handle, "phone-of-wu")
    again = me_too(desk, cast, matter.handle, "phone-of-wu")
    other = me_too(desk, cast, matter.handle, "phone-of-he")
    assert (first["count"], again["count"], other["count"]) == (1, 1, 2)
    assert first["track"] == again["track"] != other["track"]


def test_the_same_press_sent_twice_is_one(desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    [matter], uid = matters(desk, cast), uuid4()
    assert me_too(desk, cast, matter.handle, "", uid) == me_too(desk, cast, matter.handle, "", uid)
    assert matters(desk, cast)[0].me_too_count == 1


def test_two_presses_of_one_device_at_once_are_one(own_desk: Desk, cast: Cast) -> None:
    report(own_desk, cast)
    [matter] = matters(own_desk, cast)
    with ThreadPoolExecutor(8) as crowd:
        said = list(
            crowd.map(lambda _: me_too(own_desk, cast, matter.handle, "phone-of-wu"), range(8))
        )
    assert len({one["track"] for one in said}) == 1
    assert matters(own_desk, cast)[0].me_too_count == 1


def test_staff_reads_how_many_and_keeps_the_version(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast)
    [matter] = matters(desk, cast)
    me_too(desk, cast, matter.handle, "phone-of-wu")
    with desk.looking(cast.actor("wang")) as act:
        card = see_case(act, case.no).card
    assert "1 人也遇到" in card.flags
    assert card.version == 1


def test_a_follower_sees_how_it_stands_and_no_word_of_the_reporter(desk: Desk, cast: Cast) -> None:
    a_case(desk, cast, Status.TAKEN, text="3楼张阿姨家漏水", name="张阿姨", phone="13800138000")
    [matter] = matters(desk, cast)
    view = followed(desk, me_too(desk, cast, matter.handle, "phone-of-wu")["track"])
    assert (view.status, view.place, view.me_too_count) == (Status.TAKEN, "1号楼", 1)
    assert "张" not in repr(view)
    assert "您" not in [step.actor for step in view.steps]


@pytest.mark.parametrize("track", ["", "nobody's"])
def test_a_wrong_token_follows_nothing(desk: Desk, cast: Cast, track: str) -> None:
    report(desk, cast)
    with pytest.raises(NotThereError):
        followed(desk, track)


def test_what_is_not_public_leaves_no_trace(desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    [matter] = matters(desk, cast)
    with desk.acting(RESIDENT) as act:
        act.session.execute(
            update(Category).where(col(Category.code) == "lamp").values(is_public=False)
        )
    assert matters(desk, cast) == ()
    with pytest.raises(NotThereError):
        me_too(desk, cast, matter.handle, "phone-of-wu")


def test_no_token_and_no_word_stand_on_the_public_page(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast, text="2单元301王师傅家的灯")
    shown = repr(matters(desk, cast))
    assert case.track not in shown
    assert case.no not in shown
    assert "王师傅" not in shown


@pytest.mark.parametrize("status", [Status.CLOSED, Status.DECLINED, Status.MERGED])
def test_what_is_finished_is_offered_no_more(desk: Desk, cast: Cast, status: Status) -> None:
    report(desk, cast)
    open_before = {matter.handle for matter in matters(desk, cast)}
    a_case(desk, cast, status)
    # The target of a merge stays open beside the first.
    assert len(matters(desk, cast)) == len(open_before) + (status is Status.MERGED)


def test_another_buildings_matter_cannot_be_met_here(desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    [matter] = matters(desk, cast)
    with pytest.raises(NotThereError):
        me_too(desk, cast, matter.handle, "phone-of-wu", at=cast.code2)


def test_staff_has_other_ways(desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    order = Order(Deed.ME_TOO, matters(desk, cast)[0].handle, {"at": cast.code1})
    with pytest.raises(NotAllowedError), desk.acting(cast.actor("li")) as act:
        do_deed(act, order)


def test_a_flood_of_made_up_devices_is_told_to_wait_whichever_matter_it_meets(
    desk: Desk, cast: Cast
) -> None:
    for _ in range(2):
        report(desk, cast)
    one, other = matters(desk, cast)
    for number in range(PLACE_MAX_COUNT):
        me_too(desk, cast, one.handle, f"device-{number}")
    with pytest.raises(TooManyError) as refusal:
        me_too(desk, cast, other.handle, "one-more")
    assert refusal.value.facts == {"retry_after_s": 600}
    assert [m.me_too_count for m in matters(desk, cast)] == [PLACE_MAX_COUNT, 0]


def test_a_neighbour_whose_report_was_accepted_before_is_heard_in_a_flood(
    desk: Desk, cast: Cast
) -> None:
    known = Actor(device="phone-of-wu")
    do(desk, cast.actor("wang"), Deed.ACCEPT, report(desk, cast, known, at=cast.code2).no)
    report(desk, cast)
    [matter] = matters(desk, cast)
    for number in range(PLACE_MAX_COUNT):
        me_too(desk, cast, matter.handle, f"device-{number}")
    assert me_too(desk, cast, matter.handle, known.device)["count"] == PLACE_MAX_COUNT + 1


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_slow_flood_ends_with_the_day(desk: Desk, cast: Cast, clock: Clock) -> None:
    report(desk, cast)
    [matter] = matters(desk, cast)
    for number in range(PLACE_DAY_MAX_COUNT):
        clock.forward(minutes=1)
        me_too(desk, cast, matter.handle, f"device-{number}")
    clock.forward(minutes=11)
    with pytest.raises(TooManyError):
        me_too(desk, cast, matter.handle, "one-more")
    assert MATTER_MAX_COUNT >= PLACE_MAX_COUNT


def test_a_wrong_code_is_a_refusal(desk: Desk, cast: Cast) -> None:
    with pytest.raises(GridappError):
        me_too(desk, cast, "x", "phone", at="no-code")
