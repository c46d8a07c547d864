"""Starts a verification over chosen grids, and ends it (发起核查, 结束核查)."""

from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints
from sqlalchemy import (
    ColumnElement,
    CursorResult,
    false,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlmodel import SQLModel, col

from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.registering import PremisesKind, RecordKind, Verified
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order, shown
from gridapp.services.permit import demand, open_grid
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.services.verification.access import open_verification
from gridapp.tables import (
    Building,
    Grid,
    Household,
    Premises,
    Verification,
    VerificationGrid,
    VerificationItem,
)

GRIDS_MAX_COUNT: Final = 200
DAYS_MAX_COUNT: Final = 366
_ITEMS: Final = SQLModel.metadata.tables["verification_item"]

Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80), shown(2)]
Code = Annotated[str, Field(min_length=1, max_length=32)]


class StartFacts(Facts):
    """Which grids, which records, and until when; it begins today unless told."""

    name: Title
    grids: Annotated[tuple[Code, ...], Field(min_length=1, max_length=GRIDS_MAX_COUNT)]
    kinds: Annotated[tuple[RecordKind, ...], Field(min_length=1, max_length=4)] = (
        RecordKind.HOUSEHOLD,
    )
    starts_on: Day | None = None
    ends_on: Day


class EndFacts(Facts):
    """Nothing more is asked."""


@verb(Deed.START_VERIFICATION, StartFacts)
def start_verification(act: Act, order: Order, facts: StartFacts) -> dict[str, Any]:
    """List every record of the grids, as it is now, to be gone through.

    Raises:
        NotThereError: A grid lies out of reach.
        FactsError: The days are none, or there is nothing to verify.
    """
    demand(act, Deed.START_VERIFICATION)
    grids = [open_grid(act, code, Deed.START_VERIFICATION) for code in dict.fromkeys(facts.grids)]
    starts_on = facts.starts_on or beijing_date(act.now)
    if not 0 <= (facts.ends_on - starts_on).days <= DAYS_MAX_COUNT:
        sentence = "结束日期要在开始之后，一年以内。"
        raise FactsError(sentence, fields={"ends_on": sentence})
    row = Verification(
        uid=order.uid, name=facts.name, kinds=[kind.value for kind in facts.kinds],
        starts_on=starts_on, ends_on=facts.ends_on, made_by_id=act.actor.person_id,
        made_at=act.now,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    assert row.id is not None
    for grid in grids:
        assert grid.id is not None
        act.session.add(VerificationGrid(verification_id=row.id, grid_id=grid.id))
    act.session.flush()
    count = _list_items(act, row.id, grids, set(facts.kinds))
    if not count:
        sentence = "选中的网格里还没有这类登记，先导入或登记后再发起。"
        raise FactsError(sentence, fields={"grids": sentence})
    write_audit(act, Deed.START_VERIFICATION, f"verification:{row.uid}", count=count)
    return {"receipt": str(order.uid), "verification": str(row.uid), "count": count}


def _list_items(act: Act, verification_id: int, grids: list[Grid], kinds: set[RecordKind]) -> int:
    """Let the database list the records: a district's are some hundred thousand."""
    paths = (col(Grid.path).startswith(grid.path, autoescape=True) for grid in grids)
    within = or_(false(), *paths)
    count = 0
    if RecordKind.HOUSEHOLD in kinds:
        count += _insert(act, verification_id, Household, within, col(Household.id) > 0)
    others = [PremisesKind(kind) for kind in kinds if kind is not RecordKind.HOUSEHOLD]
    if others:
        of_kind = col(Premises.kind).in_(others)
        count += _insert(act, verification_id, Premises, within, of_kind)
    return count


def _insert(
    act: Act,
    verification_id: int,
    table: type[Household | Premises],
    within: ColumnElement[bool],
    which: ColumnElement[bool],
) -> int:
    is_home = table is Household
    listed = (
        select(
            literal(verification_id), col(table.building_id),
            col(table.id) if is_home else null(), null() if is_home else col(table.id),
            literal(Verified.OPEN.value), literal(value=False), literal(1), literal(""),
        )
        .join(Building, col(Building.id) == col(table.building_id))
        .join(Grid, col(Grid.id) == col(Building.grid_id))
        .where(within, which, col(table.retired_at).is_(None))
        .order_by(col(table.id))
    )  # fmt: skip
    columns = (
        "verification_id", "building_id", "household_id", "premises_id",
        "status", "is_new", "version", "decided_why",
    )  # fmt: skip
    act.session.execute(insert(_ITEMS).from_select(columns, listed, include_defaults=False))
    mine = col(VerificationItem.household_id if is_home else VerificationItem.premises_id)
    count: int = act.session.execute(
        select(func.count()).where(
            col(VerificationItem.verification_id) == verification_id, mine.is_not(None)
        )
    ).scalar_one()
    return count


@verb(Deed.END_VERIFICATION, EndFacts)
def end_verification(act: Act, order: Order, _facts: EndFacts) -> dict[str, Any]:
    """End a verification; what was found stays.

    Raises:
        NotThereError: No such verification, or out of reach.
        ConflictError: It has been ended, or changed meanwhile.
    """
    row = open_verification(act, order.subject, Deed.END_VERIFICATION, running=True)
    version = row.version if order.version is None else order.version
    done = act.session.execute(
        update(Verification)
        .where(
            col(Verification.id) == row.id, col(Verification.version) == version,
            col(Verification.ended_at).is_(None),
        )
        .values(version=version + 1, ended_at=act.now)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    assert isinstance(done, CursorResult)
    act.session.refresh(row)
    if done.rowcount != 1:
        raise ConflictError(current={"version": row.version})
    write_audit(act, Deed.END_VERIFICATION, f"verification:{row.uid}")
    return {"receipt": str(order.uid), "verification": str(row.uid), "version": row.version}
