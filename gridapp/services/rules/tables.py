"""Tables of the street's own that change from a day on: one way to add, change, retire and list.

A ``RuleTable`` says which ledger rows they are and which fields they have; the deeds, the list,
what comes into force on its day and the words of the history follow from it.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, partial
from typing import Any, Final, cast

from pydantic import TypeAdapter
from sqlalchemy import func, select

from gridapp.domain.errors import ConflictError, NotThereError
from gridapp.domain.fields import Field, Line
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order
from gridapp.services.permit import demand
from gridapp.services.rules.book import the_book
from gridapp.services.rules.change import Target, change_rule
from gridapp.services.rules.fieldwords import FIELDS
from gridapp.services.rules.put import WRITERS

_LISTED_MAX_COUNT: Final = 300

State = Mapping[str, Any]


def _as_told(_act: Act, told: dict[str, Any]) -> dict[str, Any]:
    return told


@dataclass(frozen=True)
class RuleTable:
    """A table whose rows an administrator keeps; a row is a rule with its history.

    Args:
        row: The ledger's class; it has ``code``, ``position``, ``is_example`` and ``retired_at``.
        fields: What may be said of a row, in the order of its form.
        keeper: Who may do this may read the list.
        unique: Names of fields that no two rows in use share.
        group: Name of a fixed field within which rows are put in order.
        prefix: The first letter of the codes of rows that people add.
        prepare: Turns what facts say into what the row keeps; refuses what is none.
    """

    kind: RuleKind
    row: type[Any]
    fields: tuple[Field, ...]
    keeper: Deed
    unique: tuple[str, ...] = ("name",)
    group: str = ""
    prefix: str = "r"
    prepare: Callable[[Act, dict[str, Any]], dict[str, Any]] = field(default=_as_told)

    @property
    def changing(self) -> tuple[Field, ...]:
        """The fields that change."""
        return tuple(each for each in self.fields if not each.is_fixed)


@dataclass(frozen=True)
class RuleRowView:
    """A row with all that may be changed of it: ``values`` by the names of its fields."""

    code: str
    version: int
    values: Mapping[str, Any]
    is_example: bool
    is_retired: bool
    ahead_count: int


def declare(table: RuleTable) -> RuleTable:
    """Let the rules know a table, so that what was planned comes into force on its day."""
    WRITERS[table.kind] = partial(put_row, table)
    FIELDS[table.kind] = table.changing
    return table


def state_of(table: RuleTable, row: Any) -> dict[str, Any]:
    """Give what a row says, as its changes are kept."""
    kept = {each.kept: _plain(getattr(row, each.kept)) for each in table.changing}
    return kept | {"retired": row.retired_at is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, (list, tuple)) else value


def put_row(table: RuleTable, act: Act, code: str, state: State) -> None:
    """Write what is in force into its row; what the street has changed is no example."""
    row = act.session.execute(select(table.row).where(table.row.code == code)).scalar_one()
    for name in (each.kept for each in table.changing):
        setattr(row, name, _kept(table, name, state[name]))
    row.is_example = False
    row.retired_at = (row.retired_at or act.now) if state["retired"] else None


def _kept(table: RuleTable, name: str, value: Any) -> Any:
    """Give a value as its column keeps it: a word of the vocabulary for its text."""
    return _reader_of(cast("Hashable", table.row), name).validate_python(value)


@cache
def _reader_of(row: Hashable, name: str) -> TypeAdapter[Any]:
    table: Any = row
    return TypeAdapter(table.model_fields[name].annotation)


def open_row(act: Act, table: RuleTable, code: str) -> Any:
    """Open a row by its code, in use or not.

    Raises:
        NotThereError: There is none.
    """
    row = act.session.execute(select(table.row).where(table.row.code == code)).scalar_one_or_none()
    if row is None:
        raise NotThereError
    return row


def refuse_twin(act: Act, table: RuleTable, code: str, told: State) -> None:
    """Refuse what another row in use says already.

    Raises:
        ConflictError: One does; the sentence names it.
    """
    title = table.row.__table__.c[_title_of(table)]
    for field_ in table.changing:
        value = told.get(field_.kept)
        if field_.name not in table.unique or not value:
            continue
        twin = act.session.execute(
            select(title).where(
                table.row.__table__.c[field_.kept] == value,
                table.row.code != code,
                table.row.retired_at.is_(None),
            )
        ).scalars().first()  # fmt: skip
        if twin is not None:
            raise ConflictError(f"「{twin}」已经用了这个{field_.label}，请换一个。")


def _title_of(table: RuleTable) -> str:
    return next(f.kept for f in table.fields if isinstance(f.kind, Line) and f.needed)


def insert_row(  # noqa: PLR0913 - which, what, from when
    act: Act, order: Order, table: RuleTable, code: str, told: dict[str, Any],
    *, from_on: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Write a new row down, whoever tells of it; until its day has come nobody can choose it.

    Raises:
        FactsError: Something is none, or the day has passed.
        ConflictError: Another row in use has what no two share.
    """
    unsaid = {each.kept: each.unsaid for each in table.fields if each.unsaid is not None}
    told = unsaid | table.prepare(act, dict(told))
    is_retired = told.pop("retired", False)
    if not is_retired:
        refuse_twin(act, table, "", told)
    last: int = act.session.execute(
        select(func.coalesce(func.max(table.row.position), 0))
    ).scalar_one()
    kept = {name: _kept(table, name, value) for name, value in told.items()}
    row = table.row(code=code, **kept, position=last + 1, is_example=False, retired_at=act.now)
    act.session.add(row)
    act.session.flush()
    if is_retired:
        return {"receipt": str(order.uid), "rule": code}
    target = Target(table.kind, code, state_of(table, row))
    return change_rule(act, order, target, {"retired": False}, from_on=from_on)


def change_row(  # noqa: PLR0913 - which, what, from when
    act: Act, order: Order, table: RuleTable, row: Any, told: dict[str, Any],
    *, from_on: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Change a row from a day on; what was promised or is due stays as it was.

    Raises:
        FactsError: Something is none, the day has passed, or nothing changes.
        ConflictError: Somebody has changed it meanwhile, or another has what no two share.
    """
    told = table.prepare(act, dict(told))
    comes_back = told.get("retired") is False
    refuse_twin(act, table, row.code, state_of(table, row) | told if comes_back else told)
    return change_rule(
        act, order, Target(table.kind, row.code, state_of(table, row)), told, from_on=from_on
    )


def list_rows(act: Act, table: RuleTable) -> tuple[RuleRowView, ...]:
    """List the rows in their order, those out of use last.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, table.keeper)
    rows = act.session.execute(
        select(table.row)
        .order_by(table.row.retired_at.is_not(None), table.row.position, table.row.id)
        .limit(_LISTED_MAX_COUNT)
    ).scalars()
    return tuple(view_of(act, table, row) for row in rows)


def view_of(act: Act, table: RuleTable, row: Any) -> RuleRowView:
    """Give a row as its keepers see it."""
    book = the_book(act)
    return RuleRowView(
        code=row.code,
        version=book.version(table.kind, row.code),
        values={each.name: _plain(getattr(row, each.kept)) for each in table.fields},
        is_example=row.is_example,
        is_retired=row.retired_at is not None,
        ahead_count=book.ahead(table.kind, row.code, act.now),
    )
