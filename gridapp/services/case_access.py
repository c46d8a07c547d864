"""The one door to case rows: which cases an actor sees, and which deeds they may do on one.

The same matrix is read twice: as SQL for lists (``cases_in_reach``) and in Python for one case
(``may``); ``tests/services/cases/test_access.py`` holds the two against each other.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlmodel import col

from gridapp.domain.codes import case_no, parse_case_no
from gridapp.domain.errors import NotAllowedError, NotThereError
from gridapp.domain.permissions import reach_of
from gridapp.domain.vocabulary import Deed, Reach, Role, Status
from gridapp.domain.workcalendar import beijing_date
from gridapp.domain.workflow import deeds_from
from gridapp.services.desk import Act, Actor, HeldPost
from gridapp.tables import Case, Grid

_ADDRESSABLE = frozenset(
    {Status.DISPATCHED, Status.TAKEN, Status.HANDLED, Status.VERIFIED, Status.CLOSED, Status.PAUSED}
)


@dataclass(frozen=True)
class OpenedCase:
    """A case row in reach, with the path of its grid."""

    row: Case
    grid_path: str


def _path_of(post: HeldPost, reach: Reach) -> str:
    """Give the path of the tree that a post's reach covers."""
    if reach is Reach.STREET:
        return post.street_path
    if reach is Reach.COMMUNITY:
        return post.community_path
    return post.grid_path


def _below(path: str) -> ColumnElement[bool]:
    """Tell in SQL that a case lies in the tree under a path."""
    grids = select(col(Grid.id)).where(col(Grid.path).startswith(path, autoescape=True))
    return col(Case.grid_id).in_(grids)


def _post_clause(post: HeldPost, reach: Reach) -> ColumnElement[bool]:
    if reach is Reach.ALL:
        return true()
    if reach is not Reach.OWN:
        return _below(_path_of(post, reach))
    addressed = col(Case.status).in_(_ADDRESSABLE)
    if post.role is Role.UNIT_OFFICER:
        return and_(col(Case.unit_id) == post.unit_id, addressed)
    return and_(col(Case.unit_id).is_(None), addressed, _below(post.grid_path))


def cases_within(actor: Actor, deed: Deed = Deed.SEE_CASE) -> ColumnElement[bool]:
    """Tell in SQL which cases this actor works with: in reach for a deed, and let in."""
    return and_(cases_in_reach(actor, deed), is_let_in())


def is_let_in() -> ColumnElement[bool]:
    """Tell in SQL that a case is not set aside (待甄别): only such ones are listed and counted."""
    return col(Case.aside_for).is_(None)


def cases_in_reach(actor: Actor, deed: Deed = Deed.SEE_CASE) -> ColumnElement[bool]:
    """Tell in SQL which cases this actor may do this deed on, those set aside too."""
    if actor.person_id is None:
        reach = reach_of(deed, Role.RESIDENT)
        held = bool(actor.track) and reach is Reach.OWN
        return col(Case.track) == actor.track if held else false()
    clauses = [
        _post_clause(post, reach)
        for post in actor.posts
        if (reach := reach_of(deed, post.role)) is not None
    ]
    return or_(false(), *clauses)


def statuses_in_reach(actor: Actor, deed: Deed = Deed.SEE_CASE) -> frozenset[Status]:
    """Tell in which states a case can be that this actor may ever do this deed on."""
    reaches = {reach for post in actor.posts if (reach := reach_of(deed, post.role)) is not None}
    if not reaches:
        return frozenset()
    return _ADDRESSABLE if reaches == {Reach.OWN} else frozenset(Status)


def _post_covers(post: HeldPost, reach: Reach, opened: OpenedCase) -> bool:
    if reach is Reach.ALL:
        return True
    row = opened.row
    if reach is not Reach.OWN:
        return opened.grid_path.startswith(_path_of(post, reach))
    if row.status not in _ADDRESSABLE:
        return False
    if post.role is Role.UNIT_OFFICER:
        return post.unit_id is not None and row.unit_id == post.unit_id
    return row.unit_id is None and opened.grid_path.startswith(post.grid_path)


def may(actor: Actor, deed: Deed, opened: OpenedCase) -> bool:
    """Tell whether this actor may do this deed on this case, its status apart."""
    if actor.person_id is None:
        reach = reach_of(deed, Role.RESIDENT)
        return reach is Reach.OWN and bool(actor.track) and actor.track == opened.row.track
    return any(
        _post_covers(post, reach, opened)
        for post in actor.posts
        if (reach := reach_of(deed, post.role)) is not None
    )


def deeds_open_to(actor: Actor, opened: OpenedCase) -> frozenset[Deed]:
    """List the deeds that apply to the case's status and that this actor may do on it."""
    return frozenset(d for d in deeds_from(opened.row.status) if may(actor, d, opened))


def open_case(act: Act, no: str, deed: Deed = Deed.SEE_CASE) -> OpenedCase:
    """Open one case by its public number for a deed.

    Raises:
        NotThereError: No such case, or the actor may not even see it.
        NotAllowedError: In sight, but not for this role.
    """
    parsed = parse_case_no(no)
    if parsed is None:
        raise NotThereError
    opened = _fetch(act, and_(col(Case.id) == parsed.case_id, cases_in_reach(act.actor)))
    if case_no_of(opened.row) != no:
        raise NotThereError
    if deed is not Deed.SEE_CASE and not may(act.actor, deed, opened):
        raise NotAllowedError
    return opened


def open_tracked(act: Act, deed: Deed = Deed.SEE_CASE) -> OpenedCase:
    """Open the one case whose tracking token the actor holds.

    Raises:
        NotThereError: No case has this token.
    """
    opened = _fetch(act, cases_in_reach(act.actor, deed))
    if not may(act.actor, deed, opened):
        raise NotThereError
    return opened


def _fetch(act: Act, where: ColumnElement[bool]) -> OpenedCase:
    found = act.session.execute(
        select(Case, col(Grid.path)).join(Grid, col(Grid.id) == col(Case.grid_id)).where(where)
    ).first()
    if found is None:
        raise NotThereError
    return OpenedCase(found[0], found[1])


def case_no_of(row: Case) -> str:
    """Make a row's public number from its id and the Beijing date of its report."""
    assert row.id is not None
    return case_no(row.id, beijing_date(row.reported_at))
