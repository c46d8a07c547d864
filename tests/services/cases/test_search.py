"""What finds a case beside the words of its report: names, ends of numbers and phones, answers."""

from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.lists import CaseFilter, list_cases
from gridapp.services.cases.read import see_case
from gridapp.services.cases.search import may_find_phones
from gridapp.services.cases.views import CasePage
from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import AuditRow, Case
from tests.cast import Cast
from tests.makers import a_case, do, report

pytestmark = pytest.mark.both_databases

PHONE = "13812345678"


def found(desk: Desk, cast: Cast, q: str, who: str = "wang") -> list[str]:
    actor = cast.actor(who)
    asked = CaseFilter(q=q, phones=may_find_phones(actor, q))
    with desk.acting(actor) as act:
        page: CasePage = list_cases(act, asked)
    return [card.no for card in page.items]


def put(desk: Desk, **values: Any) -> None:
    """Write values into the last case's row."""
    with desk.acting(RESIDENT) as act:
        row = act.session.exec(select(Case).order_by(col(Case.id).desc()).limit(1)).one()
        for name, value in values.items():
            setattr(row, name, value)


def looked_up(desk: Desk) -> list[tuple[str, int]]:
    with desk.looking(RESIDENT) as act:
        rows = act.session.exec(select(AuditRow).where(AuditRow.deed == "case.find_phone"))
        return [(row.subject, row.facts["count"]) for row in rows]


@pytest.mark.parametrize("signs", [4, 5, 6, 8, 11])
def test_the_end_of_a_number_finds_the_case(desk: Desk, cast: Cast, signs: int) -> None:
    report(desk, cast)
    no = report(desk, cast).no
    assert found(desk, cast, no[-signs:]) == [no]
    wrong = no[-signs:-5] or no[-signs:]
    assert found(desk, cast, f"9{wrong[1:]}{no[-5:]}" if signs > 5 else "9999") == []


@pytest.mark.parametrize("asked", ["5678", "12345678", PHONE, "138 1234 5678", "5678 "])
def test_a_phones_end_finds_the_case_for_who_may_reveal_it_and_is_written_down(
    desk: Desk, cast: Cast, asked: str
) -> None:
    report(desk, cast)
    no = report(desk, cast, phone=PHONE).no
    assert found(desk, cast, asked) == [no]
    assert looked_up(desk) == [("phone:78", 1)]


def test_a_phone_is_no_key_for_who_may_not_reveal_it(desk: Desk, cast: Cast) -> None:
    report(desk, cast, phone=PHONE)
    assert found(desk, cast, "5678", "leader") == []
    assert looked_up(desk) == []


def test_without_saying_so_nobody_looks_phones_up(desk: Desk, cast: Cast) -> None:
    report(desk, cast, phone=PHONE)
    with desk.looking(cast.actor("wang")) as act:
        assert list_cases(act, CaseFilter(q="5678")).items == ()


def test_the_hotlines_own_number_is_found_by_its_end_and_shown(desk: Desk, cast: Cast) -> None:
    no = report(desk, cast).no
    put(desk, source_ref="ZZ20261128004217")
    report(desk, cast)
    assert found(desk, cast, "4217") == found(desk, cast, "28004217") == [no]
    with desk.looking(cast.actor("wang")) as act:
        assert see_case(act, no).source_ref == "ZZ20261128004217"


def test_a_reporter_is_found_by_the_whole_name_where_it_may_be_revealed(
    desk: Desk, cast: Cast
) -> None:
    no = report(desk, cast, name="欧阳小满", phone=PHONE).no
    assert found(desk, cast, "欧阳小满") == [no]
    assert found(desk, cast, "欧阳") == []
    assert found(desk, cast, "欧阳小满", "leader") == []


@pytest.mark.parametrize("asked", ["周海涛", "海涛", "市政所"])
def test_a_handlers_name_finds_what_lies_with_them(desk: Desk, cast: Cast, asked: str) -> None:
    report(desk, cast)
    no = a_case(desk, cast, Status.TAKEN).no
    assert found(desk, cast, asked) == [no]


def test_what_was_answered_finds_the_case(desk: Desk, cast: Cast) -> None:
    report(desk, cast)
    case = a_case(desk, cast, Status.REPORTED)
    do(desk, cast.actor("wang"), Deed.DECLINE, case.no, words="属于自来水公司管网改造范围")
    assert found(desk, cast, "管网改造") == [case.no]


def test_nobody_finds_by_words_what_is_out_of_reach(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.REPORTED)
    do(desk, cast.actor("wang"), Deed.DECLINE, case.no, words="属于自来水公司管网改造范围")
    assert found(desk, cast, "管网改造", "sun") == []
