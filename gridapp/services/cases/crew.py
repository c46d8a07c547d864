"""Who could take a case where it is sent: whether anybody works there today."""

from typing import Final

from sqlalchemy import ColumnElement, exists, or_, select
from sqlmodel import col

from gridapp.domain.errors import FactsError
from gridapp.domain.permissions import MATRIX
from gridapp.domain.vocabulary import Deed, Reach, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.case_access import OpenedCase
from gridapp.services.desk import Act
from gridapp.tables import Grid, Person, Post, Unit

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
    above = [int(part) for part in opened.grid_path.strip("/").split("/")]
    if _somebody_holds(act, col(Post.grid_id).in_(above), col(Post.role).in_(_CREW)):
        return
    name = act.session.execute(
        select(col(Grid.name)).where(col(Grid.id) == opened.row.grid_id)
    ).scalar_one()
    raise FactsError(
        f"「{name}」现在没有网格员或网格长在岗，派过去没有人接。请派给部门，或先安排人上岗。",
        fields={"unit": "本网格没有人在岗"},
    )


def demand_officer(act: Act, unit: Unit, *, field: str = "unit") -> None:
    """Refuse to send cases to a department without an officer: they would lie there unseen.

    Args:
        act: Who sends, and when.
        unit: The department that should have them.
        field: The fact that names it, for the refusal.

    Raises:
        FactsError: Nobody holds an officer's post there today; the sentence says where to set it.
    """
    officer = col(Post.role) == Role.UNIT_OFFICER
    if _somebody_holds(act, col(Post.unit_id) == unit.id, officer):
        return
    raise FactsError(
        f"「{unit.name}」现在没有经办人在岗，派过去没有人接。"
        "请改派别的部门，或请管理员先在「人员」里给它安排部门经办人。",
        fields={field: "这个部门没有经办人在岗"},
    )


def _somebody_holds(act: Act, *which: ColumnElement[bool]) -> bool:
    """Tell whether somebody who can sign in holds such a post today."""
    today = beijing_date(act.now)
    works = exists().where(
        *which,
        col(Post.from_on) <= today,
        or_(col(Post.to_on).is_(None), col(Post.to_on) >= today),
        col(Person.id) == col(Post.person_id),
        col(Person.disabled_at).is_(None),
    )
    return bool(act.session.execute(select(works)).scalar_one())
