"""长辈版 and the usual one: a small phone can read, reach and use every resident's page."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from gridapp.demo.drawings.scenes import Scene
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.areas.places import see_place
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Actor
from gridapp.services.orders import Order
from tests.awaited import wait_for
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import photo, press, take
from tests.journeys.residents import a_case_of, open_matter

pytestmark = pytest.mark.journey

SMALL: Final = (360, 640)
TEXT: Final = "2单元3楼的路灯不亮，晚上摸黑上楼"
_RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
}
# Each control with its smaller side; a field that lies over its label or face is as large as that.
_TOO_SMALL: Final = """(least) => {
  const controls = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  return Array.from(document.querySelectorAll(controls)).flatMap((control) => {
    const held = control.matches("[type=checkbox]") ? control.closest("label") : control;
    const { width, height, bottom } = held.getBoundingClientRect();
    const isSeen = control.checkVisibility() && bottom > 0 && !control.matches(".unseen");
    const side = Math.min(width, height);
    return isSeen && side < least - 0.5 ? [`${control.outerHTML.slice(0, 90)} ${side}`] : [];
  });
}"""
_TOO_FINE: Final = """(least) => {
  const found = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const { parentElement: element, data } = words.currentNode;
    if (!data.trim() || !element.checkVisibility() || element.closest(".unseen, script")) continue;
    const style = getComputedStyle(element);
    const [size, line] = [parseFloat(style.fontSize), parseFloat(style.lineHeight)];
    if (size < least || line / size < 1.29) found.push(`${data.trim()} ${size} ${line}`);
  }
  return found;
}"""
_WIDTHS: Final = """(scale) => {
  document.documentElement.style.fontSize = scale;
  return [document.documentElement.scrollWidth, innerWidth];
}"""
_ALL_SHOWN: Final = """() => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  for (const step of document.querySelectorAll("[data-step]")) step.hidden = false;
}"""
# Not the whole of what is focused lies behind something: WCAG 2.2, 2.4.11.
_SEEN: Final = """() => {
  const focused = document.activeElement;
  const held = focused.closest("label, .photo-add") ?? focused;
  const { left, top, width, height } = held.getBoundingClientRect();
  const above = (share) => document.elementFromPoint(left + width / 2, top + height * share);
  return focused === document.body || [0.2, 0.5, 0.8].some((share) => held.contains(above(share)));
}"""
_VOICE: Final = """
globalThis.said = [];
class Saying { constructor(words) { this.words = words; } }
const voice = {
  speak(saying) {
    said.push(`${saying.lang} ${saying.words}`);
    saying.onstart();
    if (said.length < 3) setTimeout(() => saying.onend());
  },
  cancel() {},
};
Object.defineProperty(globalThis, "speechSynthesis", { value: voice });
globalThis.SpeechSynthesisUtterance = Saying;
"""


def context_of(chromium: Browser, hamlet: Hamlet, size: str, **more: Any) -> BrowserContext:
    width, height = SMALL
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce", **more
    )
    if size:
        context.add_cookies([{"name": "grid_elder", "value": size, "url": hamlet.address}])
    return context


@pytest.fixture
def small(chromium: Browser, hamlet: Hamlet) -> Iterator[Page]:
    context = context_of(chromium, hamlet, "")
    yield context.new_page()
    context.close()


def paths(hamlet: Hamlet) -> list[str]:
    """Give every page of a resident, each with as much on it as it may have."""
    category = open_matter(hamlet)
    here = hamlet.home.code
    with hamlet.desk.acting(Actor(device="a-neighbours-phone")) as act:
        [matter, *_] = [one for one in see_place(act, here).matters if one.category == category]
        order = Order(Deed.ME_TOO, matter.handle, {"at": here})
        met = do_deed(act, order).reply["track"]
    with_phone = a_case_of(hamlet, phone="13800138000").track
    done = a_case_of(hamlet, Status.CLOSED, category="rubbish").track
    return [
        "/", f"/q/{here}", f"/report?at={here}", f"/c/{with_phone}?new=1", f"/c/{done}", "/",
        f"/c/{met}?done=me_too", "/find", "/report?q=1", "/report?q=%25", "/q/22222222", "/c/x",
        "/q?code=ZRZ", "/c/x/receipt.png",
    ]  # fmt: skip


def troubles(page: Page, least_px: int, finest_px: int, *, is_judged: bool) -> list[str]:
    """Name what somebody could not read, reach or tell apart on a page."""
    found = page.evaluate(_TOO_SMALL, least_px) + page.evaluate(_TOO_FINE, finest_px)
    for scale in ("100%", "200%"):
        wide, window = page.evaluate(_WIDTHS, scale)
        if wide > window:
            found.append(f"{wide} wide with letters at {scale}")
    page.evaluate(_WIDTHS, "")
    # Nothing but sizes differs between the sizes of 长辈版.
    for barrier in Axe().run(page, options=_RULES).response["violations"] if is_judged else ():
        found.append(f"{barrier['id']} {[node['target'] for node in barrier['nodes']]}")
    return [f"{page.url} {one}" for one in found]


@pytest.mark.parametrize(
    ("size", "least_px", "finest_px"), [("", 44, 12), ("20", 60, 18), ("30", 60, 18)]
)
def test_every_page_is_for_everybody_in_either_mode(
    chromium: Browser, hamlet: Hamlet, size: str, least_px: int, finest_px: int
) -> None:
    context = context_of(chromium, hamlet, size)
    page = context.new_page()
    found = []
    for path in paths(hamlet):
        page.goto(hamlet.address + path)
        page.evaluate(_ALL_SHOWN)
        found += troubles(page, least_px, finest_px, is_judged=size != "30")
    context.close()
    assert not found, "\n".join(found)


def test_one_thing_a_screen_from_the_poster_to_the_receipt(
    small: Page, hamlet: Hamlet, shoot: Shoot
) -> None:
    small.goto(f"{hamlet.address}/q/{hamlet.home.code}")
    press(small, "长辈版")
    shoot(small, "elder-place")
    small.get_by_role("link", name="上报问题").click()
    press(small, "下一步")
    expect(small.get_by_text("请写一句发生了什么")).to_be_visible()
    small.get_by_label("发生了什么").fill(TEXT)
    press(small, "下一步")
    expect(small.get_by_label("发生了什么")).to_be_hidden()
    expect(small.get_by_text("请看一下标出的地方")).to_be_hidden()
    take(small, "photos", photo(Scene.LAMP_OUT))
    shoot(small, "elder-report")
    press(small, "下一步")
    small.get_by_role("radio", name="路灯").check()
    press(small, "提交")
    expect(small.get_by_text("谢谢您告诉我们")).to_be_visible()
    expect(small.locator("html.elder")).to_have_count(1)
    shoot(small, "elder-receipt")


def tab_to(page: Page, wanted: Locator) -> None:
    """Go on with the tab key; whatever is focused on the way must be seen, whole or in part."""
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(_SEEN), page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate("wanted => wanted === document.activeElement"):
            return
    pytest.fail(f"no way to {wanted} by keyboard")


def test_by_keyboard_alone_from_the_poster_to_the_receipt(small: Page, hamlet: Hamlet) -> None:
    small.goto(f"{hamlet.address}/q/{hamlet.home.code}")
    for name, size in (("长辈版", "20"), ("最大", "30")):
        tab_to(small, small.get_by_role("button", name=name))
        small.keyboard.press("Enter")
        expect(small.locator(f"html.elder-{size}")).to_have_count(1)
    tab_to(small, small.get_by_role("link", name="上报问题"))
    small.keyboard.press("Enter")
    expect(small.locator("[data-ready]")).to_have_count(1)
    tab_to(small, small.get_by_label("发生了什么"))
    small.keyboard.insert_text(TEXT)
    for name in ("下一步", "下一步", "提交"):
        tab_to(small, small.get_by_role("button", name=name, exact=True).last)
        small.keyboard.press("Enter")
    expect(small.get_by_text("谢谢您告诉我们")).to_be_visible()


def test_the_size_changes_in_place_over_a_half_filled_form(small: Page, hamlet: Hamlet) -> None:
    small.goto(f"{hamlet.address}/report?at={hamlet.home.code}")
    expect(small.locator("[data-ready]")).to_be_visible()
    take(small, "photos", photo(Scene.LAMP_OUT))
    small.get_by_label("发生了什么").fill(TEXT)
    press(small, "长辈版")
    with small.expect_response("**/elder"):
        press(small, "最大")
    expect(small.locator("html.elder-30")).to_have_count(1)
    expect(small.get_by_label("发生了什么")).to_have_value(TEXT)
    press(small, "下一步")
    expect(small.locator(".photo img")).to_have_count(1)
    small.goto(hamlet.address)
    expect(small.locator("html.elder-30")).to_have_count(1)


def test_what_is_wrong_out_of_sight_comes_into_sight(small: Page, hamlet: Hamlet) -> None:
    small.goto(f"{hamlet.address}/report?at={hamlet.home.code}")
    expect(small.locator("[data-ready]")).to_be_visible()
    small.get_by_label("发生了什么").fill(TEXT)
    press(small, "长辈版")
    press(small, "下一步")
    press(small, "下一步")
    small.get_by_label("发生了什么").evaluate("field => { field.value = ' '; }")
    press(small, "提交")
    expect(small.get_by_label("发生了什么")).to_be_focused()


def test_a_page_is_read_aloud_and_stopped(small: Page, hamlet: Hamlet) -> None:
    small.add_init_script(_VOICE)
    small.goto(f"{hamlet.address}/q/{hamlet.home.code}")
    press(small, "长辈版")
    press(small, "朗读")
    wait_for(small, "() => said.length === 3")
    assert small.evaluate("said[1]") == f"zh-CN {hamlet.home.name}"
    expect(small.locator(".spoken")).to_have_count(1)
    press(small, "停止")
    expect(small.locator(".spoken")).to_have_count(0)
    expect(small.get_by_role("button", name="朗读")).to_be_visible()


def test_without_a_voice_there_is_no_button(chromium: Browser, hamlet: Hamlet) -> None:
    context = context_of(chromium, hamlet, "20")
    page = context.new_page()
    page.add_init_script("Object.defineProperty(globalThis, 'speechSynthesis', {value: undefined})")
    page.goto(f"{hamlet.address}/q/{hamlet.home.code}")
    expect(page.get_by_role("button", name="最大")).to_be_visible()
    expect(page.get_by_role("button", name="朗读")).to_have_count(0)
    context.close()


def test_without_script_the_larger_form_is_filled_and_sent(
    chromium: Browser, hamlet: Hamlet
) -> None:
    context = context_of(chromium, hamlet, "", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{hamlet.address}/report?at={hamlet.home.code}")
    page.get_by_label("发生了什么").fill(TEXT)
    press(page, "长辈版")
    expect(page.locator("html.elder")).to_have_count(1)
    expect(page.get_by_label("发生了什么")).to_have_value(TEXT)
    press(page, "提交")
    expect(page.get_by_role("heading", name="已收到").first).to_be_visible()
    context.close()
