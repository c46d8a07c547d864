"""What the auditor can look for is found: every deed that is offered leaves a row."""

from typing import Any, Final

import pytest

from gridapp.domain.auditing import AUDITED
from gridapp.domain.vocabulary import Deed
from gridapp.services import deeds
from gridapp.services.areas.lines import copy_lines, list_lines
from gridapp.services.audit import write_audit
from gridapp.services.auditing.search import AuditFilter, AuditView, search_audit
from gridapp.services.auditing.words import deed_choices
from gridapp.services.desk import Desk
from gridapp.services.orders import Facts
from gridapp.services.register.reveal import reveal_record
from gridapp.services.verbs import VERBS, Verb
from tests.cast import Cast
from tests.makers import do
from tests.services.patrols.patrolling import add_point
from tests.services.register.records import household, shop
from tests.services.visits.homes import a_household

GRID1: Final = "310107022001001"
# Done by a function of their own, each of which writes its row in every case.
_BY_THEMSELVES: Final = {
    Deed.REVEAL, Deed.REVEAL_HOUSEHOLD, Deed.REVEAL_RECORD, Deed.RESET_PASSWORD,
    Deed.CONFIRM_RESET,
}  # fmt: skip


class _Anything(Facts):
    """No facts."""


def rows(desk: Desk, cast: Cast, deed: str) -> tuple[AuditView, ...]:
    with desk.looking(cast.actor("audit")) as act:
        return search_audit(act, AuditFilter(deed=deed)).items


def test_what_is_offered_is_what_is_written_down() -> None:
    offered = {code for code, _ in deed_choices() if code in set(Deed)}
    assert offered == set(AUDITED) == {deed for deed in VERBS if deed in AUDITED} | _BY_THEMSELVES


@pytest.mark.parametrize("deed", [deed for deed in AUDITED if deed in VERBS])
def test_a_deed_that_says_nothing_of_itself_is_written_down(
    desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch, deed: Deed
) -> None:
    silent: Any = {**VERBS, deed: Verb(_Anything, lambda *_: {"receipt": ""})}
    monkeypatch.setattr(deeds, "VERBS", silent)
    do(desk, cast.actor("admin"), deed, "7")
    assert [row.who for row in rows(desk, cast, deed)] == ["何静"]


def test_what_was_done_to_a_shop_or_a_door_is_named_without_its_people(
    desk: Desk, cast: Cast
) -> None:
    shop(desk, cast), household(desk, cast), a_household(desk, cast), add_point(desk, cast)
    named = {deed: [row.subject for row in rows(desk, cast, deed)] for deed in AUDITED}
    assert {deed: told for deed, told in named.items() if told} == {
        Deed.ENTER_PREMISES: ["商铺企业场所 兰溪小吃店（1号楼）"],
        Deed.ENTER_HOUSEHOLD: ["户室 1号楼 2单元302室"],
        Deed.ADD_HOUSEHOLD: ["联系户 1号楼 张**"],
        Deed.ADD_POINT: ["巡查点 配电房（南大街第一网格）"],
    }


def test_a_contact_and_a_question_of_a_grid_are_found_with_its_name(desk: Desk, cast: Cast) -> None:
    admin = cast.actor("admin")
    with desk.acting(admin) as act:
        copy_lines(act)
        line = list_lines(act)[0].id
    do(desk, admin, Deed.SET_LINE_CONTACT, GRID1, line=line, name="周警官")
    told: dict[str, Any] = {"year": 2026, "kind": "first_question", "title": "停车难"}
    do(desk, admin, Deed.SET_FOCUS, GRID1, **told)
    for deed in (Deed.SET_LINE_CONTACT, Deed.SET_FOCUS):
        assert [row.subject for row in rows(desk, cast, deed)] == ["网格 南大街第一网格"]


@pytest.mark.parametrize("words", ["小吃店", "配电", "第一网格"])
def test_a_row_is_found_by_the_name_of_what_it_was_done_to(
    desk: Desk, cast: Cast, words: str
) -> None:
    shop(desk, cast), add_point(desk, cast), household(desk, cast)
    do(desk, cast.actor("admin"), Deed.SET_FOCUS, GRID1, year=2026, kind="theme", title="会客厅")
    with desk.looking(cast.actor("audit")) as act:
        (found,) = search_audit(act, AuditFilter(words=words)).items
    assert words in found.subject


def test_whose_data_was_opened_is_told_by_door(desk: Desk, cast: Cast) -> None:
    made = household(desk, cast)
    with desk.acting(cast.actor("li")) as act:
        reveal_record(act, made, "上门核对人数")
    (row,) = rows(desk, cast, Deed.REVEAL_RECORD)
    assert (row.subject, row.reason) == ("户室 1号楼 2单元302室", "上门核对人数")


def test_a_row_whose_subject_is_gone_is_read_without_an_id(desk: Desk, cast: Cast) -> None:
    with desk.acting(cast.actor("admin")) as act:
        write_audit(act, Deed.STRIKE_PREMISES, "record:no-such")
    assert [row.subject for row in rows(desk, cast, Deed.STRIKE_PREMISES)] == ["登记"]
