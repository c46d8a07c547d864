"""Positions told in metres on a Gauss–Krüger map, as surveyors' files do, turned into degrees.

Source: Krüger's series to the fourth order (Karney 2011), on the ellipsoid of CGCS2000
(GB 22021); right to less than a millimetre within three degrees of the central meridian.
"""

import math
from dataclasses import dataclass
from typing import Final, Protocol

_A_M: Final = 6_378_137.0
_F: Final = 1 / 298.257222101
_N: Final = _F / (2 - _F)
_RECTIFYING_M: Final = _A_M / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BETA: Final = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161280,
)
_DELTA: Final = (
    2 * _N - 2 * _N**2 / 3 - 2 * _N**3 + 116 * _N**4 / 45,
    7 * _N**2 / 3 - 8 * _N**3 / 5 - 227 * _N**4 / 45,
    56 * _N**3 / 15 - 136 * _N**4 / 35,
    4279 * _N**4 / 630,
)
_FALSE_EASTING_M: Final = 500_000.0
_A_ZONE_M: Final = 1_000_000
# Zones of three degrees have the numbers 25 to 45 in China, those of six degrees 13 to 23.
_THREE_DEGREES: Final = range(25, 46)
_SIX_DEGREES: Final = range(13, 24)


class Chart(Protocol):
    """A map on which positions are told in metres."""

    def degrees(self, east_m: float, north_m: float) -> tuple[float, float]:
        """Give longitude and latitude of a position on the map, in degrees."""


@dataclass(frozen=True)
class GaussKruger:
    """A Gauss–Krüger map.

    Args:
        meridian: Its central meridian, in degrees.
        false_easting_m: The easting of that meridian, the number of the zone included.
        scale: On the central meridian.
        false_northing_m: The northing of the equator.
    """

    meridian: float
    false_easting_m: float = _FALSE_EASTING_M
    scale: float = 1.0
    false_northing_m: float = 0.0

    def degrees(self, east_m: float, north_m: float) -> tuple[float, float]:
        """Give longitude and latitude of a position on the map, in degrees."""
        xi = (north_m - self.false_northing_m) / (self.scale * _RECTIFYING_M)
        eta = (east_m - self.false_easting_m) / (self.scale * _RECTIFYING_M)
        xi_flat, eta_flat = xi, eta
        for turn, beta in enumerate(_BETA, start=1):
            xi_flat -= beta * math.sin(2 * turn * xi) * math.cosh(2 * turn * eta)
            eta_flat -= beta * math.cos(2 * turn * xi) * math.sinh(2 * turn * eta)
        chi = math.asin(math.sin(xi_flat) / math.cosh(eta_flat))
        lat = chi + sum(d * math.sin(2 * turn * chi) for turn, d in enumerate(_DELTA, start=1))
        lng = math.atan2(math.sinh(eta_flat), math.cos(xi_flat))
        return self.meridian + math.degrees(lng), math.degrees(lat)


def map_of_easting(east_m: float) -> GaussKruger | None:
    """Tell the map by an easting that begins with the number of its zone, as Chinese files do."""
    zone = int(east_m // _A_ZONE_M)
    easting = zone * _A_ZONE_M + _FALSE_EASTING_M
    if zone in _THREE_DEGREES:
        return GaussKruger(zone * 3.0, easting)
    if zone in _SIX_DEGREES:
        return GaussKruger(zone * 6.0 - 3, easting)
    return None


@dataclass(frozen=True)
class WebMercator:
    """The map of tile servers (EPSG:3857): a sphere's Mercator, in metres."""

    def degrees(self, east_m: float, north_m: float) -> tuple[float, float]:
        """Give longitude and latitude of a position on the map, in degrees."""
        lat = math.atan(math.sinh(north_m / _A_M))
        return math.degrees(east_m / _A_M), math.degrees(lat)
