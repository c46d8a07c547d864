"""A town whose line may fail in every way, and phones that are signed in to it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.chaos.server import Server
from tests.faults import PASS, Line
from tests.journeys.outbox.hands import sign_in
from tests.served import free_port


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
