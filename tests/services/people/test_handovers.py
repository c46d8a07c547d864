"""A handover dated ahead moves on its day what is open then, once, or says why it does not."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.errors import NotAllowedError
from gridapp.domain.handovers import HandoverEnd
from gridapp.domain.vocabulary import Deed
from gridapp.jobs.handovers import begin_handovers
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.handovers import see_when_moved
from gridapp.services.people.see_person import see_person
from gridapp.services.people.spans import held_on
from gridapp.tables import AuditRow, Case, CaseStep, Handover, OutboxMessage, PatrolDuty, Post
from tests.cast import Cast
from tests.clock import NOON, Clock
from tests.makers import do
from tests.services.areas.conftest import change
from tests.services.people.test_hand_over import GRID, hand_over, taken_case

AHEAD = "2026-06-13"


def holders(desk: Desk) -> list[int | None]:
    with desk.looking(SYSTEM) as act:
        return list(act.session.exec(select(Case.holder_id).order_by(col(Case.id))))


def ends(desk: Desk) -> list[HandoverEnd | None]:
    with desk.looking(SYSTEM) as act:
        return [row.end for row in act.session.exec(select(Handover).order_by(col(Handover.id)))]


def told(desk: Desk) -> list[tuple[str, str]]:
    with desk.looking(SYSTEM) as act:
        found = act.session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))
        return [(one.address, one.body) for one in found if one.case_id is None]


def successor_post(desk: Desk, person_id: int) -> str:
    with desk.looking(SYSTEM) as act:
        found = select(Post.id).where(Post.person_id == person_id).order_by(col(Post.id).desc())
        return str(act.session.exec(found).first())


def beside(desk: Desk, cast: Cast, person_id: int) -> list[str]:
    with desk.looking(cast.actor("admin")) as act:
        return [post.handover for post in see_person(act, person_id).posts]


def test_on_the_day_what_is_open_goes_to_the_successor(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    taken_case(desk, cast)
    hand_over(desk, cast, first_on=AHEAD)
    clock.forward(days=1)
    taken_case(desk, cast)
    assert begin_handovers(desk) == 0
    clock.forward(days=2)
    assert (begin_handovers(desk), begin_handovers(desk)) == (1, 0)
    assert holders(desk) == [cast.gu, cast.gu]
    assert ends(desk) == [HandoverEnd.MOVED]


def test_the_day_begins_at_midnight_in_beijing(desk: Desk, cast: Cast, clock: Clock) -> None:
    hand_over(desk, cast, first_on="2026-06-11")
    clock.forward(hours=11, minutes=59)
    assert begin_handovers(desk) == 0
    clock.forward(minutes=1)
    assert begin_handovers(desk) == 1


def test_the_history_and_the_audit_say_so(desk: Desk, cast: Cast, clock: Clock) -> None:
    taken_case(desk, cast)
    hand_over(desk, cast, first_on=AHEAD, words="调到社区")
    clock.forward(days=3)
    begin_handovers(desk)
    with desk.looking(SYSTEM) as act:
        step = act.session.exec(select(CaseStep).order_by(col(CaseStep.id).desc())).first()
        audit = act.session.exec(select(AuditRow).order_by(col(AuditRow.id).desc())).first()
    assert step is not None
    assert (step.deed, step.words, step.actor_id) == (Deed.HAND_OVER, "岗位交接给顾玉珍", None)
    assert audit is not None
    assert (audit.deed, audit.subject) == (Deed.HAND_OVER, f"person:{cast.li}")
    assert (audit.reason, audit.facts["cases"]) == ("调到社区", 1)
    assert audit.facts["agreed_by"] == cast.admin


def test_both_are_told_on_the_day_as_at_once(desk: Desk, cast: Cast, clock: Clock) -> None:
    taken_case(desk, cast)
    hand_over(desk, cast, first_on=AHEAD)
    assert told(desk) == []
    clock.forward(days=3)
    begin_handovers(desk)
    assert told(desk) == [
        ("021-52730109", "您今天起接任南大街第一网格专职网格员，转来已接单的事件1件。"),
        ("021-52730101", "南大街第一网格专职网格员今天起由顾玉珍接任，您已接单的事件1件已移交。"),
    ]


def test_a_handover_at_once_tells_both(desk: Desk, cast: Cast) -> None:
    hand_over(desk, cast)
    assert [words for _, words in told(desk)] == [
        "您今天起接任南大街第一网格专职网格员。",
        "南大街第一网格专职网格员今天起由顾玉珍接任，您没有要移交的事件。",
    ]


def test_turns_planned_meanwhile_go_along_too(desk: Desk, cast: Cast, clock: Clock) -> None:
    hand_over(desk, cast, first_on=AHEAD)
    roster: dict[str, Any] = {"grid": GRID, "nights": ["2026-06-12", "2026-06-14"]}
    do(desk, cast.actor("wang"), Deed.MAKE_ROSTER, people=[cast.li], **roster)
    clock.forward(days=3)
    begin_handovers(desk)
    with desk.looking(SYSTEM) as act:
        people = act.session.exec(select(PatrolDuty.person_id).order_by(col(PatrolDuty.id))).all()
    assert people == [cast.li, cast.gu]


def test_a_post_taken_back_moves_nothing_and_all_are_told(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    taken_case(desk, cast)
    hand_over(desk, cast, first_on=AHEAD)
    post = successor_post(desk, cast.gu)
    do(desk, cast.actor("admin"), Deed.END_POST, post, last_on="2026-06-12")
    assert beside(desk, cast, cast.li) == ["6月13日 周六不会移交给顾玉珍：接任的岗位已撤回或结束"]
    clock.forward(days=3)
    assert begin_handovers(desk) == 1
    assert (holders(desk), ends(desk)) == ([cast.li], [HandoverEnd.TAKEN_BACK])
    assert {address for address, _ in told(desk)} == {
        "021-52730101",
        "021-52730109",
        "021-52730110",
    }
    assert "已接单的事件1件仍在李建国名下" in told(desk)[0][1]


def test_a_successor_disabled_meanwhile_gets_nothing(desk: Desk, cast: Cast, clock: Clock) -> None:
    taken_case(desk, cast)
    hand_over(desk, cast, first_on=AHEAD)
    do(desk, cast.actor("admin"), Deed.DISABLE_PERSON, str(cast.gu), words="已离职")
    clock.forward(days=3)
    begin_handovers(desk)
    assert (holders(desk), ends(desk)) == ([cast.li], [HandoverEnd.SUCCESSOR_GONE])
    assert "021-52730109" not in {address for address, _ in told(desk)}


def test_the_work_of_a_leaver_disabled_meanwhile_goes_along(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    taken_case(desk, cast)
    hand_over(desk, cast, first_on=AHEAD)
    do(desk, cast.actor("admin"), Deed.DISABLE_PERSON, str(cast.li), words="已离职")
    clock.forward(days=3)
    begin_handovers(desk)
    assert (holders(desk), len(told(desk))) == ([cast.gu], 1)


def test_who_is_given_the_post_anew_keeps_the_work(desk: Desk, cast: Cast, clock: Clock) -> None:
    taken_case(desk, cast)
    hand_over(desk, cast, first_on=AHEAD)
    again: dict[str, Any] = {"role": "grid_worker", "grid": GRID, "from_on": AHEAD}
    do(desk, cast.actor("admin"), Deed.GIVE_POST, str(cast.li), **again)
    clock.forward(days=3)
    begin_handovers(desk)
    assert (holders(desk), ends(desk)) == ([cast.li], [HandoverEnd.STAYS])


@pytest.mark.parametrize("days", [[3, 5], [9]])
def test_who_hands_on_what_they_were_handed_passes_it_along(
    desk: Desk, cast: Cast, clock: Clock, days: list[int]
) -> None:
    taken_case(desk, cast)
    hand_over(desk, cast, first_on=AHEAD)
    post = successor_post(desk, cast.gu)
    hand_over(desk, cast, to=cast.qian, post=post, first_on="2026-06-15")
    for day in days:  # the server may have stood still over both days
        clock.moment = NOON + timedelta(days=day)
        begin_handovers(desk)
    assert (holders(desk), ends(desk)) == ([cast.qian], [HandoverEnd.MOVED] * 2)


def test_an_earlier_successor_hands_on_what_was_agreed(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    taken_case(desk, cast)
    hand_over(desk, cast, first_on=AHEAD)
    hand_over(desk, cast, to=cast.qian, first_on="2026-06-11", version=2)
    clock.forward(days=1)
    begin_handovers(desk)
    assert holders(desk) == [cast.qian]
    clock.forward(days=2)
    begin_handovers(desk)
    assert holders(desk) == [cast.gu]


def test_beside_the_posts_stands_what_is_agreed_and_what_came_of_it(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    taken_case(desk, cast)
    hand_over(desk, cast, first_on=AHEAD)
    assert beside(desk, cast, cast.li) == ["6月13日 周六起由顾玉珍接任，已接单的事件到那天移交"]
    assert "接替李建国，已接单的事件6月13日 周六移交过来" in beside(desk, cast, cast.gu)
    clock.forward(days=3)
    begin_handovers(desk)
    assert beside(desk, cast, cast.li) == ["已移交给顾玉珍，已接单的事件1件"]


def test_the_preview_says_when_it_moves(desk: Desk, cast: Cast, clock: Clock) -> None:
    today = clock().date()
    with desk.looking(cast.actor("admin")) as act:
        assert "马上移交" in see_when_moved(act, today)
        assert see_when_moved(act, today.replace(day=20)).startswith("到6月20日那天移交")
    with desk.looking(cast.actor("wang")) as act, pytest.raises(NotAllowedError):
        see_when_moved(act, today)


def test_after_a_merge_the_work_still_moves(desk: Desk, cast: Cast, clock: Clock) -> None:
    taken_case(desk, cast)
    hand_over(desk, cast, first_on=AHEAD)
    change(desk, cast, Deed.MERGE_AREAS, "310107022001002", others=[GRID])
    clock.forward(days=3)
    begin_handovers(desk)
    assert (holders(desk), ends(desk)) == ([cast.gu], [HandoverEnd.MOVED])
    with desk.looking(SYSTEM) as act:
        there = select(Post).where(Post.grid_id == cast.grid2, held_on(clock().date()))
        assert cast.gu in {post.person_id for post in act.session.exec(there)}
