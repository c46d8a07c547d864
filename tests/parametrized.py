"""Which fixtures a test gives values of its own, so that a conftest gives it no others."""

import os
from typing import Final

import pytest

# Everything in its long form: both databases and both sizes throughout (`make test-all`).
IS_LONG_FORM: Final = os.environ.get("GRID_TEST_ALL") == "1"


def named_by_marks(metafunc: pytest.Metafunc) -> set[str]:
    """Give the names that ``parametrize`` marks of the test, its class or its module fill."""
    marks = metafunc.definition.iter_markers("parametrize")
    names = (mark.args[0] if mark.args else mark.kwargs["argnames"] for mark in marks)
    return {
        name.strip()
        for given in names
        for name in (given.split(",") if isinstance(given, str) else given)
    }
