"""Tables of contact households and of the reasons to visit; people go out masked."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.privacy import mask_name, mask_phone
from gridapp.domain.visiting import INTERVAL_MAX_DAYS
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.exchange.buildings_named import BUILDING_COLUMNS, NamedBuildings
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.kind import Kind, Taken, Wishes
from gridapp.services.exchange.reach import grids_wished
from gridapp.services.exchange.writing import Value
from gridapp.services.orders import Order
from gridapp.services.permit import demand
from gridapp.services.rulebook.visit_kinds import VISIT_KINDS as KIND_RULES
from gridapp.services.rules.tables import change_row, insert_row
from gridapp.services.visits.add import AddHouseholdFacts, find_household, keep_household
from gridapp.services.visits.kinds import list_kinds
from gridapp.services.visits.lists import households
from gridapp.tables import Building, ContactHousehold, Grid, VisitKind

_COLUMNS: Final = (
    Column(
        "code",
        "楼栋码",
        ("楼栋编码",),
        needed=True,
        instead=("building",),
        is_plain=True,
        hint="没有就写网格和楼栋的名称",
    ),
    *BUILDING_COLUMNS,
    Column("door", "门牌", ("室号", "房号")),
    Column("name", "姓名", ("户主",), needed=True, mask=mask_name, example="张秀兰"),
    Column("phone", "电话", ("手机", "联系电话"), mask=mask_phone, example="13800008000"),
    Column("kind", "类别", ("走访类别", "事由"), needed=True, example="独居老人"),
    Column("interval_days", "间隔天数", ("间隔",)),
    Column("next_on", "下次走访", ("下次走访日期",)),
)
_KIND_COLUMNS: Final = (
    Column("code", "代码", needed=True, example="alone"),
    Column("name", "类别", ("名称",), needed=True, example="独居老人"),
    Column("interval_days", "间隔天数", ("间隔",), hint="0即不定期", example="7"),
)
_MASK: Final = "*"


class _ContactTaker:
    """Adds contact households; one that is there already stays as it is."""

    def __init__(self, act: Act, _wishes: Wishes) -> None:
        self.act = act
        self._where = NamedBuildings(act)

    def take(self, cells: Cells) -> Taken:
        building_id = self._where.demand(cells)
        facts = AddHouseholdFacts(
            at=cells.text("code", 64),
            name=self._name(cells),
            kind=self._kind(cells),
            door=cells.text("door", 40),
            phone=cells.phone("phone"),
            interval_days=cells.whole("interval_days", 0, INTERVAL_MAX_DAYS),
            next_on=cells.day("next_on"),
        )
        known = find_household(self.act, building_id, facts.door, facts.name)
        if known is not None:
            self._tell_differences(cells, known, facts)
            return Taken.SAME
        keep_household(self.act, uuid4(), building_id, facts)
        return Taken.NEW

    @staticmethod
    def _name(cells: Cells) -> str:
        name = cells.text("name", 64, needed=True)
        if _MASK in name:
            raise cells.error("name", "姓名是隐去的，请写全名")
        return name

    def _tell_differences(
        self, cells: Cells, known: ContactHousehold, facts: AddHouseholdFacts
    ) -> None:
        """Tell what differs: whoever is in touch with a household changes what is known of it."""
        kind = self.act.session.get_one(VisitKind, known.kind_id)
        told: dict[str, Any] = {
            "phone": facts.phone, "kind": facts.kind, "interval_days": facts.interval_days,
            "next_on": facts.next_on,
        }  # fmt: skip
        stored: dict[str, Any] = {
            "phone": known.phone, "kind": kind.code, "interval_days": known.interval_days,
            "next_on": known.next_on,
        }  # fmt: skip
        names = {one.code: one.name for one in list_kinds(self.act)} | {kind.code: kind.name}
        for name, value in told.items():
            if value not in {None, ""}:
                cells.leaves(name, *(names.get(v, v) for v in (stored[name], value)))

    def _kind(self, cells: Cells) -> str:
        told = cells.text("kind", 40, needed=True)
        for kind in list_kinds(self.act):
            if told in {kind.code, kind.name}:
                return kind.code
        raise cells.error("kind", f"没有「{told}」这个走访类别")


class _KindTaker:
    """Adds reasons to visit, or changes those known by code; what is taken in is no example."""

    def __init__(self, act: Act, _wishes: Wishes) -> None:
        self.act = act

    def take(self, cells: Cells) -> Taken:
        code = cells.text("code", 32, needed=True)
        name = cells.text("name", 40, needed=True)
        days = cells.whole("interval_days", 0, INTERVAL_MAX_DAYS) or 0
        told = {"name": name, "interval_days": days}
        known: VisitKind | None = self.act.session.execute(
            select(VisitKind).where(col(VisitKind.code) == code)
        ).scalar_one_or_none()
        if known is None:
            insert_row(self.act, Order(Deed.ADD_VISIT_KIND), KIND_RULES, code, told)
            return Taken.NEW
        if known.retired_at is not None:
            raise cells.error("code", "这个走访类别已经停用，请先恢复使用")
        if (known.name, known.interval_days) == (name, days):
            return Taken.SAME
        cells.differs("name", known.name, name)
        cells.differs("interval_days", known.interval_days, days)
        change_row(self.act, Order(Deed.CHANGE_VISIT_KIND), KIND_RULES, known, told)
        return Taken.CHANGED


def _rows(act: Act, wishes: Wishes) -> Iterator[Sequence[Value]]:
    """Give the households that the actor may see, masked: the full names stay in the house."""
    demand(act, Deed.SEE_VISIT)
    grids = select(col(Grid.id)).where(grids_wished(act, wishes, Deed.SEE_VISIT))
    found = households().where(
        col(Building.grid_id).in_(grids), col(ContactHousehold.ended_at).is_(None)
    )
    where = NamedBuildings(act)
    for row, _, code, _, kind in act.session.execute(found.order_by(col(ContactHousehold.id))):
        yield (
            code or "", *where.names(row.building_id), "", mask_name(row.name),
            mask_phone(row.phone), kind, row.interval_days, row.next_on,
        )  # fmt: skip


def _kind_rows(act: Act, _wishes: Wishes) -> Iterator[Sequence[Value]]:
    for kind in list_kinds(act):
        yield kind.code, kind.name, kind.interval_days


CONTACTS: Final = Kind(
    _COLUMNS, _ContactTaker, _rows, label="联系户", hint="独居老人等需要定期走访的住户",
    export_needs=(Deed.SEE_VISIT,),
)  # fmt: skip
VISIT_KINDS: Final = Kind(
    _KIND_COLUMNS, _KindTaker, _kind_rows, key="code", label="走访类别", hint="为什么走访，隔多少天"
)
