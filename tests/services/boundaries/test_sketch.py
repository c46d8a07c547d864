"""A schematic map fills the street without a gap, the same each time, and yields to real ones."""

import pytest
import shapely

from gridapp.domain.bounding import BoundarySource
from gridapp.domain.errors import ConflictError
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.within import spot_within
from gridapp.services.boundaries.check import check_boundaries
from gridapp.services.boundaries.locate import locate
from gridapp.services.boundaries.partition import Leaf, sketch
from gridapp.services.boundaries.treemap import Tile, squarify
from gridapp.services.desk import Desk
from tests.cast import Cast
from tests.makers import do
from tests.services.boundaries.drawn import (
    COMMUNITY1,
    GRID1,
    GRID2,
    STREET,
    WEST_OF_2,
    draw,
    retire,
    square,
    stands,
)

INSIDE_1 = (121.396, 31.248)


def sketched(desk: Desk, cast: Cast, top: str = STREET) -> int:
    return int(do(desk, cast.actor("admin"), Deed.SKETCH_BOUNDARIES, top).reply["count"])


def found(desk: Desk, cast: Cast, lng: float, lat: float) -> str:
    with desk.looking(cast.actor("li")) as act:
        here = locate(act, lng, lat)
        return here.code if here else ""


def test_every_building_lies_in_its_own_grid(desk: Desk, cast: Cast) -> None:
    sketched(desk, cast)
    assert found(desk, cast, *INSIDE_1) == GRID1
    assert found(desk, cast, 121.397, 31.248) == GRID2


def test_it_has_no_gap_and_no_overlap_at_any_level(desk: Desk, cast: Cast) -> None:
    sketched(desk, cast)
    with desk.looking(cast.actor("leader")) as act:
        assert [check_boundaries(act, top).count for top in (STREET, COMMUNITY1)] == [0, 0]


def test_the_same_tree_gives_the_same_map() -> None:
    tree = [Leaf(1, "/1/", None), *(Leaf(n, f"/1/{n}/", 1, n) for n in range(2, 9))]
    homes = [(2 + n % 7, 121.39 + n * 1e-4, 31.2 + n % 5 * 2e-4) for n in range(60)]
    once, again = (sketch(tree, homes, (121.4, 31.2)) for _ in range(2))
    assert [one.shape.wkb for one in once] == [one.shape.wkb for one in again]


def test_a_street_without_any_position_gets_a_figure_that_tells_no_place() -> None:
    tree = [Leaf(1, "/1/", None, 600), *(Leaf(n, f"/1/{n}/", 1, 100) for n in range(2, 8))]
    drawn = sketch(tree, [], (121.4, 31.2))
    assert {one.source for one in drawn} == {BoundarySource.FIGURE}
    whole, *parts = [one.shape for one in drawn]
    assert shapely.union_all(parts).symmetric_difference(whole).area < whole.area * 1e-6


def test_buildings_on_one_spot_share_it() -> None:
    tree = [Leaf(1, "/1/", None), Leaf(2, "/1/2/", 1), Leaf(3, "/1/3/", 1)]
    drawn = sketch(tree, [(2, 121.4, 31.2), (3, 121.4, 31.2)], (121.4, 31.2))
    assert len(drawn) == 3
    assert all(one.shape.area > 0 for one in drawn)


@pytest.mark.parametrize("weights", [[1], [1, 1, 1], [6, 6, 4, 3, 2, 2, 1], [100, 1, 1]])
def test_tiles_fill_the_frame_each_by_its_weight(weights: list[float]) -> None:
    tiles = squarify(weights, Tile(0, 0, 6, 4))
    areas = [tile.width * tile.height for tile in tiles]
    assert areas == pytest.approx([24 * weight / sum(weights) for weight in weights])


def test_a_real_boundary_stays_and_its_ground_is_its_own(desk: Desk, cast: Cast) -> None:
    draw(desk, cast, square(), GRID1)
    sketched(desk, cast)
    both = stands(desk, cast)
    assert both[GRID1].source is BoundarySource.DRAWN
    assert both[GRID2].shape.intersection(both[GRID1].shape).area < 1e-12


def test_a_sketch_can_be_made_anew_but_not_where_all_is_real(desk: Desk, cast: Cast) -> None:
    assert sketched(desk, cast, GRID1) == 1
    assert sketched(desk, cast, GRID1) == 1
    draw(desk, cast, square(), GRID1)
    with pytest.raises(ConflictError, match="不需要示意图"):
        sketched(desk, cast, GRID1)


def test_a_position_finds_the_lowest_grid_and_follows_every_change(desk: Desk, cast: Cast) -> None:
    assert found(desk, cast, *INSIDE_1) == ""
    draw(desk, cast, square(side=0.003), COMMUNITY1)
    assert found(desk, cast, *INSIDE_1) == COMMUNITY1
    draw(desk, cast, square(), GRID1)
    assert found(desk, cast, *INSIDE_1) == GRID1
    assert found(desk, cast, 100.0, 20.0) == ""
    retire(desk, cast, GRID1)
    assert found(desk, cast, *INSIDE_1) == COMMUNITY1


def test_a_note_with_a_position_lands_in_the_own_grid_there(desk: Desk, cast: Cast) -> None:
    draw(desk, cast, square(), GRID1)
    draw(desk, cast, square(WEST_OF_2), GRID2)
    with desk.looking(cast.actor("chen")) as act:
        spots = [spot_within(act, "", "", Deed.WRITE_NOTE, at) for at in (None, (121.397, 31.248))]
    assert [spot.grid.code for spot in spots] == [COMMUNITY1, GRID2]
    with desk.looking(cast.actor("li")) as act:
        spot = spot_within(act, "", "", Deed.WRITE_NOTE, (121.397, 31.248))
    assert spot.grid.code == GRID1  # grid 2 is not li's
