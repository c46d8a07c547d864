"""Adds, changes, retires and orders the items of the category table (事项分类)."""

from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.categories import CATEGORY_FIELDS, LIMIT_FIELDS
from gridapp.domain.deadlines import limit_fault, said_limit
from gridapp.domain.errors import FactsError
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.field_models import facts_model
from gridapp.services.rules.table_deeds import PlaceFacts, RetireFacts, adder, changer, placer
from gridapp.services.rules.tables import RuleTable, declare
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.tables import Category, Unit

LIMIT_NAMES: Final = tuple(field.name for field in LIMIT_FIELDS)


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


def _prepare(act: Act, told: dict[str, Any]) -> dict[str, Any]:
    """Give what facts say of an item as its row keeps it; an empty limit is the urgency's.

    Raises:
        FactsError: A limit is none, or the unit is unknown.
    """
    read_limits_told(told)
    if "questions" in told:
        told["questions"] = [" ".join(question.split()) for question in told["questions"]]
    if "unit" in told:
        told["unit_id"] = _unit_id(act, told.pop("unit"))
    return told


def _unit_id(act: Act, code: str) -> int | None:
    if not code:
        return None
    unit: int | None = act.session.execute(
        select(col(Unit.id)).where(col(Unit.code) == code, col(Unit.retired_at).is_(None))
    ).scalar_one_or_none()
    if unit is None:
        raise FactsError("没有这个处置单位。", fields={"unit": "没有这个处置单位"})
    return unit


# An item's root stays: figures of the past are counted by it.
CATEGORIES: Final = declare(
    RuleTable(
        RuleKind.CATEGORY, Category, CATEGORY_FIELDS, keeper=Deed.CHANGE_CATEGORY,
        group="root", prefix="k", prepare=_prepare,
    )
)  # fmt: skip
CategoryFacts = facts_model(
    "CategoryFacts", "What changes of an item, and from when.", CATEGORY_FIELDS,
    from_on=(Day | None, None),
)  # fmt: skip
AddCategoryFacts = facts_model(
    "AddCategoryFacts", "A new item under one of the four roots.", CATEGORY_FIELDS, is_new=True,
    from_on=(Day | None, None),
)  # fmt: skip
add_category = verb(Deed.ADD_CATEGORY, AddCategoryFacts)(adder(CATEGORIES))
change_category = verb(Deed.CHANGE_CATEGORY, CategoryFacts)(changer(CATEGORIES))
verb(Deed.RETIRE_CATEGORY, RetireFacts)(change_category)
order_category = verb(Deed.ORDER_CATEGORY, PlaceFacts)(placer(CATEGORIES))
