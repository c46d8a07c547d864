"""Retires a department: its open cases, categories and grids go to another one (撤销部门)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlmodel import col

from gridapp.domain.errors import FactsError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.domain.workflow import OPEN
from gridapp.services.audit import write_audit
from gridapp.services.cases.crew import demand_officer
from gridapp.services.cases.readdress import readdress_cases
from gridapp.services.desk import Act
from gridapp.services.lateness import late_case
from gridapp.services.orders import Facts, Order
from gridapp.services.people.place import Code
from gridapp.services.people.posts import close_post, open_post
from gridapp.services.people.register import NeededWhy
from gridapp.services.people.spans import overlapping
from gridapp.services.permit import demand
from gridapp.services.units.put import forget_grids, hand_grids, open_unit, reply_of
from gridapp.services.verbs import verb
from gridapp.tables import Case, Category, Post, Unit, UnitGrid


class RetireUnitFacts(Facts):
    """Which department takes over, by its code; needed while work is open. And why."""

    to: Code = ""
    words: NeededWhy


@dataclass(frozen=True)
class UnitWorkView:
    """What hangs on a department, counted."""

    cases_count: int
    late_count: int
    categories_count: int
    grids_count: int
    officers_count: int


def see_unit_work(act: Act, unit_id: int) -> UnitWorkView:
    """Count what a department would leave behind.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.SEE_PERSON)
    today = beijing_date(act.now)

    def count(what: Any, *where: Any) -> int:
        found: int = act.session.execute(select(func.count(what)).where(*where)).scalar_one()
        return found

    return UnitWorkView(
        cases_count=count(col(Case.id), *_open_cases(unit_id)),
        late_count=count(col(Case.id), *_open_cases(unit_id), late_case(act.now)),
        categories_count=count(col(Category.id), col(Category.unit_id) == unit_id),
        grids_count=count(col(UnitGrid.grid_id), col(UnitGrid.unit_id) == unit_id),
        officers_count=count(col(Post.id), col(Post.unit_id) == unit_id, overlapping(today, None)),
    )


def _open_cases(unit_id: int | None) -> list[ColumnElement[bool]]:
    return [col(Case.unit_id) == unit_id, col(Case.status).in_(OPEN)]


@verb(Deed.RETIRE_UNIT, RetireUnitFacts)
def retire_unit(act: Act, order: Order, facts: RetireUnitFacts) -> dict[str, Any]:
    """Retire a department; nothing open is left without one.

    Its officers' posts end today: who goes on in the other department gets a post there.

    Raises:
        NotThereError: No such department, or no such successor.
        ConflictError: Retired already, or changed meanwhile.
        FactsError: Work is open and nobody is named who takes it over, or nobody works there.
    """
    demand(act, Deed.RETIRE_UNIT)
    unit = open_unit(act, order)
    assert unit.id is not None
    work = see_unit_work(act, unit.id)
    to = _successor(act, unit, facts.to) if facts.to else None
    if to is None and (work.cases_count or work.categories_count):
        raise FactsError(fields={"to": "还有未办结的事件或默认分类，请选择由哪个部门接手。"})
    cases_count = 0
    if to is not None:
        if work.cases_count:
            demand_officer(act, to, field="to")
        words = f"{unit.name}撤销，转由{to.name}办理"
        cases_count = readdress_cases(
            act, Deed.RETIRE_UNIT, _open_cases(unit.id), words, unit_id=to.id, holder_id=None
        )
        act.session.execute(
            update(Category).where(col(Category.unit_id) == unit.id).values(unit_id=to.id)
        )
        hand_grids(act, unit, to)
    else:
        forget_grids(act, unit)
    _end_officers(act, unit.id)
    unit.retired_at = act.now
    unit.version += 1
    write_audit(
        act, Deed.RETIRE_UNIT, f"unit:{unit.id}", facts.words,
        to=to.id if to else None, cases=cases_count,
    )  # fmt: skip
    return reply_of(order, unit) | {"cases": cases_count}


def _successor(act: Act, unit: Unit, code: str) -> Unit:
    to: Unit | None = act.session.execute(
        select(Unit).where(
            col(Unit.code) == code, col(Unit.retired_at).is_(None), col(Unit.id) != unit.id,
            col(Unit.street_id) == unit.street_id,
        )
    ).scalar_one_or_none()  # fmt: skip
    if to is None:
        raise NotThereError("没有这个接手的部门，请重新选择。")
    return to


def _end_officers(act: Act, unit_id: int) -> None:
    """End the officers' posts: those that run today, those ahead before they begin."""
    today = beijing_date(act.now)
    ids = act.session.execute(
        select(col(Post.id)).where(col(Post.unit_id) == unit_id, overlapping(today, None))
    ).scalars()
    for post_id in list(ids):
        post = open_post(act, post_id)
        last_on = today if post.from_on <= today else post.from_on - timedelta(days=1)
        if post.to_on is None or post.to_on > last_on:
            close_post(act, post, last_on)
