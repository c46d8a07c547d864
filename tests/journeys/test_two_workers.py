"""Two workers serve one street: a page's events may be answered by either."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hamlet import Hamlet, served_hamlet
from tests.journeys.people import press, sign_in

pytestmark = pytest.mark.journey

REDIS = ("127.0.0.1", 6379)


@pytest.fixture
def busy_hamlet(tmp_path: Path) -> Iterator[Hamlet]:
    try:
        socket.create_connection(REDIS, timeout=2).close()
    except OSError:
        pytest.skip("no Redis server answers on 127.0.0.1:6379")
    url = f"redis://{REDIS[0]}:{REDIS[1]}/9"
    with served_hamlet(tmp_path, "--workers", "2", GRID_REDIS_URL=url) as hamlet:
        yield hamlet


def test_a_page_keeps_its_state_whichever_worker_answers(busy_hamlet: Hamlet, phone: Page) -> None:
    sign_in(phone, busy_hamlet.address, "sun")
    phone.goto(f"{busy_hamlet.address}/leader")

    for chosen in ("今年", "近7天", "近30天", "今天"):
        press(phone, chosen)
        button = phone.get_by_role("button", name=chosen, exact=True)
        expect(button).to_have_attribute("aria-pressed", "true")
