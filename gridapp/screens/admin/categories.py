"""The category table with its limits: ``/admin/categories``."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from gridapp.domain.categories import CATEGORY_FIELDS, LIMIT_FIELDS
from gridapp.domain.deadlines import parse_limit
from gridapp.domain.fields import read
from gridapp.domain.labels import ROOT, URGENCY
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed, Urgency
from gridapp.screens.kit.form_state import Preview
from gridapp.screens.kit.rule_list import RuleItem, RuleList
from gridapp.screens.kit.rule_page import rule_page
from gridapp.screens.kit.rule_state import RulePageState
from gridapp.screens.session import SessionState
from gridapp.screens.who import RULE_KEEPERS
from gridapp.services.desk import Act
from gridapp.services.rulebook.table import (
    CategoryRowView,
    count_open_cases,
    list_table,
    list_unit_choices,
    preview_promise,
)
from gridapp.services.rulebook.urgencies import UrgencyView, list_urgencies
from gridapp.ui.fields import Choice

_TRIED = [field for field in LIMIT_FIELDS if field.name in {"accept_limit", "whole_limit"}]


def _item(view: CategoryRowView) -> RuleItem:
    parts = [URGENCY[view.urgency], f"{view.whole_in_force.replace(' 个', '个')}内办结"]
    parts += [view.unit_name] if view.unit_name else []
    parts += ["可随手清"] if view.may_settle else []
    parts += ["对外公开"] if view.is_public else []
    values = {field.name: getattr(view, field.name) for field in CATEGORY_FIELDS}
    return RuleItem(
        view.code, view.version, values, view.name, "，".join(parts), group=ROOT[view.root],
        is_example=view.is_example, is_retired=view.is_retired, ahead_count=view.ahead_count,
    )  # fmt: skip


def _urgency(view: UrgencyView) -> RuleItem:
    values = {field.name: getattr(view, field.name) for field in LIMIT_FIELDS}
    limits = [
        f"{field.label.removesuffix('时限')} {limit.label}"
        for field in LIMIT_FIELDS
        if (limit := parse_limit(values[field.name]))
    ]
    name = URGENCY[view.urgency]
    return RuleItem(
        view.urgency.value, view.version, values, name, "，".join(limits),
        label=f"「{name}」的默认时限", ahead_count=view.ahead_count,
    )  # fmt: skip


def _weigh(act: Act, code: str, typed: Mapping[str, str]) -> Preview:
    """Say what would be promised; of an urgency's form its code is the urgency."""
    is_usual = code in set(Urgency) and "urgency" not in typed
    urgency = Urgency(code if is_usual else typed.get("urgency") or Urgency.ORDINARY)
    limits = [read(field, typed) for field in _TRIED]
    return Preview(lines=[preview_promise(act, urgency, *limits)])


def _ask(act: Act, item: RuleItem) -> str:
    count = count_open_cases(act, item.code)
    goes_on = f"有{count}件事正在办，会照常办完" if count else "现在没有正在办的事"
    return f"停用「{item.title}」？{goes_on}；停用后上报时不能再选这一项。以后可以重新启用。"


def _units(act: Act) -> dict[str, list[Choice]]:
    return {"units": [Choice(unit.code, unit.name) for unit in list_unit_choices(act)]}


class CategoriesState(RulePageState, SessionState):
    """The items of the category table, and the usual limits of each urgency."""

    allowed: ClassVar = RULE_KEEPERS
    lists: ClassVar = (
        RuleList(
            RuleKind.CATEGORY, "事项", CATEGORY_FIELDS,
            lambda act: [_item(view) for view in list_table(act, with_retired=True)],
            change=Deed.CHANGE_CATEGORY, add=Deed.ADD_CATEGORY, place=Deed.ORDER_CATEGORY,
            retire=Deed.RETIRE_CATEGORY, retire_label="停用这一项",
            retire_help="停用后不能再选，已有的事照常办理，统计也还在。", ask=_ask,
            retired="已停用，办理中的事照常办完。要恢复：点「含已停用」，打开它，重新启用。",
            weigh=_weigh, options=_units, is_searched=True,
        ),
        RuleList(
            RuleKind.URGENCY, "默认时限",
            tuple(replace(field, needed=True) for field in LIMIT_FIELDS),
            lambda act: [_urgency(view) for view in list_urgencies(act)],
            what="事项没有单独写时限的，按紧急程度用这里的。",
            change=Deed.CHANGE_URGENCY, weigh=_weigh,
        ),
    )  # fmt: skip


rule_page(
    "/admin/categories",
    "事项分类与时限",
    CategoriesState,
    what="改动从选定的那天起生效，之前答应的期限不变。标「示例」的是系统自带的，可以改。",
)
