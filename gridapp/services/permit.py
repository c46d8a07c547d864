"""Asks the matrix about deeds that have no single case to open."""

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlmodel import col

from gridapp.domain.errors import (
    NotAllowedError,
    NotThereError,
    PasswordChangeNeededError,
    SignInNeededError,
)
from gridapp.domain.permissions import may_at_all, reach_of
from gridapp.domain.vocabulary import Deed, Reach
from gridapp.services.desk import Act, Actor
from gridapp.tables import Grid


def demand(act: Act, deed: Deed) -> None:
    """Let the actor pass when one of their roles may do the deed somewhere.

    Raises:
        SignInNeededError: Nobody is signed in.
        PasswordChangeNeededError: The first password is not yet changed.
        NotAllowedError: No role of the actor may.
    """
    if may_at_all(deed, act.actor.roles):
        return
    if act.actor.must_change_password:
        raise PasswordChangeNeededError
    raise SignInNeededError if act.actor.person_id is None else NotAllowedError


def _path_for(actor: Actor, deed: Deed) -> list[str]:
    """List the paths of the trees in which the actor may do the deed; ``/`` is everywhere."""
    paths = []
    for post in actor.posts:
        reach = reach_of(deed, post.role)
        if reach is None:
            continue
        paths.append(
            {
                Reach.ALL: "/",
                Reach.STREET: post.street_path,
                Reach.COMMUNITY: post.community_path,
            }.get(reach, post.grid_path)
        )
    return paths


def is_everywhere(actor: Actor, deed: Deed) -> bool:
    """Tell whether no grid lies out of the actor's reach for a deed."""
    return "/" in _path_for(actor, deed)


def grids_within(actor: Actor, deed: Deed = Deed.SEE_AREA) -> ColumnElement[bool]:
    """Tell in SQL which grids lie in the actor's reach for a deed."""
    if is_everywhere(actor, deed):
        return true()
    within = (col(Grid.path).startswith(path, autoescape=True) for path in _path_for(actor, deed))
    return or_(false(), *within)


def covers(actor: Actor, deed: Deed, grid_path: str) -> bool:
    """Tell whether a grid lies in the actor's reach for a deed."""
    return any(grid_path.startswith(path) for path in _path_for(actor, deed))


def may_on_record(actor: Actor, deed: Deed, person_id: int, grid_path: str) -> bool:
    """Tell whether the actor may do a deed on what somebody wrote in a grid.

    A role that may do it on its own may where the actor wrote it; one of the grids in its grids.
    """
    for post in actor.posts:
        reach = reach_of(deed, post.role)
        if reach is Reach.OWN and person_id == actor.person_id:
            return True
        if reach is Reach.GRIDS and grid_path.startswith(post.grid_path):
            return True
    return False


def open_grid(act: Act, code: str, deed: Deed = Deed.SEE_AREA) -> Grid:
    """Open a grid by its code for a deed.

    Raises:
        NotThereError: No such grid, or out of reach.
    """
    grid: Grid | None = act.session.execute(
        select(Grid).where(col(Grid.code) == code, grids_within(act.actor, deed))
    ).scalar_one_or_none()
    if grid is None:
        raise NotThereError
    return grid
