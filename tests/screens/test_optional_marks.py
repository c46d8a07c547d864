"""What a form marks as not needed, its deed takes without; what a deed needs, the form says."""

import json
from typing import Any, Final

import pytest

from gridapp.domain.vocabulary import Deed
from gridapp.screens.register.forms import _fields
from gridapp.services.verbs import VERBS

_SAID: Final = "（可不填）"
# As it is drawn: the browser's code may hold the signs by number.
_OPTIONAL: Final = (_SAID, json.dumps(_SAID)[1:-1], json.dumps(json.dumps(_SAID)[1:-1])[1:-1])
# A sheet's own name for a fact, or one that the sheet makes of several fields.
_ELSEWHERE: Final = {Deed.VERIFY_RECORD, Deed.ADD_HOUSEHOLD, Deed.ISSUE_CODE}
FORMS: Final = {deed: fields for deed, fields in _fields().items() if deed not in _ELSEWHERE}


def _marked(fields: list[Any]) -> dict[str, bool]:
    """Give the named fields of a form, and whether each is marked as not needed."""
    marked = {}
    for field in fields:
        drawn = str(field.render())
        for name in _names(drawn):
            marked[name] = any(mark in drawn for mark in _OPTIONAL)
    return marked


def _names(drawn: str) -> list[str]:
    return [part.split('"', 1)[0] for part in drawn.split('htmlFor:"')[1:]]


@pytest.mark.parametrize("deed", FORMS)
def test_a_field_that_is_marked_as_not_needed_is_not_needed(deed: Deed) -> None:
    facts = VERBS[deed].facts.model_fields
    marked = _marked(FORMS[deed])
    wrong = [
        name
        for name, is_optional in marked.items()
        if name in facts and is_optional and facts[name].is_required()
    ]
    assert wrong == []


def test_what_is_needed_only_sometimes_says_when() -> None:
    marked = _marked(FORMS[Deed.CHECK_PREMISES])
    assert "text" in marked
    assert marked["text"] is False
    assert marked["next_on"] is True
