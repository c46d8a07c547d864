"""The book of a dry run: what would become of each line, on disk, paged and counted."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gridapp.domain.privacy import mask_ids
from gridapp.services.exchange.cells import Difference
from gridapp.services.exchange.taking import Fate

BAD: Final = "bad"
_AT_ONCE: Final = 500
# A file of its own, no table of the town: written once, read by pages, thrown away.
_MAKE: Final = (
    "CREATE TABLE line (line INTEGER PRIMARY KEY, fate TEXT, head TEXT, reason TEXT, told TEXT, "
    "texts TEXT)"
)
_INDEX: Final = "CREATE INDEX line_fate ON line (fate, line)"
_ADD: Final = "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)"
_PAGE: Final = (
    "SELECT line, fate, head, reason, told FROM line "
    "WHERE (?1 = '' OR fate = ?1) AND (?2 = '' OR head LIKE ?3 ESCAPE '\\') "
    "ORDER BY line LIMIT ?4 OFFSET ?5"
)
_COUNT: Final = (
    "SELECT count(*) FROM line "
    "WHERE (?1 = '' OR fate = ?1) AND (?2 = '' OR head LIKE ?3 ESCAPE '\\')"
)
_BAD_ROWS: Final = "SELECT line, reason, texts FROM line WHERE fate = 'bad' ORDER BY line"


@dataclass(frozen=True)
class LineView:
    """A line of the file: what it says in short, and what would come of it."""

    line: int
    fate: str
    head: str
    reason: str
    differences: tuple[Difference, ...]


class LineWriter:
    """Writes a book, some hundred lines at once."""

    def __init__(self, book: sqlite3.Connection, places: Sequence[int]) -> None:
        self._book = book
        self._places = places
        self._waiting: list[tuple[int, str, str, str, str, str]] = []

    def note(self, fate: Fate) -> None:
        """Write a line down."""
        bad = fate.bad
        reason = "；".join(fate.notes)
        if bad is not None:
            reason = f"{bad.column}：{bad.reason}" if bad.column else bad.reason
        cells = (fate.texts[n] for n in self._places if n < len(fate.texts))
        # What is shown holds no ID number; the wrong rows themselves go back as they came.
        head = mask_ids(" · ".join(cell.strip() for cell in cells if cell.strip()))[:120]
        reason = mask_ids(reason)
        told = [[d.column, mask_ids(d.before), mask_ids(d.after)] for d in fate.differences]
        texts = json.dumps(list(fate.texts), ensure_ascii=False) if bad else ""
        word = BAD if bad else fate.taken.value
        told_words = json.dumps(told, ensure_ascii=False) if told else ""
        self._waiting.append((fate.line, word, head, reason, told_words, texts))
        if len(self._waiting) >= _AT_ONCE:
            self.settle()

    def settle(self) -> None:
        """Write what waits."""
        self._book.executemany(_ADD, self._waiting)
        self._waiting.clear()


@contextmanager
def writing_lines(path: Path, places: Sequence[int]) -> Iterator[LineWriter]:
    """Write a book anew; it stands under its name only when it is whole."""
    coming = path.with_suffix(".coming")
    coming.unlink(missing_ok=True)
    with closing(sqlite3.connect(coming)) as book:
        book.execute("PRAGMA journal_mode=OFF")
        book.execute("PRAGMA synchronous=OFF")
        book.execute(_MAKE)
        writer = LineWriter(book, places)
        yield writer
        writer.settle()
        book.execute(_INDEX)
        book.commit()
    coming.replace(path)


def read_lines(
    path: Path, fate: str, words: str, *, first: int, most: int
) -> tuple[int, list[LineView]]:
    """Give how many lines there are of a fate and with these words, and a page of them."""
    like = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    with closing(_reading(path)) as book:
        (count,) = book.execute(_COUNT, (fate, words, like)).fetchone()
        rows = book.execute(_PAGE, (fate, words, like, most, first)).fetchall()
    return count, [_view(*row) for row in rows]


def bad_rows(path: Path) -> Iterator[tuple[int, str, list[str]]]:
    """Give the wrong rows: line, reason, and the cells as they stand in the file."""
    with closing(_reading(path)) as book:
        for line, reason, texts in book.execute(_BAD_ROWS):
            yield line, reason, json.loads(texts)


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _view(line: int, fate: str, head: str, reason: str, told: str) -> LineView:
    pairs = json.loads(told) if told else []
    return LineView(line, fate, head, reason, tuple(Difference(*pair) for pair in pairs))
