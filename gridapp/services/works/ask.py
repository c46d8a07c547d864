"""Writes down that somebody wants long work done; asked twice under one id it is one work."""

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.permissions import reach_of
from gridapp.domain.vocabulary import Deed, WorkKind, WorkState
from gridapp.services.desk import Act
from gridapp.services.works.refusals import TooManyWorksError
from gridapp.tables import Work

OPEN_MOST: Final = 5
OPEN: Final = (WorkState.WAITING, WorkState.RUNNING)


@dataclass(frozen=True)
class Wanted:
    """What is wanted.

    Args:
        label: What a person reads, as ``海报 · 南大街社区``.
        facts: What the kind's function needs to know; plain JSON.
        grid_id: The area it is about, in whose reach others see that it was done.
    """

    kind: WorkKind
    label: str
    facts: dict[str, Any] = field(default_factory=dict)
    grid_id: int | None = None


def grid_of_reach(act: Act, deed: Deed) -> int | None:
    """Give the grid of the post that gives the whole reach for a deed, where it is one post."""
    held = [post for post in act.actor.posts if reach_of(deed, post.role)]
    return held[0].grid_id if len(held) == 1 else None


def ask_work(act: Act, uid: UUID, wanted: Wanted) -> dict[str, Any]:
    """Write down a piece of work for whoever acts, inside the deed that asks for it.

    The deed has asked the matrix; its id becomes the work's, so that ``do_deed`` makes it one.

    Raises:
        TooManyWorksError: The asker has several that are not done yet.
        StorageFullError: The disk has too little left for what it would make.
    """
    act.files.demand_room()
    person_id = act.actor.person_id
    assert person_id is not None
    open_count: int = act.session.execute(
        select(func.count()).where(col(Work.person_id) == person_id, col(Work.state).in_(OPEN))
    ).scalar_one()
    if open_count >= OPEN_MOST:
        raise TooManyWorksError
    act.session.add(
        Work(
            uid=uid,
            kind=wanted.kind,
            label=wanted.label[:200],
            facts=wanted.facts,
            person_id=person_id,
            grid_id=wanted.grid_id,
            asked_at=act.now,
        )
    )
    return {"receipt": str(uid), "work": str(uid)}
