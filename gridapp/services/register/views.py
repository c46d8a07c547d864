"""What may leave the house about the register: frozen, masked, ready to be read."""

from dataclasses import dataclass

from gridapp.services.cases.views import ButtonView


@dataclass(frozen=True)
class HouseholdLine:
    """A household in a list or on a door of a building.

    Args:
        id: The record's id.
        place: The building and the door.
        who: The masked name, or empty when none is on record.
    """

    id: str
    place: str
    unit: str
    floor: int | None
    door: str
    who: str
    tenure: str
    tenure_label: str
    head_count: int
    grid: str


@dataclass(frozen=True)
class PremisesLine:
    """A shop, an enterprise or a place in a list.

    Args:
        due_state: calm, warn, yellow (over) or done (never by itself).
        due_words: 今天到期, 还有3天, 已过2天, 不定期检查.
    """

    id: str
    kind: str
    kind_label: str
    name: str
    place: str
    trade: str
    risk: str
    due_state: str
    due_words: str
    grid: str


@dataclass(frozen=True)
class BuildingLine:
    """A building in a list.

    Args:
        at: The code that hangs on it, or empty.
        on_record_count: How many households are on record.
        household_count: How many there are by all that is known.
    """

    id: int
    name: str
    address: str
    grid: str
    at: str
    on_record_count: int
    household_count: int
    premises_count: int


@dataclass(frozen=True)
class RegisterPage:
    """A page of a list; ``next`` is the key for the following one, or empty."""

    buildings: tuple[BuildingLine, ...] = ()
    households: tuple[HouseholdLine, ...] = ()
    premises: tuple[PremisesLine, ...] = ()
    next: str = ""
    total: int = 0


@dataclass(frozen=True)
class CodeView:
    """A building's code and how it stands.

    Args:
        state: hanging, unprinted or retired.
        why: Why it was replaced or retired, or empty.
    """

    code: str
    state: str
    state_label: str
    issued_words: str
    printed_words: str
    retired_words: str
    why: str
    successor: str


@dataclass(frozen=True)
class BuildingView:
    """A building with its doors, and what may be done on it."""

    id: int
    version: int
    name: str
    address: str
    grid: str
    grid_code: str
    unit_count: int
    floor_count: int
    on_record_count: int
    household_count: int
    is_retired: bool
    codes: tuple[CodeView, ...]
    doors: tuple[HouseholdLine, ...]
    has_more_doors: bool
    premises: tuple[PremisesLine, ...]
    buttons: tuple[ButtonView, ...]


@dataclass(frozen=True)
class RecordView:
    """A household's record: masked, with the contact that the grid keeps with the same door.

    Args:
        contact: The id of the contact household of the same door, for who may see visits.
    """

    id: str
    version: int
    building_id: int
    building: str
    grid: str
    unit: str
    floor: int | None
    door: str
    door_words: str
    who: str
    phone_masked: str
    head_count: int
    tenure: str
    tenure_label: str
    remarks: str
    changed_words: str
    contact: str
    is_struck: bool
    buttons: tuple[ButtonView, ...]


@dataclass(frozen=True)
class CheckView:
    """One check that was made."""

    on_words: str
    by: str
    outcome: str
    outcome_label: str
    text: str
    next_words: str
    case_no: str


@dataclass(frozen=True)
class PremisesView:
    """The record of a shop, an enterprise or a place, with its checks, the newest first."""

    id: str
    version: int
    line: PremisesLine
    building_id: int
    building: str
    spot: str
    credit_code: str
    who: str
    phone_masked: str
    risk_code: str
    rhythm_words: str
    remarks: str
    is_struck: bool
    checks: tuple[CheckView, ...]
    buttons: tuple[ButtonView, ...]
