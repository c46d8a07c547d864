"""How the phrases of a category are laid out."""

from dataclasses import dataclass

from gridapp.services.demo.drawings.scenes import Scene


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is said about one category.

    Args:
        unit: Code of the unit that handles it.
        weight: How often it comes up, against the others.
        problems: What a reporter writes, with the slots ``{b}`` building, ``{s}`` spot, ``{t}``
            since when, ``{n}`` a small number, ``{d}`` for how long.
        settled: What a worker writes who settled it on the spot; empty where nobody may.
        replies: What a unit replies when it is done.
        scene: Which drawn photo shows it.
        months: The months of its season; empty for all the year.
    """

    unit: str
    weight: int
    problems: tuple[str, ...]
    settled: tuple[str, ...]
    replies: tuple[str, ...]
    scene: Scene | None = None
    months: frozenset[int] = frozenset()
