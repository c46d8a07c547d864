"""How a brought file is read, as its bringer says it: kept as JSON with the file."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from gridapp.domain.vocabulary import Source
from gridapp.services.exchange.kind import Twins, Wishes
from gridapp.services.exchange.layout import Layout
from gridapp.services.exchange.plans import Plan
from gridapp.services.orders import Facts

_PLACES_MOST = 100


_Place = Annotated[str, Field(max_length=64)]


class PlanFacts(Facts):
    """How a file is read.

    Args:
        sheet: A sheet's name; empty for the first.
        header_line: The line of the headings, the upper when there are two.
        header_rows: How many lines of headings there are.
        fill_merged: Whether merged cells hold for each row that they span.
        places: Which place of a row (from 0, as a text) holds which column.
        grid: Where cases go that name no grid.
        source: Where cases come from that do not say.
        twins: What becomes of buildings that may stand already, where a row does not say.
    """

    sheet: Annotated[str, Field(max_length=64)] = ""
    header_line: Annotated[int, Field(ge=1, le=1000)] = 1
    header_rows: Annotated[int, Field(ge=1, le=2)] = 1
    fill_merged: bool = False
    places: Annotated[dict[_Place, _Place], Field(default_factory=dict, max_length=_PLACES_MOST)]
    grid: Annotated[str, Field(max_length=32)] = ""
    source: Source = Source.HOTLINE
    twins: Twins = Twins.ASK

    def layout(self) -> Layout:
        """Give where headings and rows are."""
        return Layout(self.sheet, self.header_line, self.header_rows, self.fill_merged)

    def plan(self) -> Plan:
        """Give it as the engine reads it."""
        return Plan(self.layout(), {int(place): name for place, name in self.places.items()})

    def wishes(self) -> Wishes:
        """Give what is wished for the whole table."""
        return Wishes(grid=self.grid, source=self.source, twins=self.twins)


def plan_facts(kept: Mapping[str, Any]) -> PlanFacts:
    """Give the plan that is kept with a file."""
    return PlanFacts.model_validate(dict(kept))
