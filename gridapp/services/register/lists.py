"""Lists the register in reach: buildings, households, and what is to be checked, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Select, and_, func, literal, or_, select, true
from sqlmodel import col

from gridapp.domain.errors import FactsError
from gridapp.domain.privacy import mask_name
from gridapp.domain.registering import (
    PREMISES_KIND,
    SOON_DAYS,
    TENURE,
    PremisesKind,
    Tenure,
    check_state,
    check_words,
    door_words,
)
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.bad_rows import readable
from gridapp.services.desk import Act
from gridapp.services.permit import demand, grids_within, is_everywhere, open_grid
from gridapp.services.register.codes import has_code
from gridapp.services.register.search import (
    household_tells,
    place_tells,
    premises_tells,
    words_of,
)
from gridapp.services.register.views import (
    BuildingLine,
    HouseholdLine,
    PremisesLine,
    RegisterPage,
)
from gridapp.tables import Building, BuildingCode, Grid, Household, Premises, RiskClass

PAGE_MAX_COUNT: Final = 50
_NEVER: Final = date(9999, 12, 31)


@dataclass(frozen=True)
class RegisterFilter:
    """What is asked for.

    Args:
        q: Building, address, grid, door; a name only where the reader may know it.
        grid: A grid's code: it and everything below.
        kind: A word of ``PremisesKind``; only for shops and the like.
        risk: The code of a risk class; likewise.
        tenure: A word of ``Tenure``; only for households.
        due: Only what is to be checked within a week, or is over.
        bare: Only buildings without a code in force.
        after: The key that the page before gave as ``next``.
    """

    q: str = ""
    grid: str = ""
    kind: str = ""
    risk: str = ""
    tenure: str = ""
    due: bool = False
    bare: bool = False
    after: str = ""
    limit: int = 20


def list_buildings(act: Act, asked: RegisterFilter) -> RegisterPage:
    """List the buildings in reach.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees the register.
        NotThereError: The grid asked for lies out of reach.
        FactsError: The key is none.
    """
    wheres = [_in_reach(act, asked), *(place_tells(word) for word in words_of(asked.q))]
    if asked.bare:
        wheres.append(~has_code())
    code = (
        select(func.max(col(BuildingCode.code)))
        .where(col(BuildingCode.building_id) == col(Building.id))
        .where(col(BuildingCode.retired_at).is_(None))
        .scalar_subquery()
    )
    found = (
        select(Building, col(Grid.name), code, _count(Household), _count(Premises))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(*wheres)
    )
    after = col(Building.id) > _whole(asked.after) if asked.after else true()
    rows, is_more = _some(act, found.where(after).order_by(col(Building.id)), asked)
    lines = tuple(
        BuildingLine(
            row.id, row.name, row.address, grid, at or "", homes, row.household_count, shops
        )
        for row, grid, at, homes, shops in rows
    )
    return RegisterPage(
        buildings=lines, next=str(lines[-1].id) if is_more else "", total=_total(act, found)
    )


def list_register(act: Act, asked: RegisterFilter) -> RegisterPage:
    """List the households in reach, building by building and door by door; masked.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees the register.
        NotThereError: The grid asked for lies out of reach.
        FactsError: The key is none.
    """
    wheres = [_in_reach(act, asked), col(Household.retired_at).is_(None)]
    wheres += [household_tells(act, word) for word in words_of(asked.q)]
    if asked.tenure in set(Tenure):
        wheres.append(col(Household.tenure) == Tenure(asked.tenure))
    found = households().where(*wheres)
    order = (col(Household.building_id), col(Household.position), col(Household.id))
    page = found.where(_after_door(asked.after)).order_by(*order)
    rows, is_more = _some(act, page, asked)
    last: Household | None = rows[-1][0] if is_more else None
    key = f"{last.building_id}_{last.position}_{last.id}" if last else ""
    return RegisterPage(
        households=tuple(readable("households", rows, household_line)),
        next=key,
        total=_total(act, found),
    )


def list_premises(act: Act, asked: RegisterFilter) -> RegisterPage:
    """List shops, enterprises and places in reach, those to be checked first.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor sees the register.
        NotThereError: The grid asked for lies out of reach.
        FactsError: The key is none.
    """
    wheres = [_in_reach(act, asked), col(Premises.retired_at).is_(None)]
    wheres += [premises_tells(word) for word in words_of(asked.q)]
    if asked.kind in set(PremisesKind):
        wheres.append(col(Premises.kind) == PremisesKind(asked.kind))
    if asked.risk:
        wheres.append(col(RiskClass.code) == asked.risk)
    if asked.due:
        soon = beijing_date(act.now) + timedelta(days=SOON_DAYS)
        wheres.append(col(Premises.next_check_on) <= soon)
    found = premises().where(*wheres)
    page = found.where(_after_day(asked.after)).order_by(_due_on(), col(Premises.id))
    rows, is_more = _some(act, page, asked)
    last: Premises | None = rows[-1][0] if is_more else None
    return RegisterPage(
        premises=tuple(readable("premises", rows, lambda row: premises_line(act, row))),
        next=f"{last.next_check_on or _NEVER}_{last.id}" if last else "",
        total=_total(act, found),
    )


def households() -> Select[Any]:
    """Select households with building and grid."""
    asked: Any = (
        select(Household, col(Building.name), col(Grid.name))
        .join(Building, col(Building.id) == col(Household.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
    )
    return asked  # type: ignore[no-any-return]  # the rows are taken apart by hand


def premises() -> Select[Any]:
    """Select shops and the like with building, grid and risk class."""
    asked: Any = (
        select(Premises, col(Building.name), col(Grid.name), RiskClass)
        .join(Building, col(Building.id) == col(Premises.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .join(RiskClass, col(RiskClass.id) == col(Premises.risk_id))
    )
    return asked  # type: ignore[no-any-return]  # likewise


def household_line(found: Sequence[Any]) -> HouseholdLine:
    """Show a row of ``households()`` masked."""
    row: Household = found[0]
    return HouseholdLine(
        id=str(row.uid), place=f"{found[1]} {door_words(row.unit, row.door)}",
        unit=row.unit, floor=row.floor, door=row.door, who=mask_name(row.name),
        tenure=row.tenure.value, tenure_label=TENURE[row.tenure], head_count=row.head_count,
        grid=found[2],
    )  # fmt: skip


def premises_line(act: Act, found: Sequence[Any]) -> PremisesLine:
    """Show a row of ``premises()``."""
    row: Premises = found[0]
    today = beijing_date(act.now)
    return PremisesLine(
        id=str(row.uid), kind=row.kind.value, kind_label=PREMISES_KIND[row.kind], name=row.name,
        place=f"{found[1]} {row.spot}".strip(), trade=row.trade, risk=found[3].name,
        due_state=check_state(row.next_check_on, today),
        due_words=check_words(row.next_check_on, today), grid=found[2],
    )  # fmt: skip


def _in_reach(act: Act, asked: RegisterFilter) -> ColumnElement[bool]:
    demand(act, Deed.SEE_REGISTER)
    in_use = col(Building.retired_at).is_(None)
    within = grids_within(act.actor, Deed.SEE_REGISTER)
    if asked.grid:
        path = open_grid(act, asked.grid, Deed.SEE_REGISTER).path
        within = and_(within, col(Grid.path).startswith(path, autoescape=True))
    elif is_everywhere(act.actor, Deed.SEE_REGISTER):
        return in_use
    # The grids first: asked row by row, SQLite would go through every household of the town.
    return and_(in_use, col(Building.grid_id).in_(select(col(Grid.id)).where(within)))


def _count(table: type[Household | Premises]) -> Any:
    return (
        select(func.count())
        .where(col(table.building_id) == col(Building.id), col(table.retired_at).is_(None))
        .scalar_subquery()
    )


def _some(act: Act, page: Select[Any], asked: RegisterFilter) -> tuple[list[Any], bool]:
    """Give the rows of a page, and whether there are more after them."""
    limit = max(1, min(asked.limit, PAGE_MAX_COUNT))
    rows = list(act.session.execute(page.limit(limit + 1)).all())
    return rows[:limit], len(rows) > limit


def _total(act: Act, found: Select[Any]) -> int:
    count = found.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    total: int = act.session.execute(count).scalar_one()
    return total


def _due_on() -> ColumnElement[date]:
    return func.coalesce(col(Premises.next_check_on), literal(_NEVER, Date))


def _whole(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) <= 10):  # noqa: PLR2004 - of a row's id
        raise FactsError("翻页的位置不对，请重新打开列表。")
    return int(key)


def _after_door(key: str) -> ColumnElement[bool]:
    if not key:
        return true()
    building, _, rest = key.partition("_")
    position, _, row_id = rest.rpartition("_")
    building_id, last_id = _whole(building), _whole(row_id)
    here, door = col(Household.building_id), col(Household.position)
    later = or_(door > position, and_(door == position, col(Household.id) > last_id))
    return or_(here > building_id, and_(here == building_id, later))


def _after_day(key: str) -> ColumnElement[bool]:
    if not key:
        return true()
    day, _, row_id = key.partition("_")
    try:
        when = literal(date.fromisoformat(day), Date)
    except ValueError as error:
        raise FactsError("翻页的位置不对，请重新打开列表。") from error
    last = _whole(row_id)
    return or_(_due_on() > when, and_(_due_on() == when, col(Premises.id) > last))
