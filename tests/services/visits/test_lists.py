"""Lists of the own grids' households: the most urgent first, found by what is shown of them."""

import pytest
from sqlalchemy import event

from gridapp.domain.errors import FactsError, NotAllowedError
from gridapp.services.desk import Desk
from gridapp.services.me.visits import due_visits
from gridapp.services.visits.lists import HouseholdFilter, list_households
from gridapp.services.visits.views import HouseholdPage
from tests.cast import Cast
from tests.services.visits.homes import DOOR, NAME, PHONE, a_household, day, see, visit

pytestmark = pytest.mark.both_databases


def listed(desk: Desk, cast: Cast, by: str = "li", **asked: object) -> HouseholdPage:
    with desk.looking(cast.actor(by)) as act:
        return list_households(act, HouseholdFilter(**asked))  # type: ignore[arg-type]  # as asked


@pytest.fixture
def five(desk: Desk, cast: Cast) -> list[str]:
    """Five households of grid 1 with these days, and one of grid 2."""
    days = (day(3), day(-2), day(20), day(3), day(8))
    made = [
        a_household(desk, cast, name=f"王{n}", next_on=on)
        for n, on in zip("一二三四五", days, strict=True)
    ]
    a_household(desk, cast, by="qian", at=cast.code2)
    return made


def test_the_most_urgent_comes_first(desk: Desk, cast: Cast, five: list[str]) -> None:
    page = listed(desk, cast)
    assert [card.id for card in page.items] == [five[n] for n in (1, 0, 3, 4, 2)]
    assert (page.total, page.next) == (5, "")


def test_what_is_due_within_a_week_stands_alone(desk: Desk, cast: Cast, five: list[str]) -> None:
    assert [card.id for card in listed(desk, cast, due=True).items] == [five[n] for n in (1, 0, 3)]


def test_pages_follow_each_other_without_gap(desk: Desk, cast: Cast, five: list[str]) -> None:
    seen, key = [], ""
    for _ in range(3):
        page = listed(desk, cast, limit=2, after=key)
        seen += [card.id for card in page.items]
        key = page.next
    assert (sorted(seen), key) == (sorted(five), "")


def test_who_is_visited_for_a_reason_comes_last(desk: Desk, cast: Cast, five: list[str]) -> None:
    household = a_household(desk, cast, kind="ill")
    visit(desk, cast, household)
    first, *_, last = [card.id for card in listed(desk, cast).items]
    assert (first, last) == (five[1], household)


@pytest.mark.parametrize(
    ("q", "count"),
    [("1号楼", 1), ("兰溪路", 1), ("困难", 1), ("张", 1), (NAME, 1), ("1号楼 张", 1),
     ("秀兰", 0), ("秀", 0), ("301", 0), (PHONE, 0), (DOOR, 0), ("%", 0)],
)  # fmt: skip
def test_a_search_finds_what_is_shown_and_the_whole_name(
    desk: Desk, cast: Cast, q: str, count: int
) -> None:
    a_household(desk, cast)
    assert listed(desk, cast, q=q).total == count


def test_a_made_up_key_is_refused(desk: Desk, cast: Cast) -> None:
    for key in ("x", "2026-06-10_x", "_1"):
        with pytest.raises(FactsError):
            listed(desk, cast, after=key)


@pytest.mark.parametrize("who", ["wang", "admin", "audit", "leader"])
def test_no_office_lists_households(desk: Desk, cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowedError):
        listed(desk, cast, by=who)


def test_what_goes_along_is_due_within_two_weeks_and_masked(
    desk: Desk, cast: Cast, five: list[str]
) -> None:
    with desk.looking(cast.actor("li")) as act:
        along = due_visits(act)
    assert [one.id for one in along] == [five[n] for n in (1, 0, 3, 4)]
    assert {one.name_masked for one in along} == {"王*"}
    assert not [secret for secret in (PHONE, DOOR) if secret in repr(along)]
    with desk.looking(cast.actor("wang")) as act:
        assert due_visits(act) == ()


def test_a_list_costs_two_queries_and_a_household_four(
    desk: Desk, cast: Cast, five: list[str]
) -> None:
    for household in five[:2]:
        visit(desk, cast, household)
    asked: list[str] = []
    event.listen(desk.engine, "before_cursor_execute", lambda *seen: asked.append(seen[2]))
    listed(desk, cast)
    assert sum(query.startswith("SELECT") for query in asked) == 2
    see(desk, cast, five[0])
    assert sum(query.startswith("SELECT") for query in asked) == 2 + 4
