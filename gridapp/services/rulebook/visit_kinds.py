"""The reasons to visit, kept by the administrators: their names and how often (走访类别)."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.errors import ConflictError, NotThereError
from gridapp.domain.ruling import RuleKind
from gridapp.domain.visiting import INTERVAL_MAX_DAYS
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.rulebook.categories import Name, RetireFacts
from gridapp.services.rules.book import the_book
from gridapp.services.rules.change import Target, change_rule
from gridapp.services.times import Day
from gridapp.tables import ContactHousehold, VisitKind

Interval = Annotated[int, Field(ge=0, le=INTERVAL_MAX_DAYS)]


class VisitKindFacts(Facts):
    """What changes of a reason to visit, and from when; 0 days is when there is a reason."""

    name: Name | None = None
    interval_days: Interval | None = None
    from_on: Day | None = None


class AddVisitKindFacts(Facts):
    """A new reason to visit."""

    name: Name
    interval_days: Interval = 0
    from_on: Day | None = None


@dataclass(frozen=True)
class KindUseView:
    """What hangs on a reason to visit: households in touch, and those of them due by today."""

    households_count: int
    due_count: int


@dataclass(frozen=True)
class KindRowView:
    """A reason to visit with all that may be changed of it."""

    code: str
    version: int
    name: str
    interval_days: int
    is_example: bool
    is_retired: bool
    ahead_count: int


def add_visit_kind(act: Act, order: Order, facts: AddVisitKindFacts) -> dict[str, Any]:
    """Add a reason to visit; until its day has come nobody can choose it.

    Raises:
        FactsError: The day has passed.
        ConflictError: There is one of this name.
    """
    demand(act, Deed.ADD_VISIT_KIND)
    return insert_kind(act, order, f"v{order.uid.hex[:16]}", facts)


def insert_kind(act: Act, order: Order, code: str, facts: AddVisitKindFacts) -> dict[str, Any]:
    """Write a new reason to visit down under a code, whoever tells of it, with its history.

    Raises:
        FactsError: The day has passed.
        ConflictError: There is one of this name.
    """
    _refuse_twin(act, facts.name, "")
    last: int = act.session.execute(
        select(func.coalesce(func.max(col(VisitKind.position)), 0))
    ).scalar_one()
    row = VisitKind(
        code=code, name=facts.name, interval_days=facts.interval_days,
        position=last + 1, is_example=False, retired_at=act.now,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    target = Target(RuleKind.VISIT_KIND, row.code, kind_state(row))
    return change_rule(act, order, target, {"retired": False}, from_on=facts.from_on)


def change_visit_kind(act: Act, order: Order, facts: VisitKindFacts) -> dict[str, Any]:
    """Change a reason to visit from a day on; visits that are due already stay due.

    Raises:
        NotThereError: No such reason.
        FactsError: The day has passed, or nothing changes.
        ConflictError: Somebody has changed it meanwhile, or another has this name.
    """
    demand(act, Deed.CHANGE_VISIT_KIND)
    row = _open(act, order.subject)
    told = {n: v for n, v in facts.model_dump(exclude={"from_on"}).items() if v is not None}
    if facts.name:
        _refuse_twin(act, facts.name, row.code)
    target = Target(RuleKind.VISIT_KIND, row.code, kind_state(row))
    return change_rule(act, order, target, told, from_on=facts.from_on)


def retire_visit_kind(act: Act, order: Order, facts: RetireFacts) -> dict[str, Any]:
    """Take a reason to visit out of use, or back into it; its households stay in touch.

    Raises:
        NotThereError: No such reason.
        FactsError: The day has passed, or nothing changes.
        ConflictError: Somebody has changed it meanwhile, or another has its name by now.
    """
    demand(act, Deed.RETIRE_VISIT_KIND)
    row = _open(act, order.subject)
    if not facts.retired:
        _refuse_twin(act, row.name, row.code)
    target = Target(RuleKind.VISIT_KIND, row.code, kind_state(row))
    return change_rule(act, order, target, {"retired": facts.retired}, from_on=facts.from_on)


def see_kind_use(act: Act, code: str) -> KindUseView:
    """Count what hangs on a reason to visit; all of it goes on when the reason is retired.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such reason.
    """
    demand(act, Deed.RETIRE_VISIT_KIND)
    row = _open(act, code)
    due = func.count().filter(col(ContactHousehold.next_on) <= beijing_date(act.now))
    households, due_count = act.session.execute(
        select(func.count(), due).where(
            col(ContactHousehold.kind_id) == row.id, col(ContactHousehold.ended_at).is_(None)
        )
    ).one()
    return KindUseView(households, due_count)


def list_kind_rows(act: Act) -> tuple[KindRowView, ...]:
    """List the reasons to visit, those out of use last.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.CHANGE_VISIT_KIND)
    book = the_book(act)
    rows = act.session.execute(
        select(VisitKind)
        .order_by(col(VisitKind.retired_at).is_not(None), col(VisitKind.position))
        .limit(200)
    ).scalars()
    return tuple(
        KindRowView(
            code=row.code, version=book.version(RuleKind.VISIT_KIND, row.code), name=row.name,
            interval_days=row.interval_days, is_example=row.is_example,
            is_retired=row.retired_at is not None,
            ahead_count=book.ahead(RuleKind.VISIT_KIND, row.code, act.now),
        )
        for row in rows
    )  # fmt: skip


def _open(act: Act, code: str) -> VisitKind:
    row: VisitKind | None = act.session.execute(
        select(VisitKind).where(col(VisitKind.code) == code)
    ).scalar_one_or_none()
    if row is None:
        raise NotThereError
    return row


def _refuse_twin(act: Act, name: str, code: str) -> None:
    twin = act.session.execute(
        select(col(VisitKind.id)).where(
            col(VisitKind.name) == name, col(VisitKind.code) != code,
            col(VisitKind.retired_at).is_(None),
        )
    ).first()  # fmt: skip
    if twin:
        raise ConflictError(f"已经有「{name}」这一类，请换个名称。")


def kind_state(row: VisitKind) -> dict[str, Any]:
    """Give what a reason's row says, as its changes are kept."""
    return {
        "name": row.name, "interval_days": row.interval_days,
        "retired": row.retired_at is not None,
    }  # fmt: skip
