"""How far a table reaches: the actor's own reach, narrowed to one grid when that is wished."""

from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.exchange.kind import Wishes
from gridapp.services.permit import grids_within, open_grid
from gridapp.tables import Grid


def grids_wished(act: Act, wishes: Wishes, deed: Deed) -> ColumnElement[bool]:
    """Tell in SQL which grids are wished and in reach.

    Raises:
        NotThereError: The grid wished for does not exist, or is out of reach.
    """
    within = grids_within(act.actor, deed)
    if not wishes.grid:
        return within
    path = open_grid(act, wishes.grid, deed).path
    return and_(within, col(Grid.path).startswith(path, autoescape=True))
