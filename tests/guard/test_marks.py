"""Marks: who passes, and what cannot be marked."""

from typing import Any

import pytest

from gridapp.domain.vocabulary import Role
from gridapp.guard.allow import allow, allow_anyone, mark_of
from gridapp.services.desk import RESIDENT


def test_a_function_without_a_mark_has_none() -> None:
    assert mark_of(lambda _state: None) is None


def test_a_resident_passes_a_mark_for_residents() -> None:
    @allow(Role.RESIDENT)
    def handler(_state: Any) -> None: ...

    mark = mark_of(handler)
    assert mark is not None
    mark.check(RESIDENT)


def test_a_mark_names_at_least_one_role() -> None:
    with pytest.raises(TypeError, match="say which roles"):
        allow()


def test_an_argument_without_a_type_stops_the_start() -> None:
    def handler(_state: Any, words) -> None: ...  # type: ignore[no-untyped-def]  # noqa: ANN001 - the point

    with pytest.raises(TypeError, match="words needs a type"):
        allow_anyone(handler)


def test_arguments_that_nothing_can_check_stop_the_start() -> None:
    def handler(_state: Any, *words: str) -> None: ...

    with pytest.raises(TypeError, match="cannot be checked"):
        allow_anyone(handler)
