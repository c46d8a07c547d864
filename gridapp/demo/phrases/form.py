"""How the phrases of a category are laid out."""

from dataclasses import dataclass
from typing import NamedTuple

from gridapp.demo.drawings.scenes import Scene


class Matter(NamedTuple):
    """One thing that happens, with what is answered to it.

    Args:
        problem: What a reporter writes, with the slots ``{b}`` building, ``{s}`` spot, ``{t}``
            since when, ``{n}`` a small number, ``{d}`` for how long.
        reply: What a unit replies when it is done.
        settled: What a worker writes who settled it on the spot; empty where nobody may.
    """

    problem: str
    reply: str
    settled: str = ""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is said about one category.

    Args:
        unit: Code of the unit that handles it.
        weight: How often it comes up, against the others.
        matters: The things that happen.
        scene: Which drawn photo shows it.
        months: The months of its season; empty for all the year.
    """

    unit: str
    weight: int
    matters: tuple[Matter, ...]
    scene: Scene | None = None
    months: frozenset[int] = frozenset()
