"""Tables of what hangs on a grid: who answers for a line, a year's question, who is paired."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import col

from gridapp.domain.errors import FactsError
from gridapp.domain.focusing import FOCUS_KIND, FOCUS_STATE, FocusState
from gridapp.domain.privacy import mask_phone, normalise_phone
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.focus import FocusFacts, set_focus
from gridapp.services.areas.lines import LineContactFacts, list_lines, set_line_contact
from gridapp.services.areas.pairs import PairFacts, pair_areas
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.grids_named import GRID_COLUMNS, NamedGrids
from gridapp.services.exchange.kind import Kind, Taken, Wishes
from gridapp.services.exchange.reach import grids_wished
from gridapp.services.exchange.told import facts_told
from gridapp.services.exchange.writing import Value
from gridapp.services.orders import Order
from gridapp.services.permit import demand
from gridapp.tables import BusinessLine, Grid, GridFocus, GridPair, LineContact

_YEARS: Final = (2000, 2100)
_WHERE: Final = (
    Column(
        "grid_code", "网格编码", ("编码", "所属网格编码"), needed=True,
        instead=("community", "grid", "micro"), is_plain=True, hint="没有编码就写网格的名称",
        example="310107022001001",
    ),
    *GRID_COLUMNS,
)  # fmt: skip
_LINE_COLUMNS: Final = (
    Column(
        "line", "业务线", ("条线", "线条"), needed=True, hint="网格页上有的业务线", example="公安"
    ),
    *_WHERE,
    Column("name", "联系人", ("姓名",), needed=True, example="王警官"),
    Column("phone", "电话", ("手机", "联系电话"), is_plain=True, mask=mask_phone),
    Column("organisation", "单位", ("所属单位",), example="真如派出所"),
)  # fmt: skip
_FOCUS_COLUMNS: Final = (
    *_WHERE,
    Column("year", "年份", ("年度",), needed=True, example="2026"),
    Column("kind", "类别", needed=True, hint="、".join(FOCUS_KIND.values()), example="网格第一题"),
    Column("title", "题目", ("名称", "主题"), needed=True, example="解决小区停车难"),
    Column("state", "进展", ("状态",), hint="、".join(FOCUS_STATE.values()) + "；不写即第一种"),
    Column("words", "说明", ("结果", "成效"), is_prose=True, hint="已办结、已调整的要写结果"),
)  # fmt: skip
_PAIR_COLUMNS: Final = (
    Column("dedicated", "专属网格", needed=True, hint="名称或编码", example="真如集市"),
    Column(
        "grid_code", "微网格编码", ("网格编码",), needed=True, instead=("micro",), is_plain=True,
        hint="没有编码就写微网格的名称", example="310107022001001-W01",
    ),
    *GRID_COLUMNS,
    Column("words", "约定", ("说明", "内容"), is_prose=True, hint="两家说好一起做什么"),
)  # fmt: skip


class _Taker:
    """Takes rows in that hang on a grid, by the same deeds as an administrator."""

    def __init__(self, act: Act, _wishes: Wishes) -> None:
        self.act = act
        self.grids = NamedGrids(act)

    def _one(self, query: Any) -> Any:
        return self.act.session.execute(query).scalar_one_or_none()

    def _order(self, deed: Deed, grid_id: int, row: Any = None) -> Order:
        return Order(deed, subject=self.grids.code_of(grid_id), version=row and row.version)


class _LineTaker(_Taker):
    def __init__(self, act: Act, wishes: Wishes) -> None:
        super().__init__(act, wishes)
        self._lines = {line.name: line.id for line in list_lines(act)}

    def take(self, cells: Cells) -> Taken:
        line, grid_id = cells.text("line", 40, needed=True), self.grids.demand(cells)
        if line not in self._lines:
            raise cells.error("line", f"没有「{line}」这条业务线，可用的有{'、'.join(self._lines)}")
        told = {n: cells.text(n, 80, needed=n == "name") for n in ("name", "phone", "organisation")}
        row = self._one(
            select(LineContact).where(
                col(LineContact.line_id) == self._lines[line], col(LineContact.grid_id) == grid_id
            )
        )
        kept = told | {"phone": normalise_phone(told["phone"]) or told["phone"]}
        if row and all(getattr(row, name) == text for name, text in kept.items()):
            return Taken.SAME
        why = {"name": "超过64个字"}
        facts = facts_told(cells, LineContactFacts, why, line=self._lines[line], **told)
        try:
            set_line_contact(self.act, self._order(Deed.SET_LINE_CONTACT, grid_id, row), facts)
        except FactsError as error:
            name, fault = next(iter(error.facts["fields"].items()))
            raise cells.error(name, fault) from error
        return Taken.CHANGED if row else Taken.NEW


class _FocusTaker(_Taker):
    def take(self, cells: Cells) -> Taken:
        grid_id, year = self.grids.demand(cells), cells.whole("year", *_YEARS)
        kind = cells.word("kind", FOCUS_KIND)
        if year is None or kind is None:
            raise cells.error("kind" if year else "year", "不能为空")
        told: dict[str, Any] = {
            "title": cells.text("title", 80, needed=True),
            "state": cells.word("state", FOCUS_STATE) or FocusState.CHOSEN,
            "words": cells.text("words", 500),
        }
        row = self._one(
            select(GridFocus).where(
                col(GridFocus.grid_id) == grid_id, col(GridFocus.year) == year,
                col(GridFocus.kind) == kind,
            )
        )  # fmt: skip
        if row and all(getattr(row, name) == value for name, value in told.items()):
            return Taken.SAME
        is_new = row is None
        facts = facts_told(cells, FocusFacts, {"title": "至少2个字"}, year=year, kind=kind, **told)
        set_focus(self.act, self._order(Deed.SET_FOCUS, grid_id, row), facts)
        return Taken.NEW if is_new else Taken.CHANGED


class _PairTaker(_Taker):
    def take(self, cells: Cells) -> Taken:
        dedicated, micro = self.grids.one(cells, "dedicated"), self.grids.demand(cells)
        standing = select(GridPair).where(
            col(GridPair.dedicated_id) == dedicated, col(GridPair.micro_id) == micro,
            col(GridPair.ended_at).is_(None),
        )  # fmt: skip
        words = cells.text("words", 200)
        if row := self._one(standing):
            cells.leaves("words", row.words, words if cells.has("words") else row.words)
            return Taken.SAME
        other = self.grids.code_of(dedicated)
        facts = PairFacts(other=other, words=words)
        pair_areas(self.act, self._order(Deed.PAIR_AREAS, micro), facts)
        return Taken.NEW


def _line_rows(act: Act, wishes: Wishes) -> Iterator[Sequence[Value]]:
    demand(act, Deed.SET_LINE_CONTACT)
    grids = NamedGrids(act)
    found = act.session.execute(
        select(LineContact, col(BusinessLine.name), col(Grid.code))
        .join(BusinessLine, col(BusinessLine.id) == col(LineContact.line_id))
        .join(Grid, col(Grid.id) == col(LineContact.grid_id))
        .where(grids_wished(act, wishes, Deed.EXPORT), col(BusinessLine.retired_at).is_(None))
        .where(col(Grid.retired_at).is_(None))
        .order_by(col(BusinessLine.position), col(Grid.path))
    )
    for row, line, code in found:
        names = grids.names(row.grid_id)
        yield line, code, *names, row.name, row.phone, row.organisation


def _focus_rows(act: Act, wishes: Wishes) -> Iterator[Sequence[Value]]:
    demand(act, Deed.SEE_AREA)
    grids = NamedGrids(act)
    found = act.session.execute(
        select(GridFocus, col(Grid.code))
        .join(Grid, col(Grid.id) == col(GridFocus.grid_id))
        .where(grids_wished(act, wishes, Deed.EXPORT), col(Grid.retired_at).is_(None))
        .order_by(col(GridFocus.year).desc(), col(Grid.path), col(GridFocus.kind))
    )
    for row, code in found:
        what = (row.year, FOCUS_KIND[row.kind], row.title, FOCUS_STATE[row.state], row.words)
        yield code, *grids.names(row.grid_id), *what


def _pair_rows(act: Act, wishes: Wishes) -> Iterator[Sequence[Value]]:
    demand(act, Deed.SEE_AREA)
    grids, dedicated = NamedGrids(act), aliased(Grid)
    found = act.session.execute(
        select(GridPair, col(dedicated.code), col(Grid.code))
        .join(dedicated, col(dedicated.id) == col(GridPair.dedicated_id))
        .join(Grid, col(Grid.id) == col(GridPair.micro_id))
        .where(grids_wished(act, wishes, Deed.EXPORT), col(GridPair.ended_at).is_(None))
        .order_by(col(GridPair.id))
    )
    for row, other, code in found:
        yield other, code, *grids.names(row.micro_id), row.words


LINE_CONTACTS: Final = Kind(
    _LINE_COLUMNS, _LineTaker, _line_rows, label="业务线联系人",
    hint="公安、市场监管等在哪个网格由谁联系", export_needs=(Deed.SET_LINE_CONTACT,),
)  # fmt: skip
FOCUSES: Final = Kind(
    _FOCUS_COLUMNS, _FocusTaker, _focus_rows, label="网格第一题和一格一品",
    hint="每个网格每年做什么，做到哪一步", export_needs=(Deed.SEE_AREA,),
)  # fmt: skip
PAIRS: Final = Kind(
    _PAIR_COLUMNS, _PairTaker, _pair_rows, label="双格共建",
    hint="哪个专属网格和哪个微网格结对", export_needs=(Deed.SEE_AREA,),
)  # fmt: skip
