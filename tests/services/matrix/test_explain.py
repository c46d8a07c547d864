"""Why somebody may or may not do a deed: the answer is what the deed itself would say."""

import pytest

from gridapp.domain.errors import FactsError, GridappError, NotAllowedError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.desk import Desk
from gridapp.services.matrix.explain import AnswerView, explain
from tests.cast import Cast
from tests.makers import DOER, TOLD, a_case, do


def ask(desk: Desk, cast: Cast, who: str, deed: Deed, subject: str = "") -> AnswerView:
    with desk.looking(cast.actor("admin")) as act:
        return explain(act, who, deed, subject)


def said(answer: AnswerView) -> str:
    return "；".join(reason.words for reason in answer.reasons)


@pytest.mark.parametrize("who", ["li", "qian", "wang", "zhao", "dept", "leader", "sun", "gu"])
@pytest.mark.parametrize("deed", [Deed.TAKE, Deed.URGE, Deed.VERIFY, Deed.REVEAL, Deed.SETTLE])
def test_the_answer_is_what_would_happen(desk: Desk, cast: Cast, who: str, deed: Deed) -> None:
    case = a_case(desk, cast, Status.DISPATCHED)
    answer = ask(desk, cast, who, deed, case.no)
    if deed is Deed.REVEAL:
        assert answer.may == (who in {"wang", "zhao", "dept"})
        return
    try:
        do(desk, cast.actor(who), deed, case.no, **TOLD[deed])
    except GridappError:
        assert not answer.may
    else:
        assert answer.may


def test_out_of_reach_and_wrong_status_are_told_apart(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.DISPATCHED)
    assert "没有找到" in said(ask(desk, cast, "sun", Deed.URGE, case.no))
    assert "不能“受理”" in said(ask(desk, cast, "wang", Deed.ACCEPT, case.no))


@pytest.mark.parametrize(
    ("who", "grid", "may"),
    [("li", "310107022001001", True), ("li", "310107022001002", False),
     ("chen", "310107022001002", True), ("wang", "310107005001001", False)],
)  # fmt: skip
def test_a_grid_is_in_reach_or_not(
    desk: Desk, cast: Cast, who: str, grid: str, *, may: bool
) -> None:
    assert ask(desk, cast, who, Deed.SEE_NOTE, grid).may == may


def test_who_is_disabled_may_nothing(desk: Desk, cast: Cast) -> None:
    do(desk, cast.actor("admin"), Deed.DISABLE_PERSON, str(cast.li), words="调离")
    answer = ask(desk, cast, "李建国", Deed.SETTLE)
    assert (answer.may, said(answer)) == (False, "账号已停用")


@pytest.mark.parametrize(("who", "subject"), [("nobody", ""), ("li", "no-such"), ("", "")])
def test_what_is_unknown_is_named(desk: Desk, cast: Cast, who: str, subject: str) -> None:
    with pytest.raises(FactsError):
        ask(desk, cast, who, Deed.TAKE, subject)


@pytest.mark.parametrize("name", ["wang", "li", "leader", "audit"])
def test_only_administrators_ask(desk: Desk, cast: Cast, name: str) -> None:
    with desk.looking(cast.actor(name)) as act, pytest.raises(NotAllowedError):
        explain(act, "li", Deed.TAKE)


def test_the_doers_of_the_other_tests_may_too(desk: Desk, cast: Cast) -> None:
    assert all(ask(desk, cast, who, deed).may for deed, who in DOER.items() if who != "zhang")
