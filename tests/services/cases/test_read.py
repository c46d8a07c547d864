"""What leaves the house about a case: masked, permitted, and only what the reader may press."""

import pytest
from sqlmodel import col, select

from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.cases.read import see_case, track_case
from gridapp.services.cases.views import CaseView, TrackView
from gridapp.services.desk import Actor, Desk
from gridapp.tables import Post
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import TOLD, a_case, do, report
from tests.services.cases.test_access import EVERYBODY


def seen(desk: Desk, cast: Cast, who: str, no: str) -> CaseView:
    with desk.looking(cast.actor(who)) as act:
        return see_case(act, no)


def tracked(desk: Desk, track: str) -> TrackView:
    with desk.looking(Actor(track=track)) as act:
        return track_case(act)


def test_the_reporter_is_masked_to_staff(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast, phone="13812345678", name="张秀兰")
    view = seen(desk, cast, "wang", case.no)
    assert (view.reporter, view.reporter_phone_masked) == ("张**", "138****5678")
    assert "13812345678" not in repr(view)
    assert "秀兰" not in repr(view)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("who", ["li", "dept", "wang", "zhao", "leader"])
@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_button_that_is_shown_works(desk: Desk, cast: Cast, who: str, status: Status) -> None:
    case = a_case(desk, cast, status)
    try:
        buttons = [Deed(button.deed) for button in seen(desk, cast, who, case.no).buttons]
    except NotThereError:
        return
    for deed in buttons:
        fresh = a_case(desk, cast, status)
        told = TOLD.get(deed, {"into": case.no})
        if deed is Deed.MERGE and status is Status.MERGED:
            continue
        assert do(desk, cast.actor(who), deed, fresh.no, **told).is_new


@pytest.mark.parametrize("who", [name for name in EVERYBODY if name != "zhang"])
def test_whoever_sees_a_new_case_sees_the_same_buttons_as_the_matrix(
    desk: Desk, cast: Cast, who: str
) -> None:
    case = report(desk, cast)
    drawn = {
        "li": ["随手清"],
        "chen": ["随手清"],
        "wang": [
            "受理",
            "不予受理",
            "催办",
            "督办",
            "并案",
            "对外公开",
            "补充说明",
            "屏蔽上报",
        ],
        "leader": ["催办", "督办"],
        "zhao": [],
    }
    if who not in drawn:
        with pytest.raises(NotThereError):
            seen(desk, cast, who, case.no)
        return
    assert [button.label for button in seen(desk, cast, who, case.no).buttons] == drawn[who]


def test_the_history_tells_who_did_what_with_which_words(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.CLOSED)
    steps = seen(desk, cast, "wang", case.no).steps
    told = [(step.actor, step.label, step.facts_words) for step in steps]
    assert told == [
        ("居民", "上报", ""),
        ("王芳", "受理", ""),
        ("王芳", "派遣", "派给市政所"),
        ("周海涛", "接单", ""),
        ("周海涛", "处置", "结果：已解决"),
        ("赵敏", "核查通过", ""),
        ("王芳", "结案", ""),
    ]


def test_the_reporter_reads_offices_and_public_words_but_no_name(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.TAKEN)
    do(desk, cast.actor("wang"), Deed.ADD_WORDS, case.no, words="内部提醒", is_public=False)
    do(desk, cast.actor("dept"), Deed.HANDLE, case.no, **TOLD[Deed.HANDLE])
    view = tracked(desk, case.track)
    assert view.reply == "已修好路灯"
    assert [step.actor for step in view.steps] == [
        "您", "街道城运中心", "街道城运中心", "市政所", "市政所",
    ]  # fmt: skip
    assert not any(word in repr(view) for word in ("王芳", "周海涛", "内部提醒"))


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("who", "unit", "office"),
    [
        ("li", None, "网格员"),
        ("chen", None, "网格长"),
        ("wang", None, "街道城运中心"),
        ("dept", "szs", "市政所"),
        ("zhang", None, "您"),
    ],
)
def test_public_words_carry_the_office_that_wrote_them(
    desk: Desk, cast: Cast, who: str, unit: str | None, office: str
) -> None:
    case = a_case(desk, cast, Status.ACCEPTED)
    do(desk, cast.actor("wang"), Deed.DISPATCH, case.no, unit=unit)
    actor = Actor(track=case.track) if who == "zhang" else cast.actor(who)
    do(desk, actor, Deed.ADD_WORDS, case.no, words="中午已到现场")
    last = tracked(desk, case.track).steps[-1]
    assert (last.words, last.actor) == ("中午已到现场", office)


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_the_office_is_that_of_the_day_of_the_step(desk: Desk, cast: Cast, clock: Clock) -> None:
    case = a_case(desk, cast, Status.ACCEPTED)
    do(desk, cast.actor("wang"), Deed.DISPATCH, case.no)
    do(desk, cast.actor("li"), Deed.ADD_WORDS, case.no, words="已到现场")
    with desk.acting(cast.actor("admin")) as act:
        for post in act.session.exec(select(Post).where(col(Post.person_id) == cast.li)):
            post.to_on = beijing_date(act.now)
    clock.forward(days=2)
    assert tracked(desk, case.track).steps[-1].actor == "网格员"


@pytest.mark.parametrize("track", ["", "x", "%", "_" * 22])
def test_a_wrong_token_is_not_there(desk: Desk, cast: Cast, track: str) -> None:
    report(desk, cast)
    with pytest.raises(NotThereError):
        tracked(desk, track)


def test_what_the_reporter_may_do_follows_the_status(desk: Desk, cast: Cast) -> None:
    new, closed = report(desk, cast), a_case(desk, cast, Status.CLOSED)
    first, last = tracked(desk, new.track), tracked(desk, closed.track)
    assert (first.may_rate, first.may_reopen, first.may_add_words) == (False, False, True)
    assert (last.may_rate, last.may_reopen, last.may_add_words) == (True, True, False)


def test_the_five_steps_follow_the_status(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.TAKEN)
    states = [step.state for step in seen(desk, cast, "wang", case.no).five_steps]
    assert states == ["done", "done", "now", "ahead", "ahead"]
