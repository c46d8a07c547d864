"""The grids that a file may name: by code, by name, and by a name within the grid above.

Grids of one name stand under every community, so a name counts only where it leads to one grid;
what the file tells of the grid above narrows the search, and never is the name itself.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.vocabulary import GridLevel
from gridapp.services.desk import Act
from gridapp.tables import Grid

_ENDINGS: Final = ("社区", "街道", "居委会", "居民区")


@dataclass(frozen=True)
class Target:
    """A grid to which a shape may belong; ``above`` is the name of the grid above."""

    grid_id: int
    code: str
    name: str
    level: GridLevel
    path: str
    above: str = ""


@dataclass(frozen=True)
class Directory:
    """The grids under the chosen one, with how to find them.

    Args:
        targets: In the order of their codes, the chosen one first.
        everywhere: Paths of all grids of the city by name or code, by which a file tells what lies
            above a shape's grid, even where that is not under the chosen one.
        parents: Paths of all grids that have grids below them.
    """

    targets: Sequence[Target]
    everywhere: dict[str, list[str]]
    parents: frozenset[str]
    _codes: dict[str, Target] = field(default_factory=dict)
    _names: dict[str, list[Target]] = field(default_factory=lambda: defaultdict(list))
    _long: dict[str, list[Target]] = field(default_factory=lambda: defaultdict(list))
    _short: dict[str, list[Target]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """List the grids by their codes and names."""
        for one in self.targets:
            self._codes[fold(one.code)] = one
            self._names[fold(one.name)].append(one)
            for stem in _stems(one.above):
                self._long[fold(stem + one.name)].append(one)
                if one.name.startswith(stem):
                    self._short[fold(one.name.removeprefix(stem))].append(one)

    def by_code(self, code: str) -> Target | None:
        """Find a grid by its code."""
        return self._codes.get(fold(code))

    def named(self, name: str) -> list[Target]:
        """Find the grids of a name, itself or behind the name of the grid above."""
        folded = fold(name)
        return self._names.get(folded) or self._long.get(folded) or []

    def is_above(self, name: str) -> bool:
        """Tell whether a grid is called so under which there are others, here or elsewhere."""
        return any(path in self.parents for path in self.everywhere.get(fold(name), ()))

    def height(self, name: str) -> int:
        """Tell how many steps below the city the highest grid of a name lies; 0 for none."""
        paths = self.everywhere.get(fold(name), ())
        return min((path.count("/") for path in paths), default=0)

    def find(self, name: str, above: str = "") -> Target | None:
        """Find the one grid of a name under the grid that is told to lie above it."""
        found = self.named(name)
        paths = self.everywhere.get(fold(above), [])
        if paths:
            found = _below(found, paths) or _below(self._short.get(fold(name), []), paths)
        return found[0] if len(found) == 1 else None


def directory_of(act: Act, top: Grid) -> Directory:
    """List the grids under a grid, itself among them, and what lies above any."""
    root = f"/{top.path.strip('/').partition('/')[0]}/"
    rows = act.session.execute(
        select(col(Grid.id), col(Grid.code), col(Grid.name), col(Grid.level), col(Grid.path))
        .where(col(Grid.path).startswith(root, autoescape=True), col(Grid.retired_at).is_(None))
        .order_by(col(Grid.code))
    ).all()
    names = {path: name for _id, _code, name, _level, path in rows}
    everywhere: dict[str, list[str]] = defaultdict(list)
    parents, targets = set(), []
    for grid_id, code, name, level, path in rows:
        everywhere[fold(name)].append(path)
        everywhere[fold(code)].append(path)
        above = above_path(path)
        parents.add(above)
        if path.startswith(top.path):
            targets.append(Target(grid_id, code, name, level, path, names.get(above, "")))
    return Directory(targets, dict(everywhere), frozenset(parents))


def above_path(path: str) -> str:
    """Give the path of the grid above."""
    return f"{path.rstrip('/').rpartition('/')[0]}/"


def fold(text: str) -> str:
    """Write a name so that width, case and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _below(found: Sequence[Target], paths: Sequence[str]) -> list[Target]:
    """Keep the grids that lie below one of the paths, else the one that a path leads to."""
    below = [one for one in found if any(_is_below(one, path) for path in paths)]
    return below or [one for one in found if one.path in paths]


def _is_below(one: Target, path: str) -> bool:
    return one.path.startswith(path) and one.path != path


def _stems(above: str) -> Iterator[str]:
    """Give the ways in which the name above begins a grid's own name."""
    if above:
        yield above
    for ending in _ENDINGS:
        stem = above.removesuffix(ending)
        if stem and stem != above:
            yield stem
