"""What a story is made of: a report, the deeds told after it, and the rows they make."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from gridapp.demo.areas import Place, Row
from gridapp.demo.phrases.form import Matter
from gridapp.domain.codes import case_no
from gridapp.domain.vocabulary import Deed, PhotoKind
from gridapp.domain.workcalendar import beijing_date


@dataclass(frozen=True, slots=True)
class Report:
    """How a case begins. ``by`` is the member of staff who reports, None for a resident."""

    uid: UUID
    at: datetime
    made_at: datetime
    place: Place
    topic: str
    matter: Matter
    facts: dict[str, Any]
    track: bytes
    by: int | None = None
    device: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One deed of a story; ``by`` is None when the reporter does it. ``facts`` as in an order."""

    deed: Deed
    at: datetime
    by: int | None
    uid: UUID
    facts: dict[str, Any] = field(default_factory=dict)


Photos = list[tuple[PhotoKind, str]]


@dataclass(slots=True)
class Played:
    """A case with the steps so far, each with its photos beside it, and the lives that ended."""

    row: Row
    report: Report
    steps: list[tuple[Row, Photos]] = field(default_factory=list)
    moves: list[Told] = field(default_factory=list)
    lives: list[Row] = field(default_factory=list)

    @property
    def no(self) -> str:
        """The public number."""
        return case_no(self.row["id"], beijing_date(self.row["reported_at"]))
