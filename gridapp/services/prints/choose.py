"""Chooses what is printed: which buildings, grids or people, as pages that may be handed out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from gridapp.domain.codes import display_name
from gridapp.domain.printed_words import Wording
from gridapp.domain.vocabulary import Deed, GridLevel, Role
from gridapp.services.area_counts import totals_within
from gridapp.services.areas.within import building_within
from gridapp.services.desk import Act
from gridapp.services.people.contacts import PublicPost, batched_ids, public_posts_of
from gridapp.services.permit import demand, grids_within, open_grid
from gridapp.services.prints.address import demand_public_url, place_url, report_url
from gridapp.services.prints.hanging import changed_since
from gridapp.services.prints.views import Batch, Face, Layout, Paper, Printable, Sheet
from gridapp.services.prints.wording import duties_today, own_lines
from gridapp.settings import Settings
from gridapp.tables import Building, BuildingCode, Grid

_ON_BUILDINGS: Final = frozenset({Sheet.POSTER, Sheet.STAIRWELL, Sheet.CARDS})
_PROMISES_ON: Final = {
    Sheet.POSTER: Wording.POSTER_PROMISE,
    Sheet.BOARD: Wording.BOARD_PROMISES,
}
_BETWEEN: Final = " · "


@dataclass(frozen=True)
class Wish:
    """What somebody wants printed.

    Args:
        grid: Code of the grid, community or street; empty for all in reach.
        at: Code of one building, instead.
        changed_only: Only what is no longer true, or was never printed.
    """

    sheet: Sheet
    grid: str = ""
    at: str = ""
    changed_only: bool = False
    paper: Paper = Paper.A4
    layout: Layout = Layout.STANDARD


def choose_pages(act: Act, settings: Settings, wish: Wish) -> Batch:
    """Give the pages of a wish, in the order of the grids, so that a bundle is handed out as is.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: No role of the actor may print.
        NotThereError: The grid or building is unknown or out of reach.
        UnknownPlaceError: No building has this code.
        PublicUrlNeededError: The public address is still this machine's.
    """
    demand(act, Deed.PRINT)
    demand_public_url(act, settings)
    if wish.sheet in _ON_BUILDINGS:
        pages = _of_buildings(act, settings, wish)
    else:
        pages = _of_grids(act, settings, wish)
    if wish.sheet is Sheet.BADGE:
        pages = _of_people(pages)
    if wish.changed_only:
        pages = changed_since(act, wish.sheet, pages)
    return Batch(wish.sheet, tuple(pages), wish.paper, wish.layout)


def _wished_grids(act: Act, wish: Wish) -> ColumnElement[bool]:
    """Tell in SQL which grids a wish means, within the actor's reach."""
    within = and_(grids_within(act.actor, Deed.PRINT), col(Grid.retired_at).is_(None))
    if not wish.grid:
        return within
    path = open_grid(act, wish.grid, Deed.PRINT).path
    return and_(within, col(Grid.path).startswith(path, autoescape=True))


def _of_buildings(act: Act, settings: Settings, wish: Wish) -> list[Printable]:
    rows = _building_rows(act, wish)
    told, promises = _Told.of(act, {row.path for row in rows}), _promises(act, wish.sheet)
    return [
        Printable(
            name=row.name,
            address=row.address,
            place=told.place(row.path),
            url=place_url(settings, row.code),
            code=row.code,
            faces=told.faces(row.path),
            building_id=row.building_id,
            grid_id=row.grid_id,
            promises=promises,
        )
        for row in rows
    ]


def _building_rows(act: Act, wish: Wish) -> list[Row[Any]]:
    """List buildings with the newest code that is in force; without one, nothing can be hung."""
    query: Any = (
        select(
            col(Building.id).label("building_id"),
            col(Building.name).label("name"),
            col(Building.address).label("address"),
            col(Grid.id).label("grid_id"),
            col(Grid.path).label("path"),
            col(BuildingCode.code).label("code"),
        )
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .join(BuildingCode, col(BuildingCode.building_id) == col(Building.id))
        .where(
            col(Building.retired_at).is_(None),
            col(BuildingCode.retired_at).is_(None),
            _wished_grids(act, wish),
        )
        .order_by(col(Grid.code), col(Building.id), col(BuildingCode.issued_at), "code")
    )
    if wish.at:
        _, building = building_within(act, wish.at, Deed.PRINT)
        query = query.where(col(Building.id) == building.id)
    return list({row.building_id: row for row in act.session.execute(query)}.values())


def count_without_code(act: Act, wish: Wish) -> int:
    """Count the buildings of a wish that have no code in force: nothing is printed for them."""
    if wish.at or wish.sheet not in _ON_BUILDINGS:
        return 0
    code = (
        col(BuildingCode.building_id) == col(Building.id),
        col(BuildingCode.retired_at).is_(None),
    )
    count: int = act.session.execute(
        select(func.count(col(Building.id)))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(col(Building.retired_at).is_(None), _wished_grids(act, wish))
        .where(~exists().where(*code))
    ).scalar_one()
    return count


def _of_grids(act: Act, settings: Settings, wish: Wish) -> list[Printable]:
    """Make a page for each grid; a micro-grid has its own only right under a community."""
    above = aliased(Grid)
    hangs = or_(
        col(Grid.level) == GridLevel.GRID,
        and_(col(Grid.level) == GridLevel.MICRO, col(above.level) == GridLevel.COMMUNITY),
    )
    rows = act.session.execute(
        select(
            col(Grid.id),
            col(Grid.name),
            col(Grid.path),
            col(Grid.household_count),
            col(Grid.code),
        )
        .outerjoin(above, col(above.id) == col(Grid.parent_id))
        .where(hangs, _wished_grids(act, wish))
        .order_by(col(Grid.code))
    ).all()
    told, promises = _Told.of(act, {row.path for row in rows}), _promises(act, wish.sheet)
    return [
        Printable(
            name=name,
            address=f"{count}户" if count else "",
            place=told.place(path, without_last=True),
            url=report_url(settings),
            faces=told.faces(path),
            grid_id=grid_id,
            grid_code=code,
            promises=promises,
        )
        for grid_id, name, path, count, code in _counted(act, rows)
    ]


def _promises(act: Act, sheet: Sheet) -> tuple[str, ...]:
    wording = _PROMISES_ON.get(sheet)
    return own_lines(act, wording) if wording else ()


def _counted(act: Act, rows: Sequence[Any]) -> Iterator[tuple[int, str, str, int, str]]:
    """Give the grids with the households that the tree shows, not those once written for them."""
    totals = totals_within(act, {row.id: row.household_count for row in rows})
    for row in rows:
        yield row.id, row.name, row.path, totals[row.id][1], row.code


def _of_people(boards: Iterable[Printable]) -> list[Printable]:
    """Make a badge for each person on the boards, once."""
    badges: dict[Face, Printable] = {}
    for board in boards:
        for face in board.faces:
            page = Printable(
                face.grid, "", board.place, board.url, "", (face,), None, board.grid_id,
                board.grid_code,
            )  # fmt: skip
            badges.setdefault(face, page)
    return list(badges.values())


@dataclass(frozen=True)
class _Told:
    """What is told of many grids: the names above them, who answers for them and for what."""

    names: dict[int, tuple[GridLevel, str]]
    posts: dict[str, tuple[PublicPost, ...]]
    duties: dict[Role, str]

    @classmethod
    def of(cls, act: Act, paths: set[str]) -> "_Told":
        """Ask for all at once; the number of queries does not grow with the buildings."""
        ids = {int(part) for path in paths for part in path.split("/") if part}
        names: dict[int, tuple[GridLevel, str]] = {}
        for some in batched_ids(ids):
            query = select(col(Grid.id), col(Grid.level), col(Grid.name))
            for grid_id, level, name in act.session.execute(query.where(col(Grid.id).in_(some))):
                names[grid_id] = level, display_name(name)
        return cls(names, public_posts_of(act, paths), duties_today(act))

    def place(self, path: str, *, without_last: bool = False) -> str:
        """Name the areas from the street down."""
        parts = [int(part) for part in path.split("/") if part]
        told = [self.names[part] for part in (parts[:-1] if without_last else parts)]
        return _BETWEEN.join(name for level, name in told if level is not GridLevel.DISTRICT)

    def faces(self, path: str) -> tuple[Face, ...]:
        """Show who answers for a grid, nearest first."""
        return tuple(
            Face(
                one.contact.name,
                one.contact.title,
                one.contact.duty_phone,
                one.contact.grid_name,
                self.duties.get(one.role, ""),
                one.webp,
            )
            for one in self.posts[path]
        )
