"""Tables of the category table (事项分类): out and in again without loss.

What is taken in changes an item from today on and stands in its history like any other change;
what was promised before stays promised.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.deadlines import parse_limit
from gridapp.domain.errors import FactsError
from gridapp.domain.labels import ROOT, URGENCY
from gridapp.domain.vocabulary import Deed, Root, Urgency
from gridapp.services.desk import Act
from gridapp.services.exchange.cells import Cells
from gridapp.services.exchange.columns import Column
from gridapp.services.exchange.kind import Kind, Taken, Wishes
from gridapp.services.exchange.writing import Value
from gridapp.services.orders import Order
from gridapp.services.permit import demand
from gridapp.services.rulebook.categories import CATEGORIES as CATEGORY_RULES
from gridapp.services.rulebook.categories import LIMIT_NAMES, read_limits_told
from gridapp.services.rules.tables import change_row, insert_row, open_row, state_of
from gridapp.tables import Category, Unit

_COLUMNS: Final = (
    Column("code", "代码"),
    Column("root", "大类", ("四类",), needed=True),
    Column("name", "事项", ("名称", "小类"), needed=True),
    Column("urgency", "紧急程度"),
    Column("accept_limit", "受理时限"),
    Column("take_limit", "接单时限"),
    Column("handle_limit", "处置时限"),
    Column("whole_limit", "全程时限", ("时限", "办结时限")),
    Column("unit", "默认单位", ("处置单位",)),
    Column("may_settle", "可随手清"),
    Column("is_public", "对外公开"),
    Column("question1", "提问1"),
    Column("question2", "提问2"),
    Column("question3", "提问3"),
    Column("retired", "停用"),
    Column("position", "次序"),
)
_QUESTIONS: Final = ("question1", "question2", "question3")


class _CategoryTaker:
    """Adds items, or changes those known by their code, or else by their name."""

    def __init__(self, act: Act, _wishes: Wishes) -> None:
        demand(act, Deed.CHANGE_CATEGORY)
        self.act = act

    def take(self, cells: Cells) -> Taken:
        root = cells.word("root", ROOT)
        name = cells.text("name", 40, needed=True)
        if root is None:
            raise cells.error("root", "不能为空")
        row = self._known(cells, name)
        if row is None:
            return self._add(cells, root, name)
        if row.root is not root:
            raise cells.error("root", f"「{row.name}」原来在「{ROOT[row.root]}」下，不能换大类")
        return self._change(cells, row, {"name": name} | self._told(cells))

    def _known(self, cells: Cells, name: str) -> Category | None:
        code = cells.text("code", 32)
        is_it = col(Category.code) == code if code else col(Category.name) == name
        found: Category | None = (
            self.act.session.execute(select(Category).where(is_it).order_by(col(Category.id)))
            .scalars()
            .first()
        )
        return found

    def _add(self, cells: Cells, root: Root, name: str) -> Taken:
        order = Order(Deed.ADD_CATEGORY)
        code = cells.text("code", 32) or f"k{order.uid.hex[:16]}"
        told = {"name": name, "root": root.value} | self._told(cells)
        insert_row(self.act, order, CATEGORY_RULES, code, told)
        self._place(cells, open_row(self.act, CATEGORY_RULES, code))
        return Taken.NEW

    def _change(self, cells: Cells, row: Category, told: dict[str, Any]) -> Taken:
        was = state_of(CATEGORY_RULES, row)
        is_placed = self._place(cells, row)
        if was | told == was:
            return Taken.CHANGED if is_placed else Taken.SAME
        change_row(self.act, Order(Deed.CHANGE_CATEGORY), CATEGORY_RULES, row, told)
        return Taken.CHANGED

    def _place(self, cells: Cells, row: Category) -> bool:
        position = cells.whole("position", 0, 9999)
        if position is None or position == row.position:
            return False
        row.position = position
        self.act.session.flush()
        return True

    def _told(self, cells: Cells) -> dict[str, Any]:
        """Read the columns that the table has; one that it has not stays as it is."""
        told: dict[str, Any] = {
            name: cells.text(name, 24) for name in LIMIT_NAMES if cells.has(name)
        }
        try:
            read_limits_told(told)
        except FactsError as error:
            name, fault = next(iter(error.facts["fields"].items()))
            raise cells.error(name, fault) from error
        if cells.has("urgency"):
            told["urgency"] = (cells.word("urgency", URGENCY) or Urgency.ORDINARY).value
        told |= {n: cells.yes(n) for n in ("may_settle", "is_public", "retired") if cells.has(n)}
        if cells.has("unit"):
            told["unit_id"] = self._unit_id(cells)
        if cells.has("question1"):
            asked = (" ".join(cells.text(name, 60).split()) for name in _QUESTIONS)
            told["questions"] = [question for question in asked if question]
        return told

    def _unit_id(self, cells: Cells) -> int | None:
        said = cells.text("unit", 80)
        if not said:
            return None
        found = self.act.session.execute(
            select(col(Unit.id)).where(
                (col(Unit.code) == said) | (col(Unit.name) == said), col(Unit.retired_at).is_(None)
            )
        ).scalars()
        unit_ids: list[int | None] = list(found)
        if len(unit_ids) != 1:
            why = "有几个同名单位，请写单位代码" if unit_ids else f"没有「{said}」这个单位"
            raise cells.error("unit", why)
        return unit_ids[0]


def _rows(act: Act, _wishes: Wishes) -> Iterator[Sequence[Value]]:
    """Give every item, those out of use too."""
    demand(act, Deed.CHANGE_CATEGORY)
    found = act.session.execute(
        select(Category, col(Unit.code))
        .outerjoin(Unit, col(Unit.id) == col(Category.unit_id))
        .order_by(col(Category.position), col(Category.id))
    )
    for row, unit in found:
        asked = [*row.questions, "", "", ""][:3]
        limits = [_said(getattr(row, name)) for name in LIMIT_NAMES]
        yield (
            row.code, ROOT[row.root], row.name, URGENCY[row.urgency], *limits, unit or "",
            row.may_settle, row.is_public, *asked, row.retired_at is not None, row.position,
        )  # fmt: skip


def _said(text: str) -> str:
    limit = parse_limit(text)
    return limit.label if limit else ""


CATEGORIES: Final = Kind(
    _COLUMNS, _CategoryTaker, _rows, key="code", label="事项分类",
    hint="大类、事项、时限、默认单位", export_needs=(Deed.CHANGE_CATEGORY,),
)  # fmt: skip
