"""When a contact household is next to be visited, and the example kinds a new town starts with.

Which households are visited, why and how often is the street's own affair: every kind here is an
example to be edited (``gridapp import visit-kinds``), never a duty that the program invents.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gridapp.domain.fields import Field, Line, Whole
from gridapp.domain.vocabulary import VisitOutcome

INTERVAL_MAX_DAYS: Final = 366
SOON_DAYS: Final = 7
TAKEN_ALONG_DAYS: Final = 14
_RETRY_DAYS: Final = 3
# A voice on the telephone is a contact; a closed door is not.
IN_TOUCH: Final = frozenset({VisitOutcome.MET, VisitOutcome.BY_PHONE})


def interval_words(interval_days: int) -> str:
    """Say how often: 每30天, or 需要时."""
    return f"每{interval_days}天" if interval_days else "需要时"


INTERVAL: Final = Field(
    "interval_days", "多少天走访一次", Whole(0, INTERVAL_MAX_DAYS), needed=True,
    help="填0表示有需要时再去。", words=interval_words, begins_at=30, unsaid=0,
)  # fmt: skip
VISIT_KIND_FIELDS: Final = (Field("name", "名称", Line(40), needed=True), INTERVAL)


@dataclass(frozen=True, slots=True)
class ExampleKind:
    """One reason to visit.

    Args:
        code: Stable for machines, never shown.
        name: What a person chooses.
        interval_days: How often; 0 is once, when there is a reason (五必访).
    """

    code: str
    name: str
    interval_days: int


EXAMPLE_KINDS: Final = (
    ExampleKind("alone", "独居老人", 7),
    ExampleKind("empty_nest", "空巢老人", 15),
    ExampleKind("disabled", "残疾人家庭", 30),
    ExampleKind("hardship", "困难家庭", 30),
    ExampleKind("child", "困境儿童", 30),
    ExampleKind("veteran", "优抚对象", 90),
    ExampleKind("party", "党员联系户", 90),
    ExampleKind("ill", "生病住院必访", 0),
    ExampleKind("bereaved", "家有丧事必访", 0),
    ExampleKind("misfortune", "突发困难必访", 0),
    ExampleKind("dispute", "矛盾纠纷必访", 0),
    ExampleKind("newcomer", "新入住必访", 0),
)


def next_visit_on(on: date, interval_days: int, outcome: VisitOutcome) -> date | None:
    """Tell when to come again: after the interval, sooner when nobody was met, None for never."""
    if outcome not in IN_TOUCH:
        return on + timedelta(days=min(interval_days or _RETRY_DAYS, _RETRY_DAYS))
    return on + timedelta(days=interval_days) if interval_days else None


def visit_state(next_on: date | None, today: date) -> str:
    """Tell how a visit stands, in the words of ``CaseCard.due_state``."""
    if next_on is None:
        return "done"
    left = (next_on - today).days
    return "yellow" if left < 0 else "warn" if left <= SOON_DAYS else "calm"


def visit_words(next_on: date | None, today: date) -> str:
    """Say when the next visit is due: 已过3天, 今天到期, 还有5天, 需要时走访."""
    if next_on is None:
        return "需要时走访"
    left = (next_on - today).days
    if left == 0:
        return "今天到期"
    return f"还有{left}天" if left > 0 else f"已过{-left}天"
