"""The register is narrowed to a grid in reach, at a cost that does not grow with the town."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from gridapp.domain.errors import NotAllowedError
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.find import find_areas, list_areas_below
from gridapp.services.desk import Act, Desk
from gridapp.services.register.lists import (
    RegisterFilter,
    list_buildings,
    list_premises,
    list_register,
)
from gridapp.services.register.scope import ScopeView, see_scope
from gridapp.services.register.views import RegisterPage
from tests.cast import Cast
from tests.services.register.records import household, shop

pytestmark = pytest.mark.both_databases

GRID2, COMMUNITY1, COMMUNITY2 = "310107022001002", "310107022001", "310107022002"
READERS = [list_buildings, list_register, list_premises]
Reader = Callable[[Act, RegisterFilter], RegisterPage]


@contextmanager
def queries(desk: Desk) -> Iterator[list[tuple[str, Any]]]:
    """Gather what is asked of the database, with its parameters."""
    asked: list[tuple[str, Any]] = []

    def note(*seen: Any) -> None:
        asked.append((seen[2], seen[3]))

    event.listen(desk.engine, "before_cursor_execute", note)
    yield asked
    event.remove(desk.engine, "before_cursor_execute", note)


def scope(desk: Desk, cast: Cast, who: str, grid: str) -> ScopeView:
    with desk.looking(cast.actor(who)) as act:
        return see_scope(act, grid)


def typed(desk: Desk, cast: Cast, who: str, words: str) -> list[str]:
    with desk.looking(cast.actor(who)) as act:
        return [one.name for one in find_areas(act, words, Deed.SEE_REGISTER)]


def below(desk: Desk, cast: Cast, who: str, grid: str = "") -> list[str]:
    with desk.looking(cast.actor(who)) as act:
        return [one.name for one in list_areas_below(act, grid, Deed.SEE_REGISTER)]


@pytest.mark.parametrize(
    ("who", "grid", "name"),
    [
        ("admin", "310107022", "真如镇街道"),
        ("chen", COMMUNITY1, "南大街社区"),
        ("qian", GRID2, "南大街第二网格"),
        ("li", "", ""),
    ],
)
def test_a_grid_in_reach_is_named(desk: Desk, cast: Cast, who: str, grid: str, name: str) -> None:
    assert scope(desk, cast, who, grid) == ScopeView(grid, name)


@pytest.mark.parametrize("grid", [GRID2, COMMUNITY1, "nowhere", "%", "' OR 1=1", "９", "x" * 32])
def test_out_of_reach_or_unknown_is_told_alike(desk: Desk, cast: Cast, grid: str) -> None:
    assert scope(desk, cast, "li", grid) == ScopeView(is_there=False)


@pytest.mark.parametrize("ask", [scope, typed, below])
def test_who_sees_no_register_is_told_of_no_grid(
    desk: Desk, cast: Cast, ask: Callable[..., object]
) -> None:
    with pytest.raises(NotAllowedError):
        ask(desk, cast, "wang", GRID2)


def test_the_picker_finds_what_lies_in_reach(desk: Desk, cast: Cast) -> None:
    assert typed(desk, cast, "chen", "第二") == ["南大街第二网格"]
    assert typed(desk, cast, "chen", "北大街") == typed(desk, cast, "li", "第二") == []


@pytest.mark.parametrize(
    ("who", "grid", "names"),
    [
        ("admin", "", ["曹杨新村街道", "真如镇街道"]),
        ("admin", "310107022", ["普陀区", "南大街社区", "北大街社区"]),
        ("chen", "", ["南大街第一网格", "南大街第二网格"]),
        ("chen", GRID2, ["南大街社区", "南大街第一网格", "南大街第二网格"]),
        ("chen", COMMUNITY2, ["南大街第一网格", "南大街第二网格"]),
        ("chen", "'%_", ["南大街第一网格", "南大街第二网格"]),
        ("li", "310107022001001", ["南大街第一网格"]),
        ("li", "", ["南大街第一网格"]),
    ],
)
def test_the_picker_leads_down_and_sideways_within_reach(
    desk: Desk, cast: Cast, who: str, grid: str, names: list[str]
) -> None:
    assert below(desk, cast, who, grid) == names


@pytest.mark.parametrize("reader", READERS)
def test_counts_and_pages_are_those_of_the_grid(desk: Desk, cast: Cast, reader: Reader) -> None:
    for who, code, door in (("li", "1", "101"), ("qian", "2", "101"), ("qian", "2", "102")):
        there = {"building": getattr(cast, f"code{code}")}
        household(desk, cast, who, door=door, **there)
        shop(desk, cast, who, name=f"{door}小吃店", **there)
    with desk.looking(cast.actor("chen")) as act:
        whole = reader(act, RegisterFilter())
        first = reader(act, RegisterFilter(grid=GRID2, limit=1))
        rest = reader(act, RegisterFilter(grid=GRID2, limit=1, after=first.next)).total
    rows: list[Any] = [*first.buildings, *first.households, *first.premises]
    assert [row.grid for row in rows] == ["南大街第二网格"]
    assert first.total == rest == whole.total - 1


@pytest.mark.parametrize("reader", READERS)
def test_a_narrowed_page_costs_three_queries(desk: Desk, cast: Cast, reader: Reader) -> None:
    with queries(desk) as asked, desk.looking(cast.actor("chen")) as act:
        reader(act, RegisterFilter(grid=GRID2))
    assert sum(query.startswith("SELECT") for query, _ in asked) == 3


# The other database looks at a handful of rows in whatever way it likes.
@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("who", "grid"), [("admin", COMMUNITY1), ("li", "")])
@pytest.mark.parametrize("reader", READERS)
def test_it_goes_from_the_grids_to_the_records_and_never_through_all_of_them(
    desk: Desk, cast: Cast, reader: Reader, who: str, grid: str
) -> None:
    with queries(desk) as asked, desk.looking(cast.actor(who)) as act:
        reader(act, RegisterFilter(grid=grid))
        lists = [query for query in asked if "JOIN" in query[0]]
        plans = [
            row[-1]
            for query, parameters in lists
            for row in act.session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {query}", parameters
            )
        ]
    assert len(lists) == 2
    scanned = {plan.split()[1] for plan in plans if plan.startswith("SCAN")}
    assert scanned <= {"grid"}
