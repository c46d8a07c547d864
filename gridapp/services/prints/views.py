"""What a poster, card, board or badge says: views for ``gridapp.printing``, public words only."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Final

# Enough to see that a part is another one; the page's own mark is longer.
_PART_DIGITS: Final = 8


class Sheet(StrEnum):
    """A kind of thing that is printed; the word is also stored in the print record."""

    POSTER = "poster"
    STAIRWELL = "stairwell"
    CARDS = "cards"
    BOARD = "board"
    BADGE = "badge"


class Paper(StrEnum):
    """The paper of a poster or board; other sheets have a size of their own."""

    A4 = "a4"
    A3 = "a3"


class Layout(StrEnum):
    """How it is set out: the usual one, or fewer and larger words for elderly readers."""

    STANDARD = "standard"
    ELDER = "elder"


# Where photos and the street's own words are shown; every other part counts for all sheets.
_SHOWING: Final = {
    "duties": {(Sheet.BOARD, Layout.STANDARD)},
    "photos": set(product((Sheet.BOARD, Sheet.BADGE), Layout)),
    "promises": set(product((Sheet.BOARD, Sheet.POSTER), Layout)),
}


@dataclass(frozen=True)
class Face:
    """One person as the public sees them: name, post and duty phone, never the own phone.

    Args:
        duties: What residents may turn to them for.
        photo: A JPEG or WebP for which the person has consented; without one the surname is shown.
    """

    name: str
    title: str
    phone: str
    grid: str
    duties: str = ""
    photo: bytes = b""


@dataclass(frozen=True)
class Printable:
    """One page of whatever sheet: a building, or a grid, with its people.

    Args:
        name: The building's or the grid's name, the largest words after the headline.
        address: The building's address, or what the grid covers.
        place: The areas above, as ``真如镇街道 · 南大街社区``.
        url: What the code holds.
        code: The building code for human eyes, empty on what hangs for a whole grid.
        building_id: The building for which it hangs, if it is one's.
        grid_id: The grid in which it hangs.
        grid_code: That grid's code; not printed.
        promises: What the street promises in its own words; without any, the program's are printed.
    """

    name: str
    address: str
    place: str
    url: str
    code: str = ""
    faces: tuple[Face, ...] = ()
    building_id: int | None = None
    grid_id: int | None = None
    grid_code: str = ""
    promises: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """Tell one content from another, so that what no longer is true can be printed again."""
        faces = [
            (f.name, f.title, f.phone, f.grid, f.duties, hashlib.sha256(f.photo).hexdigest())
            for f in self.faces
        ]
        told: list[object] = [self.name, self.address, self.place, self.url, self.code, faces]
        # Nothing without own promises, so that what was printed before there were any stays true.
        told += [self.promises] if self.promises else []
        return _digest(told)[:32]

    @property
    def parts(self) -> dict[str, str]:
        """Tell each part from another, so that it can be said why it is no longer true."""
        told: dict[str, object] = {
            "name": [self.name, self.address],
            "place": self.place,
            "code": [self.url, self.code],
            "people": [(face.name, face.title, face.grid) for face in self.faces],
            "phones": [face.phone for face in self.faces],
            "duties": [face.duties for face in self.faces],
            "photos": [hashlib.sha256(face.photo).hexdigest() for face in self.faces],
            "promises": self.promises,
        }
        return {part: _part(content) for part, content in told.items()}

    def parts_on(self, sheet: Sheet, layout: Layout) -> dict[str, str]:
        """Give the parts without the photos and words that a sheet and layout do not show."""
        unshown = {part for part, shows in _SHOWING.items() if (sheet, layout) not in shows}
        return {part: mark for part, mark in self.parts.items() if part not in unshown}


def parts_kept(sheet: Sheet, kept: dict[str, str]) -> dict[str, str]:
    """Give the parts of a print as they were kept.

    Before a street could write its own words, every sheet was kept with duties and photos, and what
    promises said the program's promises.
    """
    if not kept:
        return {}
    shown = {part for part, shows in _SHOWING.items() if sheet in {one for one, _ in shows}}
    before = {"promises": _part(())} if "promises" in shown else {}
    return before | {p: mark for p, mark in kept.items() if p in shown or p not in _SHOWING}


def _part(content: object) -> str:
    return _digest(content)[:_PART_DIGITS]


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Batch:
    """Everything of one print job, in the order in which it is handed out."""

    sheet: Sheet
    pages: tuple[Printable, ...]
    paper: Paper = Paper.A4
    layout: Layout = Layout.STANDARD

    @property
    def mark(self) -> str:
        """Tell one batch from another by all that is on it."""
        told = "".join([self.sheet, *(page.mark for page in self.pages)])
        return hashlib.sha256(told.encode()).hexdigest()[:32]
