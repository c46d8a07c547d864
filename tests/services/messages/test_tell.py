"""The reporter is told what has come of it: each time once, never too often, never unasked."""

import pytest
from sqlmodel import col, select

from gridapp.domain.telling import CASE_MAX_COUNT, PHONE_DAY_MAX_COUNT, TOLD
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.desk import RESIDENT, Actor, Desk
from gridapp.services.messages.subscriptions import MessageFacts, choose_messages
from gridapp.tables import Case, OutboxMessage
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import LATER, a_case, do, doer, report
from tests.makers import TOLD as FACTS

PHONE = "13812345678"


def bodies(desk: Desk) -> list[str]:
    with desk.looking(RESIDENT) as act:
        found = act.session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))
        return [row.body for row in found if row.address == PHONE]


def test_a_whole_life_is_told_in_four_messages(desk: Desk, cast: Cast) -> None:
    no = a_case(desk, cast, Status.CLOSED, phone=PHONE).no
    assert bodies(desk) == [
        f"您上报的事已收到，编号 {no}，6月19日17:30前答复您。",
        f"您上报的事（{no}）已安排人处理，6月19日17:30前答复您。",
        f"您上报的事（{no}）已解决，正在核查：已修好路灯",
        f"您上报的事（{no}）已办结，已解决：已修好路灯 请您评价。",
    ]


@pytest.mark.parametrize(
    ("status", "deed", "said"),
    [
        (Status.REPORTED, Deed.DECLINE, "不予受理：不属于本街道"),
        (Status.REPORTED, Deed.SETTLE, "网格员已当场处理：已当场更换灯泡"),
        (Status.TAKEN, Deed.PAUSE, "暂缓处理，预计6月20日09:00恢复：等配件"),
        (Status.TAKEN, Deed.EXTEND, "需要更多时间，改为7月20日09:00前答复您。"),
        (Status.CLOSED, Deed.REOPEN, "重新处理，6月19日17:30前答复您。"),
    ],
)
def test_the_other_turns_are_told_in_their_own_words(
    desk: Desk, cast: Cast, status: Status, deed: Deed, said: str
) -> None:
    case = a_case(desk, cast, status, phone=PHONE)
    do(desk, doer(cast, deed, case.track), deed, case.no, **FACTS[deed])
    assert bodies(desk)[-1] == f"您上报的事（{case.no}）{said}"


def test_a_merged_case_is_told_with_the_other_one(desk: Desk, cast: Cast) -> None:
    case, other = report(desk, cast, phone=PHONE), report(desk, cast)
    do(desk, cast.actor("wang"), Deed.MERGE, case.no, into=other.no)
    assert bodies(desk)[-1] == f"您上报的事（{case.no}）已有人反映，与 {other.no} 一起处理。"


def test_what_the_house_does_within_itself_is_told_to_nobody(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.TAKEN, phone=PHONE)
    count = len(bodies(desk))
    for deed in (Deed.URGE, Deed.SUPERVISE, Deed.RETURN, Deed.ADD_WORDS):
        assert deed not in TOLD
        do(desk, doer(cast, deed, case.track), deed, case.no, **FACTS[deed])
    assert len(bodies(desk)) == count


def test_sent_back_and_dispatched_again_is_told_once(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.TAKEN, phone=PHONE)
    for deed in (Deed.RETURN, Deed.DISPATCH):
        do(desk, doer(cast, deed, case.track), deed, case.no, **FACTS[deed])
    assert sum("已安排人处理" in body for body in bodies(desk)) == 1


def test_a_refused_deed_tells_nothing(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast, phone=PHONE)
    with pytest.raises(Exception, match="不能"):
        do(desk, cast.actor("wang"), Deed.CLOSE, case.no)
    assert len(bodies(desk)) == 1


def test_however_often_a_case_turns_only_so_many_go_and_the_end_is_told(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    case = a_case(desk, cast, Status.TAKEN, phone=PHONE)
    for turn in range(CASE_MAX_COUNT):
        clock.forward(days=1)
        to = LATER.replace("07-20", f"07-{20 + turn}")
        do(desk, cast.actor("wang"), Deed.EXTEND, case.no, to=to)
    for deed in (Deed.HANDLE, Deed.VERIFY, Deed.CLOSE):
        do(desk, doer(cast, deed, case.track), deed, case.no, **FACTS[deed])
    told = bodies(desk)
    assert (len(told), "已办结" in told[-1]) == (CASE_MAX_COUNT, True)


def test_a_phone_that_somebody_else_gives_again_and_again_is_left_in_peace(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    for _ in range(PHONE_DAY_MAX_COUNT + 3):
        report(desk, cast, phone=PHONE)
    assert len(bodies(desk)) == PHONE_DAY_MAX_COUNT
    clock.forward(days=1, minutes=1)
    report(desk, cast, phone=PHONE)
    assert len(bodies(desk)) == PHONE_DAY_MAX_COUNT + 1


def test_who_wants_no_more_messages_gets_none_until_they_are_wanted_again(
    desk: Desk, cast: Cast
) -> None:
    case, reporter = report(desk, cast, phone=PHONE), Actor()
    reporter = Actor(track=case.track)
    for wanted, count in ((False, 1), (True, 2)):
        with desk.acting(reporter) as act:
            assert choose_messages(act, MessageFacts(sms=wanted)) is wanted
        deed = Deed.DISPATCH if wanted else Deed.ACCEPT
        do(desk, cast.actor("wang"), deed, case.no)
        assert len(bodies(desk)) == count


def test_to_choose_does_not_refuse_whoever_is_at_work(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast, phone=PHONE)
    with desk.acting(Actor(track=case.track)) as act:
        choose_messages(act, MessageFacts(sms=False))
        row = act.session.exec(select(Case)).one()
        assert (row.version, row.is_quiet) == (1, True)
