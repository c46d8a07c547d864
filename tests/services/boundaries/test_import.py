"""Boundaries come in all or none, after a dry run that asks what a person must know."""

from typing import Any

import pytest
from sqlmodel import col, select

from gridapp.domain.bounding import BoundarySource
from gridapp.domain.coordinates import Wgs84, bd09_of_wgs84, gcj02_of_wgs84
from gridapp.domain.errors import ConflictError, FactsError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.boundaries.intake import keep_file, read_hand, write_hand
from gridapp.services.boundaries.matching import How
from gridapp.services.desk import Desk
from gridapp.tables import AuditRow, Boundary
from tests.cast import Cast
from tests.makers import do
from tests.services.boundaries.drawn import (
    COMMUNITY1,
    GRID1,
    GRID2,
    STREET,
    WEST_OF_2,
    Ring,
    build,
    draw,
    feature,
    geojson,
    load,
    plan,
    sent,
    square,
    stands,
    two_grids,
)

CROSSING = [[121.3955, 31.2475], [121.3965, 31.2485], [121.3965, 31.2475], [121.3955, 31.2485]]
MORE = [(121.3957, 31.2477), (121.3957, 31.2483), (121.3963, 31.2477), (121.3963, 31.2483)]


def shifted(ring: Ring, datum: str) -> Ring:
    move: Any = {"gcj02": gcj02_of_wgs84, "bd09": bd09_of_wgs84}[datum]
    return [list(move(Wgs84(*place))) for place in ring]


def undo(desk: Desk, cast: Cast, batch: int) -> None:
    do(desk, cast.actor("admin"), Deed.UNDO_BOUNDARIES, str(batch))


def test_shapes_find_their_grid_by_code_then_by_name(desk: Desk, cast: Cast) -> None:
    rows = plan(desk, cast, two_grids()).rows
    assert [(row.target.code if row.target else "", row.how) for row in rows] == [
        (GRID1, How.CODE),
        (GRID2, How.NAME),
    ]


def test_an_import_is_on_record_and_the_same_order_again_does_nothing_more(
    desk: Desk, cast: Cast
) -> None:
    assert load(desk, cast, two_grids()).reply["count"] == 2
    found = stands(desk, cast)
    assert {code: one.source for code, one in found.items()} == dict.fromkeys(
        (GRID1, GRID2), BoundarySource.IMPORTED
    )
    assert found[GRID1].area_m2 == pytest.approx(10_570, rel=0.01)
    with desk.looking(cast.actor("audit")) as act:
        [row] = act.session.exec(select(AuditRow)).all()
        assert (row.deed, row.facts["count"]) == ("boundary.import", 2)


def test_what_found_no_grid_is_assigned_by_hand_or_left_out(desk: Desk, cast: Cast) -> None:
    body = geojson(feature(square(), name="老名字"), feature(square(WEST_OF_2), name="别处"))
    assert [row.problem for row in plan(desk, cast, body).rows] == ["没有找到对应的网格"] * 2
    done = load(desk, cast, body, by_hand={1: GRID2, 2: ""}, placed=True)
    assert (done.reply["count"], list(stands(desk, cast))) == (1, [GRID2])


def test_of_two_shapes_for_one_grid_the_second_is_left_over_with_the_reason(
    desk: Desk, cast: Cast
) -> None:
    body = geojson(feature(square(), code=GRID1), feature(square(WEST_OF_2), code=GRID1))
    assert [row.problem for row in plan(desk, cast, body).rows] == [
        "",
        "南大街第一网格已对应第1个图形",
    ]


def test_a_grid_outside_the_chosen_one_is_not_found(desk: Desk, cast: Cast) -> None:
    body = geojson(feature(square(), code="310107022002001"))
    assert plan(desk, cast, body, top=COMMUNITY1).taken == []
    assert len(plan(desk, cast, body, top=STREET).taken) == 1


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_shifted_positions_are_noticed_and_the_better_datum_is_named(
    desk: Desk, cast: Cast, datum: str
) -> None:
    build(desk, cast, *MORE)
    body = geojson(feature(shifted(square(), datum), code=GRID1))
    asked = plan(desk, cast, body)
    assert asked.better is not None
    assert asked.better[0].datum == datum
    assert "坐标像是偏移了" in asked.questions[0]
    with pytest.raises(FactsError, match="坐标像是偏移了"):
        load(desk, cast, body)
    load(desk, cast, body, datum=datum)
    [place, *_] = stands(desk, cast)[GRID1].shape.exterior.coords
    assert min(abs(place[0] - lng) for lng, _ in square()) < 1e-6


@pytest.mark.parametrize("datum", ["wgs84", "cgcs2000"])
def test_positions_that_fit_raise_no_question(desk: Desk, cast: Cast, datum: str) -> None:
    build(desk, cast, *MORE)
    assert plan(desk, cast, two_grids(), datum=datum).questions == ()


def test_whoever_is_sure_of_the_datum_is_not_asked_again(desk: Desk, cast: Cast) -> None:
    build(desk, cast, *MORE)
    body = geojson(feature(shifted(square(), "gcj02"), code=GRID1))
    asked = plan(desk, cast, body, sure=True).questions
    assert ["偏移" in said for said in asked] == [False]
    assert plan(desk, cast, body, sure=True, placed=True).questions == ()


def test_latitude_first_is_noticed_and_turned_on_request(desk: Desk, cast: Cast) -> None:
    body = geojson(feature([[lat, lng] for lng, lat in square()], code=GRID1))
    asked = plan(desk, cast, body)
    assert (asked.is_turned, "写反" in asked.questions[0]) == (True, True)
    load(desk, cast, body, turned=True)
    assert stands(desk, cast)[GRID1].shape.bounds[0] == pytest.approx(121.3955)


def test_a_crossing_boundary_is_named_and_taken_only_when_mended_on_purpose(
    desk: Desk, cast: Cast
) -> None:
    body = geojson(feature([*CROSSING, CROSSING[0]], code=GRID1))
    assert "第1个图形「南大街第一网格」" in plan(desk, cast, body).questions[0]
    with pytest.raises(FactsError):
        load(desk, cast, body)
    load(desk, cast, body, mend=True)
    assert stands(desk, cast)[GRID1].shape.is_valid


def test_one_broken_shape_stops_the_whole_import_unless_it_is_left_out(
    desk: Desk, cast: Cast
) -> None:
    body = geojson(feature(square(), code=GRID1), feature([[float("nan"), 1]] * 4, code=GRID2))
    with pytest.raises(FactsError, match="第2个图形"):
        load(desk, cast, body)
    assert stands(desk, cast) == {}
    assert load(desk, cast, body, by_hand={2: ""}).reply["count"] == 1


def test_boundaries_that_changed_since_the_dry_run_are_a_conflict(desk: Desk, cast: Cast) -> None:
    draw(desk, cast, square(), GRID2)
    with pytest.raises(ConflictError):
        load(desk, cast, two_grids(), edition=0)
    assert list(stands(desk, cast)) == [GRID2]


def test_undone_every_grid_has_what_it_had_before(desk: Desk, cast: Cast) -> None:
    draw(desk, cast, square(WEST_OF_2, side=0.0005), GRID2)
    before = stands(desk, cast)[GRID2]
    batch = load(desk, cast, two_grids(), edition=1).reply["batch"]
    undo(desk, cast, batch)
    after = stands(desk, cast)
    assert list(after) == [GRID2]
    assert after[GRID2].shape.equals(before.shape)
    assert (after[GRID2].source, after[GRID2].version) == (BoundarySource.DRAWN, 3)
    with pytest.raises(ConflictError, match="已经撤销"):
        undo(desk, cast, batch)


def test_an_import_on_which_others_have_built_is_not_undone(desk: Desk, cast: Cast) -> None:
    batch = load(desk, cast, two_grids()).reply["batch"]
    draw(desk, cast, square(side=0.0008), GRID1)
    with pytest.raises(ConflictError, match="南大街第一网格"):
        undo(desk, cast, batch)


def test_history_is_kept_version_by_version(desk: Desk, cast: Cast) -> None:
    batch = load(desk, cast, two_grids()).reply["batch"]
    undo(desk, cast, batch)
    with desk.looking(cast.actor("admin")) as act:
        mine = select(Boundary).where(col(Boundary.grid_id) == cast.grid1)
        rows = act.session.exec(mine.order_by(col(Boundary.version))).all()
        told = [(row.version, row.wkb is None, row.ended_at is None) for row in rows]
    assert told == [(1, False, False), (2, True, False)]


@pytest.mark.parametrize("who", ["li", "chen", "wang", "leader", "sec", "audit"])
def test_nobody_but_the_administrator_sends_or_imports(desk: Desk, cast: Cast, who: str) -> None:
    with desk.looking(cast.actor(who)) as act, pytest.raises(NotAllowedError):
        keep_file(act, b"{}")
    facts: dict[str, Any] = {"file": sent(desk, cast, two_grids()), "edition": 0}
    with pytest.raises((NotAllowedError, NotThereError)):
        do(desk, cast.actor(who), Deed.IMPORT_BOUNDARIES, STREET, **facts)


def test_a_file_that_is_cleared_away_is_asked_for_again(desk: Desk, cast: Cast) -> None:
    with pytest.raises(FactsError, match="重新选择文件"):
        do(desk, cast.actor("admin"), Deed.IMPORT_BOUNDARIES, STREET, file="a" * 64, edition=0)


def test_what_is_assigned_by_hand_survives_an_address() -> None:
    assert read_hand(write_hand({3: GRID1, 7: ""})) == {3: GRID1, 7: ""}
    assert read_hand("x:y,<script>") == {}
