"""Positions in the three datums met in China, turned into each other at the edge only.

We store WGS-84 (CGCS2000 is the same within a metre). Chinese map services want GCJ-02, Baidu
BD-09. Each datum has its own type, so that the type checker sees a position in the wrong one.

Source: the published polynomial of GCJ-02 (Krasovsky 1940 ellipsoid) and Baidu's shift of it;
the inverses are found by iteration, as there is no closed form.
"""

import math
from collections.abc import Callable
from typing import Final, NamedTuple

_KRASOVSKY_A_M: Final = 6_378_245.0
_KRASOVSKY_EE: Final = 0.00669342162296594323
_EARTH_RADIUS_M: Final = 6_371_008.8
_BAIDU_PI: Final = math.pi * 3000 / 180
_CLOSE_ENOUGH_DEG: Final = 1e-9  # a tenth of a millimetre
_MOST_ROUNDS: Final = 30

# Outside this frame the shift is not applied, as all map services do.
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271


class Wgs84(NamedTuple):
    """A position as a browser gives it and as we store it, in degrees."""

    lng: float
    lat: float


class Gcj02(NamedTuple):
    """A position as AMap and Tencent want it, in degrees."""

    lng: float
    lat: float


class Bd09(NamedTuple):
    """A position as Baidu wants it, in degrees."""

    lng: float
    lat: float


def in_shifted_frame(lng: float, lat: float) -> bool:
    """Tell whether the map services shift positions here: a frame around China."""
    return _WEST <= lng <= _EAST and _SOUTH <= lat <= _NORTH


def _waves(value: float, *weights: tuple[float, float]) -> float:
    return sum(weight * math.sin(value * math.pi * pitch) for weight, pitch in weights) * 2 / 3


def _metres_east(x: float, y: float) -> float:
    flat = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    return (
        flat
        + _waves(x, (20, 6), (20, 2))
        + _waves(x, (20, 1), (40, 1 / 3))
        + _waves(x, (150, 1 / 12), (300, 1 / 30))
    )


def _metres_north(x: float, y: float) -> float:
    flat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    return (
        flat
        + _waves(x, (20, 6), (20, 2))
        + _waves(y, (20, 1), (40, 1 / 3))
        + _waves(y, (160, 1 / 12), (320, 1 / 30))
    )


def gcj02_of_wgs84(here: Wgs84) -> Gcj02:
    """Turn a stored position into the one AMap and Tencent want."""
    if not in_shifted_frame(*here):
        return Gcj02(*here)
    x, y = here.lng - 105, here.lat - 35
    lat = math.radians(here.lat)
    magic = 1 - _KRASOVSKY_EE * math.sin(lat) ** 2
    a_degree_north_m = math.radians(_KRASOVSKY_A_M * (1 - _KRASOVSKY_EE) / magic**1.5)
    a_degree_east_m = math.radians(_KRASOVSKY_A_M / math.sqrt(magic) * math.cos(lat))
    return Gcj02(
        here.lng + _metres_east(x, y) / a_degree_east_m,
        here.lat + _metres_north(x, y) / a_degree_north_m,
    )


def bd09_of_gcj02(there: Gcj02) -> Bd09:
    """Turn a GCJ-02 position into Baidu's."""
    if not in_shifted_frame(*there):
        return Bd09(*there)
    away = math.hypot(*there) + 0.00002 * math.sin(there.lat * _BAIDU_PI)
    turn = math.atan2(there.lat, there.lng) + 0.000003 * math.cos(there.lng * _BAIDU_PI)
    return Bd09(away * math.cos(turn) + 0.0065, away * math.sin(turn) + 0.006)


def bd09_of_wgs84(here: Wgs84) -> Bd09:
    """Turn a stored position into Baidu's."""
    return bd09_of_gcj02(gcj02_of_wgs84(here))


Shift = Callable[[float, float], tuple[float, float]]


def _undone(shift: Shift, lng: float, lat: float) -> tuple[float, float]:
    """Find the position that a shift brings to the one given: guess, look how far off, correct."""
    guess_lng, guess_lat = lng, lat
    for _ in range(_MOST_ROUNDS):
        got_lng, got_lat = shift(guess_lng, guess_lat)
        off_lng, off_lat = lng - got_lng, lat - got_lat
        guess_lng, guess_lat = guess_lng + off_lng, guess_lat + off_lat
        if max(abs(off_lng), abs(off_lat)) < _CLOSE_ENOUGH_DEG:
            break
    return guess_lng, guess_lat


def wgs84_of_gcj02(there: Gcj02) -> Wgs84:
    """Turn a position picked on AMap or Tencent into the one we store."""
    if not in_shifted_frame(*there):
        return Wgs84(*there)
    return Wgs84(*_undone(lambda lng, lat: gcj02_of_wgs84(Wgs84(lng, lat)), *there))


def gcj02_of_bd09(there: Bd09) -> Gcj02:
    """Turn a position picked on Baidu into GCJ-02."""
    if not in_shifted_frame(*there):
        return Gcj02(*there)
    return Gcj02(*_undone(lambda lng, lat: bd09_of_gcj02(Gcj02(lng, lat)), *there))


def wgs84_of_bd09(there: Bd09) -> Wgs84:
    """Turn a position picked on Baidu into the one we store."""
    return wgs84_of_gcj02(gcj02_of_bd09(there))


def distance_m(one: Wgs84, other: Wgs84) -> float:
    """Measure the metres between two positions along the great circle."""
    lat_one, lat_other = math.radians(one.lat), math.radians(other.lat)
    across = math.sin(math.radians(other.lng - one.lng) / 2) ** 2
    along = math.sin((lat_other - lat_one) / 2) ** 2
    part = along + math.cos(lat_one) * math.cos(lat_other) * across
    return 2 * _EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, part)))
