"""Undoes an import: takes away what it added, gives back what it changed, unless built upon."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Table, and_, delete, insert, or_, select, update
from sqlmodel import SQLModel, col

from gridapp.domain.errors import GridappError
from gridapp.domain.importing import RowFate
from gridapp.services.desk import Act
from gridapp.services.exchange.recording import row_key, row_mark
from gridapp.tables import ImportChange

_BATCH: Final = 500
_CHANGE: Final = SQLModel.metadata.tables["import_change"]
_SET_BACK: Final = (RowFate.CHANGED, RowFate.REMOVED)
_NAMED_MOST: Final = 20
# By which column a row is named to the person; none of them is a resident's.
_NAMES: Final = ("code", "no", "login", "door", "title")
_BY_NAME: Final = frozenset({"building", "premises", "unit", "patrol_point"})
_TABLE: Final[Mapping[str, str]] = {
    "grid": "网格",
    "grid_change": "网格变更记录",
    "building": "楼栋",
    "building_code": "楼栋码",
    "household": "户",
    "premises": "商铺、企业或场所",
    "person": "人员",
    "post": "岗位",
    "post_request": "待确认的岗位",
    "unit": "部门",
    "unit_grid": "部门包联",
    "line_contact": "业务线联系人",
    "grid_pair": "双格共建",
    "grid_focus": "网格第一题或一格一品",
    "login_session": "登录",
    "case": "事件",
    "case_step": "事件办理记录",
    "case_life": "事件重开前的记录",
    "note": "随手记",
    "check_in": "签到",
    "patrol_point": "巡查点",
    "contact_household": "联系户",
    "visit": "走访",
    "visit_kind": "走访类别",
    "category": "事件分类",
    "rule": "规则",
    "rule_change": "规则修改记录",
    "print_record": "印刷记录",
    "audit_row": "操作记录",
}
_OTHER: Final = "其他记录"


_READERS: Final[Mapping[type, Callable[[str], Any]]] = {
    int: int,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    UUID: UUID,
    bytes: bytes.fromhex,
}


# A row of ``import_change``.
Change = Row[Any]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way of undoing: which row, and what became of it since."""

    table: str
    row: str
    why: str


class BuiltUponError(GridappError):
    """Rows of the import were changed since, or others hang on them; ``obstacles`` names some."""

    code = "import.built_upon"
    sentence = "导入之后又有新的改动，不能撤销。"
    status = 409

    def __init__(self, count: int, obstacles: Sequence[Obstacle]) -> None:
        told = [f"{o.table}{o.row}{o.why}" for o in obstacles]
        more = "等" if count > len(told) else ""
        sentence = f"有{count}处在导入之后又有改动，不能撤销：{'；'.join(told)}{more}。"
        super().__init__(sentence, count=count, obstacles=told)


class _Obstacles:
    """Counts what stands in the way, and names the first of it."""

    def __init__(self) -> None:
        self.count = 0
        self.named: list[Obstacle] = []

    def add(self, table: str, row: str, why: str) -> None:
        self.count += 1
        if len(self.named) < _NAMED_MOST:
            self.named.append(Obstacle(_TABLE.get(table, _OTHER), row, why))


def undo_changes(act: Act, import_id: int) -> int:
    """Undo all that an import did; gives how many rows.

    Raises:
        BuiltUponError: Rows were changed or gone since, or others refer to what was added.
    """
    obstacles = _Obstacles()
    for batch in _changes(act, import_id):
        _look_for_changes(act, batch, obstacles)
        _look_for_users(act, import_id, batch, obstacles)
    if obstacles.count:
        raise BuiltUponError(obstacles.count, obstacles.named)
    return _take_back(act, import_id)


def _changes(
    act: Act,
    import_id: int,
    table: str = "",
    fates: Collection[RowFate] = tuple(RowFate),
    *,
    newest_first: bool = False,
) -> Iterator[Sequence[Change]]:
    """Give the recorded changes, in batches of one table."""
    wanted = select(_CHANGE).where(_CHANGE.c.import_id == import_id, _CHANGE.c.fate.in_(fates))
    wanted = wanted.where(_CHANGE.c.table_name == table) if table else wanted
    number = _CHANGE.c.id
    last = 0
    while True:
        if newest_first:
            page = wanted.where(number < last) if last else wanted
            found = page.order_by(number.desc())
        else:
            found = wanted.where(number > last).order_by(number)
        # No objects of a session: SQLite's writer keeps everybody waiting until it has done.
        rows = act.session.connection().execute(found.limit(_BATCH)).all()
        if not rows:
            return
        last = rows[-1].id
        for name in dict.fromkeys(row.table_name for row in rows):
            yield [row for row in rows if row.table_name == name]


def _look_for_changes(act: Act, batch: Sequence[Change], obstacles: _Obstacles) -> None:
    table = SQLModel.metadata.tables[batch[0].table_name]
    now = _rows_now(act, table, batch)
    for change in batch:
        row = now.get(change.row_key)
        if change.fate is RowFate.REMOVED:
            if row is not None:
                obstacles.add(table.name, _name(table.name, row), "又重新添加了")
        elif row is None:
            obstacles.add(table.name, "", "已经删除")
        elif row_mark(row) != change.mark:
            obstacles.add(table.name, _name(table.name, row), "又修改过")


def _rows_now(act: Act, table: Table, batch: Sequence[Change]) -> dict[str, dict[str, Any]]:
    found = act.session.execute(select(table).where(_with_keys(table, batch))).mappings()
    rows = [dict(row) for row in found]
    return {row_key(table, row): row for row in rows}


def _name(table: str, row: Mapping[str, Any]) -> str:
    names = ("name",) if table in _BY_NAME else _NAMES
    return next((f"「{row[name]}」" for name in names if row.get(name)), "")


def _with_keys(table: Table, batch: Sequence[Change]) -> ColumnElement[bool]:
    columns = list(table.primary_key.columns)
    keys = [_parsed_key(table, change.row_key) for change in batch]
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    each = (and_(*(c == v for c, v in zip(columns, key, strict=True))) for key in keys)
    return or_(*each)


def _parsed_key(table: Table, key: str) -> list[Any]:
    columns = table.primary_key.columns
    return [given_back(c, part) for c, part in zip(columns, key.split("|"), strict=True)]


def given_back(column: Any, value: Any) -> Any:
    """Give a value as its column holds it, from how JSON or a key kept it."""
    if not isinstance(value, str):
        return value
    held: Any = str
    with suppress(NotImplementedError):  # SQLAlchemy's own types need name no Python type
        held = column.type.python_type
    reader = _READERS.get(held)
    return value if reader is None else reader(value)


def _look_for_users(
    act: Act, import_id: int, batch: Sequence[Change], obstacles: _Obstacles
) -> None:
    """Look for rows of others that refer to what the import has added."""
    added = [change for change in batch if change.fate is RowFate.ADDED]
    table = SQLModel.metadata.tables[batch[0].table_name]
    if not added or len(table.primary_key.columns) != 1:
        return
    keys = {_parsed_key(table, change.row_key)[0]: change for change in added}
    for other in SQLModel.metadata.tables.values():
        for reference in other.foreign_keys:
            if reference.column.table is table:
                _look_in(act, import_id, reference.parent, list(keys), obstacles)


def _look_in(
    act: Act, import_id: int, column: Any, keys: Sequence[Any], obstacles: _Obstacles
) -> None:
    other: Table = column.table
    if other.name == "import_change":
        return
    users = act.session.execute(select(other).where(column.in_(keys))).mappings()
    for page in users.partitions(_BATCH):
        rows = [dict(row) for row in page]
        theirs = {row_key(other, row): row for row in rows}
        ours = act.session.execute(
            select(col(ImportChange.row_key))
            .where(col(ImportChange.import_id) == import_id)
            .where(col(ImportChange.table_name) == other.name)
            .where(col(ImportChange.fate) == RowFate.ADDED)
            .where(col(ImportChange.row_key).in_(theirs))
        ).scalars()
        for key in theirs.keys() - set(ours):
            obstacles.add(other.name, _name(other.name, theirs[key]), "是导入之后添加的")


def _take_back(act: Act, import_id: int) -> int:
    count = 0
    tables = SQLModel.metadata.sorted_tables
    for table in tables:  # those that others refer to come back first
        count += _give_back(act, import_id, table)
    for table in reversed(tables):  # and go last
        count += _remove(act, import_id, table)
    return count


def _give_back(act: Act, import_id: int, table: Table) -> int:
    count = 0
    for batch in _changes(act, import_id, table.name, _SET_BACK):
        for change in batch:
            before = {n: given_back(table.c[n], v) for n, v in change.before.items()}
            if change.fate is RowFate.CHANGED:
                act.session.execute(update(table).where(_with_keys(table, [change])).values(before))
            else:
                act.session.execute(insert(table).values(before))
            count += 1
    return count


def _remove(act: Act, import_id: int, table: Table) -> int:
    """Remove what was added, the newest first: a grid goes before the one it hangs under."""
    count = 0
    for batch in _changes(act, import_id, table.name, (RowFate.ADDED,), newest_first=True):
        act.session.execute(delete(table).where(_with_keys(table, batch)))
        count += len(batch)
    return count
