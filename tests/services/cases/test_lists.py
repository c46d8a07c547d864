"""Lists in reach: paged by key, searched in Chinese, never more queries than a few."""

from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases import lists
from gridapp.services.cases.lists import CaseFilter, count_cases, list_cases
from gridapp.services.cases.views import CasePage
from gridapp.services.desk import Desk
from gridapp.tables import Case
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import a_case, do, report

pytestmark = pytest.mark.both_databases


def listed(desk: Desk, cast: Cast, who: str = "wang", **asked: Any) -> CasePage:
    with desk.looking(cast.actor(who)) as act:
        return list_cases(act, CaseFilter(**asked))


@pytest.mark.parametrize("sort", ["newest", "due"])
def test_pages_show_every_case_once(desk: Desk, cast: Cast, sort: str) -> None:
    made = {report(desk, cast).no for _ in range(7)}
    seen: list[str] = []
    after = ""
    for _ in range(3):
        page = listed(desk, cast, sort=sort, limit=3, after=after)
        seen += [card.no for card in page.items]
        after = page.next
    assert (sorted(seen), after, page.total) == (sorted(made), "", 7)


@pytest.mark.parametrize(
    "asked",
    [{}, {"sort": "due"}, {"q": "路灯"}, {"grid": "310107022001"}, {"statuses": ("accepted",)}],
)
def test_a_page_among_many_is_the_page_among_few(
    desk: Desk, cast: Cast, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        a_case(desk, cast, Status.ACCEPTED if number % 2 else Status.REPORTED)
        report(desk, cast, at=cast.code3, text="楼道漏水", category="fire_lane")
    first = listed(desk, cast, limit=2, **asked)
    second = listed(desk, cast, limit=2, after=first.next, **asked)
    monkeypatch.setattr(lists, "TOTAL_MAX_COUNT", 1)
    assert listed(desk, cast, limit=2, **asked).items == first.items
    assert listed(desk, cast, limit=2, after=first.next, **asked).items == second.items


def test_a_case_that_arrives_meanwhile_does_not_shift_the_pages(desk: Desk, cast: Cast) -> None:
    made = [report(desk, cast).no for _ in range(4)]
    first = listed(desk, cast, limit=2)
    report(desk, cast)
    second = listed(desk, cast, limit=2, after=first.next)
    assert [card.no for card in [*first.items, *second.items]] == made[::-1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [("路灯", 1), ("灯不亮", 1), ("地下室", 1), ("不亮室", 0), ("𠮷", 1), ("𠮷家", 1), ("", 3),
     ("号楼", 3), ("' OR 1=1 --", 0), ('"', 0), ("*", 0), ("1", 3), ("ABC12", 1)],
)  # fmt: skip
def test_chinese_is_found_by_two_characters(desk: Desk, cast: Cast, asked: str, found: int) -> None:
    for text in ("门口路灯不亮", "地下室进水", "𠮷家门口有 abc12 的车"):
        report(desk, cast, text=text)
    assert len(listed(desk, cast, q=asked).items) == found


@pytest.mark.parametrize(("asked", "found"), [("b", 1), ("B", 1), ("b座", 0), ("3", 1), ("x", 1)])
def test_one_letter_finds_the_places_and_foreign_numbers_that_begin_with_it(
    desk: Desk, cast: Cast, asked: str, found: int
) -> None:
    made = [report(desk, cast, text="漏水") for _ in range(2)]
    with desk.acting(cast.actor("wang")) as act:
        rows = act.session.exec(select(Case).order_by(col(Case.id))).all()
        rows[0].place, rows[1].place, rows[1].source_ref = "B座大厅", "3号楼", "X-7"
    assert len(made) == len(rows)
    assert len(listed(desk, cast, q=asked).items) == found


@pytest.mark.parametrize(("asked", "found"), [("灯", 1), ("水", 2), ("井", 0)])
def test_one_chinese_sign_finds_the_texts_that_hold_it(
    desk: Desk, cast: Cast, asked: str, found: int
) -> None:
    for text in ("门口路灯不亮", "地下室进水", "水"):
        report(desk, cast, text=text)
    assert len(listed(desk, cast, q=asked).items) == found


@pytest.mark.parametrize("asked", ["👍", "%", "_", "。", "\u200b", "\u3164", "!?"])
def test_what_cannot_be_searched_for_finds_nothing_and_says_so(
    desk: Desk, cast: Cast, asked: str
) -> None:
    report(desk, cast, text="地下室进水👍%_。")
    page = listed(desk, cast, q=asked)
    assert (page.items, page.total, page.q_is_unsearchable) == ((), 0, True)
    assert not listed(desk, cast, q=" ").q_is_unsearchable


def test_a_hotline_case_is_found_by_the_hotlines_own_number(desk: Desk, cast: Cast) -> None:
    made = [report(desk, cast, text="漏水") for _ in range(2)]
    with desk.acting(cast.actor("wang")) as act:
        rows = act.session.exec(select(Case).order_by(col(Case.id))).all()
        rows[1].source_ref = "HL-2026-8070"
    found = listed(desk, cast, q=" HL-2026-8070 ").items
    assert [card.no for card in found] == [made[1].no]


def test_a_case_is_found_by_its_number(desk: Desk, cast: Cast) -> None:
    case = [report(desk, cast) for _ in range(3)][1]
    assert [card.no for card in listed(desk, cast, q=f" {case.no} ").items] == [case.no]


def test_due_filters_follow_the_clock(desk: Desk, cast: Cast, clock: Clock) -> None:
    late = report(desk, cast, category="fire_lane")
    clock.forward(hours=3)
    soon = report(desk, cast, category="fire_lane")
    report(desk, cast)
    assert [card.no for card in listed(desk, cast, due="late").items] == [late.no]
    assert [card.no for card in listed(desk, cast, due="soon").items] == [soon.no]


def test_tasks_are_those_addressed_to_the_reader(desk: Desk, cast: Cast) -> None:
    to_unit = a_case(desk, cast, Status.DISPATCHED)
    to_grid = a_case(desk, cast, Status.ACCEPTED)
    do(desk, cast.actor("wang"), Deed.DISPATCH, to_grid.no)
    asked = {"mine": True, "statuses": ("dispatched", "taken")}
    assert [card.no for card in listed(desk, cast, "li", **asked).items] == [to_grid.no]
    assert [card.no for card in listed(desk, cast, "dept", **asked).items] == [to_unit.no]


def test_a_grid_means_its_whole_tree(desk: Desk, cast: Cast) -> None:
    for code in (cast.code1, cast.code2, cast.code3):
        report(desk, cast, at=code)
    with desk.looking(cast.actor("wang")) as act:
        assert count_cases(act, CaseFilter(grid="310107022001")) == 2
        assert count_cases(act, CaseFilter(grid="310107022002001")) == 1
        assert count_cases(act, CaseFilter(grid="%")) == 0


@pytest.mark.parametrize("who", ["sun", "gu", "admin", "sec", "audit", "zhang"])
def test_strangers_are_shown_nothing(desk: Desk, cast: Cast, who: str) -> None:
    report(desk, cast)
    assert listed(desk, cast, who) == CasePage((), "", 0, total_is_capped=False)


@pytest.mark.parametrize(
    "asked", [{"statuses": ("flying",)}, {"due": "never"}, {"after": "x"},
              {"sort": "due", "after": "x~1"}, {"after": "9" * 40}],
)  # fmt: skip
def test_a_wrong_filter_is_told(desk: Desk, cast: Cast, asked: dict[str, Any]) -> None:
    report(desk, cast)
    with pytest.raises(FactsError):
        listed(desk, cast, **asked)


def test_a_page_costs_four_queries_however_long(desk: Desk, cast: Cast) -> None:
    for _ in range(12):
        report(desk, cast)
    listed(desk, cast)  # the work calendar is read once and kept; its stamp is asked for each time
    asked: list[str] = []
    event.listen(desk.engine, "before_cursor_execute", lambda *seen: asked.append(seen[2]))
    listed(desk, cast)
    assert sum(query.startswith("SELECT") for query in asked) == 4
