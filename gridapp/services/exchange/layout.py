"""How a table lies in its file: which sheet, which lines are headings, what merged cells mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Final

from gridapp.services.exchange.columns import Column, TableRefusedError, known_headings, plain
from gridapp.services.exchange.packed import Merge
from gridapp.services.exchange.reading import Numbered, merged_in, read_rows, sheets_of
from gridapp.services.exchange.unrolled import is_unrolled, read_unrolled

LOOKED_AT_ROWS: Final = 30
_SHEETS_MOST: Final = 8
_EMPTY: Final = "文件是空的。"


class EmptySheetError(TableRefusedError):
    """Nothing stands in the sheet that is asked for."""

    def __init__(self, sheet: str) -> None:
        super().__init__(f"工作表「{sheet}」是空的，请换一个工作表。" if sheet else _EMPTY)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table lies in its file.

    Args:
        sheet: The sheet's name; empty for the first, and for a CSV.
        header_line: The line of the headings, of the upper ones when there are two.
        header_rows: Two when a heading is told on two lines, else one.
        fill_merged: Whether what stands in merged cells holds for each row that they span.
    """

    sheet: str = ""
    header_line: int = 1
    header_rows: int = 1
    fill_merged: bool = False


def find_layout(path: Path, columns: Sequence[Column], sheet: str = "") -> Layout:
    """Find the headings: the line, or two lines, that name most of the columns.

    Raises:
        TableRefusedError: The file cannot be read, or the sheet is empty.
    """
    rows = list(islice(read_rows(path, sheet, LOOKED_AT_ROWS), LOOKED_AT_ROWS))
    if not rows:
        raise EmptySheetError(sheet)
    known = known_headings(columns)
    best, layout = 0, Layout(sheet, _first_table_line(rows))
    for line, cells in rows:
        lone = len(_named(known, [(cell,) for cell in cells]))
        if lone > best:
            best, layout = lone, Layout(sheet, line)
    for (line, upper), (_, lower) in pairwise(rows):
        two = len(_named(known, _pairs(upper, lower)))
        if two > best:
            best, layout = two, Layout(sheet, line, 2)
    return layout


def find_tables(path: Path, columns: Sequence[Column], sheet: str = "") -> Iterator[Layout]:
    """Give how each sheet of a file lies that holds anything, or the one that is named.

    Of a file with several sheets the first need not be the table: others explain or count.

    Raises:
        TableRefusedError: The file cannot be read, or nothing stands in it.
    """
    names = [sheet] if sheet else sheets_of(path)[:_SHEETS_MOST] or [""]
    is_found = False
    for place, name in enumerate(names):
        try:
            layout = find_layout(path, columns, name if place or sheet else "")
        except EmptySheetError:
            continue
        is_found = True
        yield layout
    if not is_found:
        raise EmptySheetError(names[0] if len(names) == 1 else "")


def _first_table_line(rows: Sequence[Numbered]) -> int:
    """Give the first line that has more than one cell: what stands alone above is a title."""
    return next((line for line, cells in rows if sum(map(bool, cells)) > 1), rows[0][0])


def _named(known: Mapping[str, str], headings: Sequence[Sequence[str]]) -> set[str]:
    found = (known.get(plain(word)) for words in headings for word in words if word.strip())
    return {name for name in found if name}


def _pairs(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    return [
        (joined, own)
        for joined, own in zip(_joined(upper, lower), _padded(lower, len(upper)), strict=False)
    ]


def _padded(cells: Sequence[str], count: int) -> list[str]:
    return [*cells, *([""] * (count - len(cells)))]


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Give each heading whole: what stands above several lower ones belongs to each of them."""
    count = max(len(upper), len(lower))
    joined, above = [], ""
    for over, under in zip(_padded(upper, count), _padded(lower, count), strict=True):
        above = over.strip() or (above if under.strip() else "")
        joined.append(f"{above}{under.strip()}")
    return joined


def arranged(path: Path, layout: Layout) -> Iterator[Numbered]:
    """Give the headings, then each row below them; headings that come again are passed over.

    Raises:
        TableRefusedError: The file cannot be read, or has no such line.
    """
    if is_unrolled(path):
        yield from read_unrolled(path)
        return
    rows = (row for row in read_rows(path, layout.sheet) if row[0] >= layout.header_line)
    line, headings = next(rows, (0, []))
    if line != layout.header_line:
        if not line:
            raise EmptySheetError(layout.sheet)
        raise TableRefusedError("表头那一行是空的，请另选一行。")
    first: list[Numbered] = []
    if layout.header_rows > 1:
        below = next(rows, None)
        lower = below[1] if below and below[0] == line + 1 else []
        first = [below] if below and not lower else []
        headings = _joined(headings, lower)
    yield line, headings
    body = (row for row in chain(first, rows) if row[1] != headings)
    yield from _filled(body, merged_in(path, layout.sheet)) if layout.fill_merged else body


def _filled(rows: Iterator[Numbered], merges: Sequence[Merge]) -> Iterator[Numbered]:
    """Write what stands in merged cells into each row that they span."""
    waiting = iter([merge for merge in merges if merge.bottom > merge.top])
    coming = next(waiting, None)
    open_merges: list[tuple[Merge, str]] = []
    for line, cells in rows:
        while coming is not None and coming.top <= line:
            told = cells[coming.left] if coming.top == line and coming.left < len(cells) else ""
            open_merges.append((coming, told))
            coming = next(waiting, None)
        open_merges = [pair for pair in open_merges if pair[0].bottom >= line]
        yield line, _with(cells, open_merges)


def _with(cells: list[str], merges: Sequence[tuple[Merge, str]]) -> list[str]:
    for merge, told in merges:
        if told:
            cells += [""] * (merge.left + 1 - len(cells))
            cells[merge.left] = cells[merge.left] or told
    return cells
