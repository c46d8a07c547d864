"""Browsers without service worker, database or locks, and phones that are full: all still work."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chaos.server import Server
from tests.faults import PASS, REFUSED, Line
from tests.journeys.outbox.hands import (
    add_photo,
    arrived,
    drafted,
    network_returns,
    photos_of,
    picture,
    ready,
    records,
    sign_in,
    waiting,
    write,
)

pytestmark = pytest.mark.journey

NO_WORKER = "delete Navigator.prototype.serviceWorker"
NO_DATABASE = "delete globalThis.indexedDB"
NO_LOCKS = "delete Navigator.prototype.locks"
NO_CHANNEL = "delete globalThis.BroadcastChannel"

OpenPhone = Callable[..., Page]


@pytest.fixture
def open_phone(chromium: Browser, line: Line, server: Server) -> Iterator[OpenPhone]:
    """Open the note form on a phone that lacks these."""
    assert server
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", service_workers="block"
    )

    def opened(*lacks: str, is_full: bool = False) -> Page:
        context.add_init_script("\n".join(lacks))
        page = context.new_page()
        if is_full:
            fill_up(page, line.address)
        sign_in(page, line, "li")
        return page

    yield opened
    line.turn(PASS)
    context.close()


def test_without_a_service_worker_captures_wait_and_go(
    open_phone: OpenPhone, line: Line, server: Server
) -> None:
    page = open_phone(NO_WORKER)
    with line.being(REFUSED):
        write(page, "微信里记的")
        waiting(page, 1)
    network_returns(page)
    waiting(page, 0)
    assert arrived(server, "微信里记的") == 1


def test_without_a_service_worker_a_draft_with_its_photo_is_found_again(
    open_phone: OpenPhone,
) -> None:
    page = open_phone(NO_WORKER)
    page.get_by_label("记点什么").fill("微信里写的")
    add_photo(page, picture(21))
    drafted(page, 1)
    page.reload()
    ready(page)
    expect(page.get_by_label("记点什么")).to_have_value("微信里写的")
    expect(page.locator(".photo[data-sha]")).to_have_count(1)


def test_without_a_database_a_capture_is_sent_at_once(
    open_phone: OpenPhone, server: Server
) -> None:
    page = open_phone(NO_WORKER, NO_DATABASE, NO_LOCKS, NO_CHANNEL)
    expect(page.get_by_text("这个浏览器不能先存在手机上")).to_be_attached()
    page.get_by_label("记点什么").fill("没有数据库")
    sha = add_photo(page, picture(22))
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_role("heading", name="已记下")).to_be_visible()
    assert photos_of(server, "没有数据库") == {sha}


def test_without_a_database_and_without_network_the_form_stays_and_says_so(
    open_phone: OpenPhone, line: Line, server: Server
) -> None:
    page = open_phone(NO_WORKER, NO_DATABASE)
    page.get_by_label("记点什么").fill("哪里都没有")
    with line.being(REFUSED):
        page.get_by_role("button", name="记下").click()
        expect(page.get_by_text("保存在这部手机上，请稍后再点一次提交")).to_be_visible()
    page.reload()
    ready(page)
    expect(page.get_by_label("记点什么")).to_have_value("哪里都没有")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_role("heading", name="已记下")).to_be_visible()
    assert arrived(server, "哪里都没有") == 1


def test_without_a_database_nothing_goes_in_somebody_elses_name(
    open_phone: OpenPhone, line: Line, server: Server
) -> None:
    page = open_phone(NO_WORKER, NO_DATABASE)
    page.context.clear_cookies()
    other = page.context.new_page()
    sign_in(other, line, "qian")
    page.get_by_label("记点什么").fill("李写的，钱登录着")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("登录已过期")).to_be_visible()
    assert arrived(server, "李写的，钱登录着") == 0


def test_without_locks_two_tabs_still_deliver_once(
    open_phone: OpenPhone, line: Line, server: Server
) -> None:
    page = open_phone(NO_WORKER, NO_LOCKS)
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    with line.being(REFUSED):
        write(page, "没有锁")
        waiting(other, 1)
    network_returns(page)
    network_returns(other)
    waiting(page, 0)
    waiting(other, 0)
    assert arrived(server, "没有锁") == 1


def test_a_full_phone_sends_directly_and_keeps_the_form_when_that_fails(
    open_phone: OpenPhone, line: Line, server: Server
) -> None:
    page = open_phone(NO_WORKER, is_full=True)
    page.get_by_label("记点什么").fill("手机满了")
    sha = add_photo(page, picture(23))
    with line.being(REFUSED):
        page.get_by_role("button", name="记下").click()
        expect(page.get_by_text("手机空间满了，没能保存")).to_be_visible()
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_role("heading", name="已记下")).to_be_visible()
    assert photos_of(server, "手机满了") == {sha}
    assert records(page) == []


def fill_up(page: Page, origin: str) -> None:
    """Leave no room for anything on this phone.

    Before the first page: once there was room, Chromium does not ask again for half a minute.
    """
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
