"""The indicators, each with its formula: a rate never comes without what it was divided from.

Comparison is between grids, communities and units by outcome, never between named people.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import median
from typing import Final

BASICALLY_SATISFIED_WEIGHT: Final = 0.9

_NO_FIGURE: Final = "—"
_P90: Final = 0.9


class Indicator(StrEnum):
    """What is measured."""

    HANDLED_IN_TIME = "handled_in_time"
    CLOSED = "closed"
    REWORKED = "reworked"
    EXTENDED = "extended"
    EXTENDED_LATE = "extended_late"
    DISPATCHED_ONCE = "dispatched_once"
    CONTACTED = "contacted"
    SOLVED = "solved"
    SATISFIED = "satisfied"


@dataclass(frozen=True, slots=True)
class Formula:
    """An indicator's name and what is divided by what, as shown on the page."""

    name: str
    numerator: str
    denominator: str

    @property
    def words(self) -> str:
        """The formula in one line."""
        return f"{self.name} = {self.numerator} ÷ {self.denominator}"


FORMULA: Final = {
    Indicator.HANDLED_IN_TIME: Formula("按期处置率", "按期处置数", "应处置数"),
    Indicator.CLOSED: Formula("结案率", "结案数", "应结案数"),
    Indicator.REWORKED: Formula("返工率", "返工数", "应结案数"),
    Indicator.EXTENDED: Formula("延期率", "延期数", "应结案数"),
    Indicator.EXTENDED_LATE: Formula("超期后延期率", "期限过后才延期数", "应结案数"),
    Indicator.DISPATCHED_ONCE: Formula("准确派遣率", "一次派准数", "派遣数"),
    Indicator.CONTACTED: Formula("响应率", "已联系数", "有效回访数"),
    Indicator.SOLVED: Formula("解决率", "已解决数", "有效回访数"),
    Indicator.SATISFIED: Formula("满意率", "（满意数 + 0.9 × 基本满意数）", "有效回访数"),
}


def percent_words(ratio: float | None) -> str:
    """Say a rate as people read it: one decimal always, rounded down, so that 100 % means all.

    The one rule of rounding for every rate of the house, on pages, in tables and in REST texts.
    """
    if ratio is None:
        return _NO_FIGURE
    # Tenths of a percent; the tiny addend undoes what 0.9 × n loses in binary.
    tenths = math.floor(ratio * 1000 + 1e-9)
    return f"{tenths / 10:.1f}%"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many; with nothing to divide by there is no rate, which is not 0 %."""

    numerator: float
    denominator: int

    @property
    def ratio(self) -> float | None:
        """The rate from 0 to 1, None when there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> str:
        """The rate as people read it, rounded down so that 100 % means all."""
        return percent_words(self.ratio)

    @property
    def counts(self) -> str:
        """The two figures as people read them: ``27 / 30``."""
        return f"{self.numerator:g} / {self.denominator}"

    def __add__(self, other: "Rate") -> "Rate":
        """Join two areas: counts are added, rates never averaged."""
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator)


def satisfaction_rate(satisfied_count: int, basically_count: int, callback_count: int) -> Rate:
    """Give 满意率: who is basically satisfied counts nine tenths.

    Args:
        satisfied_count: Call-backs in which the reporter is satisfied.
        basically_count: Call-backs in which the reporter is basically satisfied.
        callback_count: All effective call-backs.
    """
    weighted = satisfied_count + BASICALLY_SATISFIED_WEIGHT * basically_count
    return Rate(round(weighted, 1), callback_count)


@dataclass(frozen=True, slots=True)
class Spread:
    """How long cases took: the mean, the median, and what nine in ten did not exceed."""

    count: int
    mean: timedelta
    median: timedelta
    p90: timedelta


def spread(times: Iterable[timedelta]) -> Spread | None:
    """Measure times to close; None when there are none. p90 is by nearest rank, a real case."""
    ordered = sorted(times)
    if not ordered:
        return None
    rank = math.ceil(_P90 * len(ordered))
    mean = sum(ordered, timedelta()) / len(ordered)
    return Spread(len(ordered), mean, _median(ordered), ordered[rank - 1])


def _median(ordered: list[timedelta]) -> timedelta:
    return timedelta(seconds=median(time.total_seconds() for time in ordered))
