"""Takes a case in that was reported elsewhere: its row, its promise and its first step."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import insert, select
from sqlmodel import SQLModel, col

from gridapp.domain.codes import normalise
from gridapp.domain.searching import grams
from gridapp.domain.vocabulary import Deed, GridLevel, Source, Status, Urgency
from gridapp.services.calendar.promises import promise_case
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import TableRefusedError
from gridapp.services.exchange.kind import Taken, Wishes
from gridapp.services.orders import digest_of
from gridapp.services.permit import open_grid
from gridapp.tables import Building, BuildingCode, Case, Category, Grid

_SAME_CASES: Final = UUID("5b0f2a64-7d0b-4f5e-9d55-6a0d6a8f3c11")
# Core statements with parameters: an ORM insert would be compiled anew for every row.
_CASES: Final = SQLModel.metadata.tables["case"]
_ADD_CASE: Final = insert(_CASES).returning(_CASES.c.id)
_ADD_STEP: Final = insert(SQLModel.metadata.tables["case_step"])


@dataclass(frozen=True, slots=True)
class Came:
    """What a row tells of a case; everything cleaned, nothing looked up yet."""

    source: Source
    source_ref: str
    reported_at: datetime
    text: str
    place: str
    category: str
    code: str
    grid_code: str
    name: str
    phone: str

    def uid(self) -> UUID:
        """Give the id under which the same case is known again.

        The moment belongs to it: offices that number on their own use one number twice.
        """
        told = (self.source.value, self.reported_at.isoformat(), self.source_ref or self.text)
        return uuid5(_SAME_CASES, "\n".join(told))


@dataclass(frozen=True, slots=True)
class _Spot:
    grid_id: int
    building_id: int | None = None
    name: str = ""
    address: str = ""


class CaseIntake:
    """Takes cases in, in the grid of their building, the one named, or the one wished for all."""

    def __init__(self, act: Act, wishes: Wishes) -> None:
        self.act = act
        self._connection = act.session.connection()
        self.grid_id = self._common_grid(wishes.grid)
        self.categories = self._categories()

    def take(self, cells: Cells, came: Came) -> Taken:
        """Take one in, once.

        Raises:
            CellError: Its building, grid or category is unknown, or the same number of the same
                moment was taken in before with another content.
        """
        uid = came.uid()
        digest = digest_of(asdict(came))
        known = self._known(uid)
        if known is not None:
            if known != digest:
                raise cells.error("source_ref", "同一编号、同一时间的事件已导入过，内容不同")
            return Taken.SAME
        spot = self._spot(cells, came)
        row = self._row(came, uid, digest, spot, self._category(cells, came.category))
        case_id: int = self._connection.execute(
            _ADD_CASE, row.model_dump(exclude={"id"})
        ).scalar_one()
        self._first_step(case_id, came.reported_at)
        return Taken.NEW

    def _known(self, uid: UUID) -> str | None:
        return self.act.session.execute(
            select(col(Case.digest)).where(col(Case.uid) == uid)
        ).scalar_one_or_none()

    def _common_grid(self, code: str) -> int:
        if code:
            grid_id = open_grid(self.act, code, Deed.IMPORT).id
        else:
            streets_first = (col(Grid.level) != GridLevel.STREET, col(Grid.path), col(Grid.id))
            grids = select(col(Grid.id)).where(col(Grid.retired_at).is_(None))
            grid_id = self.act.session.execute(grids.order_by(*streets_first)).scalars().first()
        if grid_id is None:
            raise TableRefusedError("还没有网格，请先导入网格。")
        return grid_id

    def _categories(self) -> dict[str, Category]:
        found = self.act.session.execute(
            select(Category).where(col(Category.retired_at).is_(None))
        ).scalars()
        return {heading: row for row in found for heading in (row.code, row.name)}

    def _category(self, cells: Cells, told: str) -> Category | None:
        if not told:
            return None
        if told not in self.categories:
            raise cells.error("category", f"没有「{told}」这个分类")
        return self.categories[told]

    def _spot(self, cells: Cells, came: Came) -> _Spot:
        if came.code:
            return self._building(cells, came.code)
        if not came.grid_code:
            return _Spot(self.grid_id)
        grid_id = self.act.session.execute(
            select(col(Grid.id)).where(col(Grid.code) == came.grid_code)
        ).scalar_one_or_none()
        if grid_id is None:
            raise cells.error("grid_code", f"没有编码为{came.grid_code}的网格")
        return _Spot(grid_id)

    def _building(self, cells: Cells, code: str) -> _Spot:
        found = self.act.session.execute(
            select(Building)
            .join(BuildingCode, col(BuildingCode.building_id) == col(Building.id))
            .where(col(BuildingCode.code) == normalise(code))
        ).scalar_one_or_none()
        if found is None:
            raise cells.error("code", f"没有{code}这个楼栋码；不清楚就留空，只写地点")
        return _Spot(found.grid_id, found.id, found.name, found.address)

    def _row(
        self, came: Came, uid: UUID, digest: str, spot: _Spot, category: Category | None
    ) -> Case:
        urgency = category.urgency if category else Urgency.ORDINARY
        due = promise_case(self.act, category, urgency, came.reported_at)
        place = came.place or spot.name
        return Case(
            uid=uid,
            digest=digest,
            track=secrets.token_urlsafe(16),
            source=came.source,
            source_ref=came.source_ref,
            category_id=category.id if category else None,
            urgency=urgency,
            grid_id=spot.grid_id,
            building_id=spot.building_id,
            place=place,
            text=came.text,
            grams=grams(f"{came.text} {place} {spot.address}"),
            reporter_name=came.name,
            reporter_phone=came.phone,
            reporter_id=self.act.actor.person_id,
            received_at=self.act.now,
            reported_at=came.reported_at,
            due_at=due.due_at,
            first_due_at=due.due_at,
            due_limit=str(due.limit),
            due_provisional=due.provisional,
            step_due_at=due.step_due_at,
        )

    def _first_step(self, case_id: int, reported_at: datetime) -> None:
        step: dict[str, Any] = {
            "case_id": case_id,
            "deed": Deed.REPORT,
            "status_from": None,
            "status_to": Status.REPORTED,
            "actor_id": self.act.actor.person_id,
            "at": reported_at,
            "done_at": None,
            "words": "",
            "is_public": True,
            "facts": {"imported": True},
            "uid": None,
        }
        self._connection.execute(_ADD_STEP, step)
