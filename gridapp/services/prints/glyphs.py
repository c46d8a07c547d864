"""Looks up before printing whether our fonts can write every character: a missing one is a box.

Only the fonts' own tables are read (cmap, format 12), with no font library at run time.
"""

import struct
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from gridapp.domain.errors import GridappError

# The print shop's. A deed that keeps words for a print asks them too, before anything is kept.
FONTS: Final = Path(__file__).parents[2] / "printing" / "fonts"
# In the order in which the templates ask them.
FILES: Final = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "RareSans.ttf", "RareKai.ttf")
_SEGMENTED: Final = 4
_MOST_TOLD: Final = 10
_LAST_OF_BASIC: Final = 0xFFFF


class Missing(NamedTuple):
    """A character that no font has, in which text, and where that text stands."""

    sign: str
    text: str
    place: str


class GlyphsMissingError(GridappError):
    """Some names hold characters that our fonts lack; ``missing`` tells which and where."""

    code = "print.glyphs_missing"
    status = 422

    def __init__(self, missing: list[Missing]) -> None:
        told = "；".join(
            f"“{one.text}”（{one.place}）里的“{one.sign}”U+{ord(one.sign):04X}"
            for one in missing[:_MOST_TOLD]
        )
        more = f"等{len(missing)}处" if len(missing) > _MOST_TOLD else ""
        super().__init__(
            f"字库里没有这些字，印出来会是方框：{told}{more}。请改用规范字后再打印。",
            missing=[one._asdict() for one in missing],
        )


def _tables(font: bytes) -> dict[bytes, int]:
    (count,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * place) for place in range(count))
    return {tag: offset for tag, _, offset, _ in entries}


def _subtables(font: bytes) -> Iterator[tuple[int, int]]:
    start = _tables(font)[b"cmap"]
    (count,) = struct.unpack_from(">H", font, start + 2)
    for place in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 8 + 8 * place)
        (form,) = struct.unpack_from(">H", font, start + offset)
        yield form, start + offset


def _groups(font: bytes, at: int) -> Iterator[range]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    for place in range(count):
        first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * place)
        yield range(first, last + 1)


def _segments(font: bytes, at: int) -> Iterator[range]:
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", font, at + 14)
    firsts = struct.unpack_from(f">{count}H", font, at + 16 + doubled)
    for first, last in zip(firsts, lasts, strict=True):
        yield range(first, min(last, _LAST_OF_BASIC - 1) + 1)


def characters_of(path: Path) -> frozenset[int]:
    """List the characters that a font can write.

    A segment of format 4 may hold unassigned places; where there is a format 12 it alone is asked.
    """
    font = path.read_bytes()
    forms = dict(_subtables(font))
    full = forms.get(12)
    ranges = _groups(font, full) if full is not None else _segments(font, forms[_SEGMENTED])
    return frozenset(code for one in ranges for code in one)


@cache
def covered() -> frozenset[int]:
    """List the characters that any of our fonts can write."""
    return frozenset[int]().union(*(characters_of(FONTS / name) for name in FILES))


@cache
def _bold() -> frozenset[int]:
    return characters_of(FONTS / FILES[1])


def without_bold(text: str) -> str:
    """Give the characters of a text that our fonts can write, but not in bold."""
    have, bold = covered(), _bold()
    return "".join(
        sorted(sign for sign in set(text) if ord(sign) in have and ord(sign) not in bold)
    )


def demand_glyphs(texts: Iterable[tuple[str, str]]) -> None:
    """Let pass texts that can be written whole.

    Args:
        texts: Each text with the words that tell where it stands.

    Raises:
        GlyphsMissingError: Some cannot; the sentence names text and place.
    """
    have = covered()
    missing = [
        Missing(sign, text, place)
        for text, place in texts
        for sign in dict.fromkeys(text)
        if ord(sign) not in have
    ]
    if missing:
        raise GlyphsMissingError(missing)
