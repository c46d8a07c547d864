"""The field app as phones install it: nothing in the way, shortcuts open, its memory stays."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.awaited import wait_for
from tests.browser import find_chromium
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import sign_in
from tests.journeys.test_today import PAGES_ARE_KEPT

pytestmark = pytest.mark.journey

SHORTCUTS = {"随手记": "/field/note", "扫码签到": "/field/check_in", "今日任务": "/worker"}
# What iPhones read instead of the manifest.
ON_IPHONES = (
    "meta[name=apple-mobile-web-app-capable][content=yes]",
    "meta[name=apple-mobile-web-app-title]",
    "link[rel=apple-touch-icon]",
)
COUNTS = """
  globalThis.asked = 0;
  const ask = StorageManager.prototype.persist;
  StorageManager.prototype.persist = function () { asked += 1; return ask.call(this); };
"""
# No browser of a test is ever installed.
ON_ITS_OWN = "globalThis.matchMedia = (query) => ({ matches: query.includes('standalone') })"


@pytest.fixture(scope="module")
def phone(hamlet: Hamlet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Li's phone: a browser with a kept profile, for a private window installs nothing."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=15_000)
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("phone"),
            executable_path=find_chromium(),
            args=["--no-sandbox"],
            viewport={"width": 390, "height": 844},
            locale="zh-CN",
        )
        page = context.new_page()
        sign_in(page, hamlet.address, "li")
        yield page
        context.close()


def asked(page: Page, question: str, **told: Any) -> dict[str, Any]:
    """Ask the browser itself."""
    session = page.context.new_cdp_session(page)
    answer: dict[str, Any] = session.send(question, told)
    session.detach()
    return answer


@pytest.mark.parametrize("path", ["/worker", "/field/today"])
def test_nothing_is_in_the_way_of_installing(phone: Page, hamlet: Hamlet, path: str) -> None:
    phone.goto(hamlet.address + path)
    phone.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    manifest = asked(phone, "Page.getAppManifest")
    assert manifest["errors"] == []
    assert asked(phone, "Page.getInstallabilityErrors") == {"installabilityErrors": []}
    told = json.loads(manifest["data"])
    assert {one["name"]: one["url"] for one in told["shortcuts"]} == SHORTCUTS
    for sign in ON_IPHONES:
        expect(phone.locator(sign)).to_have_count(1)


def test_every_shortcut_opens_with_and_without_network(phone: Page, hamlet: Hamlet) -> None:
    phone.goto(f"{hamlet.address}/field/today")
    phone.evaluate(PAGES_ARE_KEPT)
    for is_offline, today in ((False, "今日"), (True, "今日")):
        phone.context.set_offline(offline=is_offline)
        for name, path in SHORTCUTS.items():
            phone.goto(hamlet.address + path)
            heading = {"今日任务": today, "扫码签到": "签到"}.get(name, name)
            expect(phone.get_by_role("heading", level=1, name=heading)).to_be_visible()
    expect(phone.get_by_text("的内容，现在没有网络。")).to_be_visible()
    phone.context.set_offline(offline=False)


def test_once_installed_it_asks_the_phone_to_keep_what_it_holds(
    phone: Page, hamlet: Hamlet
) -> None:
    phone.add_init_script(COUNTS)
    phone.goto(f"{hamlet.address}/field/today")
    expect(phone.get_by_role("list", name="我的任务")).to_be_visible()
    assert phone.evaluate("asked") == 0
    phone.evaluate("dispatchEvent(new Event('appinstalled'))")
    assert phone.evaluate("asked") == 1
    phone.add_init_script(ON_ITS_OWN)
    phone.reload()
    wait_for(phone, "() => asked === 1")
