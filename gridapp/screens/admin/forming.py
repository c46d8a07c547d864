"""Turns what a form of the rules sent into facts: only what differs from what it began with."""

from collections.abc import Mapping
from typing import Any

from gridapp.domain.deadlines import parse_limit
from gridapp.domain.errors import FactsError
from gridapp.screens.admin.parts import LIMITS

FormFacts = dict[str, str | bool]


def said(form: Mapping[str, Any], name: str) -> str:
    """Give what was typed under a name."""
    value = form.get(name, "")
    return value.strip()[:300] if isinstance(value, str) else ""


def limit_said(form: Mapping[str, Any], name: str) -> str:
    """Give a limit as it is written: number and unit; empty when no number was typed."""
    amount = said(form, f"{name}_n")
    return f"{amount}{said(form, f'{name}_u') or 'wd'}" if amount else ""


def limit_values(name: str, written: str) -> dict[str, str]:
    """Give what the two fields of a limit begin with."""
    limit = parse_limit(written)
    return {
        f"{name}_n": str(limit.amount) if limit else "",
        f"{name}_u": limit.unit.value if limit else "wd",
    }


def limits_changed(form: Mapping[str, Any], began: Mapping[str, str]) -> dict[str, str]:
    """Give the limits that differ from what the form began with."""
    return {
        name: limit_said(form, name)
        for name, _ in LIMITS
        if limit_said(form, name) != limit_said(began, name)
    }


def whole_said(form: Mapping[str, Any], name: str, noun: str) -> int:
    """Give a whole number.

    Raises:
        FactsError: It is none.
    """
    text = said(form, name)
    if not (text.isascii() and text.isdigit() and len(text) <= 6):  # noqa: PLR2004 - the deed knows the bounds
        raise FactsError(f"{noun}请写整数。", fields={name: "应为整数"})
    return int(text)
