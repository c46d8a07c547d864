"""A street's own duties and promises: kept with care, refused in words, printed from their day."""

from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from gridapp.domain.errors import (
    ConflictError,
    FactsError,
    GridappError,
    NotAllowedError,
    SignInNeededError,
)
from gridapp.domain.printed_words import DEFAULT_LINES, Wording
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.prints.wording import WordingView, list_wordings, own_lines
from gridapp.services.rules.history import list_changes
from gridapp.tables import AuditRow, RuleChange
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import do

TOMORROW = "2026-06-11"
BOARD = Wording.BOARD_PROMISES


def write(desk: Desk, cast: Cast, words: str, of: str = BOARD, **more: Any) -> Any:
    return do(desk, cast.actor("admin"), Deed.CHANGE_WORDING, of, words=words, **more).reply


def said(desk: Desk, cast: Cast, of: Wording = BOARD) -> WordingView:
    with desk.looking(cast.actor("admin")) as act:
        return next(view for view in list_wordings(act) if view.wording is of)


def test_until_it_is_changed_the_program_speaks(desk: Desk, cast: Cast) -> None:
    with desk.looking(cast.actor("admin")) as act:
        views = list_wordings(act)
    assert [view.wording for view in views] == list(Wording)
    assert {(view.is_own, view.version, view.ahead_count) for view in views} == {(False, 0, 0)}
    assert all(view.lines == DEFAULT_LINES[view.wording] for view in views)


def test_words_hold_from_their_day_and_stand_in_the_history(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    write(desk, cast, "事事有着落\n件件有回音", from_on=TOMORROW)
    assert (said(desk, cast).is_own, said(desk, cast).ahead_count) == (False, 1)
    clock.forward(hours=11, minutes=59)
    assert not said(desk, cast).is_own
    clock.forward(minutes=1)
    view = said(desk, cast)
    assert (view.lines, view.is_own, view.ahead_count) == (("事事有着落", "件件有回音"), True, 0)
    with desk.looking(cast.actor("admin")) as act:
        (change,) = list_changes(act, RuleKind.WORDING, BOARD)
    assert change.what == ("内容：系统默认 → 事事有着落；件件有回音",)


def test_a_change_ahead_is_cancelled(desk: Desk, cast: Cast, clock: Clock) -> None:
    change = write(desk, cast, "事事有着落", from_on=TOMORROW)["change"]
    do(desk, cast.actor("admin"), Deed.CANCEL_CHANGE, str(change))
    clock.forward(days=2)
    assert (said(desk, cast).is_own, said(desk, cast).ahead_count) == (False, 0)


@pytest.mark.parametrize("words", ["", "\n".join(DEFAULT_LINES[BOARD])])
def test_the_programs_words_come_back(desk: Desk, cast: Cast, words: str) -> None:
    write(desk, cast, "事事有着落")
    write(desk, cast, words)
    assert (said(desk, cast).is_own, said(desk, cast).lines) == (False, DEFAULT_LINES[BOARD])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("字" * 19, "太长"), ("一\n二\n三\n四\n五", "最多4条"), ("字" * 2001, "有误"),
        ("，，，，", "标点"), ("\ue000", "U\\+E000"),
        ("回家🏠\U00030000", "没有「🏠」（U\\+1F3E0）、「\U00030000」（U\\+30000），"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_refused_and_named(
    desk: Desk, cast: Cast, words: str, why: str
) -> None:
    with pytest.raises(FactsError, match=why):
        write(desk, cast, words)
    assert not said(desk, cast).is_own


@pytest.mark.parametrize("words", ["𠮷䶮鿼𬭸", "<b>#panic</b>", "*粗* $x^2$", "为您{编号}服务"])
def test_rare_characters_and_markup_are_kept_as_they_are(
    desk: Desk, cast: Cast, words: str
) -> None:
    write(desk, cast, f"\u202e{words}\x07\u200b")
    assert said(desk, cast).lines == (words,)


@pytest.mark.parametrize("on", ["2026-06-09", "2029-01-01", "x"])
def test_a_day_that_cannot_be_is_refused(desk: Desk, cast: Cast, on: str) -> None:
    with pytest.raises(FactsError):
        write(desk, cast, "事事有着落", from_on=on)


@pytest.mark.parametrize("of", ["", "poster", "worker_duties' OR 1=1", "x" * 200])
def test_there_are_no_other_words(desk: Desk, cast: Cast, of: str) -> None:
    with pytest.raises(FactsError, match="没有这一项"):
        write(desk, cast, "事事有着落", of)


@pytest.mark.parametrize("who", ["chen", "wang", "leader", "sec", "audit", "li"])
def test_nobody_else_keeps_or_lists_them(desk: Desk, cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowedError):
        do(desk, cast.actor(who), Deed.CHANGE_WORDING, BOARD, words="好")
    with desk.looking(cast.actor(who)) as act, pytest.raises(NotAllowedError):
        list_wordings(act)


def test_a_resident_is_asked_to_sign_in(desk: Desk, cast: Cast) -> None:
    with pytest.raises(SignInNeededError):
        do(desk, cast.actor("zhang"), Deed.CHANGE_WORDING, BOARD, words="好")


def test_a_double_tap_changes_once_and_is_on_record(desk: Desk, cast: Cast) -> None:
    uid = uuid4()
    replies = [write(desk, cast, "事事有着落", uid=uid) for _ in range(2)]
    assert replies[0] == replies[1]
    with desk.looking(SYSTEM) as act:
        (row,) = act.session.exec(
            select(AuditRow).where(AuditRow.subject == f"wording:{BOARD}")
        ).all()
    assert row.facts["after"] == {"words": "事事有着落"}


def test_whoever_looked_at_older_words_is_refused(desk: Desk, cast: Cast) -> None:
    write(desk, cast, "事事有着落", version=0)
    with pytest.raises(ConflictError):
        write(desk, cast, "件件有回音", version=0)


def test_of_two_at_once_one_is_refused(own_desk: Desk, cast: Cast) -> None:
    start, refused = Barrier(2), []

    def change(words: str) -> None:
        start.wait()
        try:
            write(own_desk, cast, words, version=0)
        except GridappError as error:
            refused.append(error.code)

    threads = [Thread(target=change, args=(words,)) for words in ("事事有着落", "件件有回音")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["deed.conflict"]
    assert said(own_desk, cast).version == 1


def test_kept_words_with_a_fault_leave_the_word_to_the_program(desk: Desk, cast: Cast) -> None:
    write(desk, cast, "事事有着落")
    with desk.acting(SYSTEM) as act:
        row = act.session.exec(select(RuleChange).order_by(RuleChange.id.desc())).first()  # type: ignore[union-attr]  # a column
        assert row is not None
        row.facts = {"words": "字" * 500}
    with desk.looking(SYSTEM) as act:
        act.kept.clear()
        assert own_lines(act, BOARD) == ()
