"""Sketches the boundaries of the demo's streets, so that their map is not empty."""

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.vocabulary import GridLevel
from gridapp.services.boundaries.ledger import next_edition
from gridapp.services.boundaries.sketch import sketch_under
from gridapp.services.desk import Act
from gridapp.tables import Grid


def sketch_streets(act: Act) -> int:
    """Sketch every street of the demo; tells of how many grids."""
    next_edition(act)
    streets = select(Grid).where(col(Grid.level) == GridLevel.STREET).order_by(col(Grid.id))
    return sum(sketch_under(act, street) for street in act.session.execute(streets).scalars())
