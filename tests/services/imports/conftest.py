"""A street with a public address, which is what its posters hold."""

from collections.abc import Iterator

import pytest

from gridapp.services.desk import Desk
from tests.printing.sheets import public_at


@pytest.fixture
def public_desk(desk: Desk) -> Iterator[Desk]:
    """The desk of a street that phones can reach."""
    with public_at(desk, "https://grid.example.cn") as public:
        yield public
