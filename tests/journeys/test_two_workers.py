"""Two workers serve one street: a page's events may be answered by either."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.served import served

pytestmark = pytest.mark.journey

REDIS = ("127.0.0.1", 6379)


@pytest.fixture
def busy_site(tmp_path: Path) -> Iterator[str]:
    try:
        socket.create_connection(REDIS, timeout=2).close()
    except OSError:
        pytest.skip("no Redis server answers on 127.0.0.1:6379")
    url = f"redis://{REDIS[0]}:{REDIS[1]}/9"
    with served(tmp_path, "--workers", "2", GRID_REDIS_URL=url) as address:
        yield address


def test_a_page_keeps_its_state_whichever_worker_answers(busy_site: str, phone: Page) -> None:
    phone.goto(busy_site)
    field = phone.get_by_label("楼栋码")

    for typed, said in (("7K", "还差 6 位"), ("7KQ", "还差 5 位"), ("7KQ3", "还差 4 位")):
        field.fill(typed)
        expect(phone.get_by_role("status")).to_have_text(said)
