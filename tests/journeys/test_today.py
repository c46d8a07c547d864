"""Today in the field: what the phone took along is read, searched and worked from offline."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.read import see_case
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.desk import RESIDENT
from gridapp.tables import Unit
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import PASSWORD, Hamlet, served_hamlet
from tests.journeys.test_access import barriers, too_wide
from tests.makers import do

pytestmark = pytest.mark.journey

PAGES_ARE_KEPT = """async () => {
  const count = async () => (await (await caches.open("grid-pages")).keys()).length;
  while ((await count()) < 9) await new Promise((done) => setTimeout(done, 50));
}"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hamlet]:
    """A hamlet served without its front end: the field needs none."""
    with served_hamlet(tmp_path_factory.mktemp("field"), "--api-only") as hamlet:
        yield hamlet


@pytest.fixture(autouse=True)
def being_offline_is_no_fault(problems: list[str]) -> Iterator[None]:
    """Forgive what the browser writes about requests that a story makes fail."""
    yield
    forgiven = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "409 (Conflict)", "403 (Forbidden)")
    problems[:] = [one for one in problems if not any(words in one for words in forgiven)]


def open_today(page: Page, town: Hamlet, login: str = "li") -> None:
    """Sign in and wait until the phone has all that it keeps."""
    page.goto(f"{town.address}/sign-in?next=/field/today")
    page.get_by_label("账号或手机号").fill(login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("list", name="我的任务")).to_be_visible()
    page.evaluate(PAGES_ARE_KEPT)


def dispatched(town: Hamlet, text: str) -> str:
    """Give Li a task; its number."""
    with town.desk.acting(RESIDENT) as act:
        no = report_case(act, uuid4(), ReportFacts(at=town.home.code, text=text)).no
    do(town.desk, town.actor("wang"), Deed.ACCEPT, no)
    do(town.desk, town.actor("wang"), Deed.DISPATCH, no, words="请先看配电箱")
    return no


def status_of(town: Hamlet, no: str) -> str:
    with town.desk.looking(town.actor("wang")) as act:
        return see_case(act, no).card.status


def tasks(page: Page) -> Locator:
    return page.get_by_role("list", name="我的任务").locator("li")


def open_task(page: Page, no: str) -> None:
    page.locator(f'a[href="#{no}"]').click()
    expect(page.get_by_role("list", name="办理过程")).to_be_visible()


def go_offline(page: Page) -> None:
    page.context.set_offline(offline=True)
    expect(page.get_by_text("现在没有网络。")).to_be_visible()


def handle_offline(page: Page, words: str) -> None:
    page.get_by_role("link", name="处置", exact=True).click()
    page.get_by_role("radio", name="已解决").check()
    page.get_by_label("怎么处理的").fill(words)
    page.get_by_role("button", name="提交结果").click()
    expect(page.get_by_role("heading", name="已保存")).to_be_visible()


def test_today_opens_without_network_and_says_how_old_it_is(
    town: Hamlet, anywhere: Page, shoot: Shoot
) -> None:
    open_today(anywhere, town)
    count = tasks(anywhere).count()
    go_offline(anywhere)
    anywhere.reload()
    expect(tasks(anywhere)).to_have_count(count)
    expect(anywhere.get_by_text("的内容，现在没有网络。")).to_be_visible()
    shoot(anywhere, "today-offline")


def test_a_case_is_taken_and_handled_without_network(
    town: Hamlet, anywhere: Page, shoot: Shoot
) -> None:
    no = dispatched(town, "三号楼地下室的灯不亮")
    open_today(anywhere, town)
    go_offline(anywhere)
    open_task(anywhere, no)
    expect(anywhere.get_by_text("请先看配电箱")).to_be_visible()
    anywhere.get_by_role("button", name="接单").click()
    expect(anywhere.get_by_text("接单")).not_to_have_count(0)
    handle_offline(anywhere, "换了灯泡，已经亮了")
    anywhere.get_by_role("link", name="回到今天").click()
    expect(anywhere.get_by_text("处置结果待上传")).to_be_visible()
    shoot(anywhere, "today-waiting")
    anywhere.goto(f"{town.address}/worker/case?no={no}")  # what cannot be had leads to what is kept
    expect(anywhere.locator(".outbox-item").filter(has_text="接单")).not_to_have_count(0)
    shoot(anywhere, "today-case-offline")
    anywhere.context.set_offline(offline=False)
    expect(anywhere.get_by_text("待上传 0")).to_be_visible()
    assert status_of(town, no) == Status.HANDLED


def test_what_was_decided_meanwhile_is_told_with_what_one_can_do(
    town: Hamlet, anywhere: Page, shoot: Shoot
) -> None:
    no = dispatched(town, "五号楼的门禁坏了")
    do(town.desk, town.actor("li"), Deed.TAKE, no)
    open_today(anywhere, town)
    go_offline(anywhere)
    open_task(anywhere, no)
    handle_offline(anywhere, "换了门禁")
    do(
        town.desk,
        town.actor("wang"),
        Deed.PAUSE,
        no,
        words="等配件",
        resume_at="2099-01-01T01:00:00Z",
    )
    anywhere.context.set_offline(offline=False)
    anywhere.goto(f"{town.address}/field/today#{no}")
    item = anywhere.locator("main .outbox-item")
    expect(item).to_contain_text("这件事现在是「已挂起」，和您记录时不一样了。")
    expect(item.get_by_role("link", name="看最新情况")).to_be_visible()
    expect(item.get_by_role("button", name="存成文件")).to_be_visible()
    shoot(anywhere, "today-needs-you")


def test_a_phone_that_has_nothing_yet_says_what_to_do(
    town: Hamlet, phone: Page, shoot: Shoot
) -> None:
    phone.route("**/api/v1/me/snapshot", lambda route: route.abort())
    phone.goto(f"{town.address}/sign-in?next=/field/today")
    phone.get_by_label("账号或手机号").fill("qian")
    phone.get_by_label("密码", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="登录", exact=True).click()
    expect(phone.get_by_text("没有连上，稍后自动再试。")).to_be_visible()
    phone.context.set_offline(offline=True)
    expect(phone.get_by_text("有网络时打开一次本页，以后没有网络也能看。")).to_be_visible()
    shoot(phone, "today-first")


def test_the_search_finds_by_place_words_and_number(town: Hamlet, phone: Page) -> None:
    no = dispatched(town, "独一无二的求助")
    open_today(phone, town)
    for words in ("独一无二", no):
        phone.get_by_role("searchbox").fill(words)
        expect(tasks(phone)).to_have_count(1)
    phone.get_by_role("searchbox").fill("没有这样的事")
    expect(phone.get_by_text("没有找到")).to_be_visible()


def test_the_field_is_for_everybody(town: Hamlet, anywhere: Page, shoot: Shoot) -> None:
    no = dispatched(town, "楼梯扶手松了")
    open_today(anywhere, town)
    found = barriers(anywhere) + too_wide(anywhere)
    for path in (f"/field/today#{no}", f"/field/handle?no={no}", "/field/outbox", "/field/note"):
        anywhere.goto(town.address + path)
        expect(anywhere.locator("main").filter(visible=True)).to_be_visible()
        found += barriers(anywhere) + too_wide(anywhere)
    anywhere.goto(f"{town.address}/field/today")
    anywhere.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(tasks(anywhere).first).to_be_visible()
    shoot(anywhere, "today-dark")
    assert not found, "\n".join(found)


def check_in_at_home(page: Page, town: Hamlet) -> None:
    page.goto(f"{town.address}/field/check_in?at={town.home.code}")
    expect(page.locator("form[data-ready]")).to_be_visible()
    page.get_by_role("button", name="签到").tap()
    expect(page.get_by_role("heading", name=f"已签到：{town.home.name}")).to_be_visible()


def test_each_way_takes_three_taps_where_one_has_just_checked_in(town: Hamlet, phone: Page) -> None:
    open_today(phone, town)
    check_in_at_home(phone, town)
    for way, field, button, done in (
        ("随手记", "记点什么", "记下", "已记下"),
        ("随手清", "怎么处理的", "办结", "已办结"),
        ("上报", "看到了什么", "上报", "已上报"),
    ):
        phone.goto(f"{town.address}/field/today")
        phone.get_by_role("link", name=way, exact=True).tap()
        phone.locator("form[data-started]").wait_for()
        phone.get_by_label(field).tap()
        phone.keyboard.insert_text(f"{way}：一句话就够")  # by the phone's own keyboard or voice
        phone.get_by_role("button", name=button, exact=True).tap()
        expect(phone.get_by_role("heading", name=done)).to_be_visible()


def test_going_back_after_saving_finds_an_empty_form(town: Hamlet, phone: Page) -> None:
    open_today(phone, town)
    phone.get_by_role("link", name="随手记", exact=True).click()
    phone.locator("form[data-started]").wait_for()
    phone.get_by_label("记点什么").fill("存好了又按返回")
    phone.get_by_role("button", name="记下").click()
    expect(phone.get_by_role("heading", name="已记下")).to_be_visible()
    phone.go_back()
    phone.go_forward()
    phone.locator("form[data-started]").wait_for()
    expect(phone.get_by_label("记点什么")).to_have_value("")


def test_a_list_that_is_drawn_anew_under_a_finger_loses_no_tap(town: Hamlet, phone: Page) -> None:
    open_today(phone, town)
    task = tasks(phone).first
    no = task.get_by_role("link").get_attribute("href")
    task.hover()
    phone.mouse.down()
    with phone.expect_response("**/api/v1/me/snapshot"):
        phone.evaluate("dispatchEvent(new Event('online'))")
    phone.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 200)))"
    )
    phone.mouse.up()
    expect(phone).to_have_url(f"{town.address}/field/today{no}")


def test_two_taps_take_a_case_once(town: Hamlet, phone: Page) -> None:
    no = dispatched(town, "两下接单")
    open_today(phone, town)
    go_offline(phone)
    open_task(phone, no)
    take = phone.get_by_role("button", name="接单")
    take.evaluate("(button) => { button.click(); button.click(); }")
    expect(phone.get_by_role("link", name="处置", exact=True)).to_be_visible()
    phone.context.set_offline(offline=False)
    expect(phone.get_by_text("待上传 0")).to_be_visible()
    assert status_of(town, no) == Status.TAKEN


def test_what_has_gone_to_somebody_else_meanwhile_is_said_so(town: Hamlet, phone: Page) -> None:
    no = dispatched(town, "派错了的事")
    open_today(phone, town)
    go_offline(phone)
    open_task(phone, no)
    phone.get_by_role("button", name="接单").click()
    expect(phone.get_by_text("待上传 1")).to_be_visible()
    do(town.desk, town.actor("li"), Deed.RETURN, no, words="不归网格")
    do(town.desk, town.actor("wang"), Deed.DISPATCH, no, unit=town_unit(town))
    phone.context.set_offline(offline=False)
    item = phone.locator("main .outbox-item")
    expect(item).to_contain_text("这件事现在不归您办了。可能已经改派给别人。")
    phone.once("dialog", lambda dialog: dialog.accept())
    item.get_by_role("button", name="删除").click()
    expect(phone.get_by_text("待上传 0")).to_be_visible()


def town_unit(town: Hamlet) -> str:
    """Give the code of a department of the street."""
    with town.desk.looking(town.actor("wang")) as act:
        return act.session.exec(select(Unit.code).order_by(Unit.code)).first() or ""


def test_an_address_cut_off_in_the_middle_still_opens_today(town: Hamlet, phone: Page) -> None:
    open_today(phone, town)
    phone.goto(f"{town.address}/field/today?cut#%E4")
    expect(tasks(phone).first).to_be_visible()
