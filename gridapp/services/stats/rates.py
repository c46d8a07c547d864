"""The rates of a period: each with its numerator, its denominator and its formula in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gridapp.domain.indicators import FORMULA, Formula, Indicator, Rate, satisfaction_rate
from gridapp.services.stats.counting import Counts

NO_DATA: Final = "暂无数据"

# What came of the cases closed: the office's own word, beside the reporter's in the call-backs.
OUTCOME_SOLVED: Final = "outcome_solved"
_OUTCOME_FORMULA: Final = Formula("办结解决率", "结果为「已解决」数", "结案数")

_DUE: Final = (
    "应处置、应结案：期限落在本期内且已到期，不含不予受理、并案和挂起的；挂起前已经超期的照算。"
    "每次重开另有期限，各算一次。超期后才延期、挂起或重开的，仍算超期。"
)
_HANDLED: Final = _DUE + "以最后一次处置为准：返工的看返工后的处置；离线办理的按办理时间算。"
_EXTENDED: Final = _DUE + "包括期限前批准的和期限过后才批准的，后一种另列一项。"
_DISPATCHED: Final = (
    "本期上报的事件；派出后没有退回、没有改派的，算一次派准。居民重开后再次派出，不算改派。"
)
_CLOSED: Final = "本期结案的事件；后来重开的，这一次结案照算。"
_ANSWERED: Final = "有效回访：本期评价中回答了这一问的。"


@dataclass(frozen=True)
class RateView:
    """A rate to be shown: ``ratio`` is 0–1, None when there is nothing to divide by.

    Args:
        numerator: A decimal where answers count in part.
        counts_words: ``27 / 30``.
        formula: What is divided by what, in words.
        counted: Which cases are counted at all.
    """

    key: str
    label: str
    numerator: float
    denominator: int
    ratio: float | None
    words: str
    counts_words: str
    formula: str
    counted: str


_RATES: Final[dict[str, tuple[Formula, str, Callable[[Counts], Rate]]]] = {
    Indicator.HANDLED_IN_TIME: (
        FORMULA[Indicator.HANDLED_IN_TIME], _HANDLED, lambda c: Rate(c.due_in_time, c.due),
    ),
    Indicator.CLOSED: (
        FORMULA[Indicator.CLOSED], _DUE, lambda c: Rate(c.due_closed, c.due),
    ),
    Indicator.REWORKED: (
        FORMULA[Indicator.REWORKED], _DUE, lambda c: Rate(c.due_reworked, c.due),
    ),
    Indicator.EXTENDED: (
        FORMULA[Indicator.EXTENDED], _EXTENDED, lambda c: Rate(c.due_extended, c.due),
    ),
    Indicator.EXTENDED_LATE: (
        FORMULA[Indicator.EXTENDED_LATE], _DUE, lambda c: Rate(c.due_extended_late, c.due),
    ),
    Indicator.DISPATCHED_ONCE: (
        FORMULA[Indicator.DISPATCHED_ONCE], _DISPATCHED,
        lambda c: Rate(c.dispatched_once, c.dispatched),
    ),
    OUTCOME_SOLVED: (
        _OUTCOME_FORMULA, _CLOSED, lambda c: Rate(c.closed_solved, c.closed),
    ),
    Indicator.CONTACTED: (
        FORMULA[Indicator.CONTACTED], _ANSWERED, lambda c: Rate(c.contacted, c.asked_contacted),
    ),
    Indicator.SOLVED: (
        FORMULA[Indicator.SOLVED], _ANSWERED, lambda c: Rate(c.solved, c.asked_solved),
    ),
    Indicator.SATISFIED: (
        FORMULA[Indicator.SATISFIED], _ANSWERED,
        lambda c: satisfaction_rate(c.rated_satisfied, c.rated_basically, c.rated),
    ),
}  # fmt: skip


# What is set beside the whole for a part: dispatching and call-backs are not told apart by it.
PART_RATES: Final = (
    Indicator.HANDLED_IN_TIME, Indicator.CLOSED, Indicator.REWORKED, Indicator.EXTENDED,
    Indicator.EXTENDED_LATE, OUTCOME_SOLVED,
)  # fmt: skip


def rate_view(key: str, counts: Counts) -> RateView:
    """Compute one rate from counts."""
    formula, counted, compute = _RATES[key]
    rate = compute(counts)
    return RateView(
        key=str(key),
        label=formula.name,
        numerator=rate.numerator,
        denominator=rate.denominator,
        ratio=rate.ratio,
        words=rate.percent if rate.denominator else NO_DATA,
        counts_words=rate.counts if rate.denominator else "",
        formula=formula.words,
        counted=counted,
    )


def rate_views(counts: Counts) -> tuple[RateView, ...]:
    """Compute every rate from counts."""
    return tuple(rate_view(key, counts) for key in _RATES)
