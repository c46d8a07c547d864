"""Says for the public which office did a step of a case: by the post that acted, not by the deed.

The same words (补充说明, 结案) come from a grid worker, a department or the centre; whoever reads
them is to know from whom they are. It is an office or a department, never a person's name.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.labels import ROLE
from gridapp.domain.permissions import reach_of
from gridapp.domain.vocabulary import Deed, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.tables import Case, CaseStep, Grid, Post, Unit

_CENTRE: Final = "街道城运中心"
_STAFF: Final = "工作人员"
# What the public knows an office as; whoever steers for the street speaks for its centre.
_OFFICE: Final = {
    Role.DISPATCHER: _CENTRE,
    Role.ADMINISTRATOR: _CENTRE,
    Role.LEADER: "街道",
    Role.UNIT_OFFICER: "承办部门",
}


class _Held(NamedTuple):
    """A post that somebody who acted holds or held."""

    role: Role
    path: str
    unit: str
    from_on: date
    to_on: date | None


def offices_of(act: Act, case_id: int, steps: Sequence[CaseStep]) -> dict[int | None, str]:
    """Give for each step that staff did the office that did it."""
    by_staff = [step for step in steps if step.actor_id is not None]
    held = _posts(act, {step.actor_id for step in by_staff})
    path: str = act.session.execute(
        select(col(Grid.path))
        .join(Case, col(Case.grid_id) == col(Grid.id))
        .where(col(Case.id) == case_id)
    ).scalar_one()
    return {step.id: _office(held[step.actor_id], step, path) for step in by_staff}


def _posts(act: Act, people: set[int | None]) -> dict[int | None, list[_Held]]:
    held: dict[int | None, list[_Held]] = defaultdict(list)
    if not people:
        return held
    rows = act.session.execute(
        select(Post, col(Grid.path), col(Unit.name))
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .outerjoin(Unit, col(Unit.id) == col(Post.unit_id))
        .where(col(Post.person_id).in_(people))
        .order_by(col(Post.id))
    )
    for post, path, unit in rows:
        one = _Held(post.role, path, unit or "", post.from_on, post.to_on)
        held[post.person_id].append(one)
    return held


def _office(held: Sequence[_Held], step: CaseStep, path: str) -> str:
    """Choose the post that acted: held on that day, allowed the deed, the nearest to the case."""
    on = beijing_date(step.at)
    then = [one for one in held if one.from_on <= on and (one.to_on is None or on <= one.to_on)]
    able = [one for one in then if reach_of(Deed(step.deed), one.role) is not None] or then
    near = [one for one in able if path.startswith(one.path)] or able
    if not near:
        return _STAFF
    one = max(near, key=lambda post: len(post.path))
    return one.unit or _OFFICE.get(one.role, ROLE[one.role])
