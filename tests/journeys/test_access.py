"""Everybody can use every page: with a screen reader, by keyboard, at night, with large letters."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from gridapp.demo.drawings.scenes import Scene
from tests.journeys.conftest import AT_A_DESK, PHONE, OpenWindow
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import fill_report, open_case, photo, send_report, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.both_sizes]

_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
Scheme = Literal["light", "dark"]
_CONTENT = ".card, .cells, .empty, form.page-form"
_STAFF_PAGES = {
    "wang": ("/desk", "/desk/case?no={no}", "/me", "/admin/print", "/admin/print/walls"),
    "sun": ("/leader", "/patrols"),
    "admin": ("/admin", "/admin/units", "/admin/matrix"),
    "li": (
        "/worker",
        "/worker/case?no={no}",
        "/field/settle",
        "/field/report",
        "/field/note",
        "/field/visit",
        "/worker/visits",
        "/worker/visits?tab=diary",
        "/worker/notes",
        "/notices",
    ),
}


def resident_pages(page: Page, hamlet: Hamlet) -> Iterator[str]:
    """Walk through what a resident sees, a receipt included; gives its case's number at the end."""
    for path in ("/", "/sign-in", "/report?q=1", f"/q/{hamlet.home.code}"):
        page.goto(hamlet.address + path)
        yield ""
    fill_report(page, hamlet.address, hamlet.home.code, "单元门关不上", photo(Scene.POTHOLE))
    yield ""
    yield send_report(page)


def staff_pages(open_window: OpenWindow, hamlet: Hamlet, no: str) -> Iterator[Page]:
    for login, paths in _STAFF_PAGES.items():
        page = open_window()
        sign_in(page, hamlet.address, login)
        for path in paths:
            page.goto(hamlet.address + path.format(no=no))
            expect(page.locator(_CONTENT).filter(visible=True).first).to_be_visible()
            yield page


def barriers(page: Page, schemes: tuple[Scheme, ...] = ("light", "dark")) -> list[str]:
    """Name each barrier with its page, its rule and where it stands."""
    found = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for barrier in Axe().run(page, options=_RULES).response["violations"]:
            targets = [node["target"] for node in barrier["nodes"]]
            found.append(f"{page.url} {scheme} {barrier['id']} {targets}")
    return found


def too_wide(page: Page) -> list[str]:
    """Name the page if letters twice as large do not fit its width."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    return [] if wide <= window else [f"{page.url} {wide} > {window}"]


def test_every_page_is_for_everybody(hamlet: Hamlet, open_window: OpenWindow) -> None:
    zhang = open_window()
    found: list[str] = []
    no = ""
    for number in resident_pages(zhang, hamlet):
        found += troubles(zhang)
        no = number
    for page in staff_pages(open_window, hamlet, no):
        found += troubles(page)
    assert not found, "\n".join(found)


def troubles(page: Page) -> list[str]:
    """Name what keeps somebody from using a page; a colour is the same on either size."""
    is_phone = page.viewport_size == {"width": PHONE[0], "height": PHONE[1]}
    return barriers(page, ("light", "dark") if is_phone else ("light",)) + too_wide(page)


def tab_to(page: Page, name: str, role: str = "button") -> None:
    """Press Tab until this control has the focus; nobody presses it more often than this."""
    wanted = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]  # a word of ARIA
    for _ in range(60):
        if wanted.evaluate("control => control === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name}")


@AT_A_DESK
def test_a_report_needs_no_finger(hamlet: Hamlet, open_window: OpenWindow) -> None:
    page = open_window()
    page.goto(f"{hamlet.address}/q/{hamlet.home.code}")
    tab_to(page, "上报问题", "link")
    page.keyboard.press("Enter")
    expect(page.locator("[data-ready]")).to_be_visible()
    tab_to(page, "发生了什么", "textbox")
    page.keyboard.insert_text("只用键盘写的")
    tab_to(page, "提交")
    page.keyboard.press("Enter")
    expect(page.get_by_text("谢谢您告诉我们")).to_be_visible()


@AT_A_DESK
def test_a_deed_needs_no_finger(hamlet: Hamlet, open_window: OpenWindow) -> None:
    zhang, wang = open_window(), open_window()
    fill_report(zhang, hamlet.address, hamlet.home.code, "只用键盘受理", photo(Scene.POTHOLE))
    no = send_report(zhang)
    sign_in(wang, hamlet.address, "wang")
    open_case(wang, hamlet.address, no)
    tab_to(wang, "受理")
    wang.keyboard.press("Enter")
    expect(wang.get_by_label("分类")).to_be_focused()
    tab_to(wang, "确认受理")
    wang.keyboard.press("Enter")
    expect(wang.get_by_role("status").first).to_have_text("已受理，这件事现在待派遣。")
