"""The tree of areas: what may hang under what, how a code is made, how many households fit.

Source: streets publish three to five levels (街道 社区 网格 微网格) and 50 to 70 households for a
micro-grid; names and limits are the town's own and may be changed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gridapp.domain.codes import (
    dedicated_code,
    micro_code,
    next_grid_code,
    next_suffixed_code,
    parse_grid_code,
)
from gridapp.domain.vocabulary import GridKind, GridLevel

_L, _K = GridLevel, GridKind

NAME_MAX_CHARACTERS: Final = 80
CODE_MAX_CHARACTERS: Final = 32

# What a level may hang under; None is the top of the tree.
_ABOVE: Final[dict[GridLevel, tuple[GridLevel | None, ...]]] = {
    _L.DISTRICT: (None,),
    _L.STREET: (None, _L.DISTRICT),
    _L.COMMUNITY: (_L.STREET,),
    _L.GRID: (_L.COMMUNITY,),
    _L.MICRO: (_L.GRID, _L.COMMUNITY),
}
# A dedicated or comprehensive grid may answer to the street itself.
_RIGHT_UNDER_STREET: Final = frozenset({_K.DEDICATED, _K.COMPREHENSIVE})
_OWN_SCHEME: Final = re.compile(r"[0-9A-Z][0-9A-Z-]{1,31}", re.ASCII)
_DIGITS: Final = {_L.DISTRICT: 6, _L.STREET: 9, _L.COMMUNITY: 12}
_HIGHEST: Final = 999

# Only these are split and merged: a street is made and unmade by higher authority.
DIVISIBLE: Final = frozenset({_L.COMMUNITY, _L.GRID, _L.MICRO})
HOLDS_BUILDINGS: Final = frozenset({_L.GRID, _L.MICRO})


def may_hang_under(level: GridLevel, kind: GridKind, above: GridLevel | None) -> bool:
    """Tell whether a grid of this level and kind may hang under a level; None is the top."""
    if level is _L.GRID and above is _L.STREET:
        return kind in _RIGHT_UNDER_STREET
    return above in _ABOVE[level]


def levels_under(above: GridLevel | None) -> tuple[GridLevel, ...]:
    """List the levels that may hang under one, the nearest first."""
    return tuple(
        level
        for level in GridLevel
        if any(may_hang_under(level, kind, above) for kind in kinds_of(level))
    )


def kinds_of(level: GridLevel) -> tuple[GridKind, ...]:
    """List the kinds that a level comes in."""
    if level is _L.GRID:
        return tuple(GridKind)
    return (_K.RESIDENTIAL, _K.DEDICATED) if level is _L.MICRO else (_K.RESIDENTIAL,)


def new_code(above: str, level: GridLevel, kind: GridKind, taken: Iterable[str]) -> str:
    """Give the next code of a level and kind under a code; empty when its scheme is not ours.

    ``taken`` are all codes that begin with it, those of retired grids included: none comes again.
    """
    parsed = parse_grid_code(above)
    if parsed is None or parsed.letter:
        return ""
    try:
        if kind is _K.DEDICATED:
            dedicated_code(above, 1)
            return next_suffixed_code(above, "Z", taken)
        if level is _L.MICRO:
            micro_code(above, 1)
            return next_suffixed_code(above, "W", taken)
        if level is _L.GRID:
            return next_grid_code(above, taken)
    except ValueError:
        return ""
    return _next_division(above, level, taken)


def _next_division(above: str, level: GridLevel, taken: Iterable[str]) -> str:
    digits = _DIGITS[level]
    if len(above) != digits - 3:
        return ""
    used = [int(c[-3:]) for c in taken if len(c) == digits and c.isdigit() and c.startswith(above)]
    number = max(used, default=0) + 1
    return f"{above}{number:03d}" if number <= _HIGHEST else ""


def code_fault(code: str, above: str = "") -> str:
    """Tell in a sentence what is wrong with a code; empty for nothing.

    A town that already has a scheme of its own keeps it: under a code that is not ours, letters,
    digits and hyphens will do.
    """
    if parse_grid_code(code) is not None:
        return ""
    if above and parse_grid_code(above) is None:
        fits = _OWN_SCHEME.fullmatch(code) is not None
        return "" if fits else "编码只能用大写字母、数字和短横线，2到32位。"
    return (
        "编码应为6、9、12或15位数字，微网格在后面加「-W」和两位序号，专属网格加「-Z」和两位序号。"
    )


@dataclass(frozen=True, slots=True)
class HouseholdLimits:
    """How many households a micro-grid has by the town's rule (both inclusive)."""

    least: int = 50
    most: int = 70

    def beyond(self, count: int) -> int:
        """Tell how far a count lies outside: negative below, positive above, 0 within."""
        if count < self.least:
            return count - self.least
        return max(count - self.most, 0)


def beyond_words(beyond: int) -> str:
    """Say how far a micro-grid lies outside the rule; empty within."""
    if not beyond:
        return ""
    return f"少{-beyond}户" if beyond < 0 else f"多{beyond}户"
