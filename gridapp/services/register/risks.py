"""The risk classes to choose from; a town's own, at first the examples (风险等级)."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.errors import FactsError
from gridapp.domain.registering import EXAMPLE_RISKS
from gridapp.services.desk import Act
from gridapp.tables import RiskClass


@dataclass(frozen=True)
class RiskView:
    """A risk class; ``interval_days`` 0 is never checked by itself."""

    code: str
    name: str
    interval_days: int
    is_example: bool


def list_risks(act: Act) -> tuple[RiskView, ...]:
    """List the classes in use, the lowest first."""
    rows = act.session.execute(
        select(RiskClass)
        .where(col(RiskClass.retired_at).is_(None))
        .order_by(col(RiskClass.position), col(RiskClass.id))
    ).scalars()
    return tuple(RiskView(row.code, row.name, row.interval_days, row.is_example) for row in rows)


def find_risk(act: Act, code: str) -> RiskClass:
    """Find a class in use by its code.

    Raises:
        FactsError: There is none.
    """
    found: RiskClass | None = act.session.execute(
        select(RiskClass).where(col(RiskClass.code) == code, col(RiskClass.retired_at).is_(None))
    ).scalar_one_or_none()
    if found is None:
        sentence = "没有这个风险等级，请重新选择。"
        raise FactsError(sentence, fields={"risk": sentence})
    return found


def copy_risks(act: Act) -> None:
    """Copy the example classes into a town that has none, all marked as examples."""
    if act.session.execute(select(func.count()).select_from(RiskClass)).scalar_one():
        return
    act.session.add_all(
        RiskClass(
            code=example.code,
            name=example.name,
            interval_days=example.interval_days,
            position=position,
        )
        for position, example in enumerate(EXAMPLE_RISKS)
    )
    act.session.flush()
