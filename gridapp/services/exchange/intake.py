"""Takes a case in that was reported elsewhere: its row, its promise and its first step."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.codes import normalise
from gridapp.domain.searching import grams
from gridapp.domain.vocabulary import Deed, GridLevel, Source, Status, Urgency
from gridapp.services.calendar.promises import category_at, promise_case
from gridapp.services.cases.write_report import REPORT_COLUMNS, Report, write_reports
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import TableRefusedError
from gridapp.services.exchange.kind import Taken, Wishes
from gridapp.services.exchange.recording import announce_additions
from gridapp.services.orders import digest_of
from gridapp.services.permit import open_grid
from gridapp.tables import Building, BuildingCode, Case, Category, Grid

_SAME_CASES: Final = UUID("5b0f2a64-7d0b-4f5e-9d55-6a0d6a8f3c11")
_OTHERWISE: Final = "同一编号、同一时间的事件已导入过，内容不同"


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
        self.grid_id = self._common_grid(wishes.grid)
        self.categories = self._categories()
        self._waiting: dict[UUID, str] = {}
        self._reports: list[Report] = []

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
                raise cells.error("source_ref", _OTHERWISE)
            return Taken.SAME
        if uid in self._waiting:
            if self._waiting[uid] != digest:
                raise cells.error("source_ref", _OTHERWISE)
            return Taken.SAME
        spot = self._spot(cells, came)
        values = self._values(came, uid, digest, spot, self._category(cells, came.category))
        self._waiting[uid] = digest
        self._reports.append(Report(values, self._first_step(came.reported_at), (), ()))
        return Taken.NEW

    def settle(self) -> None:
        """Write down what waits, by the statements that write every report."""
        if self._reports:
            announce_additions(self.act, "case", "case_step")
            write_reports(self.act, self._reports)
        self._waiting.clear()
        self._reports.clear()

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

    def _values(
        self, came: Came, uid: UUID, digest: str, spot: _Spot, category: Category | None
    ) -> dict[str, Any]:
        """Give the columns of a case, as a report gives them: by the rules of its moment."""
        then = category_at(self.act, category, came.reported_at)
        urgency = then.urgency if then else Urgency.ORDINARY
        due = promise_case(self.act, category, urgency, came.reported_at)
        place = came.place or spot.name
        case = Case(
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
        return {name: getattr(case, name) for name in (*REPORT_COLUMNS, "source_ref")}

    def _first_step(self, reported_at: datetime) -> dict[str, Any]:
        return {
            "deed": Deed.REPORT,
            "status_to": Status.REPORTED,
            "actor_id": self.act.actor.person_id,
            "at": reported_at,
            "done_at": None,
            "words": "",
            "is_public": True,
            "facts": {"imported": True},
        }
