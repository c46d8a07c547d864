"""Finds areas in reach by what a person types: street, community, grid or micro-grid (找网格)."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import col

from gridapp.domain.codes import display_name
from gridapp.domain.labels import GRID_LEVEL
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within
from gridapp.tables import Grid

FOUND_MOST: Final = 6
_WORDS_MOST: Final = 5
_TYPED_MOST: Final = 60


@dataclass(frozen=True)
class FoundArea:
    """An area that was found; ``where`` tells its level and what it hangs under."""

    code: str
    name: str
    where: str


def typed_words(typed: str) -> list[str]:
    """Give the words typed, at most five."""
    return typed[:_TYPED_MOST].split()[:_WORDS_MOST]


def find_areas(act: Act, typed: str, deed: Deed) -> tuple[FoundArea, ...]:
    """Find areas in which the actor may do a deed, whose name or code holds every word.

    Nothing typed gives the areas at the top of the actor's reach.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may do it anywhere.
    """
    demand(act, deed)
    words, above = typed_words(typed), aliased(Grid)
    query = (
        select(col(Grid.code), col(Grid.name), col(Grid.level), col(above.name))
        .outerjoin(above, col(above.id) == col(Grid.parent_id))
        .where(grids_within(act.actor, deed), col(Grid.retired_at).is_(None))
        .order_by(col(Grid.path) if words else col(Grid.code))
        .limit(FOUND_MOST)
    )
    told = col(Grid.name) + " " + col(Grid.code)
    rows = act.session.execute(query.where(*(told.contains(w, autoescape=True) for w in words)))
    return tuple(
        FoundArea(
            code, display_name(name),
            GRID_LEVEL[level] + (f" · {display_name(parent)}" if parent else ""),
        )
        for code, name, level, parent in rows
    )  # fmt: skip
