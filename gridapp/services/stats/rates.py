"""The indicators: each rate with its numerator, its denominator and its formula in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gridapp.services.stats.counting import Counts

NO_DATA: Final = "暂无数据"
BASICALLY_WEIGHS: Final = 0.9


@dataclass(frozen=True)
class RateView:
    """A rate to be shown: ``ratio`` is 0–1, None when there is nothing to divide by.

    Args:
        numerator: As people read it; half-counted answers make it a decimal.
        formula: What is divided by what, in words.
        is_better_high: Whether a higher rate is the better one.
    """

    key: str
    label: str
    numerator: float
    denominator: int
    ratio: float | None
    words: str
    formula: str
    is_better_high: bool


@dataclass(frozen=True)
class _Rate:
    key: str
    label: str
    formula: str
    numerator: Callable[[Counts], float]
    denominator: Callable[[Counts], int]
    is_better_high: bool = True


RATES: Final = (
    _Rate(
        "in_time", "按期处置率", "期限在本期内且按期处置的件数 ÷ 期限在本期内的件数",
        lambda c: c.due_in_time, lambda c: c.due,
    ),
    _Rate(
        "closed", "结案率", "期限在本期内且已结案的件数 ÷ 期限在本期内的件数",
        lambda c: c.due_closed, lambda c: c.due,
    ),
    _Rate(
        "solved", "实际解决率", "本期结案且结果为「已解决」的件数 ÷ 本期结案的件数",
        lambda c: c.closed_solved, lambda c: c.closed,
    ),
    _Rate(
        "reworked", "返工率", "期限在本期内且返工过的件数 ÷ 期限在本期内的件数",
        lambda c: c.due_reworked, lambda c: c.due, is_better_high=False,
    ),
    _Rate(
        "extended", "延期率", "期限在本期内且延期过的件数 ÷ 期限在本期内的件数",
        lambda c: c.due_extended, lambda c: c.due, is_better_high=False,
    ),
    _Rate(
        "dispatched_once", "准确派遣率", "本期上报、一次派对的件数 ÷ 本期上报且派遣过的件数",
        lambda c: c.dispatched_once, lambda c: c.dispatched,
    ),
    _Rate(
        "contacted", "响应率", "回访中答「联系过我」的件数 ÷ 回答了这一问的件数",
        lambda c: c.contacted, lambda c: c.asked_contacted,
    ),
    _Rate(
        "call_solved", "回访解决率", "回访中答「解决了」的件数 ÷ 回答了这一问的件数",
        lambda c: c.solved, lambda c: c.asked_solved,
    ),
    _Rate(
        "satisfied", "满意率", "（满意件数＋0.9×基本满意件数）÷ 本期评价的件数",
        lambda c: c.rated_satisfied + BASICALLY_WEIGHS * c.rated_basically, lambda c: c.rated,
    ),
)  # fmt: skip

_BY_KEY: Final = {rate.key: rate for rate in RATES}


def percent_words(ratio: float | None) -> str:
    """Say a ratio in per cent with one decimal, or that there is nothing to count."""
    return NO_DATA if ratio is None else f"{ratio * 100:.1f}%"


def number_words(number: float) -> str:
    """Write a numerator without a needless decimal."""
    return f"{number:.1f}".removesuffix(".0")


def rate_view(key: str, counts: Counts) -> RateView:
    """Compute one rate from counts."""
    rate = _BY_KEY[key]
    numerator, denominator = rate.numerator(counts), rate.denominator(counts)
    ratio = numerator / denominator if denominator else None
    return RateView(
        key, rate.label, round(float(numerator), 1), denominator, ratio,
        percent_words(ratio), rate.formula, rate.is_better_high,
    )  # fmt: skip


def rate_views(counts: Counts) -> tuple[RateView, ...]:
    """Compute every rate from counts."""
    return tuple(rate_view(rate.key, counts) for rate in RATES)
