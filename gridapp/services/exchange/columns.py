"""The columns of a table, as people head them in Chinese or programs in English."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from gridapp.domain.errors import GridappError
from gridapp.services.exchange.signs import unescaped


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
        instead: Columns any of which does in its place, when it is needed.
        is_plain: Whether it holds digits and Latin letters only (codes, phones): full-width forms
            are folded and spaces taken out.
        is_prose: Whether it holds words that somebody writes freely: line breaks stay, and a day
            is no fault.
        mask: How a person's data is shown to whoever need not know it; None shows it whole.
        hint: What a person must know to fill it; written into the template.
        example: What stands in the first row of the template.
        second: What stands in the second; the same when it is left out.
    """

    name: str
    header: str
    others: tuple[str, ...] = ()
    needed: bool = False
    instead: tuple[str, ...] = ()
    is_plain: bool = False
    is_prose: bool = False
    mask: Callable[[str], str] | None = None
    hint: str = ""
    example: str = ""
    second: str = ""


def plain(heading: str) -> str:
    """Give a heading as it is compared: without spaces, marks and case."""
    return "".join(unescaped(heading).split()).strip("*＊").lower()


def known_headings(columns: Sequence[Column]) -> dict[str, str]:
    """Give each heading under which a column is known, and the column's name."""
    others = {plain(other): column.name for column in columns for other in column.others}
    # A column's own heading counts more than another's by-name.
    own = {plain(h): column.name for column in columns for h in (column.header, column.name)}
    return others | own


def named_places(columns: Sequence[Column], headings: Sequence[str]) -> dict[int, str]:
    """Tell which places of a row are headed as a column is: its own heading beats a by-name.

    A column that two of its own headings name, or two by-names, is given twice.
    """
    known = known_headings(columns)
    own = {plain(h) for column in columns for h in (column.header, column.name)}
    bare = [plain(heading) for heading in headings]
    headed = {known[heading] for heading in bare if heading in own}
    return {
        place: known[heading]
        for place, heading in enumerate(bare)
        if heading in known and (heading in own or known[heading] not in headed)
    }


def find_columns(columns: Sequence[Column], headings: Sequence[str]) -> Mapping[int, str]:
    """Tell which place of a row holds which column; headings that are not known are passed over.

    Raises:
        TableRefusedError: A needed column is missing, or one is there twice.
    """
    places = named_places(columns, headings)
    demand_columns(columns, places, headings)
    return places


def lacking(columns: Sequence[Column], found: Collection[str]) -> list[Column]:
    """List the needed columns that are not found, nor any that would do instead."""
    return [
        column
        for column in columns
        if column.needed and not {column.name, *column.instead} & set(found)
    ]


def needed_words(columns: Sequence[Column]) -> tuple[str, ...]:
    """Give the headings that a table must have; those of which any one does are joined by 或."""
    headers = {column.name: column.header for column in columns}
    return tuple(
        "或".join(headers[name] for name in (column.name, *column.instead))
        for column in columns
        if column.needed
    )


def demand_columns(
    columns: Sequence[Column], places: Mapping[int, str], headings: Sequence[str] = ()
) -> None:
    """Let a mapping pass that names each needed column, and none twice.

    Args:
        columns: What the kind of table knows.
        places: Which place of a row holds which column.
        headings: As they stand in the file, to name those that say the same.

    Raises:
        TableRefusedError: A needed column is missing, or one is there twice.
    """
    found = list(places.values())
    for column in lacking(columns, found):
        others = [f"「{one.header}」" for one in columns if one.name in column.instead]
        told = "或".join([f"「{column.header}」", *others])
        raise TableRefusedError(f"缺少{told}一列（或{column.name}）。")
    for column in columns:
        twice = [place for place, name in places.items() if name == column.name]
        if len(twice) > 1:
            heads = "、".join(f"「{headings[n].strip()}」" for n in twice if n < len(headings))
            told = f"（{heads}）" if heads else ""
            raise TableRefusedError(
                f"「{column.header}」一列出现了两次{told}，请只留一列，或者改掉其中一个列名。"
            )
