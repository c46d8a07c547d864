"""What every journey stands on: a built front end, a running server, a real Chromium."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser import find_chromium
from tests.served import ROOT, served

PHONE = (390, 844)
DESK = (1024, 768)
_SCREENSHOTS = ROOT / "docs" / "screenshots"

Shoot = Callable[[Page, str], None]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("data")) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Not for the whole session: Playwright keeps an event loop running in this thread, beside
    # which the tests of other folders could start none of their own.
    executable = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What the browser complained of; a journey that expects a complaint clears the list."""
    found: list[str] = []
    yield found
    assert not found, "the browser complained"


def _window(browser: Browser, size: tuple[int, int], problems: list[str]) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=size == PHONE,
        reduced_motion="reduce",
    )
    page = context.new_page()

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            problems.append(f"{message.text} ({message.location.get('url', '')})")

    page.on("console", note)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    # What a page says about being closed is no complaint about the page.
    page.remove_listener("console", note)
    context.close()


@pytest.fixture
def phone(chromium: Browser, problems: list[str]) -> Iterator[Page]:
    yield from _window(chromium, PHONE, problems)


@pytest.fixture
def desk(chromium: Browser, problems: list[str]) -> Iterator[Page]:
    yield from _window(chromium, DESK, problems)


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def anywhere(
    request: pytest.FixtureRequest, chromium: Browser, problems: list[str]
) -> Iterator[Page]:
    yield from _window(chromium, request.param, problems)


@pytest.fixture
def shoot() -> Shoot:
    """Keep a picture for the guides when ``GRID_KEEP_SCREENSHOTS=1``; else do nothing."""

    def keep(page: Page, name: str) -> None:
        if os.environ.get("GRID_KEEP_SCREENSHOTS") != "1" or page.viewport_size is None:
            return
        _SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=_SCREENSHOTS / f"{name}-{page.viewport_size['width']}.png")

    return keep
