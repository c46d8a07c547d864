"""How large a demo is: areas, cases and the stretch of time they lie in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Size(StrEnum):
    """The sizes one can ask for; the value is what is typed."""

    HAMLET = "hamlet"
    COMMUNITY = "community"
    STREET = "street"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Extent:
    """What a size stands for.

    Args:
        street_count: Streets with areas, buildings and staff; only the first has cases.
        community_count: Communities of each street; likewise the next three.
        grid_count: Residential grids.
        dedicated_count: Dedicated grids.
        micro_count: Micro-grids.
        case_count: Cases, the newest of the last hours.
        days: For how many days back there are cases.
        settled_ratio: The share settled on the spot.
        photo_count: Places of which there are drawn photos, each as found and as mended.
    """

    street_count: int
    community_count: int
    grid_count: int
    dedicated_count: int
    micro_count: int
    case_count: int
    days: int
    settled_ratio: float
    photo_count: int


# Source: the street's figures (12 communities, 97 grids, 34 dedicated, 676 micro-grids, about
# 28,000 cases a year, 79 % of them settled on the spot) follow what streets publish of their work.
EXTENTS: Final = {
    Size.HAMLET: Extent(1, 1, 2, 0, 8, 60, 21, 0.5, 8),
    Size.COMMUNITY: Extent(1, 2, 12, 4, 84, 2_000, 90, 0.75, 16),
    Size.STREET: Extent(1, 12, 97, 34, 676, 28_000, 365, 0.79, 32),
    Size.DISTRICT: Extent(10, 12, 97, 34, 676, 28_000, 365, 0.79, 32),
}
