"""Says a change of a rule in words: 名称：占道 → 占道经营."""

from collections.abc import Mapping
from typing import Any, Final

from gridapp.domain.categories import LIMIT_FIELDS
from gridapp.domain.deadlines import parse_limit
from gridapp.domain.fields import Chosen, Field, Limit, OneOf, Words, YesNo
from gridapp.domain.printed_words import joined
from gridapp.domain.ruling import RuleKind
from gridapp.domain.workcalendar import DayKind

_DAY_KIND: Final = {
    DayKind.HOLIDAY: "休息", DayKind.MAKE_UP: "调休上班", DayKind.USUAL: "照常",
}  # fmt: skip
_WEEKDAYS: Final = "一二三四五六日"
_NONE: Final = "无"
_DEFAULT: Final = "系统默认"


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


# Kind of rule -> its fields; ``rules.tables`` puts its tables in.
FIELDS: Final[dict[RuleKind, tuple[Field, ...]]] = {
    RuleKind.URGENCY: LIMIT_FIELDS,
    RuleKind.TEXT: (Field("words", "内容", Words()),),
    RuleKind.WORDING: (Field("words", "内容", Words()),),
    RuleKind.WEEK: (Field("week", "上班时间", Words(), words=week_words),),
    RuleKind.DAY: (
        Field("name", "名称", Words(), words=lambda name: name or _NONE),
        Field("kind", "安排", Words(), words=lambda kind: _DAY_KIND.get(kind, "照常")),
    ),
}
_STATE: Final = Field("retired", "状态", YesNo(), words=lambda it: "停用" if it else "启用")


def said_change(
    kind: RuleKind, before: Mapping[str, Any], facts: Mapping[str, Any], units: Mapping[int, str]
) -> tuple[str, ...]:
    """Say each field that changes, as it was and as it will be."""
    return tuple(
        f"{field.label}：{_said(field, before[field.kept], units)} → "
        f"{_said(field, facts[field.kept], units)}"
        if field.kept in before
        else f"{field.label}：{_said(field, facts[field.kept], units)}"
        for field in (*FIELDS[kind], _STATE)
        if field.kept in facts
    )


def _said(field: Field, value: Any, units: Mapping[int, str]) -> str:  # noqa: PLR0911 - one way for each kind of field
    if field.words:
        return field.words(value)
    match field.kind:
        case Limit():
            limit = parse_limit(value)
            return limit.label if limit else "按紧急程度"
        case Chosen():
            return units.get(value, _NONE)
        case OneOf(words=words):
            return words[value]
        case YesNo():
            return "是" if value else "否"
        case Words():
            return joined(value.split("\n")) or _DEFAULT
    return ("；".join(value) if isinstance(value, list) else str(value)) or _NONE
