"""A boundary never lands on the wrong grid: what is unclear or unlikely is asked."""

from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import GridLevel
from gridapp.services.boundaries.planned import Plan
from gridapp.services.desk import Desk
from gridapp.tables import Grid
from tests.cast import Cast
from tests.services.boundaries.drawn import (
    COMMUNITY1,
    GRID1,
    GRID2,
    GRID3,
    WEST_OF_1,
    WEST_OF_2,
    draw,
    feature,
    geojson,
    kml,
    load,
    plan,
    square,
    stands,
    two_grids,
)

COMMUNITY2 = "310107022002"
WEST_OF_3 = 121.3975
NORTH, SOUTH_TOWN = "北大街社区", "南大街社区"


@pytest.fixture
def first_everywhere(desk: Desk, cast: Cast) -> None:
    """Call the first grid of both communities 第一网格, as most streets do."""
    with desk.acting(cast.actor("admin")) as act:
        for grid in act.session.exec(select(Grid).where(col(Grid.code).in_([GRID1, GRID3]))):
            grid.name = "第一网格"


def landed(found: Plan) -> dict[int, str]:
    return {row.number: row.target.code for row in found.rows if row.target}


def questions(desk: Desk, cast: Cast, body: bytes, **facts: Any) -> str:
    return "".join(plan(desk, cast, body, **facts).questions)


def of_clerk() -> bytes:
    """The file of finding A4: communities by name, grids by name and community."""
    return geojson(
        feature(square(WEST_OF_1, side=0.002), 名称=SOUTH_TOWN, 层级="社区"),
        feature(square(WEST_OF_1), 名称="第一网格", 所属社区=SOUTH_TOWN),
        feature(square(WEST_OF_3), 名称="第一网格", 所属社区=NORTH),
    )


@pytest.mark.usefixtures("first_everywhere")
def test_the_name_of_the_grid_above_finds_the_child_and_is_never_the_name(
    desk: Desk, cast: Cast
) -> None:
    found = plan(desk, cast, of_clerk())
    assert landed(found) == {1: COMMUNITY1, 2: GRID1, 3: GRID3}
    assert [(row.label, row.above) for row in found.rows[1:]] == [
        ("第一网格", f"所属社区：{SOUTH_TOWN}"),
        ("第一网格", f"所属社区：{NORTH}"),
    ]


@pytest.mark.parametrize("heading", ["所属社区", "社区", "上级编码"])
def test_unknown_names_under_a_known_community_are_left_to_the_person(
    desk: Desk, cast: Cast, heading: str
) -> None:
    above = COMMUNITY1 if heading == "上级编码" else SOUTH_TOWN
    body = geojson(
        feature(square(), 名称="甲", **{heading: above}),
        feature(square(WEST_OF_2), 名称="乙", **{heading: above}),
    )
    found = plan(desk, cast, body)
    assert (landed(found), [row.label for row in found.rows]) == ({}, ["甲", "乙"])


@pytest.mark.usefixtures("first_everywhere")
def test_a_grid_of_another_community_is_not_taken_for_one_here(desk: Desk, cast: Cast) -> None:
    body = geojson(feature(square(), 名称="第一网格", 所属社区=NORTH))
    found = plan(desk, cast, body, top=COMMUNITY1)
    assert (landed(found), found.rows[0].problem) == ({}, f"{NORTH}里没有找到第一网格")


def test_a_short_name_is_found_within_its_community(desk: Desk, cast: Cast) -> None:
    body = geojson(
        feature(square(), 名称="第一网格", 所属社区=SOUTH_TOWN),
        feature(square(WEST_OF_3), 名称="第一网格", 所属社区=NORTH),
    )
    assert landed(plan(desk, cast, body)) == {1: GRID1, 2: GRID3}


def test_the_folder_s_name_is_used_where_the_shape_has_none(desk: Desk, cast: Cast) -> None:
    body = kml(square(), "边界").replace(
        b"<Document>", "<Document><Folder><name>南大街第二网格</name>".encode()
    )
    body = body.replace(b"</Document>", b"</Folder></Document>")
    assert landed(plan(desk, cast, body)) == {1: GRID2}


def test_the_person_chooses_the_column(desk: Desk, cast: Cast) -> None:
    body = geojson(feature(square(), 名称="南大街第一网格", 新名称="南大街第二网格"))
    assert landed(plan(desk, cast, body)) == {1: GRID1}
    chosen = plan(desk, cast, body, column="新名称")
    assert landed(chosen) == {1: GRID2}
    assert [one.key for one in chosen.columns] == ["名称", "新名称"]


def test_a_column_of_lower_grids_never_narrows_the_chosen_one(desk: Desk, cast: Cast) -> None:
    with desk.acting(cast.actor("admin")) as act:
        above = act.session.get_one(Grid, cast.grid1)
        micro = Grid(code=f"{GRID1}-W01", name="微1", level=GridLevel.MICRO, parent_id=above.id)
        micro.path = f"{above.path}998/"
        act.session.add(micro)
    body = geojson(
        feature(square(), 名称="南大街第一网格", 所属社区=SOUTH_TOWN),
        feature(square(WEST_OF_2), 名称="南大街第一网格", 所属社区=SOUTH_TOWN),
    )
    found = plan(desk, cast, body, column="所属社区")
    assert [one.target.code for one in found.pieces] == [COMMUNITY1]


def test_a_code_and_a_name_that_contradict_are_left_to_the_person(desk: Desk, cast: Cast) -> None:
    body = geojson(feature(square(), code=GRID1, name="南大街第二网格"))
    [row] = plan(desk, cast, body).rows
    assert (row.target, "编码是南大街第一网格，名称却是南大街第二网格" in row.problem) == (
        None,
        True,
    )


def test_all_grids_below_the_chosen_one_are_offered(desk: Desk, cast: Cast) -> None:
    found = plan(desk, cast, two_grids(), top=COMMUNITY1)
    assert {one.code for one in found.grids} == {COMMUNITY1, GRID1, GRID2}


def test_pieces_of_one_grid_are_asked_about_and_joined(desk: Desk, cast: Cast) -> None:
    body = geojson(
        feature(square(side=0.0006), code=GRID1),
        feature(square(WEST_OF_1 + 0.0006, side=0.0006), code=GRID1),
    )
    assert "有2块（第1、2个图形）" in questions(desk, cast, body)
    with pytest.raises(FactsError):
        load(desk, cast, body)
    assert load(desk, cast, body, join=True).reply["count"] == 1
    shape = stands(desk, cast)[GRID1].shape
    assert (shape.geom_type, round(shape.area, 9)) == ("Polygon", round(2 * 0.0006**2, 9))


def test_two_states_of_one_boundary_are_told_apart_from_pieces(desk: Desk, cast: Cast) -> None:
    body = geojson(feature(square(), code=GRID1), feature(square(side=0.0009), code=GRID1))
    assert "新旧两份" in questions(desk, cast, body)
    assert landed(plan(desk, cast, body, by_hand={1: ""})) == {2: GRID1}


def test_shapes_that_changed_places_are_asked_about_by_their_buildings(
    desk: Desk, cast: Cast
) -> None:
    body = geojson(feature(square(), code=GRID2), feature(square(WEST_OF_2), code=GRID1))
    said = questions(desk, cast, body)
    assert "「南大街第二网格」自己的1栋楼没有一栋在里面，却有南大街第一网格的1栋" in said
    with pytest.raises(FactsError):
        load(desk, cast, body)
    assert load(desk, cast, body, placed=True).reply["count"] == 2


def test_shapes_that_changed_places_are_asked_about_by_what_stood(desk: Desk, cast: Cast) -> None:
    far = [square(121.41), square(121.411)]
    draw(desk, cast, far[0], GRID1)
    draw(desk, cast, far[1], GRID2)
    with desk.acting(cast.actor("admin")) as act:
        from gridapp.tables import Building  # noqa: PLC0415

        for building in act.session.exec(select(Building)):
            building.lng_wgs84 = None
    body = geojson(feature(far[1], code=GRID1), feature(far[0], code=GRID2))
    assert "落在南大街第二网格原来的范围里" in questions(desk, cast, body)
    same = geojson(feature(far[0], code=GRID1), feature(far[1], code=GRID2))
    assert questions(desk, cast, same) == ""


def test_a_place_without_any_of_its_buildings_is_asked_about(desk: Desk, cast: Cast) -> None:
    body = geojson(feature(square(121.42), code=GRID1))
    assert "没有一栋在里面" in questions(desk, cast, body)
    assert questions(desk, cast, body, placed=True) == ""


def test_tenfold_of_what_stood_is_asked_about(desk: Desk, cast: Cast) -> None:
    draw(desk, cast, square(), GRID1)
    body = geojson(feature(square(side=0.004), code=GRID1))
    assert "面积比原来大了16倍" in questions(desk, cast, body)


def test_tenfold_of_the_grids_beside_it_is_asked_about(desk: Desk, cast: Cast) -> None:
    with desk.acting(cast.actor("admin")) as act:
        beside = act.session.get_one(Grid, cast.grid1)
        path = f"{beside.path.removesuffix(f'{cast.grid1}/')}999/"
        facts: dict[str, Any] = {"level": beside.level, "parent_id": beside.parent_id, "path": path}
        act.session.add(Grid(id=999, code="310107022001003", name="南大街第三网格", **facts))
    body = geojson(
        feature(square(), code=GRID1),
        feature(square(WEST_OF_2), code=GRID2),
        feature(square(WEST_OF_1, 31.2385, 0.008), code="310107022001003"),
    )
    assert "「南大街第三网格」面积比同级的网格大了64倍" in questions(desk, cast, body)


def test_outside_the_grid_above_is_asked_about(desk: Desk, cast: Cast) -> None:
    draw(desk, cast, square(121.43, side=0.01), COMMUNITY1)
    assert "大半在南大街社区的边界外面" in questions(
        desk, cast, geojson(feature(square(), code=GRID1))
    )


def test_a_datum_that_cannot_be_checked_is_told(desk: Desk, cast: Cast) -> None:
    notes = plan(desk, cast, two_grids()).notes
    assert any("坐标系没有核对" in said and "只有2栋" in said for said in notes)


def test_lines_are_told_first_and_taken_for_areas_on_request(desk: Desk, cast: Cast) -> None:
    line = {"type": "Feature", "properties": {"code": GRID1}}
    body = geojson({**line, "geometry": {"type": "LineString", "coordinates": square()}})
    assert "1个图形是线，不是面" in plan(desk, cast, body).questions[0]
    assert load(desk, cast, body, lines=True).reply["count"] == 1
    assert stands(desk, cast)[GRID1].area_m2 == pytest.approx(10_570, rel=0.01)
