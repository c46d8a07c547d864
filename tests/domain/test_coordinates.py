"""Positions come back from every map service to where they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.domain.coordinates import (
    Bd09,
    Gcj02,
    Wgs84,
    bd09_of_gcj02,
    bd09_of_wgs84,
    distance_m,
    gcj02_of_bd09,
    gcj02_of_wgs84,
    wgs84_of_bd09,
    wgs84_of_gcj02,
)

ZHENGZHOU = Wgs84(113.6254, 34.7466)
IN_CHINA = st.builds(Wgs84, st.floats(73.5, 135.1), st.floats(18.0, 53.6))
ANYWHERE = st.builds(Wgs84, st.floats(-180, 180), st.floats(-90, 90))


@given(IN_CHINA)
def test_a_position_comes_back_from_amap(here: Wgs84) -> None:
    assert distance_m(wgs84_of_gcj02(gcj02_of_wgs84(here)), here) < 0.01


@given(IN_CHINA)
def test_a_position_comes_back_from_baidu(here: Wgs84) -> None:
    assert distance_m(wgs84_of_bd09(bd09_of_wgs84(here)), here) < 0.01


@given(IN_CHINA)
def test_a_position_picked_on_a_map_is_shown_where_it_was_picked(picked: Wgs84) -> None:
    amap, baidu = Gcj02(*picked), Bd09(*picked)
    assert distance_m(Wgs84(*gcj02_of_wgs84(wgs84_of_gcj02(amap))), picked) < 0.01
    assert distance_m(Wgs84(*bd09_of_gcj02(gcj02_of_bd09(baidu))), picked) < 0.01


def test_at_zhengzhou_the_maps_are_off_by_what_was_measured() -> None:
    amap, baidu = gcj02_of_wgs84(ZHENGZHOU), bd09_of_wgs84(ZHENGZHOU)
    assert distance_m(ZHENGZHOU, Wgs84(*amap)) == pytest.approx(568, abs=3)
    assert distance_m(ZHENGZHOU, Wgs84(*baidu)) == pytest.approx(1272, abs=6)


def test_shanghai_is_where_the_published_conversion_puts_it() -> None:
    # A sample pair from the tests of the eviltransform project (MIT).
    amap = gcj02_of_wgs84(Wgs84(121.5272106, 31.1774276))
    assert amap == pytest.approx((121.531541859215, 31.17530398364597), abs=1e-9)


def test_beijing_is_where_the_published_conversions_put_it() -> None:
    # The sample values printed by the coordtransform project (MIT).
    baidu = bd09_of_gcj02(Gcj02(116.404, 39.915))
    assert baidu == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-9)
    amap = gcj02_of_wgs84(Wgs84(116.404, 39.915))
    assert amap == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-9)


@pytest.mark.parametrize("here", [Wgs84(2.35, 48.86), Wgs84(-74.0, 40.7), Wgs84(151.2, -33.9)])
def test_outside_china_nothing_is_shifted(here: Wgs84) -> None:
    assert gcj02_of_wgs84(here) == Gcj02(*here)
    assert bd09_of_wgs84(here) == Bd09(*here)
    assert wgs84_of_gcj02(Gcj02(*here)) == here
    assert wgs84_of_bd09(Bd09(*here)) == here


@given(ANYWHERE)
def test_no_position_breaks_the_conversion(here: Wgs84) -> None:
    assert all(-181 < degrees < 181 for degrees in wgs84_of_bd09(Bd09(*here)))


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance_m(Wgs84(113.0, 34.0), Wgs84(113.0, 35.0)) == pytest.approx(111_195, abs=1)
    assert distance_m(ZHENGZHOU, ZHENGZHOU) == 0


@given(ANYWHERE, ANYWHERE)
def test_the_way_there_is_as_long_as_the_way_back(one: Wgs84, other: Wgs84) -> None:
    assert distance_m(one, other) == pytest.approx(distance_m(other, one))
    assert distance_m(one, other) <= 20_015_200
