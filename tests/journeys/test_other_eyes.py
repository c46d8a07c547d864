"""The pages stand letters twice as large, a window as low as a hand, and forced colours."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ON_A_PHONE, OpenWindow
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import sign_in

pytestmark = [pytest.mark.journey, ON_A_PHONE]

_LINES = """(name) => {
  const { fontSize } = getComputedStyle(name);
  return Math.round(name.scrollHeight / (1.5 * parseFloat(fontSize)));
}"""
_FILL = "(dot) => getComputedStyle(dot, '::before').backgroundColor"


def test_a_name_is_read_in_one_line_with_letters_twice_as_large(
    hamlet: Hamlet, open_window: OpenWindow
) -> None:
    page = open_window()
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{hamlet.address}/q/{hamlet.home.code}")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    names = page.locator("a[href^='tel:'] .cell-meaning").all()
    assert names
    assert [name.evaluate(_LINES) for name in names] == [1] * len(names)


def test_a_call_is_named_by_the_deed_and_the_number(
    hamlet: Hamlet, open_window: OpenWindow
) -> None:
    page = open_window()
    page.goto(f"{hamlet.address}/q/{hamlet.home.code}")
    call = page.locator("a[href^='tel:']").first
    expect(call).to_have_accessible_name("拨打电话 李建国 南大街第一网格 专职网格员 021 5550 0021")


def stays(page: Page, part: str) -> bool:
    where = page.locator(part).evaluate("(bar) => getComputedStyle(bar).position")
    return where in {"fixed", "sticky"}


def test_in_a_low_window_the_bars_leave_the_room_to_the_page(
    hamlet: Hamlet, open_window: OpenWindow
) -> None:
    page = open_window()
    sign_in(page, hamlet.address, "li")
    assert stays(page, ".tab-bar")
    page.set_viewport_size({"width": 320, "height": 256})
    assert not stays(page, ".tab-bar")
    page.goto(f"{hamlet.address}/q/{hamlet.home.code}")
    assert not stays(page, ".bottom-bar")


def test_forced_colours_keep_what_is_done_and_what_is_chosen(
    hamlet: Hamlet, open_window: OpenWindow
) -> None:
    page = open_window()
    sign_in(page, hamlet.address, "wang")
    page.emulate_media(forced_colors="active")
    expect(page.get_by_role("tab", selected=True)).to_have_css("outline-style", "solid")
    expect(page.get_by_role("tab", selected=False).first).to_have_css("outline-style", "none")
    page.get_by_role("list", name="事件列表").get_by_role("link").first.click()
    steps = page.get_by_role("list", name="五步闭环").get_by_role("listitem")
    expect(steps.first).to_be_visible()
    fills = [steps.nth(place).evaluate(_FILL) for place in (0, 1, 4)]
    assert len(set(fills)) == 3
