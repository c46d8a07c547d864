"""The register is found by place, door and, where one may know it, by name; page by page."""

import pytest

from gridapp.domain.errors import FactsError, NotAllowedError, NotThereError
from gridapp.services.desk import Desk
from gridapp.services.register.lists import (
    RegisterFilter,
    list_buildings,
    list_premises,
    list_register,
)
from tests.cast import Cast
from tests.services.register.records import household, shop

pytestmark = pytest.mark.both_databases


@pytest.fixture
def homes(desk: Desk, cast: Cast) -> dict[str, str]:
    """Three households in building 1 and one in building 2."""
    return {
        "张": household(desk, cast),
        "王": household(desk, cast, unit="10", door="101", name="王二妹", tenure="rented"),
        "空": household(desk, cast, unit="1", door="1001", name="", tenure="vacant"),
        "欧": household(desk, cast, "qian", building=cast.code2, door="101", name="欧阳修文"),
    }


def found(desk: Desk, cast: Cast, who: str, **asked: str) -> list[str]:
    with desk.looking(cast.actor(who)) as act:
        return [line.id for line in list_register(act, RegisterFilter(**asked)).households]  # type: ignore[arg-type]  # a test's words are texts


def test_each_sees_the_own_grids_in_the_order_of_doors(
    desk: Desk, cast: Cast, homes: dict[str, str]
) -> None:
    assert found(desk, cast, "li") == [homes["空"], homes["张"], homes["王"]]
    assert found(desk, cast, "qian") == [homes["欧"]]
    assert (
        found(desk, cast, "chen")
        == found(desk, cast, "admin")
        == [*found(desk, cast, "li"), homes["欧"]]
    )


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("兰溪", "空张王"),
        ("1号楼 302", "张"),
        ("2-302", "张"),
        ("302室", "张"),
        ("10单元101", "王"),
        ("张秀兰", "张"),
        ("张", "张"),
        ("秀兰", ""),
        ("王", "王"),
        ("%", ""),
        ("' OR 1=1", ""),
        ("欧阳", ""),
    ],
)
def test_a_worker_finds_by_place_door_and_name(
    desk: Desk, cast: Cast, homes: dict[str, str], typed: str, names: str
) -> None:
    assert found(desk, cast, "li", q=typed) == [homes[name] for name in names]


@pytest.mark.parametrize("typed", ["张秀兰", "张", "欧阳", "欧阳修文"])
def test_who_may_not_reveal_finds_nobody_by_name(
    desk: Desk, cast: Cast, homes: dict[str, str], typed: str
) -> None:
    assert found(desk, cast, "admin", q=typed) == []
    assert found(desk, cast, "admin", q="2单元302") == [homes["张"]]


def test_filters_narrow(desk: Desk, cast: Cast, homes: dict[str, str]) -> None:
    assert found(desk, cast, "li", tenure="rented") == [homes["王"]]
    assert found(desk, cast, "chen", grid="310107022001002") == [homes["欧"]]
    with pytest.raises(NotThereError):
        found(desk, cast, "li", grid="310107022001002")


def test_pages_follow_each_other_without_a_gap(
    desk: Desk, cast: Cast, homes: dict[str, str]
) -> None:
    seen, key = [], ""
    with desk.looking(cast.actor("chen")) as act:
        for _ in range(4):
            page = list_register(act, RegisterFilter(after=key, limit=1))
            seen += [line.id for line in page.households]
            key = page.next
            assert page.total == 4
    assert (seen, key) == (found(desk, cast, "chen"), "")
    assert set(seen) == set(homes.values())


@pytest.mark.parametrize("key", ["x", "_", "1_", "x_a_2", "9" * 30 + "_a_1"])
@pytest.mark.parametrize("reader", [list_register, list_premises, list_buildings])
def test_a_made_up_key_is_refused(desk: Desk, cast: Cast, reader: object, key: str) -> None:
    asked = RegisterFilter(after=key)
    with desk.looking(cast.actor("li")) as act, pytest.raises(FactsError, match="翻页"):
        reader(act, asked)  # type: ignore[operator]  # one of the three lists


def test_buildings_tell_how_many_are_on_record(
    desk: Desk, cast: Cast, homes: dict[str, str]
) -> None:
    shop(desk, cast)
    with desk.looking(cast.actor("li")) as act:
        [line] = list_buildings(act, RegisterFilter(q="兰溪")).buildings
    assert (line.on_record_count, line.household_count, line.premises_count) == (3, 24, 1)
    assert (line.at, bool(homes)) == (cast.code1, True)


def test_shops_are_found_by_name_trade_and_kind(desk: Desk, cast: Cast) -> None:
    made = shop(desk, cast, trade="小餐饮")
    shop(desk, cast, name="真如幼儿园", kind="place")
    for asked in (RegisterFilter(q="小吃"), RegisterFilter(q="餐饮"), RegisterFilter(kind="shop")):
        with desk.looking(cast.actor("li")) as act:
            assert [line.id for line in list_premises(act, asked).premises] == [made]


@pytest.mark.parametrize("who", ["wang", "zhao", "leader", "gu", "audit", "sec", "dept"])
def test_the_register_is_for_the_grids_people_and_the_administrator(
    desk: Desk, cast: Cast, who: str
) -> None:
    with desk.looking(cast.actor(who)) as act, pytest.raises(NotAllowedError):
        list_register(act, RegisterFilter())
