"""Turns what a form of the rules sent into facts: only what differs from what it began with."""

from collections.abc import Mapping
from typing import Any

FormFacts = dict[str, str | bool]


def said(form: Mapping[str, Any], name: str) -> str:
    """Give what was typed under a name."""
    value = form.get(name, "")
    return value.strip()[:300] if isinstance(value, str) else ""
