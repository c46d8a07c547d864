"""A new version comes while people work: nothing is lost, and nobody is made to use it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.awaited import wait_for
from tests.chaos.release import next_release
from tests.chaos.server import Server
from tests.faults import NO_SERVER, PASS, REFUSED, SILENCE, Line
from tests.journeys.outbox.hands import (
    add_photo,
    arrived,
    network_returns,
    photos_of,
    picture,
    ready,
    records,
    waiting,
    write,
)
from tests.served import ROOT

pytestmark = pytest.mark.journey

INSTALLED = "() => navigator.serviceWorker.ready.then(() => true)"
LOOK_FOR_UPDATE = """async () => {
  const worker = await navigator.serviceWorker.getRegistration();
  await worker.update().catch(() => {});
}"""
VERSION_SHOWN = (
    """() => document.querySelector('script[src*="/v/"]').src.split("/v/")[1].slice(0, 12)"""
)
SERVED = """async () => (await (await fetch("/version.json")).json()).version"""
FILE_OF = """async (version) => {
  const answer = await fetch(`/v/${version}/field/words.js`, { cache: "reload" });
  return [await answer.text(), answer.headers.get("cache-control")];
}"""
TRACES = """async () => {
  const workers = await navigator.serviceWorker.getRegistrations();
  return workers.length + (await caches.keys()).length;
}"""


@pytest.fixture
def first_release(server: Server) -> Iterator[Server]:
    """The server, back at this release afterwards."""
    yield server
    server.upgrade(ROOT)


@pytest.fixture
def page(note: Page) -> Page:
    """The note form, kept for offline and under a service worker."""
    assert note.evaluate(INSTALLED)
    note.reload()
    ready(note)
    return note


def offered(page: Page) -> None:
    page.evaluate(LOOK_FOR_UPDATE)
    expect(page.locator("grid-version")).to_contain_text("有新版本")


def test_an_update_while_sending_and_with_a_half_filled_form_costs_nothing(
    page: Page, line: Line, first_release: Server, tmp_path: Path
) -> None:
    half = page.context.new_page()
    half.goto(page.url)
    ready(half)
    half.get_by_label("记点什么").fill("写到一半，更新来了")
    line.turn(SILENCE)
    write(page, "更新途中")
    first_release.upgrade(next_release(tmp_path, "second"))
    line.turn(PASS)
    offered(page)
    network_returns(page)
    waiting(page, 0)
    expect(half.locator("grid-version")).to_contain_text("有新版本")
    sha = add_photo(half, picture(31))
    half.get_by_role("button", name="记下").click()
    expect(half.locator("#saved")).to_be_visible()
    waiting(half, 0)
    assert arrived(first_release, "更新途中") == 1
    assert photos_of(first_release, "写到一半，更新来了") == {sha}


def test_only_a_tap_brings_the_new_version_and_only_to_the_tab_that_was_tapped(
    page: Page, first_release: Server, tmp_path: Path
) -> None:
    old = page.evaluate(VERSION_SHOWN)
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    other.get_by_label("记点什么").fill("另一页")
    first_release.upgrade(next_release(tmp_path, "third"))
    offered(page)
    assert page.evaluate(VERSION_SHOWN) == old
    with page.expect_navigation():
        page.get_by_role("button", name="更新").click()
    ready(page)
    assert page.evaluate(VERSION_SHOWN) == page.evaluate(SERVED) != old
    assert other.evaluate(VERSION_SHOWN) == old
    write(other, "另一页写完了")
    waiting(other, 0)
    with other.expect_navigation():
        other.get_by_role("button", name="更新").click()
    ready(other)
    assert other.evaluate(VERSION_SHOWN) != old
    assert arrived(first_release, "另一页写完了") == 1


def test_a_version_that_the_browser_finds_by_itself_is_offered(
    page: Page, first_release: Server, tmp_path: Path
) -> None:
    first_release.upgrade(next_release(tmp_path, "found"))
    page.goto(page.url)
    expect(page.locator("grid-version")).to_contain_text("有新版本")


def test_an_old_page_gets_its_own_files_after_the_next_release(
    page: Page, first_release: Server, tmp_path: Path
) -> None:
    old = page.evaluate(VERSION_SHOWN)
    first_release.upgrade(next_release(tmp_path, "fourth"))
    plain = page.context.browser.new_context().new_page()  # type: ignore[union-attr]  # it has one
    plain.goto(page.url)
    new = plain.evaluate(SERVED)
    was, kept = plain.evaluate(FILE_OF, old)
    now, _ = plain.evaluate(FILE_OF, new)
    plain.context.close()
    assert (now, "immutable" in kept) == (was + "// fourth\n", True)


def test_a_gateway_in_the_middle_of_an_update_leaves_the_old_version_whole(
    page: Page, line: Line, first_release: Server, tmp_path: Path
) -> None:
    first_release.upgrade(next_release(tmp_path, "fifth"))
    page.context.route("**/v/**", lambda route: route.fulfill(status=200, body="<html>登录</html>"))
    with line.being(NO_SERVER):
        page.evaluate(LOOK_FOR_UPDATE)
        page.reload()
        ready(page)
        write(page, "旧版本照样记")
    page.context.unroute("**/v/**")
    network_returns(page)
    waiting(page, 0)
    offered(page)
    assert arrived(first_release, "旧版本照样记") == 1


def test_the_kill_switch_takes_the_worker_away_and_no_capture(
    page: Page, line: Line, first_release: Server
) -> None:
    with line.being(REFUSED):
        write(page, "开关关掉之前")
        waiting(page, 1)
        first_release.upgrade(ROOT, GRID_SERVICE_WORKER="false")
    page.reload()
    page.goto(page.url)
    ready(page)
    waiting(page, 0)
    wait_for(page, f"async () => (await ({TRACES})()) === 0")
    assert (arrived(first_release, "开关关掉之前"), records(page)) == (1, [])


def test_the_browser_sends_by_itself_when_every_page_is_closed(
    page: Page, line: Line, server: Server
) -> None:
    with line.being(REFUSED):
        write(page, "页面都关了")
        waiting(page, 1)
        origin = page.evaluate("location.origin")
        registration = registration_of(page, origin)
        session = page.context.new_cdp_session(page.context.new_page())
        session.send("ServiceWorker.enable")
        page.close()
    sync = {"origin": origin, "registrationId": registration, "tag": "grid-outbox"}
    session.send("ServiceWorker.dispatchSyncEvent", sync | {"lastChance": False})
    server.until(lambda: arrived(server, "页面都关了") == 1)


def registration_of(page: Page, origin: str) -> str:
    """Give the browser's own id of our service worker."""
    found: list[str] = []

    def note(event: dict[str, list[dict[str, str]]]) -> None:
        ours = (one for one in event["registrations"] if one["scopeURL"].startswith(origin))
        found.extend(one["registrationId"] for one in ours)

    session = page.context.new_cdp_session(page)
    session.on("ServiceWorker.workerRegistrationUpdated", note)
    session.send("ServiceWorker.enable")
    while not found:
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")  # lets its news in
    return found[-1]
