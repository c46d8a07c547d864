"""Tables of shops, enterprises and places, and of the risk classes by which they are checked."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.privacy import mask_name, mask_phone
from gridapp.domain.registering import CHECK_INTERVAL_MAX_DAYS, PREMISES_KIND, PremisesKind
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.exchange.buildings_named import BUILDING_COLUMNS, NamedBuildings
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.kind import Kind, Taken, Wishes
from gridapp.services.exchange.reach import grids_wished
from gridapp.services.exchange.told import facts_told
from gridapp.services.exchange.unmasking import may_show_people
from gridapp.services.exchange.writing import Value
from gridapp.services.permit import demand
from gridapp.services.register.premises import (
    AmendPremisesFacts,
    CheckDays,
    PremisesFacts,
    change_premises,
    keep_premises,
    same_premises,
)
from gridapp.services.register.risks import list_risks, put_risk
from gridapp.tables import Building, BuildingCode, Grid, Premises, RiskClass

_COLUMNS: Final = (
    Column(
        "code", "楼栋码", ("楼栋编码",), needed=True, instead=("building",), is_plain=True,
        hint="所在楼栋的码；没有就写网格和楼栋的名称",
    ),
    *BUILDING_COLUMNS,
    Column(
        "name", "名称", ("店名", "单位名称", "企业名称", "场所名称"), needed=True,
        example="兰溪小吃店"
    ),
    Column("spot", "位置", ("门牌", "具体位置"), hint="在楼里哪个位置", example="一层临街"),
    Column("trade", "业态", ("行业", "类别", "经营范围"), example="小餐饮"),
    Column(
        "credit_code", "统一社会信用代码", ("信用代码", "社会信用代码"), is_plain=True,
        hint="18位，没有就留空",
    ),
    Column("contact", "负责人", ("联系人", "法定代表人", "经营者"), mask=mask_name),
    Column("phone", "电话", ("手机", "联系电话"), is_plain=True, mask=mask_phone),
    Column("risk", "风险等级", ("风险",), hint="不填算一般风险", example="一般风险"),
    Column("last_check_on", "上次检查", ("上次检查日期",), hint="日期，可不填"),
    Column("next_check_on", "下次检查", ("下次检查日期",), hint="不填按风险等级推算"),
    Column("remarks", "备注", is_prose=True),
)  # fmt: skip
_RISK_COLUMNS: Final = (
    Column("code", "代码", needed=True, is_plain=True, example="ordinary"),
    Column("name", "风险等级", ("名称",), needed=True, example="一般风险"),
    Column("interval_days", "间隔天数", ("间隔",), hint="每几天检查一次，0是不定期", example="90"),
)
_CREDIT_CODE_LENGTH: Final = 18
_MASK: Final = "*"


class _PremisesTaker:
    """Enters shops and the like, or changes those known by credit code, or building and name."""

    def __init__(self, kind: PremisesKind, act: Act, _wishes: Wishes) -> None:
        self.kind = kind
        self.act = act
        self._where = NamedBuildings(act)
        self._risks = {
            heading: row
            for row in act.session.execute(
                select(col(RiskClass.id), col(RiskClass.code), col(RiskClass.name),
                       col(RiskClass.interval_days)).where(col(RiskClass.retired_at).is_(None))
            )
            for heading in (row.code, row.name)
        }  # fmt: skip
        self._usual = next(iter(self._risks.values())).code if self._risks else ""
        self._usual = "ordinary" if "ordinary" in self._risks else self._usual
        self._names: dict[Any, str] = {row.code: row.name for row in self._risks.values()}

    def take(self, cells: Cells) -> Taken:
        building_id = self._where.demand(cells)
        told, days = self._told(cells), self._days(cells)
        same = same_premises(building_id, told["name"], told.get("credit_code", ""))
        row: Premises | None = (
            self.act.session.execute(select(Premises).where(same)).scalars().first()
        )
        if row is None:
            building = self.act.session.get_one(Building, building_id)
            facts = facts_told(
                cells, PremisesFacts, kind=self.kind, **({"risk": self._usual} | told)
            )
            keep_premises(self.act, uuid4(), building, facts, days)
            return Taken.NEW
        if row.kind is not self.kind:
            why = (
                f"这一家已经作为{PREMISES_KIND[row.kind]}登记，不能再作为{PREMISES_KIND[self.kind]}"
            )
            raise cells.error("name", why)
        return self._change(cells, row, building_id, told, days)

    def _change(
        self, cells: Cells, row: Premises, building_id: int, told: dict[str, Any], days: CheckDays
    ) -> Taken:
        was = self._state(row)
        new = {name: value for name, value in told.items() if was[name] != value}
        moved = building_id if building_id != row.building_id else None
        told_days = {days.last_on or row.last_check_on, days.next_on or row.next_check_on}
        if not new and moved is None and told_days == {row.last_check_on, row.next_check_on}:
            return Taken.SAME
        before = was | {"code": self._where.names(row.building_id)[-1]}
        facts = facts_told(cells, AmendPremisesFacts, **new)
        change_premises(self.act, row, facts, None, building_id=moved, days=days)
        now = self._state(row) | {"code": self._where.names(row.building_id)[-1]}
        for name, value in now.items():
            if value != before[name]:
                cells.differs(name, *(self._names.get(v, v) for v in (before[name], value)))
        return Taken.CHANGED

    def _state(self, row: Premises) -> dict[str, Any]:
        """Give what a record says, in the columns of its table."""
        self.act.session.refresh(row)
        code = next(risk.code for risk in self._risks.values() if risk.id == row.risk_id)
        names = ("name", "spot", "trade", "credit_code", "contact", "phone", "remarks")
        days = {"last_check_on": row.last_check_on, "next_check_on": row.next_check_on}
        return {name: getattr(row, name) for name in names} | {"risk": code} | days

    def _told(self, cells: Cells) -> dict[str, Any]:
        """Give what the row tells; what was masked is nobody's name or phone."""
        told: dict[str, Any] = {"name": cells.text("name", 80, needed=True)}
        for name, longest in (("spot", 40), ("trade", 40), ("contact", 64), ("remarks", 200)):
            if cells.has(name) and _MASK not in (text := cells.text(name, longest)):
                told[name] = text
        if credit_code := cells.text("credit_code", 40).upper():
            if len(credit_code) != _CREDIT_CODE_LENGTH or not credit_code.isalnum():
                raise cells.error("credit_code", "应为18位，没有就留空")
            told["credit_code"] = credit_code
        return told | self._phone(cells) | self._risk(cells)

    @staticmethod
    def _phone(cells: Cells) -> dict[str, Any]:
        if not cells.has("phone") or _MASK in cells.text("phone", 64):
            return {}
        return {"phone": cells.phone("phone")}

    def _risk(self, cells: Cells) -> dict[str, Any]:
        written = cells.text("risk", 40)
        if not written:
            return {}
        if written not in self._risks:
            raise cells.error("risk", f"没有「{written}」这个风险等级")
        return {"risk": self._risks[written].code}

    @staticmethod
    def _days(cells: Cells) -> CheckDays:
        return CheckDays(cells.day("last_check_on"), cells.day("next_check_on"))


def _rows(kind: PremisesKind, act: Act, wishes: Wishes) -> Iterator[Sequence[Value]]:
    demand(act, Deed.SEE_REGISTER)
    whole = may_show_people(act, wishes, f"export:{kind.value}")
    code = (
        select(func.max(col(BuildingCode.code)))
        .where(col(BuildingCode.building_id) == col(Building.id))
        .where(col(BuildingCode.retired_at).is_(None))
        .scalar_subquery()
    )
    found = act.session.execute(
        select(Premises, code, col(RiskClass.name))
        .join(RiskClass, col(RiskClass.id) == col(Premises.risk_id))
        .join(Building, col(Building.id) == col(Premises.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(grids_wished(act, wishes, Deed.EXPORT), grids_wished(act, wishes, Deed.SEE_REGISTER))
        .where(col(Premises.kind) == kind, col(Premises.retired_at).is_(None))
        .order_by(col(Premises.id))
        .execution_options(yield_per=500)
    )
    where = NamedBuildings(act)
    for row, at, risk in found:
        contact = row.contact if whole else mask_name(row.contact)
        phone = row.phone if whole else mask_phone(row.phone)
        yield (
            at, *where.names(row.building_id), row.name, row.spot, row.trade, row.credit_code,
            contact, phone, risk, row.last_check_on, row.next_check_on, row.remarks,
        )  # fmt: skip


class _RiskTaker:
    """Adds risk classes, or changes those known by code; what is taken in is no example."""

    def __init__(self, act: Act, _wishes: Wishes) -> None:
        self.act = act

    def take(self, cells: Cells) -> Taken:
        code = cells.text("code", 32, needed=True)
        name = cells.text("name", 40, needed=True)
        days = cells.whole("interval_days", 0, CHECK_INTERVAL_MAX_DAYS) or 0
        is_new, is_changed = put_risk(self.act, code, name, days)
        if is_new:
            return Taken.NEW
        return Taken.CHANGED if is_changed else Taken.SAME


def _risk_rows(act: Act, _wishes: Wishes) -> Iterator[Sequence[Value]]:
    for risk in list_risks(act):
        yield risk.code, risk.name, risk.interval_days


def _kind(kind: PremisesKind, hint: str) -> Kind:
    return Kind(
        _COLUMNS, partial(_PremisesTaker, kind), partial(_rows, kind), label=PREMISES_KIND[kind],
        hint=hint, export_needs=(Deed.SEE_REGISTER,),
    )  # fmt: skip


SHOPS: Final = _kind(PremisesKind.SHOP, "沿街和楼里的商铺，按风险等级定期检查")
ENTERPRISES: Final = _kind(PremisesKind.ENTERPRISE, "一企一档")
PLACES: Final = _kind(PremisesKind.PLACE, "学校、养老院、仓库等场所")
RISK_CLASSES: Final = Kind(
    _RISK_COLUMNS, _RiskTaker, _risk_rows, key="code", label="风险等级",
    hint="有哪几级，各多少天检查一次",
)  # fmt: skip
