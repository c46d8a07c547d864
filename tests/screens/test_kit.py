"""The mechanism of pages: who may call the handlers that a page has from a mixin."""

from typing import ClassVar

import pytest

from gridapp.domain.vocabulary import Role
from gridapp.guard.allow import Mark, mark_of
from gridapp.screens.admin.colours import ColoursState
from gridapp.screens.kit.form_state import FormState
from gridapp.screens.kit.rule_state import RulePageState
from gridapp.screens.session import SessionState
from gridapp.screens.who import RULE_KEEPERS


def test_handlers_of_a_mixin_are_for_those_whom_the_page_names() -> None:
    marks = {name: mark_of(handler.fn) for name, handler in ColoursState.event_handlers.items()}
    assert marks.pop("setvar") is None
    assert {"load", "open_form", "submit", "retire", "restore", "place", "cancel"} <= set(marks)
    assert set(marks.values()) == {Mark(frozenset(RULE_KEEPERS))}


def test_a_page_that_names_nobody_does_not_start() -> None:
    with pytest.raises(TypeError, match="which roles"):
        type("NobodysState", (RulePageState, SessionState), {"__module__": __name__})


def test_two_pages_of_one_mixin_have_marks_of_their_own() -> None:
    class AuditorsState(FormState, SessionState):
        allowed: ClassVar = (Role.AUDITOR,)

    assert mark_of(AuditorsState.event_handlers["close_form"].fn) == Mark(frozenset({Role.AUDITOR}))
    assert mark_of(ColoursState.event_handlers["close_form"].fn) == Mark(frozenset(RULE_KEEPERS))
