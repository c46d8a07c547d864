"""What a demo's stories are played on: the town's rules, its staff, its places and its photos."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from gridapp.demo.areas import Place
from gridapp.demo.drawings.scenes import Scene
from gridapp.demo.people import UNITS, Staff
from gridapp.domain.vocabulary import Status
from gridapp.domain.workcalendar import WorkCalendar
from gridapp.tables import Category

OFFICE = ("wang", "zhao")


class Shot(NamedTuple):
    """The hashes of two drawn photos of one place."""

    found: str
    mended: str


@dataclass(frozen=True)
class Stage:
    """Everything that does not change while the cases are told."""

    calendar: WorkCalendar
    categories: Mapping[str, Category]
    staff: Staff
    places: list[Place]
    album: Mapping[Scene, list[Shot]]
    now: datetime
    codes_by_id: dict[int, str] = field(default_factory=dict)

    def category(self, category_id: int | None) -> Category | None:
        """Give a category by its row's id."""
        return self.categories[self.codes_by_id[category_id]] if category_id else None

    def unit_name(self, code: str) -> str:
        """Give the name of a unit."""
        return UNITS[code]

    def person(self, login: str) -> int:
        """Give a person by login."""
        return self.staff.by_login[login]


# Those a handler has it with: the case is addressed to somebody.
ADDRESSED = frozenset({Status.DISPATCHED, Status.TAKEN})
