"""Tables of cases: hotline orders and messages from elsewhere come in, cases in reach go out."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from gridapp.domain.labels import OUTCOME, SATISFACTION, SOURCE, STATUS, URGENCY
from gridapp.domain.privacy import mask_name, mask_phone
from gridapp.domain.visible import shown_count
from gridapp.domain.vocabulary import Deed, Status
from gridapp.domain.workcalendar import BEIJING
from gridapp.services.audit import write_audit
from gridapp.services.bad_rows import readable
from gridapp.services.case_access import case_no_of, cases_within
from gridapp.services.cases.reveal import REASON_MIN_CHARACTERS
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.intake import Came, CaseIntake
from gridapp.services.exchange.kind import Kind, Taken, Wishes
from gridapp.services.exchange.reach import grids_wished
from gridapp.services.exchange.writing import Value
from gridapp.services.orders import TEXT_MAX_CHARACTERS
from gridapp.services.permit import demand
from gridapp.tables import BuildingCode, Case, Category, Grid, Unit

_COLUMNS: Final = (
    Column("no", "事件编号"),
    Column(
        "source_ref", "来源编号", ("编号", "工单编号", "工单号", "留言编号"), example="H2026001"
    ),
    Column("source", "来源"),
    Column(
        "reported_at", "时间", ("上报时间", "来电时间", "受理时间", "留言时间"),
        hint="如2026-11-22 10:30；不写即现在", example="2026-11-22 10:30",
    ),
    Column("status", "状态"),
    Column("category", "分类", ("类别", "事件分类")),
    Column("title", "标题", ("主题", "留言主题", "工单标题"), is_prose=True),
    Column(
        "text", "内容", ("留言详情", "诉求内容", "事件描述", "描述"), needed=True,
        is_prose=True, example="路灯不亮",
    ),
    Column("place", "地点", ("地址", "事发地点", "事发地址"), example="兰溪路100弄门口"),
    Column("code", "楼栋码", ("楼栋编码",), is_plain=True, hint="不清楚就留空"),
    Column("grid_code", "网格编码", ("所属网格编码",), is_plain=True, hint="不写归到街道"),
    Column("name", "姓名", ("来电人", "反映人", "联系人"), mask=mask_name),
    Column("phone", "电话", ("联系电话", "来电号码", "手机"), mask=mask_phone),
    Column("urgency", "紧急程度"),
    Column("unit", "处置单位"),
    Column("due_at", "期限"),
    Column("handled_at", "处置时间"),
    Column("closed_at", "结案时间"),
    Column("outcome", "处置结果"),
    Column("reply", "答复", is_prose=True),
    Column("satisfaction", "满意度"),
)  # fmt: skip
_SKEW: Final = timedelta(minutes=10)
_MASK: Final = "*"


class _CaseTaker:
    """Takes in cases that were reported elsewhere; the same one twice is taken in once."""

    def __init__(self, act: Act, wishes: Wishes) -> None:
        self.act = act
        self.wishes = wishes
        self.intake = CaseIntake(act, wishes)

    def prepare(self, _batch: Sequence[Cells]) -> None:
        """Nothing is to be looked up at once."""

    def settle(self) -> None:
        """Write the cases of the batch."""
        self.intake.settle()

    def take(self, cells: Cells) -> Taken:
        if cells.word("status", STATUS) not in {None, Status.REPORTED}:
            raise cells.error("status", "只能导入待受理的事件，已在办理的请留在原系统")
        came = Came(
            source=cells.word("source", SOURCE) or self.wishes.source,
            # A case that moves here from another town keeps the number it had there.
            source_ref=self._number(cells),
            reported_at=self._reported_at(cells),
            text=self._text(cells),
            place=cells.text("place", 200),
            category=cells.text("category", 40),
            code=cells.text("code", 64),
            grid_code=cells.text("grid_code", 32),
            name=self._unmasked(cells.text("name", 64)),
            phone=self._phone(cells),
        )
        return self.intake.take(cells, came)

    def _reported_at(self, cells: Cells) -> datetime:
        moment = cells.moment("reported_at") or self.act.now
        if moment > self.act.now + _SKEW:
            raise cells.error("reported_at", "时间在将来")
        return min(moment, self.act.now)

    @staticmethod
    def _number(cells: Cells) -> str:
        number, own = cells.text("source_ref", 64), cells.text("no", 32)
        return number or own

    @staticmethod
    def _text(cells: Cells) -> str:
        title = cells.text("title", 200)
        text = cells.text("text", TEXT_MAX_CHARACTERS - len(title) - 1, needed=not title)
        return text if title in text else f"{title}\n{text}".strip()

    @staticmethod
    def _unmasked(text: str) -> str:
        """Give nothing for what was masked: it is nobody's name or phone."""
        return "" if _MASK in text else text

    def _phone(self, cells: Cells) -> str:
        return cells.phone("phone") if self._unmasked(cells.text("phone", 64)) else ""


def _rows(act: Act, wishes: Wishes) -> Iterator[Sequence[Value]]:
    # Whoever sees the figures may hold them against the cases they count; people stay masked.
    demand(act, Deed.SEE_CASE)
    whole = _may_show_whole(act, wishes)
    code = (
        select(col(BuildingCode.code))
        .where(col(BuildingCode.building_id) == col(Case.building_id))
        .where(col(BuildingCode.retired_at).is_(None))
        .limit(1)
        .scalar_subquery()
    )
    found = act.session.execute(
        select(Case, code, col(Grid.code), col(Category.name), col(Unit.name))
        .join(Grid, col(Grid.id) == col(Case.grid_id))
        .outerjoin(Category, col(Category.id) == col(Case.category_id))
        .outerjoin(Unit, col(Unit.id) == col(Case.unit_id))
        .where(cases_within(act.actor), grids_wished(act, wishes, Deed.SEE_STATS))
        .where(*_of_days(wishes))
        .order_by(col(Case.id))
        .execution_options(yield_per=500)
    )
    yield from readable("exported cases", found, lambda one: _row(*one, whole=whole))


def _of_days(wishes: Wishes) -> Iterator[ColumnElement[bool]]:
    reported_at = col(Case.reported_at)
    if wishes.from_on:
        yield reported_at >= datetime.combine(wishes.from_on, time(), BEIJING)
    if wishes.to_on:
        next_day = wishes.to_on + timedelta(days=1)
        yield reported_at < datetime.combine(next_day, time(), BEIJING)


def _may_show_whole(act: Act, wishes: Wishes) -> bool:
    """Tell whether reporters are shown in full: only for a reason, and that is put on record."""
    reason = wishes.reveal_reason.strip()
    if shown_count(reason) < REASON_MIN_CHARACTERS:
        return False
    demand(act, Deed.REVEAL)
    write_audit(act, Deed.REVEAL, "export:cases", reason)
    return True


def _row(  # noqa: PLR0913 - a case with the names it refers to
    row: Case,
    code: str | None,
    grid_code: str,
    category: str | None,
    unit: str | None,
    *,
    whole: bool,
) -> Sequence[Value]:
    facts: dict[str, Any] = {
        "no": case_no_of(row),
        "source_ref": row.source_ref,
        "source": SOURCE[row.source],
        "reported_at": row.reported_at,
        "status": STATUS[row.status],
        "category": category,
        "text": row.text,
        "place": row.place,
        "code": code,
        "grid_code": grid_code,
        "name": row.reporter_name if whole else mask_name(row.reporter_name),
        "phone": row.reporter_phone if whole else mask_phone(row.reporter_phone),
        "urgency": URGENCY[row.urgency],
        "unit": unit,
        "due_at": row.due_at,
        "handled_at": row.handled_at,
        "closed_at": row.closed_at,
        "outcome": OUTCOME[row.outcome] if row.outcome else "",
        "reply": row.reply,
        "satisfaction": SATISFACTION[row.satisfaction] if row.satisfaction else "",
    }
    return [facts.get(column.name) for column in _COLUMNS]


CASES: Final = Kind(
    _COLUMNS, _CaseTaker, _rows, label="事件", hint="热线工单、留言，来自别处的反映",
    export_by=Deed.SEE_STATS, export_needs=(Deed.SEE_CASE,), has_days=True,
)  # fmt: skip
