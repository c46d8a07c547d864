"""One grid's boundary is drawn, mended, split, removed; gaps and overlaps are found."""

from threading import Barrier, Thread
from typing import Any

import pytest

from gridapp.domain.bounding import BoundarySource
from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.map import Outlines, see_map
from gridapp.services.boundaries.check import Checked, FaultKind, check_boundaries
from gridapp.services.boundaries.lists import list_areas, list_batches, see_area
from gridapp.services.boundaries.pictures import picture_of_check, picture_of_map
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.makers import do
from tests.services.boundaries.drawn import (
    COMMUNITY1,
    GRID1,
    GRID2,
    GRID3,
    SOUTH,
    STREET,
    WEST_OF_1,
    WEST_OF_2,
    draw,
    load,
    square,
    stands,
    two_grids,
)

MIDDLE = SOUTH + 0.0005


def checked(desk: Desk, cast: Cast, top: str = COMMUNITY1) -> Checked:
    with desk.looking(cast.actor("leader")) as act:
        return check_boundaries(act, top)


def split(desk: Desk, cast: Cast, **facts: Any) -> None:
    told = {
        "line": [[121.39, MIDDLE], [121.40, MIDDLE]], "to": GRID2, "at": [121.396, MIDDLE + 1e-4],
    } | facts  # fmt: skip
    do(desk, cast.actor("admin"), Deed.SPLIT_BOUNDARY, GRID1, **told)


def test_drawn_and_mended_it_counts_its_versions(desk: Desk, cast: Cast) -> None:
    assert draw(desk, cast, square()).reply["version"] == 1
    assert draw(desk, cast, square(side=0.0008), version=1).reply["version"] == 2
    assert stands(desk, cast)[GRID1].source is BoundarySource.DRAWN
    with pytest.raises(ConflictError):
        draw(desk, cast, square(), version=1)


def test_one_that_crosses_itself_is_refused_as_drawn(desk: Desk, cast: Cast) -> None:
    a, b, c, d, _ = square()
    with pytest.raises(FactsError, match="与自己相交"):
        draw(desk, cast, [a, c, b, d, a])


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]},
        {"type": "Polygon", "coordinates": [[[500, 2], [3, 4], [5, 6]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"], [3, 4], [5, 6]]]},
        {"type": "MultiPolygon", "coordinates": [[[[1, 2]] * 4_001]]},
    ],
)
def test_what_is_no_polygon_on_earth_is_refused(desk: Desk, cast: Cast, geometry: Any) -> None:
    with pytest.raises(FactsError):
        do(desk, cast.actor("admin"), Deed.DRAW_BOUNDARY, GRID1, geometry=geometry)


def test_clipped_it_leaves_the_neighbours_their_ground(desk: Desk, cast: Cast) -> None:
    draw(desk, cast, square(WEST_OF_2), GRID2)
    draw(desk, cast, square(side=0.0015), GRID1, clip=True)
    found = stands(desk, cast)
    assert found[GRID1].shape.intersection(found[GRID2].shape).area == pytest.approx(0, abs=1e-12)
    with pytest.raises(FactsError, match="什么也不剩"):
        draw(desk, cast, square(WEST_OF_2, side=0.0004), GRID1, clip=True)


def test_split_along_a_line_the_half_that_was_pointed_at_goes_over(desk: Desk, cast: Cast) -> None:
    draw(desk, cast, square())
    split(desk, cast)
    found = stands(desk, cast)
    assert found[GRID1].shape.bounds[3] == pytest.approx(MIDDLE)
    assert found[GRID2].shape.bounds[1] == pytest.approx(MIDDLE)


@pytest.mark.parametrize(
    "facts",
    [
        {"line": [[121.39, 31.0], [121.40, 31.0]]},
        {"line": [[WEST_OF_1 + 1e-4, MIDDLE], [WEST_OF_1 + 2e-4, MIDDLE]]},
        {"at": [121.5, 31.5]},
        {"to": GRID1},
        {"to": GRID3},
    ],
)
def test_a_split_that_makes_no_sense_changes_nothing(
    desk: Desk, cast: Cast, facts: dict[str, Any]
) -> None:
    draw(desk, cast, square())
    with pytest.raises(FactsError):
        split(desk, cast, **facts)
    assert list(stands(desk, cast)) == [GRID1]


def test_removed_it_is_gone_and_the_next_drawing_counts_on(desk: Desk, cast: Cast) -> None:
    draw(desk, cast, square())
    do(desk, cast.actor("admin"), Deed.REMOVE_BOUNDARY, GRID1, version=1)
    assert stands(desk, cast) == {}
    assert draw(desk, cast, square()).reply["version"] == 1
    assert stands(desk, cast)[GRID1].version == 3


@pytest.mark.parametrize("who", ["li", "chen", "wang", "leader", "sec", "audit", "sun"])
@pytest.mark.parametrize("deed", [Deed.DRAW_BOUNDARY, Deed.SKETCH_BOUNDARIES, Deed.REMOVE_BOUNDARY])
def test_nobody_but_the_administrator_changes_a_boundary(
    desk: Desk, cast: Cast, who: str, deed: Deed
) -> None:
    facts: dict[str, Any] = {}
    if deed is Deed.DRAW_BOUNDARY:
        facts = {"geometry": {"type": "Polygon", "coordinates": [square()]}}
    with pytest.raises((NotAllowedError, NotThereError)):
        do(desk, cast.actor(who), deed, GRID1, **facts)


@pytest.mark.parametrize("town", ["sqlite", "postgresql"], indirect=True)
def test_of_two_who_mend_one_version_at_once_one_is_told(own_desk: Desk, cast: Cast) -> None:
    draw(own_desk, cast, square())
    both, said = Barrier(2), []

    def mend(side: float) -> None:
        both.wait()
        try:
            said.append(draw(own_desk, cast, square(side=side), version=1).reply["version"])
        except ConflictError:
            said.append("told")

    threads = [Thread(target=mend, args=(side,)) for side in (0.0007, 0.0008)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, said)) == ["2", "told"]


def test_overlaps_gaps_and_what_sticks_out_are_found_with_their_size(
    desk: Desk, cast: Cast
) -> None:
    draw(desk, cast, square(side=0.002), COMMUNITY1)
    draw(desk, cast, square(WEST_OF_1 - 0.0002), GRID1)
    draw(desk, cast, square(WEST_OF_2 - 0.0005), GRID2)
    found = checked(desk, cast)
    kinds = {fault.kind: fault for fault in found.faults}
    assert set(kinds) == set(FaultKind)
    assert kinds[FaultKind.OVERLAP].area_m2 == pytest.approx(3_171, rel=0.01)
    assert kinds[FaultKind.OVERLAP].names == ("南大街第一网格", "南大街第二网格")
    assert kinds[FaultKind.OUTSIDE].area_m2 == pytest.approx(2_114, rel=0.01)
    with desk.looking(cast.actor("leader")) as act:
        assert picture_of_check(act, COMMUNITY1).count("<circle") == found.count == 3


def test_without_a_boundary_above_only_holes_are_gaps(desk: Desk, cast: Cast) -> None:
    ring = square(side=0.003)
    hole = square(WEST_OF_1 + 0.001, SOUTH + 0.001)
    geometry = {"type": "Polygon", "coordinates": [ring, hole]}
    do(desk, cast.actor("admin"), Deed.DRAW_BOUNDARY, GRID1, geometry=geometry)
    assert [fault.kind for fault in checked(desk, cast).faults] == [FaultKind.GAP]


def test_neighbours_that_share_their_border_are_faultless(desk: Desk, cast: Cast) -> None:
    load(desk, cast, two_grids())
    assert checked(desk, cast).count == 0


def test_another_street_is_not_there(desk: Desk, cast: Cast) -> None:
    with desk.looking(cast.actor("sun")) as act:
        for look in (check_boundaries, picture_of_map, see_area):
            with pytest.raises(NotThereError):
                look(act, GRID1)


def test_the_list_counts_what_is_there_and_finds_by_name_below(desk: Desk, cast: Cast) -> None:
    draw(desk, cast, square())
    with desk.looking(cast.actor("admin")) as act:
        here = list_areas(act, COMMUNITY1)
        assert (here.total, here.with_count, here.items[0].area_words) == (2, 1, "1.1公顷")
        assert [one.code for one in list_areas(act, STREET, "第一网格").items] == [GRID1, GRID3]
        assert list_areas(act, STREET, "%").items == ()
        assert list_batches(act, STREET) == ()


def test_the_map_has_the_frame_and_those_right_below(desk: Desk, cast: Cast) -> None:
    draw(desk, cast, square(side=0.002), COMMUNITY1)
    load(desk, cast, two_grids(), edition=1)
    with desk.looking(cast.actor("leader")) as act:
        shown = see_map(act, COMMUNITY1, Outlines.BELOW).features
        plain = see_map(act, COMMUNITY1).features
    told = [(one["properties"]["grid"], one["properties"]["top"]) for one in shown[:3]]
    assert told == [(COMMUNITY1, True), (GRID1, False), (GRID2, False)]
    assert {one["properties"]["kind"] for one in plain} == {"building"}


def test_a_picture_speaks_the_grids_names_and_never_their_markup(desk: Desk, cast: Cast) -> None:
    load(desk, cast, two_grids())
    with desk.acting(cast.actor("admin")) as act:
        from gridapp.tables import Grid  # noqa: PLC0415

        act.session.get_one(Grid, cast.grid1).name = "<script>第一网格"
        drawn = picture_of_map(act, COMMUNITY1)
    assert "&lt;script&gt;" in drawn
    assert "<script" not in drawn
    assert "style=" not in drawn
