"""Business lines on the same grids: which there are, and who answers for one where (多格合一)."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import StringConstraints
from sqlalchemy import ColumnElement, CursorResult, delete, func, select, update
from sqlmodel import col

from gridapp.domain.errors import ConflictError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.chronicle import note_change
from gridapp.services.areas.hold import hold_tree
from gridapp.services.areas.open import id_of, open_area, wrong
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, RowId
from gridapp.services.permit import demand
from gridapp.services.phones import read_phone
from gridapp.services.verbs import verb
from gridapp.tables import BusinessLine, Grid, LineContact

_EXAMPLES: Final = ("公安", "市场监管", "矛盾调解", "党建", "城市管理", "消防", "卫生健康")
_ID_DIGITS: Final = 9
_LINES_MAX_COUNT: Final = 50
_STALE: Final = "刚有人改过，请刷新后再改。"


class LineFacts(Facts):
    """A line's name, and whether it is still used."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    in_use: bool = True


class LineContactFacts(Facts):
    """Who answers for a line here; without a name it is again who answers above."""

    line: RowId
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)] = ""
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=32)] = ""
    organisation: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""


@dataclass(frozen=True)
class LineView:
    """A business line in use."""

    id: int
    name: str
    is_example: bool
    version: int


@dataclass(frozen=True)
class LineContactView:
    """Who answers for a line in a grid; ``above`` names the grid from which it comes down."""

    line: int
    line_name: str
    name: str = ""
    phone: str = ""
    organisation: str = ""
    above: str = ""
    version: int = 0


def copy_lines(act: Act) -> None:
    """Copy the example lines into a town that has none, all marked as examples."""
    if act.session.execute(select(func.count()).select_from(BusinessLine)).scalar_one():
        return
    act.session.add_all(
        BusinessLine(name=name, position=place, is_example=True)
        for place, name in enumerate(_EXAMPLES, start=1)
    )
    act.session.flush()


def list_lines(act: Act) -> tuple[LineView, ...]:
    """List the lines in use.

    Raises:
        NotAllowedError: No role of the actor sees areas.
    """
    demand(act, Deed.SEE_AREA)
    return _lines(act, col(BusinessLine.retired_at).is_(None))


def _lines(act: Act, which: ColumnElement[bool]) -> tuple[LineView, ...]:
    rows = act.session.execute(
        select(BusinessLine).where(which).order_by(col(BusinessLine.position), col(BusinessLine.id))
    ).scalars()
    return tuple(LineView(row.id or 0, row.name, row.is_example, row.version) for row in rows)


def list_retired_lines(act: Act) -> tuple[LineView, ...]:
    """List the lines that are used no longer, which can be used again.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.CHANGE_LINE)
    return _lines(act, col(BusinessLine.retired_at).is_not(None))


def count_line_contacts(act: Act, line_id: int) -> int:
    """Count the grids that name somebody of their own for a line.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.CHANGE_LINE)
    count: int = act.session.execute(
        select(func.count(col(LineContact.grid_id))).where(col(LineContact.line_id) == line_id)
    ).scalar_one()
    return count


@verb(Deed.CHANGE_LINE, LineFacts)
def change_line(act: Act, order: Order, facts: LineFacts) -> dict[str, Any]:
    """Add a line, rename it or use it no longer; the subject is its id, empty for a new one.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such line.
        FactsError: Another line is called so, or there are too many.
        ConflictError: Somebody has changed it meanwhile.
    """
    demand(act, Deed.CHANGE_LINE)
    hold_tree(act)
    row = _open_line(act, order.subject) if order.subject else None
    _refuse_same_name(act, facts.name, row)
    if row is None:
        row = _add_line(act, facts.name)
    else:
        _guard(act, BusinessLine, row, order.version, name=facts.name, is_example=False,
               retired_at=None if facts.in_use else act.now)  # fmt: skip
    write_audit(act, Deed.CHANGE_LINE, f"line:{row.id}", name=facts.name, in_use=facts.in_use)
    return {"receipt": str(order.uid), "line": row.id, "version": row.version}


def _open_line(act: Act, subject: str) -> BusinessLine:
    if not (subject.isascii() and subject.isdigit() and len(subject) <= _ID_DIGITS):
        raise NotThereError
    row = act.session.get(BusinessLine, int(subject))
    if row is None:
        raise NotThereError
    act.session.refresh(row)
    return row


def _refuse_same_name(act: Act, name: str, own: BusinessLine | None) -> None:
    query = select(BusinessLine).where(col(BusinessLine.name) == name)
    same = act.session.execute(query).scalar_one_or_none()
    if same is not None and same is not own:
        used = "" if same.retired_at is None else "（已停用）"
        raise wrong("name", f"已经有「{name}」这条业务线{used}。")


def _add_line(act: Act, name: str) -> BusinessLine:
    count, last = act.session.execute(
        select(func.count(), func.max(col(BusinessLine.position))).select_from(BusinessLine)
    ).one()
    if count >= _LINES_MAX_COUNT:
        raise wrong("name", f"最多{_LINES_MAX_COUNT}条业务线。")
    row = BusinessLine(name=name, position=(last or 0) + 1)
    act.session.add(row)
    act.session.flush()
    return row


def _guard(act: Act, table: Any, row: Any, version: int | None, **values: Any) -> None:
    """Change a row that is still as the doer saw it."""
    done = act.session.execute(
        update(table)
        .where(table.id == row.id, table.version == (version or row.version))
        .values(version=row.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    if done.rowcount != 1:
        raise ConflictError(_STALE)
    act.session.refresh(row)


def see_contacts(act: Act, grid: Grid) -> tuple[LineContactView, ...]:
    """Tell for each line who answers for a grid that is open already: its own, or the nearest."""
    above = [int(part) for part in grid.path.strip("/").split("/")]
    rows = act.session.execute(
        select(LineContact, col(Grid.name))
        .join(Grid, col(Grid.id) == col(LineContact.grid_id))
        .where(col(LineContact.grid_id).in_(above))
    ).all()
    # The nearest is read last and stays.
    nearest = {
        row.line_id: (row, name)
        for row, name in sorted(rows, key=lambda r: above.index(r[0].grid_id))
    }
    return tuple(_contact_view(line, nearest.get(line.id), grid) for line in list_lines(act))


def _contact_view(
    line: LineView, found: tuple[LineContact, str] | None, grid: Grid
) -> LineContactView:
    if found is None:
        return LineContactView(line.id, line.name)
    row, name = found
    is_own = row.grid_id == grid.id
    return LineContactView(
        line.id, line.name, row.name, row.phone, row.organisation,
        "" if is_own else name, row.version if is_own else 0,
    )  # fmt: skip


@verb(Deed.SET_LINE_CONTACT, LineContactFacts)
def set_line_contact(act: Act, order: Order, facts: LineContactFacts) -> dict[str, Any]:
    """Say who answers for a line in a grid and below, or take it back.

    Raises:
        NotThereError: No such grid or line, or out of reach.
        FactsError: A person without a name, or a phone that is none.
        ConflictError: Somebody has changed it meanwhile, or the grid has been retired.
    """
    grid = open_area(act, order.subject, Deed.SET_LINE_CONTACT)
    hold_tree(act)
    line = _open_line(act, str(facts.line))
    if not facts.name and (facts.phone or facts.organisation):
        raise wrong("name", "请填写联系人姓名。")
    row: LineContact | None = act.session.execute(
        select(LineContact)
        .where(col(LineContact.line_id) == line.id, col(LineContact.grid_id) == grid.id)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if (order.version or 0) != (row.version if row else 0):
        raise ConflictError(_STALE)
    before = {"who": f"{line.name} {row.name}"} if row else {}
    _put_contact(act, row, id_of(grid), facts)
    after = {"who": f"{line.name} {facts.name or '随上级'}"}
    note_change(act, id_of(grid), Deed.SET_LINE_CONTACT, before, after)
    return {"receipt": str(order.uid), "code": grid.code}


def _put_contact(act: Act, row: LineContact | None, grid_id: int, facts: LineContactFacts) -> None:
    told: dict[str, Any] = facts.model_dump(include={"name", "organisation"})
    told["phone"] = read_phone(facts.phone)
    if row is None:
        if facts.name:
            act.session.add(LineContact(line_id=facts.line, grid_id=grid_id, **told))
    elif facts.name:
        _guard(act, LineContact, row, row.version, **told)
    else:
        act.session.execute(delete(LineContact).where(col(LineContact.id) == row.id))
        act.session.expunge(row)
    act.session.flush()
