"""People are in a hurry, go back, lose the network, come second: nothing is lost or done twice."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, Route, expect
from sqlmodel import Session, func, select

from gridapp.demo.drawings.scenes import Scene
from gridapp.domain.codes import building_code
from gridapp.tables import BuildingCode, Case
from tests.awaited import wait_for
from tests.journeys.conftest import AT_A_DESK, OpenWindow
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import do, fill_report, open_case, photo, press, send_report, sign_in

pytestmark = pytest.mark.journey

RARE = "𠮷祥里䶮家弄" + "的下水道又堵了𠮷" * 300 + "Bruecke" * 40
_HOLD_PICTURES = """
const real = globalThis.createImageBitmap;
globalThis.createImageBitmap = (...told) =>
  new Promise((go) => { globalThis.letGo = () => go(real(...told)); });
"""
# Playwright does not await what a condition promises, so the page waits for the draft itself.
_KEPT = """async ([key, text]) => {
  const { findDraft } = await import("/field/store.js");
  const end = performance.now() + 15_000;
  let draft = null;
  while (performance.now() < end) {
    draft = await findDraft(key);
    if (draft?.fields.text === text && draft.photos.photos.length === 1) return true;
    await new Promise(requestAnimationFrame);
  }
  return false;
}"""


def count(hamlet: Hamlet, text: str) -> int:
    with Session(hamlet.desk.engine) as session:
        return session.exec(select(func.count()).where(Case.text == text)).one()


def filled(page: Page, hamlet: Hamlet, text: str) -> None:
    fill_report(page, hamlet.address, hamlet.home.code, text, photo(Scene.POTHOLE))


def stays_inside(page: Page) -> None:
    root = "document.documentElement"
    wide, window = page.evaluate(f"[{root}.scrollWidth, {root}.clientWidth]")
    assert wide <= window, page.url


def test_two_taps_send_one_report(hamlet: Hamlet, phone: Page) -> None:
    filled(phone, hamlet, "门禁坏了，按两下")
    phone.get_by_role("button", name="提交").dblclick()
    expect(phone.get_by_text("谢谢您告诉我们")).to_be_visible()
    assert count(hamlet, "门禁坏了，按两下") == 1


def test_going_back_after_sending_leads_to_no_second_report(hamlet: Hamlet, phone: Page) -> None:
    filled(phone, hamlet, "门禁坏了，按返回")
    send_report(phone)
    phone.go_back()
    expect(phone.get_by_role("link", name="上报问题")).to_be_visible()
    assert count(hamlet, "门禁坏了，按返回") == 1


def test_a_reload_in_the_middle_keeps_words_and_photo(hamlet: Hamlet, phone: Page) -> None:
    filled(phone, hamlet, "写到一半，刷新了")
    assert phone.evaluate(_KEPT, [f"report:{hamlet.home.code}", "写到一半，刷新了"])
    phone.reload()
    expect(phone.get_by_text("已找回上次没提交的内容")).to_be_visible()
    expect(phone.get_by_label("发生了什么")).to_have_value("写到一半，刷新了")
    expect(phone.locator(".photo img")).to_have_count(1)


def test_a_photo_chosen_before_the_page_is_awake_counts(hamlet: Hamlet, phone: Page) -> None:
    asleep: list[Route] = []
    hold = lambda route: asleep.append(route)  # noqa: E731, PLW0108 - Playwright writes on it
    phone.route("**/field/report.js", hold)
    phone.goto(f"{hamlet.address}/report?at={hamlet.home.code}", wait_until="commit")
    phone.locator("input[type=file]").first.set_input_files(photo(Scene.POTHOLE))
    asleep.pop().continue_()
    expect(phone.locator(".photo-remove")).to_have_count(1)


def test_a_photo_still_being_made_ready_is_sent_with_the_report(
    hamlet: Hamlet, phone: Page
) -> None:
    phone.add_init_script(_HOLD_PICTURES)
    phone.goto(f"{hamlet.address}/report?at={hamlet.home.code}")
    expect(phone.locator("[data-ready]")).to_be_visible()
    phone.get_by_label("发生了什么").fill("拍完马上提交")
    phone.locator("input[type=file]").set_input_files(photo(Scene.POTHOLE))
    press(phone, "提交")
    expect(phone.get_by_role("button", name="提交")).to_be_disabled()
    wait_for(phone, "() => Boolean(globalThis.letGo)")
    phone.evaluate("letGo()")
    expect(phone.get_by_role("img", name="上报照片")).to_have_count(1)


@AT_A_DESK
def test_the_slower_of_two_dispatchers_reads_what_happened(
    hamlet: Hamlet, open_window: OpenWindow
) -> None:
    zhang, quick, slow = open_window(), open_window(), open_window()
    filled(zhang, hamlet, "两个人同时受理")
    no = send_report(zhang)
    for wang in (quick, slow):
        sign_in(wang, hamlet.address, "wang")
        open_case(wang, hamlet.address, no)
    press(slow, "受理")
    do(quick, "受理", "待派遣")
    press(slow, "确认受理")
    expect(slow.get_by_role("alert").filter(has_text="情况已有变化")).to_be_visible()
    expect(slow.get_by_role("article", name=f"事件 {no}")).to_contain_text("待派遣")
    expect(slow.get_by_role("button", name="派遣", exact=True)).to_be_visible()


def test_who_is_signed_out_in_the_middle_comes_back_to_the_same_case(
    hamlet: Hamlet, phone: Page
) -> None:
    filled(phone, hamlet, "办到一半，登录过期")
    no = send_report(phone)
    sign_in(phone, hamlet.address, "wang")
    open_case(phone, hamlet.address, no)
    phone.context.clear_cookies()
    phone.reload()
    phone.wait_for_url("**/sign-in?next=**")
    phone.locator("form", has=phone.locator("input[value=wang]")).get_by_role("button").click()
    expect(phone.get_by_role("article", name=f"事件 {no}")).to_be_visible()


def test_the_wrong_post_is_told_kindly_at_the_desk(hamlet: Hamlet, phone: Page) -> None:
    phone.goto(f"{hamlet.address}/sign-in?next=/desk")
    phone.get_by_label("账号或手机号").fill("admin")
    phone.get_by_label("密码", exact=True).fill("grid-demo-2026")
    press(phone, "登录")
    expect(phone.get_by_text("这个页面不归您的岗位使用")).to_be_visible()


def test_long_words_and_rare_characters_stay_inside_every_page(
    hamlet: Hamlet, open_window: OpenWindow
) -> None:
    zhang, wang = open_window(), open_window()
    filled(zhang, hamlet, RARE)
    stays_inside(zhang)
    no = send_report(zhang)
    zhang.get_by_text("展开全文").click()
    expect(zhang.get_by_text(RARE, exact=True)).to_be_visible()
    stays_inside(zhang)
    sign_in(wang, hamlet.address, "wang")
    for path in ("/desk", f"/desk/case?no={no}", "/desk?tab=all"):
        wang.goto(hamlet.address + path)
        expect(wang.get_by_text("𠮷祥里䶮家弄").filter(visible=True).first).to_be_visible()
        stays_inside(wang)


@pytest.mark.parametrize("retired", [False, True], ids=["unknown", "retired"])
def test_a_code_that_no_longer_leads_anywhere_still_lets_one_report(
    hamlet: Hamlet, phone: Page, problems: list[str], *, retired: bool
) -> None:
    code = building_code("7KZZ2ZZ" if retired else "9KZZ2ZZ")
    if retired:
        retire(hamlet, code)
    phone.goto(f"{hamlet.address}/q/{code}")
    said = "的牌子换过了" if retired else "这个码不是本街道的"
    expect(phone.get_by_role("heading", name=said)).to_be_visible()
    stays_inside(phone)
    phone.get_by_role("searchbox").fill(hamlet.home.address)
    press(phone, "查找")
    phone.get_by_role("link", name=hamlet.home.name).first.click()
    expect(phone.get_by_role("link", name="上报问题")).to_be_visible()
    problems.clear()  # Chromium reports the 404 that was asked for


def retire(hamlet: Hamlet, code: str) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with Session(hamlet.desk.engine.execution_options(writes=True)) as session:
        building = session.exec(
            select(BuildingCode.building_id).where(BuildingCode.code == hamlet.home.code)
        ).one()
        session.add(BuildingCode(code=code, building_id=building, issued_at=now, retired_at=now))
        session.commit()
