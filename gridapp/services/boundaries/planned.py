"""How a person says that a file is to be read, and what the dry run of it found."""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field
from shapely.geometry.base import BaseGeometry

from gridapp.domain.bounding import Datum
from gridapp.services.boundaries.columns import Column
from gridapp.services.boundaries.datums import Fit
from gridapp.services.boundaries.directory import Target
from gridapp.services.boundaries.doubts import Doubt
from gridapp.services.boundaries.matching import How
from gridapp.services.boundaries.pieces import Group
from gridapp.services.boundaries.shapes import Mended
from gridapp.services.orders import Facts, Sha256

_Code = Annotated[str, Field(max_length=32)]
_Number = Annotated[int, Field(ge=0, le=1_000_000)]


class PlanFacts(Facts):
    """How a file is to be read.

    Args:
        file: The SHA-256 under which it was sent.
        datum: In which its positions are declared to be.
        turned: Longitude and latitude have changed places in it.
        mend: Mended shapes may be taken for those that cross themselves.
        sure: The declared datum is right, although another one would fit better.
        by_hand: Codes of grids by the number of the shape; empty leaves the shape out.
        column: In which names or codes stand; empty chooses the column that fits best.
        join: Several shapes of one grid are its pieces, and become one.
        lines: Lines that end where they begin are the borders of areas.
        placed: Shapes in an unlikely place, or of an unlikely size, are right.
    """

    file: Sha256
    datum: Datum = Datum.WGS84
    turned: bool = False
    mend: bool = False
    sure: bool = False
    by_hand: Annotated[dict[_Number, _Code], Field(max_length=500, default_factory=dict)]
    column: Annotated[str, Field(max_length=40)] = ""
    join: bool = False
    lines: bool = False
    placed: bool = False


@dataclass(frozen=True)
class Row:
    """A shape of the file, and what would become of it."""

    number: int
    label: str
    target: Target | None
    how: How
    mended: Mended | None
    problem: str = ""
    is_new: bool = True
    is_broken: bool = False
    above: str = ""
    is_line: bool = False

    @property
    def shape(self) -> BaseGeometry | None:
        """The boundary, in our datum."""
        return self.mended.shape if self.mended else None


@dataclass(frozen=True)
class Plan:
    """What an import would do.

    Args:
        top: The grid under which shapes were matched.
        rows: Every shape of the file.
        questions: What a person must answer before; an import with open questions is refused.
        notes: What a person should know.
        edition: Of the boundaries that were looked at.
        better: The datum that fits clearly better than the declared one, with both fits.
        is_turned: Longitude and latitude seem to have changed places.
        missing: Grids of the levels in the file that got no shape.
        grids: All grids to which a shape may be assigned, those without a shape first.
        columns: What a person may choose as the column of names.
        pieces: Grids of which the file has several shapes.
        doubts: Shapes in an unlikely place, or of an unlikely size.
        enclosed_count: Lines that may be taken for borders of areas.
    """

    top: Target
    rows: tuple[Row, ...]
    questions: tuple[str, ...]
    notes: tuple[str, ...]
    edition: int
    better: tuple[Fit, Fit] | None = None
    is_turned: bool = False
    missing: tuple[Target, ...] = field(default=())
    grids: tuple[Target, ...] = field(default=())
    columns: tuple[Column, ...] = field(default=())
    pieces: tuple[Group, ...] = field(default=())
    doubts: tuple[Doubt, ...] = field(default=())
    enclosed_count: int = 0

    @property
    def taken(self) -> list[Row]:
        """The rows that would be imported."""
        return [row for row in self.rows if row.target is not None and row.shape is not None]
