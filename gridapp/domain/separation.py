"""Which power needs two people: the three separate duties, and reading many residents' data."""

from typing import Final

from gridapp.domain.vocabulary import GridLevel, Role

# 三员分立: no person holds two of these.
SEPARATE: Final = frozenset({Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})
# They see their own grid, their department's cases or their own turns: one person's word is enough
# to let them in again, or the first day of a new worker would wait for a second administrator.
_NARROW: Final = frozenset({Role.VOLUNTEER, Role.GRID_WORKER, Role.UNIT_OFFICER})
_WIDE_LEVELS: Final = frozenset({GridLevel.DISTRICT, GridLevel.STREET, GridLevel.COMMUNITY})


def is_powerful(role: Role, level: GridLevel) -> bool:
    """Tell whether a post must not fall to one person alone, by its role and its grid's level.

    A grid worker placed at a whole community reads as much as its head.
    """
    if role is Role.GRID_WORKER:
        return level in _WIDE_LEVELS
    return role not in _NARROW
