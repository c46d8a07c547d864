"""Who could take a case that is left to its own grid: whether anybody works there today."""

from typing import Final

from sqlalchemy import exists, or_, select
from sqlmodel import col

from gridapp.domain.errors import FactsError
from gridapp.domain.permissions import MATRIX
from gridapp.domain.vocabulary import Deed, Reach, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.case_access import OpenedCase
from gridapp.services.desk import Act
from gridapp.tables import Grid, Person, Post

# Whoever takes what is left to a grid, because the grid, or one above it, is their own.
_CREW: Final = tuple(
    role
    for role, reach in MATRIX[Deed.TAKE].items()
    if reach is Reach.OWN and role is not Role.UNIT_OFFICER
)


def demand_crew(act: Act, opened: OpenedCase) -> None:
    """Refuse to leave a case to a grid in which nobody works: it would lie there unseen.

    Raises:
        FactsError: Nobody holds a post there today; the sentence says what to do instead.
    """
    today = beijing_date(act.now)
    above = [int(part) for part in opened.grid_path.strip("/").split("/")]
    works = exists().where(
        col(Post.grid_id).in_(above),
        col(Post.role).in_(_CREW),
        col(Post.from_on) <= today,
        or_(col(Post.to_on).is_(None), col(Post.to_on) >= today),
        col(Person.id) == col(Post.person_id),
        col(Person.disabled_at).is_(None),
    )
    if act.session.execute(select(works)).scalar_one():
        return
    name = act.session.execute(
        select(col(Grid.name)).where(col(Grid.id) == opened.row.grid_id)
    ).scalar_one()
    raise FactsError(
        f"「{name}」现在没有网格员或网格长在岗，派过去没有人接。请派给部门，或先安排人上岗。",
        fields={"unit": "本网格没有人在岗"},
    )
