"""The risk classes to choose from; a town's own, at first the examples (风险等级)."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.errors import ConflictError, FactsError
from gridapp.domain.registering import EXAMPLE_RISKS
from gridapp.services.audit import write_audit
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


def put_risk(act: Act, code: str, name: str, interval_days: int) -> tuple[bool, bool]:
    """Add a class, or change the one of this code; tells whether it is new, and whether changed.

    What is due already stays due: another interval counts from the next check on.

    Raises:
        ConflictError: Another class in use has this name, or this one is out of use.
    """
    known: RiskClass | None = act.session.execute(
        select(RiskClass).where(col(RiskClass.code) == code)
    ).scalar_one_or_none()
    if known is not None and known.retired_at is not None:
        raise ConflictError("这个风险等级已经停用，代码不能再用。")
    _refuse_twin(act, name, code)
    if known is not None and (known.name, known.interval_days) == (name, interval_days):
        return False, False
    before = {"name": known.name, "interval_days": known.interval_days} if known else {}
    if known is None:
        last = select(func.coalesce(func.max(col(RiskClass.position)), 0))
        position: int = act.session.execute(last).scalar_one() + 1
        known = RiskClass(code=code, name=name, position=position)
    known.name, known.interval_days, known.is_example = name, interval_days, False
    act.session.add(known)
    act.session.flush()
    after = {"name": name, "interval_days": interval_days}
    write_audit(act, "risk_class.put", f"risk_class:{code}", before=before, after=after)
    return not before, bool(before)


def _refuse_twin(act: Act, name: str, code: str) -> None:
    twin = act.session.execute(
        select(col(RiskClass.id)).where(
            col(RiskClass.name) == name, col(RiskClass.code) != code,
            col(RiskClass.retired_at).is_(None),
        )
    ).first()  # fmt: skip
    if twin:
        raise ConflictError(f"已经有「{name}」这一级，请换个名称。")
