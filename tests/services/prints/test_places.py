"""Where to print is found by name, address or code, and within reach."""

import pytest
from sqlmodel import col, delete

from gridapp.domain.errors import NotAllowedError
from gridapp.services.areas.find import FOUND_MOST
from gridapp.services.desk import Desk
from gridapp.services.people.actor import SYSTEM
from gridapp.services.prints.choose import Wish, count_without_code
from gridapp.services.prints.places import find_places
from gridapp.services.prints.views import Sheet
from gridapp.tables import BuildingCode
from tests.cast import Cast


def names(
    desk: Desk, cast: Cast, typed: str, who: str = "wang", *, buildings: bool = True
) -> list[str]:
    with desk.looking(cast.actor(who)) as act:
        return [place.name for place in find_places(act, typed, with_buildings=buildings)]


def test_a_grid_and_a_building_are_found_by_their_words(desk: Desk, cast: Cast) -> None:
    assert names(desk, cast, "北大街 第一") == ["北大街第一网格", "3号楼"]
    assert names(desk, cast, "兰溪路102弄") == ["2号楼"]
    assert names(desk, cast, cast.code1.lower()) == ["1号楼"]


def test_boards_are_for_grids_only(desk: Desk, cast: Cast) -> None:
    assert names(desk, cast, "北大街 第一", buildings=False) == ["北大街第一网格"]


def test_nothing_typed_gives_the_top_of_the_reach(desk: Desk, cast: Cast) -> None:
    assert names(desk, cast, "")[:2] == ["真如镇街道", "南大街社区"]
    assert names(desk, cast, "", "chen") == ["南大街社区", "南大街第一网格", "南大街第二网格"]


@pytest.mark.parametrize("typed", ["北大街", "3号楼", "曹杨"])
def test_out_of_reach_is_not_found(desk: Desk, cast: Cast, typed: str) -> None:
    assert names(desk, cast, typed, "chen") == []


@pytest.mark.parametrize("typed", ["%", "_", "'; drop", "x" * 500, "\x00", "号 " * 40])
def test_whatever_is_typed_is_only_words(desk: Desk, cast: Cast, typed: str) -> None:
    assert len(names(desk, cast, typed.replace("\x00", ""))) <= 2 * FOUND_MOST


def test_a_worker_looks_for_nothing_to_print(desk: Desk, cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        names(desk, cast, "", "li")


def test_buildings_without_a_code_are_counted(public_desk: Desk, cast: Cast) -> None:
    with public_desk.acting(SYSTEM) as act:
        act.session.execute(delete(BuildingCode).where(col(BuildingCode.code) == cast.code1))
    with public_desk.looking(cast.actor("wang")) as act:
        counts = [count_without_code(act, Wish(sheet)) for sheet in (Sheet.POSTER, Sheet.BOARD)]
    assert counts == [1, 0]
