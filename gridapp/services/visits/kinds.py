"""The reasons to visit that a person may choose from; a town's own, at first the examples."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.errors import FactsError
from gridapp.domain.visiting import EXAMPLE_KINDS
from gridapp.services.desk import Act
from gridapp.tables import VisitKind


@dataclass(frozen=True)
class VisitKindView:
    """A reason to visit; ``interval_days`` 0 is once, when there is a reason."""

    code: str
    name: str
    interval_days: int
    is_example: bool


def list_kinds(act: Act) -> tuple[VisitKindView, ...]:
    """List the reasons in use."""
    rows = act.session.execute(
        select(VisitKind)
        .where(col(VisitKind.retired_at).is_(None))
        .order_by(col(VisitKind.position), col(VisitKind.id))
    ).scalars()
    return tuple(
        VisitKindView(row.code, row.name, row.interval_days, row.is_example) for row in rows
    )


def find_kind(act: Act, code: str) -> VisitKind:
    """Find a reason in use by its code.

    Raises:
        FactsError: There is none.
    """
    found: VisitKind | None = act.session.execute(
        select(VisitKind).where(col(VisitKind.code) == code, col(VisitKind.retired_at).is_(None))
    ).scalar_one_or_none()
    if found is None:
        sentence = "没有这个走访类别，请重新选择。"
        raise FactsError(sentence, fields={"kind": sentence})
    return found


def copy_kinds(act: Act) -> None:
    """Copy the example reasons into a town that has none, all marked as examples."""
    if act.session.execute(select(func.count()).select_from(VisitKind)).scalar_one():
        return
    act.session.add_all(
        VisitKind(
            code=example.code,
            name=example.name,
            interval_days=example.interval_days,
            position=position,
        )
        for position, example in enumerate(EXAMPLE_KINDS)
    )
    act.session.flush()
