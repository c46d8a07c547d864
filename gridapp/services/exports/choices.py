"""Which areas a table can be narrowed to: those in reach, down to the communities."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import display_name
from gridapp.domain.vocabulary import GridLevel
from gridapp.services.desk import Act
from gridapp.services.exchange.kind import export_deed_of
from gridapp.services.permit import demand, grids_within
from gridapp.tables import Grid

_MOST: Final = 300
_LEVELS: Final = (GridLevel.DISTRICT, GridLevel.STREET, GridLevel.COMMUNITY)


@dataclass(frozen=True)
class AreaView:
    """An area as a choice."""

    code: str
    label: str


def list_export_areas(act: Act) -> list[AreaView]:
    """List the areas in reach that are no smaller than a community; smaller ones have a code.

    Raises:
        NotAllowedError: No role of the actor may take anything out.
    """
    deed = export_deed_of(act.actor.roles)
    demand(act, deed)
    found = act.session.execute(
        select(col(Grid.code), col(Grid.name), col(Grid.level))
        .where(grids_within(act.actor, deed), col(Grid.retired_at).is_(None))
        .where(col(Grid.level).in_(_LEVELS))
        .order_by(col(Grid.path))
        .limit(_MOST)
    )
    # A community stands under its street, a little to the right.
    return [
        AreaView(code, f"{'　' * _LEVELS.index(level)}{display_name(name)}")
        for code, name, level in found
    ]
