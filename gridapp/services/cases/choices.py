"""What a deed's form offers: categories, units, and the grids a list can be narrowed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, or_, select
from sqlmodel import col

from gridapp.domain.labels import ROOT
from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.services.case_access import open_case
from gridapp.services.desk import Act
from gridapp.services.permit import grids_within
from gridapp.tables import Category, Grid, Unit


@dataclass(frozen=True)
class ChoiceView:
    """One entry of a choice: its code and what a person reads."""

    code: str
    label: str


def category_choices(act: Act) -> tuple[ChoiceView, ...]:
    """List the categories, each with its root."""
    found = act.session.execute(
        select(col(Category.code), col(Category.name), col(Category.root))
        .where(col(Category.retired_at).is_(None))
        .order_by(col(Category.position), col(Category.id))
    )
    return tuple(ChoiceView(code, f"{ROOT[root]}·{name}") for code, name, root in found)


def unit_choices(act: Act, no: str) -> tuple[ChoiceView, ...]:
    """List the units of a case's street.

    Raises:
        NotThereError: No such case, or out of reach.
    """
    path = open_case(act, no).grid_path
    above = [int(part) for part in path.strip("/").split("/")]
    found = act.session.execute(
        select(col(Unit.code), col(Unit.name))
        .where(col(Unit.street_id).in_(above), col(Unit.retired_at).is_(None))
        .order_by(col(Unit.name))
    )
    return tuple(ChoiceView(code, name) for code, name in found)


def grid_choices(act: Act, chosen: str = "") -> tuple[ChoiceView, ...]:
    """List the communities in reach, and under the chosen one its grids.

    Whoever reaches no community as a whole gets the own grids.
    """
    rows = act.session.execute(
        select(col(Grid.id), col(Grid.code), col(Grid.name), col(Grid.level), col(Grid.parent_id))
        .where(
            grids_within(act.actor, Deed.SEE_CASE),
            or_(
                col(Grid.level) == GridLevel.COMMUNITY,
                col(Grid.level) == GridLevel.GRID,
            ),
            col(Grid.retired_at).is_(None),
        )
        .order_by(col(Grid.code))
    ).all()
    communities = {row.id for row in rows if row.level is GridLevel.COMMUNITY}
    opened = {row.id for row in rows if row.code == chosen} | {
        row.parent_id for row in rows if row.code == chosen
    }
    return tuple(_indented(rows, communities, opened))


def _indented(
    rows: Iterable[Row[Any]], communities: set[int], opened: set[int]
) -> Iterable[ChoiceView]:
    for row in rows:
        if row.id in communities or row.parent_id not in communities:
            yield ChoiceView(row.code, row.name)
        elif row.parent_id in opened:
            yield ChoiceView(row.code, f"　{row.name}")
