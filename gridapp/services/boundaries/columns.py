"""Chooses the columns of a file that tell a shape's grid, and lists those a person may choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gridapp.services.boundaries.directory import Directory, fold
from gridapp.services.boundaries.files.feature import Feature

_NAMELIKE: Final = ("名", "name", "title", "标题")
_ABOVELIKE: Final = ("所属", "所在", "上级", "归属", "隶属", "父", "parent", "文件夹")
_TELLING_NOTHING: Final = frozenset(
    {"", "边界", "范围", "网格", "网格边界", "面", "多边形", "polygon"}
)
_EXAMPLES_MAX_COUNT: Final = 2
_EXAMPLE_MAX_CHARACTERS: Final = 12


@dataclass(frozen=True)
class Column:
    """A column of the file as a person may choose it: its heading and what stands in it."""

    key: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """Which columns tell what; an empty one is not there.

    Args:
        code: The grid's code.
        name: The grid's name.
        above: The name or code of the grid above it.
        chosen: The column that a person chose for code or name.
    """

    code: str = ""
    name: str = ""
    above: str = ""
    chosen: str = ""


def choose_columns(features: Sequence[Feature], grids: Directory, chosen: str) -> Columns:
    """Choose the columns by how many grids they lead to; a person's choice comes first."""
    table = _Table(features, grids)
    if chosen in table.keys:
        return Columns(chosen, chosen, table.best_above(chosen), chosen)
    code = table.best_code()
    pairs = [(key, table.best_above(key)) for key in table.names]
    ranked = [
        (table.reach(key, above), bool(above), is_namelike(key), -place, key, above)
        for place, (key, above) in enumerate(pairs)
    ]
    best = max(ranked, default=None)
    if best is None or not best[0]:
        name = next((key for key in table.names if is_namelike(key)), "")
        return Columns(code, name, table.best_above(name))
    return Columns(code, best[4], best[5])


def list_columns(features: Sequence[Feature]) -> tuple[Column, ...]:
    """List the columns in which anything stands."""
    found: dict[str, dict[str, None]] = {}
    for feature in features:
        for key, value in feature.properties.items():
            if value and len(found.setdefault(key, {})) < _EXAMPLES_MAX_COUNT:
                found[key][value[:_EXAMPLE_MAX_CHARACTERS]] = None
    return tuple(Column(key, tuple(examples)) for key, examples in found.items())


def is_namelike(key: str) -> bool:
    """Tell whether a heading says that names stand below it."""
    return any(sign in key.casefold() for sign in _NAMELIKE)


def _is_abovelike(key: str) -> bool:
    return any(sign in key.casefold() for sign in _ABOVELIKE)


class _Table:
    """The values of a file column by column, looked at once."""

    def __init__(self, features: Sequence[Feature], grids: Directory) -> None:
        self._grids = grids
        self._rows = [feature.properties for feature in features]
        self.keys = list(dict.fromkeys(key for row in self._rows for key in row))
        self._values = {key: [fold(row.get(key, "")) for row in self._rows] for key in self.keys}
        self._known_above = {
            key: any(grids.is_above(value) for value in set(values) if value)
            for key, values in self._values.items()
        }
        self.names = [key for key in self.keys if not self._is_of_above(key)]

    def _repeats(self, key: str) -> bool:
        filled = [value for value in self._values[key] if value]
        return len(set(filled)) < len(filled)

    def _tells_apart(self, key: str) -> bool:
        """Tell whether a column has another name for every shape."""
        return is_namelike(key) and all(self._values[key]) and not self._repeats(key)

    def _is_of_above(self, key: str) -> bool:
        """Tell whether a column speaks of the grid above: by its heading, or because it repeats.

        A heading that is the only one with names in it may still be the folder of each shape.
        """
        if not self._known_above[key]:
            return False
        finer = [one for one in self.keys if one != key and self._tells_apart(one)]
        return (_is_abovelike(key) and bool(self._others(key))) or (
            self._repeats(key) and bool(finer)
        )

    def _others(self, key: str) -> list[str]:
        """List the other columns that call the shapes by names of their own, known or not."""
        return [
            one
            for one in self.keys
            if one != key and is_namelike(one) and self._tells(set(self._values[one]))
        ]

    def _tells(self, values: set[str]) -> bool:
        if len(self._rows) > 1:
            return len(values) > 1
        return bool(values - _TELLING_NOTHING)

    def best_code(self) -> str:
        """Find the column that leads to most grids by code, unless it is the code above."""
        ranked = [
            (len(self._coded(key)), -place, key)
            for place, key in enumerate(self.keys)
            if not (self._known_above[key] and _is_abovelike(key))
        ]
        best = max(ranked, default=(0, 0, ""))
        return best[2] if best[0] and not self._is_of_above(best[2]) else ""

    def _coded(self, key: str) -> set[int]:
        found = (self._grids.by_code(value) for value in set(self._values[key]) if value)
        return {one.grid_id for one in found if one is not None}

    def best_above(self, name: str) -> str:
        """Find the column of the grid above that helps the names most."""
        ranked = [
            (self.reach(name, key), _is_abovelike(key), -place, key)
            for place, key in enumerate(self.keys)
            if key != name and self._known_above[key] and self._is_higher(key, name)
            and (_is_abovelike(key) or self._repeats(key))
        ]  # fmt: skip
        return max(ranked)[3] if ranked else ""

    def _is_higher(self, key: str, name: str) -> bool:
        """Tell whether what a column names lies higher than the grids that the names lead to.

        Of names that lead nowhere it is not known; then another column of names is no higher one.
        """
        found = [
            (self._grids.height(row.get(key, "")), candidate.path.count("/"))
            for row in self._rows
            for candidate in self._grids.named(row.get(name, ""))
        ]
        known = [above < below for above, below in found if above]
        return any(known) if known else _is_abovelike(key) or not is_namelike(key)

    def reach(self, name: str, above: str) -> int:
        """Count the grids that a column of names leads to."""
        found = {self._grids.find(row.get(name, ""), row.get(above, "")) for row in self._rows}
        return len(found - {None})
