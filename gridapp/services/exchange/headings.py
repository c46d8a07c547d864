"""Guesses which of a street's own columns is which of ours: by name, by likeness, by content."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from gridapp.domain.codes import is_building_code, normalise
from gridapp.domain.privacy import normalise_phone
from gridapp.services.exchange.columns import Column, known_headings, named_places, plain
from gridapp.services.orders import digest_of

_MOST_ALIKE: Final = 0.8
_SHORTEST_WORD: Final = 2
_GRID_CODE: Final = re.compile(r"\d{6}(\d{3}){1,3}(-[WZ]\d{2})?", re.ASCII)
# What a column of this name holds: told from the cells when no heading helps.
_LOOKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "phone": lambda text: normalise_phone(text) is not None,
    "code": lambda text: is_building_code(normalise(text)),
    "grid_code": lambda text: _GRID_CODE.fullmatch(text) is not None,
}


def guess_columns(
    columns: Sequence[Column], headings: Sequence[str], samples: Sequence[Sequence[str]]
) -> dict[int, str]:
    """Tell which place of a row may hold which column; each column is given once.

    Args:
        columns: What the kind of table knows.
        headings: As the street wrote them.
        samples: The cells of the first rows.
    """
    guessed: dict[int, str] = {}
    for find in (_by_name, _by_likeness):
        for place, name in find(columns, headings):
            if place not in guessed and name not in guessed.values():
                guessed[place] = name
    for place, name in _by_content(columns, len(headings), samples):
        if place not in guessed and name not in guessed.values():
            guessed[place] = name
    return dict(sorted(guessed.items()))


def _by_name(columns: Sequence[Column], headings: Sequence[str]) -> list[tuple[int, str]]:
    return list(named_places(columns, headings).items())


def _by_likeness(columns: Sequence[Column], headings: Sequence[str]) -> list[tuple[int, str]]:
    """Give the columns whose heading is part of the street's own one: the longest word first."""
    known = known_headings(columns)
    found = [
        (len(word), place, name)
        for place, heading in enumerate(headings)
        for word, name in known.items()
        if len(word) >= _SHORTEST_WORD and word in plain(heading)
    ]
    return [(place, name) for _, place, name in sorted(found, key=lambda hit: (-hit[0], hit[1]))]


def _by_content(
    columns: Sequence[Column], width: int, samples: Sequence[Sequence[str]]
) -> list[tuple[int, str]]:
    names = {column.name for column in columns}
    found = []
    for place in range(width):
        cells = [row[place].strip() for row in samples if place < len(row) and row[place].strip()]
        for name, looks in _LOOKS.items():
            alike = sum(map(looks, cells))
            if name in names and cells and alike >= _MOST_ALIKE * len(cells):
                found.append((place, name))
    return found


def heading_mark(headings: Sequence[str]) -> str:
    """Give the digest by which the same headings are known again."""
    return digest_of({"headings": [plain(heading) for heading in headings]})
