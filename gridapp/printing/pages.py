"""Turns views into what a template reads: plain data, with every text that is not ours as data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from gridapp.domain.privacy import spaced_phone
from gridapp.printing.words import words_for
from gridapp.services.prints.glyphs import without_bold
from gridapp.services.prints.views import Batch, Face, Layout, Paper, Printable, Sheet

CARDS_PER_SHEET: Final = 10
_A3_SCALE: Final = 1.414
# Whatever has no place to break: Latin, Cyrillic and the like; Chinese breaks anywhere.
_WIDE: Final = r"[!-~\u00a1-\u1fff\u2010-\u2027\u2030-\u2e7f]"
_RUN: Final = re.compile(rf"{_WIDE}{{24}}(?={_WIDE})")
_SHORT_RUN: Final = re.compile(rf"{_WIDE}{{12}}(?={_WIDE})")
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_SCALED: Final = frozenset({Sheet.POSTER, Sheet.BOARD})
# The least size of letters on a wall in millimetres: 9 and 12 pt on A4, 141 % of it on A3. What is
# held in the hand, and a name on a board that would not fit otherwise, may go down to 5 pt.
_LEGIBLE_MM: Final = {Layout.STANDARD: 3.2, Layout.ELDER: 4.25}
_LEAST_MM: Final = 1.8
_NAMES: Final = {
    Sheet.POSTER: "楼栋海报",
    Sheet.STAIRWELL: "楼道贴",
    Sheet.CARDS: "网格联系卡",
    Sheet.BOARD: "网格公示牌",
    Sheet.BADGE: "工作证",
}


@dataclass(frozen=True)
class Photo:
    """A photo that a page shows: the name that the template knows, and the picture."""

    name: str
    picture: bytes


def cleaned(text: str) -> str:
    """Give a text without control and direction signs, which print as boxes or not at all."""
    return _UNSEEN.sub(" ", text).strip()


def wrapping(text: str, run: re.Pattern[str] = _RUN) -> str:
    """Give a cleaned text in which a word of more than 24 Latin signs may wrap inside its box."""
    return run.sub("\\g<0>\u200b", cleaned(text))


def codes_on(batch: Batch) -> int:
    """Count the codes on each page of a batch."""
    return CARDS_PER_SHEET if batch.sheet is Sheet.CARDS else 1


def title_of(batch: Batch) -> str:
    """Name a batch, as the file's title."""
    return f"{_NAMES[batch.sheet]} {len(batch.pages)}页"


def texts_of(page: Printable) -> Iterator[tuple[str, str]]:
    """Give each text of a page that is not ours, with the words that tell where it stands."""
    place = page.name if not page.code else f"{page.name}，楼栋码{page.code}"
    yield cleaned(page.name), f"名称，{page.code or page.place}"
    yield cleaned(page.address), f"地址，{place}"
    yield cleaned(page.place), f"所在网格，{place}"
    for line in page.promises:
        yield cleaned(line), f"承诺，{place}"
    for face in page.faces:
        yield cleaned(face.name), f"姓名，{place}"
        for text in (face.title, face.grid, face.duties, face.phone):
            yield cleaned(text), f"{face.name}的岗位，{place}"


def data_of(batch: Batch, pages: tuple[Printable, ...]) -> tuple[dict[str, Any], list[Photo]]:
    """Give what the template reads for some pages of a batch, and the photos it opens."""
    photos: list[Photo] = []
    scale = _A3_SCALE if batch.paper is Paper.A3 and batch.sheet in _SCALED else 1
    data = {
        "title": title_of(batch),
        "layout": batch.layout.value,
        "scale": scale,
        "least": _least(batch),
        "words": words_for(batch.sheet, batch.layout),
        "pages": [_page(page, photos) for page in pages],
        "rare": without_bold("".join(text for page in pages for text, _ in texts_of(page))),
    }
    return data, photos


def _least(batch: Batch) -> dict[str, float]:
    """Give the least sizes of a batch: of words, which are cut sooner, and of names."""
    usual = _LEGIBLE_MM[Layout.STANDARD]
    words = {Sheet.STAIRWELL: usual} | dict.fromkeys(_SCALED, _LEGIBLE_MM[batch.layout])
    names = {Sheet.POSTER: usual}
    return {
        "words": words.get(batch.sheet, _LEAST_MM),
        "names": names.get(batch.sheet, _LEAST_MM),
    }


def _page(page: Printable, photos: list[Photo]) -> dict[str, Any]:
    return {
        "name": wrapping(page.name),
        "address": wrapping(page.address),
        "place": wrapping(page.place),
        "url": page.url,
        "code": page.code,
        "faces": [_face(face, photos) for face in page.faces],
        "promises": [wrapping(line, _SHORT_RUN) for line in page.promises],
    }


def _face(face: Face, photos: list[Photo]) -> dict[str, str]:
    name = wrapping(face.name)
    photo = ""
    if face.photo:
        kind = "webp" if face.photo.startswith(b"RIFF") else "jpg"
        photo = f"photo-{len(photos)}.{kind}"
        photos.append(Photo(photo, face.photo))
    return {
        "name": name,
        "initial": name[:1],
        "title": wrapping(face.title),
        "phone": wrapping(spaced_phone(face.phone)),
        "grid": wrapping(face.grid),
        "duties": wrapping(face.duties),
        "photo": photo,
    }
