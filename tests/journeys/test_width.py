"""Nothing is wider than the screen: every page of every role, on a small phone and at a desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from gridapp.frontend.layout import PUBLISHED_DIR
from gridapp.services.people.sessions import begin_session
from tests.journeys.conftest import DESK, IS_EVERY_SIZE, _window
from tests.journeys.fitting import kind_of, misfits, ways_on
from tests.journeys.hamlet import Hamlet

pytestmark = pytest.mark.journey

# Who has most on a page comes first: without ``make test-all`` each page is opened once.
_LOGINS = ("wang", "chen", "li", "dept", "zhao", "sun", "admin", "sec", "audit")
# What stands in the tabs differs by role, and so do the ways on from there.
_HOMES = {"/me", "/admin", "/desk", "/leader", "/worker"}
_CONTENT = ".card, .cells, .empty, .field, .hero, .stat, .table, [role=toolbar]"
# Opens with a file that was brought; its own story (test_tables.py) looks at it.
_NOT_LED_TO = {"/admin/import-file"}
_NOT_YOURS = "这个页面不归您的岗位使用"


def arrive(page: Page, address: str, hamlet: Hamlet) -> None:
    """Open a page and wait until it shows what it is about."""
    page.goto(hamlet.address + address)
    main = page.locator("main")
    expect(main.locator(_CONTENT).filter(visible=True).first).to_be_visible()
    expect(page.get_by_text("正在读取")).to_have_count(0)


def walk(page: Page, hamlet: Hamlet, start: str, seen: set[str]) -> Iterator[str]:
    """Open every page to which the links lead from here on, each kind of it once."""
    waiting = [start]
    while waiting:
        address = waiting.pop(0)
        if kind_of(address) in seen or kind_of(address).startswith("/sign-out"):
            continue
        seen.add(kind_of(address))
        arrive(page, address, hamlet)
        yield address
        waiting += ways_on(page)


def come_in(page: Page, hamlet: Hamlet, login: str) -> None:
    """Sign somebody in without the form, which other stories tell."""
    actor = hamlet.actor(login)
    assert actor.person_id is not None
    with hamlet.desk.acting(actor) as act:
        token = begin_session(act, actor.person_id, "width")
    page.context.add_cookies([{"name": "grid_session", "value": token, "url": hamlet.address}])


def misfits_of(hamlet: Hamlet, page: Page, start: str, seen: set[str]) -> Iterator[str]:
    for address in walk(page, hamlet, start, seen):
        yield from misfits(page)
        if page.get_by_text(_NOT_YOURS).count():
            yield f"{address}: a way to a page that is another's"


def every_page() -> set[str]:
    """Give the addresses of the pages that are built."""
    built = (
        path.relative_to(PUBLISHED_DIR).with_suffix("") for path in PUBLISHED_DIR.rglob("*.html")
    )
    return {f"/{page}" for page in built if page.name not in {"index", "404", "__spa-fallback"}}


def test_nothing_is_wider_than_the_screen(
    hamlet: Hamlet, artist: Browser, problems: list[str]
) -> None:
    found: list[str] = []
    seen: set[str] = set()
    ever: set[str] = set()
    with _window(artist, DESK, problems) as page:
        found += misfits_of(hamlet, page, f"/q/{hamlet.home.code}", seen)
    for login in _LOGINS:
        with _window(artist, DESK, problems) as page:
            come_in(page, hamlet, login)
            seen = set() if IS_EVERY_SIZE else seen - _HOMES
            found += [f"{login} {one}" for one in misfits_of(hamlet, page, "/me", seen)]
            if login == "wang":
                found += misfits_of(hamlet, page, "/desk/aside", seen)
        ever |= {kind.split()[0] for kind in seen}
    assert every_page() - ever <= _NOT_LED_TO
    assert not found, "\n".join(found)
