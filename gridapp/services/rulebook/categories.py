"""Adds, changes, retires and orders the items of the category table (事项分类)."""

from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints
from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.deadlines import limit_fault, said_limit
from gridapp.domain.errors import ConflictError, FactsError, NotThereError
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed, Root, Urgency
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.rules.change import Target, change_rule
from gridapp.services.rules.stamp import renew_stamp
from gridapp.services.times import Day
from gridapp.tables import Category, Unit

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
LimitText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=24)]
Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Questions = Annotated[list[Question], Field(max_length=3)]

LIMIT_NAMES: Final = ("accept_limit", "take_limit", "handle_limit", "whole_limit")


class CategoryFacts(Facts):
    """What changes of an item, and from when; an empty limit is the urgency's, an empty unit none.

    Its root stays: figures of the past are counted by it.
    """

    name: Name | None = None
    urgency: Urgency | None = None
    accept_limit: LimitText | None = None
    take_limit: LimitText | None = None
    handle_limit: LimitText | None = None
    whole_limit: LimitText | None = None
    unit: Annotated[str, Field(max_length=32)] | None = None
    may_settle: bool | None = None
    is_public: bool | None = None
    questions: Questions | None = None
    from_on: Day | None = None


class AddCategoryFacts(CategoryFacts):
    """A new item under one of the four roots."""

    name: Name
    root: Root


class RetireFacts(Facts):
    """Out of use, or back into it, from a day on."""

    retired: bool = True
    from_on: Day | None = None


class OrderFacts(Facts):
    """One place up or down among the items of its root."""

    up: bool


def add_category(act: Act, order: Order, facts: AddCategoryFacts) -> dict[str, Any]:
    """Add an item; until its day has come nobody can choose it.

    Raises:
        FactsError: A limit is none, the unit is unknown, or the day has passed.
        ConflictError: There is an item of this name.
    """
    demand(act, Deed.ADD_CATEGORY)
    told = told_of(act, facts)
    _refuse_twin(act, facts.name, "")
    row = new_category(act, f"k{order.uid.hex[:16]}", facts.name, facts.root)
    was = state_of(row)
    target = Target(RuleKind.CATEGORY, row.code, was | {"retired": True})
    return change_rule(act, order, target, told | {"retired": False}, from_on=facts.from_on)


def new_category(act: Act, code: str, name: str, root: Root) -> Category:
    """Write an item that is not in use yet, the last of its root."""
    last: int = act.session.execute(
        select(func.coalesce(func.max(col(Category.position)), 0))
    ).scalar_one()
    row = Category(
        code=code, name=name, root=root, position=last + 1, is_example=False, retired_at=act.now,
        may_settle=False,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    return row


def change_category(act: Act, order: Order, facts: CategoryFacts) -> dict[str, Any]:
    """Change an item from a day on; what was promised before stays promised.

    Raises:
        NotThereError: No such item.
        FactsError: A limit is none, the unit is unknown, the day has passed, or nothing changes.
        ConflictError: Somebody has changed it meanwhile, or another item has this name.
    """
    demand(act, Deed.CHANGE_CATEGORY)
    row = open_category(act, order.subject)
    told = told_of(act, facts)
    if "name" in told:
        _refuse_twin(act, told["name"], row.code)
    target = Target(RuleKind.CATEGORY, row.code, state_of(row))
    return change_rule(act, order, target, told, from_on=facts.from_on)


def retire_category(act: Act, order: Order, facts: RetireFacts) -> dict[str, Any]:
    """Take an item out of use, or back into it, from a day on; its cases go on as they are.

    Raises:
        NotThereError: No such item.
        FactsError: The day has passed, or nothing changes.
        ConflictError: Somebody has changed it meanwhile, or another item has its name by now.
    """
    demand(act, Deed.RETIRE_CATEGORY)
    row = open_category(act, order.subject)
    if not facts.retired:
        _refuse_twin(act, row.name, row.code)
    target = Target(RuleKind.CATEGORY, row.code, state_of(row))
    return change_rule(act, order, target, {"retired": facts.retired}, from_on=facts.from_on)


def order_category(act: Act, order: Order, facts: OrderFacts) -> dict[str, Any]:
    """Move an item one place up or down among those of its root; it holds at once.

    Raises:
        NotThereError: No such item.
        FactsError: It is the first or the last already.
    """
    demand(act, Deed.ORDER_CATEGORY)
    row = open_category(act, order.subject)
    rows = list(
        act.session.execute(
            select(Category)
            .where(col(Category.root) == row.root)
            .order_by(col(Category.position), col(Category.id))
            .with_for_update()
        ).scalars()
    )
    here = rows.index(row)
    there = here - 1 if facts.up else here + 1
    if not 0 <= there < len(rows):
        raise FactsError("已经排在最前面了。" if facts.up else "已经排在最后面了。")
    places = sorted(each.position for each in rows)
    rows[here], rows[there] = rows[there], rows[here]
    for place, each in enumerate(rows):
        each.position = places[0] + place if len(set(places)) < len(places) else places[place]
    act.session.flush()
    write_audit(act, Deed.ORDER_CATEGORY, f"category:{row.code}", up=facts.up)
    renew_stamp(act)
    return {"receipt": str(order.uid), "rule": row.code}


def state_of(row: Category) -> dict[str, Any]:
    """Give what an item's row says, as its changes are kept."""
    return {
        "name": row.name, "urgency": row.urgency.value, "accept_limit": row.accept_limit,
        "take_limit": row.take_limit, "handle_limit": row.handle_limit,
        "whole_limit": row.whole_limit, "unit_id": row.unit_id, "may_settle": row.may_settle,
        "is_public": row.is_public, "questions": list(row.questions),
        "retired": row.retired_at is not None,
    }  # fmt: skip


def told_of(act: Act, facts: CategoryFacts) -> dict[str, Any]:
    """Give what facts change, as changes are kept.

    Raises:
        FactsError: A limit is none, or the unit is unknown.
    """
    told: dict[str, Any] = {
        name: value
        for name, value in facts.model_dump(mode="json", exclude={"from_on", "root"}).items()
        if value is not None
    }
    read_limits_told(told)
    if "questions" in told:
        told["questions"] = [" ".join(question.split()) for question in told["questions"]]
    if "unit" in told:
        told["unit_id"] = _unit_id(act, told.pop("unit"))
    return told


def read_limits_told(told: dict[str, Any], *, needed: bool = False) -> None:
    """Bring the limits among what is told into their written form.

    Raises:
        FactsError: One is none; ``fields`` names each.
    """
    faults = {}
    for name in LIMIT_NAMES:
        if name not in told:
            continue
        told[name] = said_limit(told[name])
        fault = limit_fault(told[name]) if told[name] or needed else ""
        if fault:
            faults[name] = fault
    if faults:
        raise FactsError(next(iter(faults.values())), fields=faults)


def open_category(act: Act, code: str) -> Category:
    """Open an item by its code, in use or not.

    Raises:
        NotThereError: There is none.
    """
    row: Category | None = act.session.execute(
        select(Category).where(col(Category.code) == code)
    ).scalar_one_or_none()
    if row is None:
        raise NotThereError
    return row


def _refuse_twin(act: Act, name: str, code: str) -> None:
    twin = act.session.execute(
        select(col(Category.id)).where(
            col(Category.name) == name, col(Category.code) != code,
            col(Category.retired_at).is_(None),
        )
    ).first()  # fmt: skip
    if twin:
        raise ConflictError(f"已经有「{name}」这一项，请换个名称。")


def _unit_id(act: Act, code: str) -> int | None:
    if not code:
        return None
    unit: int | None = act.session.execute(
        select(col(Unit.id)).where(col(Unit.code) == code, col(Unit.retired_at).is_(None))
    ).scalar_one_or_none()
    if unit is None:
        raise FactsError("没有这个处置单位。", fields={"unit": "没有这个处置单位"})
    return unit
