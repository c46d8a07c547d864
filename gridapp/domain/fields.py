"""A record's fields, each said once: its name, its label, its kind, whether it is needed.

Facts, controls of forms, labels in refusals and words of histories are made of these, so that a
new field is one line. ``read`` and ``begins`` are each other's way back: what a form begins with,
read unchanged, is the value it began from.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gridapp.domain.deadlines import parse_limit
from gridapp.domain.errors import FactsError

_BETWEEN: Final = re.compile(r"[、，,;；\n]+")
_WHOLE_MAX_DIGITS: Final = 6
# What a form sends of one control is cut here; the facts refuse what is too long by their bounds.
_TYPED_MAX_CHARACTERS: Final = 10_000


@dataclass(frozen=True)
class Line:
    """One line of words, at most so many signs; ``keys`` chooses the keyboard of a phone."""

    longest: int = 40
    keys: str = "text"


@dataclass(frozen=True)
class Words:
    """Words of several lines."""

    longest: int = 2000
    rows: int = 3


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds."""

    least: int = 0
    most: int = 999_999


@dataclass(frozen=True)
class OneOf:
    """One of a vocabulary's words; ``nothing`` is what the entry without a code says."""

    words: Mapping[Any, str]
    nothing: str = ""


@dataclass(frozen=True)
class Chosen:
    """One of what is on record now, by its code: the page reads the choices (部门, 风险等级)."""

    options: str
    longest: int = 32
    nothing: str = ""


@dataclass(frozen=True)
class Limit:
    """A time limit as it is written: a number and what it counts (2wd, 4wh, 24h)."""


@dataclass(frozen=True)
class Day:
    """A day by the Beijing calendar."""


@dataclass(frozen=True)
class YesNo:
    """Yes or no."""


@dataclass(frozen=True)
class Several:
    """Several short words in one line, apart by 顿号."""

    most: int
    longest: int


@dataclass(frozen=True)
class Questions:
    """Several lines, each in a control of its own."""

    most: int
    longest: int


Kind = Line | Words | Whole | OneOf | Chosen | Limit | Day | YesNo | Several | Questions


@dataclass(frozen=True)
class Field:
    """One field of a record.

    Args:
        name: As facts, tables and forms call it.
        label: As people call it, in Chinese.
        is_fixed: It is said when the record is made, and never changes.
        column: What the ledger calls it, where that is another name (``unit_id`` of ``unit``).
        begins_at: What the form of a new record begins with.
        unsaid: What a new record holds where nobody said anything.
        words: Says a value in the words of a history, where its kind does not.
    """

    name: str
    label: str
    kind: Kind
    needed: bool = False
    help: str = ""
    is_fixed: bool = False
    column: str = ""
    begins_at: Any = None
    unsaid: Any = None
    words: Callable[[Any], str] | None = None

    @property
    def kept(self) -> str:
        """What the ledger calls it."""
        return self.column or self.name


def labels_of(fields: Iterable[Field]) -> dict[str, str]:
    """Give what people call each field."""
    return {field.name: field.label for field in fields}


def controls_of(field: Field) -> tuple[str, ...]:
    """Name the controls that a form has for a field."""
    if isinstance(field.kind, Limit):
        return (f"{field.name}_n", f"{field.name}_u")
    if isinstance(field.kind, Questions):
        return tuple(f"{field.name}{n}" for n in range(1, field.kind.most + 1))
    return (field.name,)


def typed(form: Mapping[str, Any], control: str) -> str:
    """Give what was typed in a control, without blanks around it; a tick is ``on``."""
    value = form.get(control, "")
    if isinstance(value, bool):
        return "on" if value else ""
    return value.strip()[:_TYPED_MAX_CHARACTERS] if isinstance(value, str) else ""


def begins(field: Field, value: Any) -> dict[str, str]:
    """Give what the controls of a field begin with; ``None`` is a field of nothing yet."""
    kind = field.kind
    if isinstance(kind, Limit):
        limit = parse_limit(value or "")
        amount, unit = (str(limit.amount), limit.unit.value) if limit else ("", "wd")
        return {f"{field.name}_n": amount, f"{field.name}_u": unit}
    if isinstance(kind, Questions):
        lines = [*(value or ()), *[""] * kind.most]
        return dict(zip(controls_of(field), lines, strict=False))
    if isinstance(kind, Several):
        return {field.name: "、".join(value or ())}
    if isinstance(kind, YesNo):
        return {field.name: "on" if value else ""}
    return {field.name: "" if value is None else str(value)}


def read(field: Field, form: Mapping[str, Any]) -> Any:
    """Read a field from what a form sent, as facts say it.

    Raises:
        FactsError: No whole number, or too many words; the sentence names the field.
    """
    kind, said = field.kind, typed(form, field.name)
    if isinstance(kind, YesNo):
        return bool(said)
    if isinstance(kind, Limit):
        amount, unit = (typed(form, control) for control in controls_of(field))
        return f"{amount}{unit or 'wd'}" if amount else ""
    if isinstance(kind, Questions):
        lines = [typed(form, control) for control in controls_of(field)]
        return [line for line in lines if line]
    if isinstance(kind, Several):
        return _several(field, kind, said)
    if isinstance(kind, Whole):
        return _whole(field, said)
    return said


def _several(field: Field, kind: Several, said: str) -> list[str]:
    parts = [part.strip() for part in _BETWEEN.split(said) if part.strip()]
    if len(parts) > kind.most or any(len(part) > kind.longest for part in parts):
        words = f"{field.label}最多{kind.most}项，每项最多{kind.longest}个字，用顿号分开。"
        raise FactsError(words, fields={field.name: words})
    return parts


def _whole(field: Field, said: str) -> int | None:
    if not said and not field.needed:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= _WHOLE_MAX_DIGITS):
        raise FactsError(f"{field.label}请写整数。", fields={field.name: "应为整数"})
    return int(said)


def read_all(fields: Iterable[Field], form: Mapping[str, Any]) -> dict[str, Any]:
    """Read every field that says something; what was left empty was not said.

    Raises:
        FactsError: A field cannot be read; see ``read``.
    """
    told = {field.name: read(field, form) for field in fields}
    return {name: value for name, value in told.items() if value is not None and value != ""}


def read_changed(
    fields: Iterable[Field], form: Mapping[str, Any], began: Mapping[str, str]
) -> dict[str, Any]:
    """Read the fields that differ from what the form began with.

    Raises:
        FactsError: A field cannot be read; see ``read``.
    """
    return {
        field.name: read(field, form)
        for field in fields
        if any(typed(form, c) != typed(began, c) for c in controls_of(field))
    }


def named(refusal: FactsError, labels: Mapping[str, str]) -> FactsError:
    """Say in the words of the form which fields are wrong, unless the refusal does so itself."""
    fields: dict[str, str] = refusal.facts.get("fields") or {}
    if refusal.sentence != FactsError.sentence or not fields:
        return refusal
    told = [_sentence(place, words, labels) for place, words in fields.items()]
    return FactsError("".join(dict.fromkeys(told)), fields=fields)


def _sentence(place: str, words: str, labels: Mapping[str, str]) -> str:
    if words.endswith("。"):
        return words
    label = next((labels[part] for part in reversed(place.split(".")) if part in labels), "")
    return f"{label}：{words}。" if label else f"{words}。"
