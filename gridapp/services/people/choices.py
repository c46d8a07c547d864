"""What the forms of people and posts offer: grids by their names, departments, titles."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.permit import demand
from gridapp.tables import Grid, Unit

_GRIDS_MAX_COUNT: Final = 12
_UNITS_MAX_COUNT: Final = 200
_Above = aliased(Grid)


@dataclass(frozen=True)
class OptionView:
    """Something to choose: its code, its name, and what tells it from its like."""

    code: str
    name: str
    context: str = ""


def find_grids(act: Act, words: str) -> tuple[OptionView, ...]:
    """Find grids of every level by name or code, the higher first; at most 12.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.SEE_PERSON)
    typed = words.strip()[:40]
    if not typed:
        return ()
    found = act.session.execute(
        select(col(Grid.code), col(Grid.name), col(_Above.name))
        .outerjoin(_Above, col(_Above.id) == col(Grid.parent_id))
        .where(
            col(Grid.retired_at).is_(None),
            or_(
                col(Grid.name).contains(typed, autoescape=True),
                col(Grid.code).startswith(typed, autoescape=True),
            ),
        )
        .order_by(col(Grid.code))
        .limit(_GRIDS_MAX_COUNT)
    ).all()
    return tuple(OptionView(code, name, above or "") for code, name, above in found)


def list_departments(act: Act) -> tuple[OptionView, ...]:
    """List the departments in use, at most 200.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.SEE_PERSON)
    found = act.session.execute(
        select(col(Unit.code), col(Unit.name))
        .where(col(Unit.retired_at).is_(None))
        .order_by(col(Unit.code))
        .limit(_UNITS_MAX_COUNT)
    ).all()
    return tuple(OptionView(code, name) for code, name in found)
