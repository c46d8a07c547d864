"""Finds areas in reach by what a person types: street, community, grid or micro-grid (找网格)."""

from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from gridapp.domain.codes import display_name
from gridapp.domain.labels import GRID_LEVEL
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within
from gridapp.tables import Grid

FOUND_MOST: Final = 6
_BELOW_MOST: Final = 40
_UP: Final = "上一级"
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
    words = typed_words(typed)
    told = col(Grid.name) + " " + col(Grid.code)
    found = _in_reach(act, deed).where(*(told.contains(w, autoescape=True) for w in words))
    ordered = found.order_by(col(Grid.path) if words else col(Grid.code))
    return _areas(act, ordered.limit(FOUND_MOST))


def list_areas_below(act: Act, code: str, deed: Deed) -> tuple[FoundArea, ...]:
    """List the area above one, and what hangs right below it, or beside it when nothing does.

    Without an area in reach it is what the reach begins with, or what hangs below that when it
    is one area, since the whole reach needs no choosing.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may do it anywhere.
    """
    demand(act, deed)
    here = act.session.execute(
        select(col(Grid.id), col(Grid.parent_id)).where(
            col(Grid.code) == code, grids_within(act.actor, deed)
        )
    ).first()
    if here is not None:
        below = _below(act, deed, here.id) or _below(act, deed, here.parent_id)
        return _above(act, deed, here.parent_id) + below
    reached = select(col(Grid.id)).where(grids_within(act.actor, deed))
    is_top = or_(col(Grid.parent_id).is_(None), col(Grid.parent_id).not_in(reached))
    tops = _in_reach(act, deed).where(is_top).order_by(col(Grid.code)).limit(_BELOW_MOST)
    ids = [row.id for row in act.session.execute(tops)]
    only = _below(act, deed, ids[0]) if len(ids) == 1 else ()
    return only or _areas(act, tops)


def _in_reach(act: Act, deed: Deed) -> Select[Any]:
    above = aliased(Grid)
    asked: Any = (
        select(
            col(Grid.id), col(Grid.code), col(Grid.name), col(Grid.level),
            col(above.name).label("above"),
        )
        .outerjoin(above, col(above.id) == col(Grid.parent_id))
        .where(grids_within(act.actor, deed), col(Grid.retired_at).is_(None))
    )  # fmt: skip
    return asked  # type: ignore[no-any-return]  # the rows are taken apart by hand


def _above(act: Act, deed: Deed, grid_id: int | None) -> tuple[FoundArea, ...]:
    above = _areas(act, _in_reach(act, deed).where(col(Grid.id) == grid_id))
    return tuple(replace(one, where=f"{_UP} · {one.where}") for one in above)


def _below(act: Act, deed: Deed, grid_id: int | None) -> tuple[FoundArea, ...]:
    below = _in_reach(act, deed).where(col(Grid.parent_id) == grid_id)
    return _areas(act, below.order_by(col(Grid.code)).limit(_BELOW_MOST))


def _areas(act: Act, asked: Select[Any]) -> tuple[FoundArea, ...]:
    return tuple(
        FoundArea(
            row.code, display_name(row.name),
            GRID_LEVEL[row.level] + (f" · {display_name(row.above)}" if row.above else ""),
        )
        for row in act.session.execute(asked)
    )  # fmt: skip
