"""What every journey stands on: a built front end, a running server, a real Chromium."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.awaited import wait_for
from tests.browser import find_chromium
from tests.journeys.hamlet import Hamlet, served_hamlet
from tests.parametrized import IS_LONG_FORM, named_by_marks
from tests.served import ROOT

PHONE = (390, 844)
DESK = (1024, 768)
# Only how long a broken page is waited for: a good one is as quick as the machine allows.
_PATIENCE_MS = 15_000
_SEEN_IMAGES_ARE_THERE = """() => Array.from(document.images).every((image) => {
  const { top, bottom } = image.getBoundingClientRect();
  return image.complete || !image.checkVisibility() || bottom < 0 || top > innerHeight;
})"""
# A graphics card of software on purpose: taken by itself, Chromium complains of it.
_GRAPHICS = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader",
             "--enable-unsafe-swiftshader")  # fmt: skip
_SCREENSHOTS = ROOT / "docs" / "screenshots"

# Whether every story is told at both sizes: `make test-all`, and when pictures are taken.
_IS_SHOOTING = os.environ.get("GRID_KEEP_SCREENSHOTS") == "1"
IS_EVERY_SIZE = IS_LONG_FORM or _IS_SHOOTING

# For a story told at one size, always, because nothing in it depends on the layout.
ON_A_PHONE = pytest.mark.parametrize("open_window", [PHONE], ids=["phone"], indirect=True)
AT_A_DESK = pytest.mark.parametrize("open_window", [DESK], ids=["desk"], indirect=True)

_NO_NETWORK = "net::ERR_INTERNET_DISCONNECTED"

Shoot = Callable[[Page, str], None]
OpenWindow = Callable[[], Page]


@pytest.fixture(scope="session")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hamlet]:
    """A small demo with its people and its past, served; shared by all who need one."""
    with served_hamlet(tmp_path_factory.mktemp("hamlet")) as hamlet:
        yield hamlet


@pytest.fixture(scope="module")
def is_whole() -> bool:
    """Whether the stories of a module need a browser with notifications; it may say so."""
    return False


@pytest.fixture(scope="module")
def chromium(is_whole: bool) -> Iterator[Browser]:
    # Not for the whole session: Playwright keeps an event loop running in this thread, beside
    # which the tests of other folders could start none of their own.
    executable = find_chromium(is_whole=is_whole)
    expect.set_options(timeout=_PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def artist(chromium: Browser) -> Iterator[Browser]:
    """A browser that draws maps without complaining."""
    launch = chromium.browser_type.launch
    browser = launch(executable_path=find_chromium(), args=list(_GRAPHICS))
    yield browser
    browser.close()


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What the browser complained of; a journey that expects a complaint clears the list."""
    found: list[str] = []
    yield found
    assert not found, "the browser complained"


@contextmanager
def _window(browser: Browser, size: tuple[int, int], problems: list[str]) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=size == PHONE,
        reduced_motion="reduce",
    )
    context.set_default_timeout(_PATIENCE_MS)
    page = context.new_page()

    def note(message: ConsoleMessage) -> None:
        said = f"{message.text} ({message.location.get('url', '')})"
        # A story took the network away: that is told whenever a request is given up, maybe after
        # the story has forgiven what was told so far.
        if message.type in {"error", "warning"} and _NO_NETWORK not in said:
            problems.append(said)

    page.on("console", note)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    # What a page says about being closed is no complaint about the page.
    page.remove_listener("console", note)
    context.close()


@pytest.fixture
def phone(chromium: Browser, problems: list[str]) -> Iterator[Page]:
    with _window(chromium, PHONE, problems) as page:
        yield page


@pytest.fixture
def desk(chromium: Browser, problems: list[str]) -> Iterator[Page]:
    with _window(chromium, DESK, problems) as page:
        yield page


def _sizes_of(metafunc: pytest.Metafunc) -> dict[str, tuple[int, int]]:
    """Where layout is the claim, both; else the size of those whose story it is."""
    sizes = {"phone": PHONE, "desk": DESK}
    if IS_EVERY_SIZE or metafunc.definition.get_closest_marker("both_sizes"):
        return sizes
    first = "desk" if metafunc.definition.get_closest_marker("desk_first") else "phone"
    return {first: sizes[first]}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell a story at the sizes that it needs."""
    asked = {"anywhere", "open_window"} & set(metafunc.fixturenames)
    for fixture in asked - named_by_marks(metafunc):
        sizes = _sizes_of(metafunc)
        metafunc.parametrize(fixture, list(sizes.values()), ids=list(sizes), indirect=True)


@pytest.fixture
def anywhere(
    request: pytest.FixtureRequest, chromium: Browser, problems: list[str]
) -> Iterator[Page]:
    with _window(chromium, request.param, problems) as page:
        yield page


@pytest.fixture
def open_window(
    request: pytest.FixtureRequest, chromium: Browser, problems: list[str]
) -> Iterator[OpenWindow]:
    """Open a browser of one's own for each of the people in a story, all of one size."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(_window(chromium, request.param, problems))


@pytest.fixture
def shoot() -> Shoot:
    """Keep a picture for the guides when ``GRID_KEEP_SCREENSHOTS=1``; else do nothing."""

    def keep(page: Page, name: str) -> None:
        if not _IS_SHOOTING or page.viewport_size is None:
            return
        _SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        wait_for(page, _SEEN_IMAGES_ARE_THERE)
        taken = Image.open(BytesIO(page.screenshot()))
        # 128 colours are enough for a page, and a third of the weight.
        small = taken.convert("RGB").quantize(128, dither=Image.Dither.NONE)
        width = page.viewport_size["width"]
        small.save(_SCREENSHOTS / f"{name}-{width}.png", optimize=True)

    return keep
