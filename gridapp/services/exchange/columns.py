"""The columns of a table, as people head them in Chinese or programs in English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gridapp.domain.errors import GridappError


class TableRefusedError(GridappError):
    """The whole file cannot be read as the table it should be."""

    code = "exchange.table_refused"
    sentence = "文件读不出来。"
    status = 422


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        name: What programs head it, also the key of its cells.
        header: What people head it; written on export.
        others: Other headings under which it is known.
        needed: Whether the table cannot be read without it.
    """

    name: str
    header: str
    others: tuple[str, ...] = ()
    needed: bool = False


def _plain(heading: str) -> str:
    return "".join(heading.split()).strip("*＊").lower()


def find_columns(columns: Sequence[Column], headings: Sequence[str]) -> Mapping[int, str]:
    """Tell which place of a row holds which column; headings that are not known are passed over.

    Raises:
        TableRefusedError: A needed column is missing, or one is there twice.
    """
    known = {
        _plain(heading): column.name
        for column in columns
        for heading in (column.name, column.header, *column.others)
    }
    places = {
        place: known[plain]
        for place, heading in enumerate(headings)
        if (plain := _plain(heading)) in known
    }
    found = list(places.values())
    for column in columns:
        if column.needed and column.name not in found:
            raise TableRefusedError(f"缺少「{column.header}」一列（或{column.name}）。")
        if found.count(column.name) > 1:
            raise TableRefusedError(f"「{column.header}」一列出现了两次。")
    return places
