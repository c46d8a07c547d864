"""Says a change of a rule in words: 名称：占道 → 占道经营."""

from collections.abc import Mapping
from typing import Any, Final

from gridapp.domain.caring import HUE, SHAPE, Hue, Shape
from gridapp.domain.deadlines import parse_limit
from gridapp.domain.labels import URGENCY
from gridapp.domain.printed_words import joined
from gridapp.domain.vocabulary import Urgency
from gridapp.domain.workcalendar import DayKind

_FIELD: Final = {
    "name": "名称", "urgency": "紧急程度", "accept_limit": "受理时限", "take_limit": "接单时限",
    "handle_limit": "处置时限", "whole_limit": "全程时限", "unit_id": "默认单位",
    "may_settle": "可随手清", "is_public": "对外公开", "questions": "提问", "retired": "状态",
    "words": "内容", "hue": "颜色", "shape": "形状", "word": "标签", "meaning": "含义",
    "interval_days": "间隔", "triggers": "必访情形", "week": "上班时间", "kind": "安排",
}  # fmt: skip
_DAY_KIND: Final = {
    DayKind.HOLIDAY: "休息", DayKind.MAKE_UP: "调休上班", DayKind.USUAL: "照常",
}  # fmt: skip
_WEEKDAYS: Final = "一二三四五六日"
_NONE: Final = "无"


def said_change(
    before: Mapping[str, Any], facts: Mapping[str, Any], units: Mapping[int, str]
) -> tuple[str, ...]:
    """Say each field that changes, as it was and as it will be."""
    return tuple(
        f"{label}：{_said(name, before[name], units)} → {_said(name, facts[name], units)}"
        if name in before
        else f"{label}：{_said(name, facts[name], units)}"
        for name, label in _FIELD.items()
        if name in facts
    )


def _said(name: str, value: Any, units: Mapping[int, str]) -> str:  # noqa: PLR0911 - one way for each kind of field
    if name.endswith("_limit"):
        limit = parse_limit(value)
        return limit.label if limit else "按紧急程度"
    if name == "unit_id":
        return units.get(value, _NONE)
    if name == "retired":
        return "停用" if value else "启用"
    if name == "interval_days":
        return f"每{value}天" if value else "需要时"
    if name == "week":
        return week_words(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(value) or _NONE
    return _word(name, value) or (_DEFAULT if name == "words" else _NONE)


_DEFAULT: Final = "系统默认"


def _word(name: str, value: str) -> str:
    if name == "urgency":
        return URGENCY[Urgency(value)]
    if name == "hue":
        return HUE[Hue(value)]
    if name == "shape":
        return " ".join(SHAPE[Shape(value)])
    if name == "kind":
        return _DAY_KIND[DayKind(value)] if value else "照常"
    return joined(value.split("\n"))


def week_words(week: list[list[list[str]]]) -> str:
    """Say a week: 周一至周五 08:30–12:00、14:00–17:30；周六至周日 休息."""
    said = ["、".join(f"{opens}–{closes}" for opens, closes in day) or "休息" for day in week]
    parts: list[str] = []
    begin = 0
    for day in range(1, len(said) + 1):
        if day == len(said) or said[day] != said[begin]:
            until = f"至周{_WEEKDAYS[day - 1]}" if day - 1 > begin else ""
            parts.append(f"周{_WEEKDAYS[begin]}{until} {said[begin]}")
            begin = day
    return "；".join(parts)
