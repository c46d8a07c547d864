"""Whatever the line or the server answers, a capture waits, goes once, or asks the person."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import create_engine, text

from tests.cast import PASSWORD
from tests.chaos.server import Server
from tests.faults import (
    BROKEN,
    NO_SERVER,
    PASS,
    PORTAL,
    REDIRECT,
    REFUSED,
    SILENCE,
    TOO_OFTEN,
    Line,
    cut,
)
from tests.served import free_port

pytestmark = [pytest.mark.journey, pytest.mark.chaos]

FAULTS: Final = {
    "refused": REFUSED,
    "silence": SILENCE,
    "a portal's page": PORTAL,
    "a redirect": REDIRECT,
    "500": BROKEN,
    "502": NO_SERVER,
    "429": TOO_OFTEN,
    "cut going up": cut(upward_bytes=300),
    "cut coming down": cut(downward_bytes=60),
}


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with Line(free_port()) as line:
        yield line


@pytest.fixture(scope="module")
def server(line: Line, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("town"), line.address, line.server_port) as server:
        yield server


@pytest.fixture
def context(chromium: Browser, line: Line) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    yield context
    line.turn(PASS)
    context.close()


@pytest.fixture
def note(context: BrowserContext, line: Line, server: Server) -> Page:
    """The note form on a signed-in phone."""
    assert server
    page = context.new_page()
    sign_in(page, line, "li")
    return page


def sign_in(page: Page, line: Line, login: str) -> None:
    page.goto(f"{line.address}/sign-in?next=/field/note")
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("[data-ready]")).to_be_visible()


def write(page: Page, words: str) -> None:
    page.get_by_label("记点什么").fill(words)
    page.get_by_role("button", name="记下").click()
    expect(page.locator("#saved")).to_be_visible()


def waiting(page: Page, count: int) -> None:
    expect(page.locator(".outbox-count")).to_have_text(f"待上传 {count}")


def network_returns(page: Page) -> None:
    """Tell the page what a phone tells it, instead of waiting until it tries by itself."""
    page.evaluate("dispatchEvent(new Event('online'))")


def arrived(server: Server, words: str) -> int:
    """Count the notes with these words that the server has."""
    engine = create_engine(f"sqlite:///{server.data / 'gridapp.db'}")
    asked = text("SELECT count(*) FROM note WHERE text = :words")
    with engine.connect() as connection:
        count = int(connection.execute(asked, {"words": words}).scalar_one())
    engine.dispose()
    return count


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_line_keeps_the_capture_and_a_good_one_takes_it_once(
    name: str, note: Page, line: Line, server: Server
) -> None:
    with line.being(FAULTS[name]):
        write(note, name)
        waiting(note, 1)
    network_returns(note)
    waiting(note, 0)
    assert arrived(server, name) == 1


def test_another_persons_session_sends_nothing_of_the_first_ones(
    note: Page, line: Line, server: Server
) -> None:
    with line.being(REFUSED):
        write(note, "李的随手记")
        note.context.clear_cookies()  # before the line is good again, or it would go at once
    sign_in(note, line, "qian")
    waiting(note, 0)
    expect(note.get_by_text("这部手机上还有其他人的1项没有上传")).to_be_attached()
    assert arrived(server, "李的随手记") == 0
    note.context.clear_cookies()
    sign_in(note, line, "li")
    waiting(note, 0)
    assert arrived(server, "李的随手记") == 1


def test_two_tabs_send_one_capture_once(note: Page, line: Line, server: Server) -> None:
    other = note.context.new_page()
    other.goto(f"{line.address}/field/outbox")
    write(note, "两个页面")
    waiting(note, 0)
    waiting(other, 0)
    assert arrived(server, "两个页面") == 1


def test_a_phone_whose_clock_is_years_off_delivers(note: Page, line: Line, server: Server) -> None:
    note.clock.set_fixed_time("2038-01-01T00:00:00Z")
    with line.being(REFUSED):
        write(note, "时钟不准")
        waiting(note, 1)
    note.clock.set_fixed_time("2001-01-01T00:00:00Z")
    network_returns(note)
    waiting(note, 0)
    assert arrived(server, "时钟不准") == 1


def test_the_pages_open_and_capture_without_network(note: Page, server: Server) -> None:
    note.evaluate(
        """async () => {
          const count = async () => (await (await caches.open("grid-pages")).keys()).length;
          while ((await count()) < 4) await new Promise((done) => setTimeout(done, 50));
        }"""
    )
    note.context.set_offline(offline=True)
    note.reload()
    write(note, "地下室里记的")
    note.context.set_offline(offline=False)
    waiting(note, 0)
    assert arrived(server, "地下室里记的") == 1
