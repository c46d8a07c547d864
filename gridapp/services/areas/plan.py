"""What a change of the tree will do, row by row: worked out once, shown, agreed to, carried out."""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from gridapp.domain.vocabulary import Deed, GridKind, GridLevel
from gridapp.services.orders import digest_of


class Shift(NamedTuple):
    """A row that goes to a grid; a grid that is only planned is known by a negative number."""

    id: int
    to: int


class Outline(NamedTuple):
    """A grid's outline in the version that was looked at."""

    grid_id: int
    version: int


class PostShift(NamedTuple):
    """A post that somebody gets in another grid; ``ends`` when the old one ends by it."""

    id: int
    to: int
    accountable: bool
    ends: bool


class NewGrid(NamedTuple):
    """A grid that is to be made; ``ref`` is its negative number; its numbers as a table tells."""

    ref: int
    code: str
    name: str
    level: GridLevel
    kind: GridKind
    above: int
    household_count: int = 0
    lng_wgs84: float | None = None
    lat_wgs84: float | None = None


class Edit(NamedTuple):
    """A field of a grid that gets another value."""

    grid_id: int
    name: str
    before: str
    after: str


class Flow(NamedTuple):
    """Households that are counted elsewhere from now on."""

    from_id: int
    to: int
    households: int


@dataclass(frozen=True)
class Affected:
    """Whom and what it touches: ids, sorted."""

    buildings: tuple[int, ...] = ()
    household_count: int = 0
    cases: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    points: tuple[int, ...] = ()
    rosters: tuple[int, ...] = ()
    contacts: tuple[int, ...] = ()
    posters: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A change of the tree.

    Args:
        grid_id: The grid of whose history it is first of all; negative when it is to be made.
        hangs: Grids that get another parent.
        cases: Open cases that go to another grid; what is closed stays where it was.
        ended_posts: Posts that end without another.
        retired: Grids that are given up, and who takes over; 0 is nobody.
        outlines: Outlines that become one, that of ``grid_id``, in their versions.
        says: What will happen, in sentences.
        warns: What somebody has to see to afterwards.
    """

    deed: Deed
    grid_id: int
    affected: Affected
    new: tuple[NewGrid, ...] = ()
    edits: tuple[Edit, ...] = ()
    hangs: tuple[Shift, ...] = ()
    buildings: tuple[Shift, ...] = ()
    cases: tuple[Shift, ...] = ()
    points: tuple[Shift, ...] = ()
    rosters: tuple[Shift, ...] = ()
    posts: tuple[PostShift, ...] = ()
    ended_posts: tuple[int, ...] = ()
    retired: tuple[Shift, ...] = ()
    flows: tuple[Flow, ...] = ()
    outlines: tuple[Outline, ...] = ()
    words: str = ""
    says: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Tell one plan from another by all that it would do."""
        return digest_of(asdict(self))


@dataclass(frozen=True)
class CountView:
    """One number of a preview."""

    label: str
    words: str


@dataclass(frozen=True)
class PreviewView:
    """What a change would do, for whoever has to agree; ``agreed`` is what the deed asks for."""

    agreed: str
    counts: tuple[CountView, ...]
    says: tuple[str, ...]
    warns: tuple[str, ...]


_COUNTS = (
    ("buildings", "楼栋", "栋"),
    ("household_count", "户数", "户"),
    ("cases", "在办事件", "件"),
    ("people", "在岗人员", "人"),
    ("points", "巡查点", "个"),
    ("rosters", "夜巡安排", "项"),
    ("contacts", "联系户", "户"),
    ("posters", "要重印的楼栋张贴", "张"),
    ("boards", "要重做的公示牌和工牌", "份"),
)


def preview_of(plan: Plan) -> PreviewView:
    """Show a plan; what it does not touch is not mentioned."""
    counts = [(label, _count(getattr(plan.affected, name)), unit) for name, label, unit in _COUNTS]
    return PreviewView(
        plan.digest,
        tuple(CountView(label, f"{count}{unit}") for label, count, unit in counts if count),
        plan.says,
        plan.warns,
    )


def _count(found: Any) -> int:
    return found if isinstance(found, int) else len(found)
