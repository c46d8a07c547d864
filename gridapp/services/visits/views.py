"""What may leave the house about households and visits: frozen, masked, ready to be read."""

from dataclasses import dataclass
from datetime import date

from gridapp.services.cases.views import ButtonView


@dataclass(frozen=True)
class HouseholdCard:
    """A contact household in a list: who, masked, where, to the building, and when next.

    Args:
        id: The household's id, the subject of its deeds.
        at: The code that hangs on its building, or empty.
        next_state: calm, warn, yellow (over) or done (when there is a reason).
        next_words: 今天到期, 还有3天, 已过2天, 需要时走访.
    """

    id: str
    name_masked: str
    building: str
    at: str
    grid: str
    kind: str
    interval_words: str
    next_on: date | None
    next_state: str
    next_words: str
    last_words: str


@dataclass(frozen=True)
class HouseholdPage:
    """A page of households; ``next`` is the key for the following one, or empty."""

    items: tuple[HouseholdCard, ...]
    next: str
    total: int


@dataclass(frozen=True)
class CorrectionView:
    """What was put right afterwards; ``was_words`` say what stood there before, or nothing."""

    at_words: str
    words: str
    was_words: str = ""


@dataclass(frozen=True)
class VisitView:
    """One visit, as it stands in a history or in a diary.

    Args:
        household: The household's id; ``whom`` is its masked name and building.
        by: The visitor's name, masked.
        case_no: The case that it became, or empty.
        buttons: The deeds that the reader may do on it now.
    """

    id: str
    household: str
    whom: str
    by: str
    on_words: str
    outcome: str
    outcome_label: str
    kind: str
    text: str
    next_words: str
    photos: tuple[str, ...]
    corrections: tuple[CorrectionView, ...]
    case_no: str
    buttons: tuple[ButtonView, ...]


@dataclass(frozen=True)
class VisitPage:
    """A page of visits; ``next`` is the key for the following one, or empty."""

    items: tuple[VisitView, ...]
    next: str


@dataclass(frozen=True)
class HouseholdView:
    """One household with its visits, the newest first.

    Args:
        phone_masked: Or empty when none is known.
        ended_words: When and why the contact ended, or empty.
    """

    card: HouseholdCard
    version: int
    kind_code: str
    interval_days: int
    phone_masked: str
    ended_words: str
    visits: tuple[VisitView, ...]
    buttons: tuple[ButtonView, ...]
