"""A worker visits households: without network too, masked, for the own grid alone."""

from typing import Final

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlmodel import col

from gridapp.domain.vocabulary import Deed, VisitOutcome
from gridapp.services.deeds import do_deed
from gridapp.services.desk import RESIDENT
from gridapp.services.orders import Order
from gridapp.services.visits.read import see_household
from gridapp.tables import AuditRow, ContactHousehold, Visit
from tests.journeys.conftest import ON_A_PHONE, OpenWindow, Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, sign_in, width_of

pytestmark = pytest.mark.journey

NAME: Final = "欧阳春华"
MASKED: Final = "欧阳**"
KEPT: Final = """async (path) => {
  const kept = async () => (await caches.open("grid-pages")).match(path);
  while (!(await kept())) await new Promise((done) => setTimeout(done, 50));
}"""


def a_household(hamlet: Hamlet, door: str) -> str:
    """Make a household at Li's own building, due today; gives its id."""
    facts = {
        "at": hamlet.home.code, "name": NAME, "door": door, "phone": "13800007788", "kind": "alone",
    }  # fmt: skip
    with hamlet.desk.acting(hamlet.actor("li")) as act:
        return str(do_deed(act, Order(Deed.ADD_HOUSEHOLD, facts=facts)).reply["household"])


def visits_of(hamlet: Hamlet, household: str) -> list[str]:
    """Give the words of a household's visits, as Li reads them."""
    with hamlet.desk.looking(hamlet.actor("li")) as act:
        return [visit.text for visit in see_household(act, household).visits]


def open_household(page: Page, hamlet: Hamlet, household: str) -> None:
    page.goto(f"{hamlet.address}/worker/household?id={household}")
    expect(page.get_by_role("article", name="联系户")).to_be_visible()


def test_a_visit_without_network_is_kept_and_delivered_once(
    hamlet: Hamlet, open_window: OpenWindow, shoot: Shoot, problems: list[str]
) -> None:
    li = open_window()
    household = a_household(hamlet, f"离线{width_of(li)}")
    sign_in(li, hamlet.address, "li")
    li.goto(f"{hamlet.address}/field/today")
    expect(li.locator(f'a[href$="household={household}"]')).to_be_visible()
    for path in ("/field/today", "/field/visit"):
        li.evaluate(KEPT, path)
    li.context.set_offline(offline=True)
    li.reload()
    due = li.locator(f'a[href$="household={household}"]')
    expect(due).to_contain_text(f"{MASKED}")
    due.click()
    expect(li.locator("#household")).to_have_value(household)
    li.get_by_role("radio", name="见到了").check()
    li.get_by_label("了解到什么").fill("地下室里记的走访")
    shoot(li, "visit-offline")
    press(li, "记下走访")
    expect(li.get_by_text("已保存在这部手机上。现在没有网络")).to_be_visible()
    assert visits_of(hamlet, household) == []
    problems.clear()  # that there was no network is no complaint
    li.context.set_offline(offline=False)
    expect(li.get_by_role("heading", name="已记下走访")).to_be_visible()
    assert visits_of(hamlet, household) == ["地下室里记的走访"]
    open_household(li, hamlet, household)
    expect(li.get_by_text("还有7天")).to_be_visible()
    shoot(li, "visit-household")


def test_a_household_is_added_visited_and_put_right(
    hamlet: Hamlet, open_window: OpenWindow, shoot: Shoot
) -> None:
    li = open_window()
    name = f"测{width_of(li)}"
    sign_in(li, hamlet.address, "li")
    li.get_by_role("link", name="走访").click()
    expect(li.get_by_role("list", name="联系户").or_(li.get_by_text("一周内没有"))).to_be_visible()
    shoot(li, "visits-due")
    press(li, "新增联系户")
    form = li.get_by_role("dialog")
    form.get_by_label("哪栋楼").select_option(hamlet.home.code)
    form.get_by_label("姓名").fill(name)
    form.get_by_label("为什么走访").select_option("hardship")
    shoot(li, "visits-add")
    press(form, "确认新增")
    expect(li.get_by_text("已新增，今天起排在到期名单里。")).to_be_visible()
    li.get_by_role("searchbox", name="搜索联系户").fill(name)
    press(li, "搜索")
    found = li.get_by_role("list", name="联系户").get_by_role("link")
    expect(found).to_have_count(1)
    found.click()
    expect(li.get_by_text("还没有走访过。")).to_be_visible()
    li.get_by_role("link", name="记走访").click()
    li.get_by_role("radio", name="不在家").check()
    press(li, "记下走访")
    expect(li.get_by_role("heading", name="已记下走访")).to_be_visible()
    li.goto(f"{hamlet.address}/worker/visits?tab=diary")
    expect(li.get_by_role("list", name="走访日记")).to_contain_text("不在家 · 困难家庭")
    shoot(li, "visits-diary")


@ON_A_PHONE
def test_a_correction_stands_behind_the_first_words(
    hamlet: Hamlet, open_window: OpenWindow
) -> None:
    li = open_window()
    household = a_household(hamlet, f"更正{width_of(li)}")
    with hamlet.desk.acting(hamlet.actor("li")) as act:
        facts = {"household": household, "outcome": "met", "text": "住着三个人"}
        do_deed(act, Order(Deed.RECORD_VISIT, facts=facts))
    sign_in(li, hamlet.address, "li")
    open_household(li, hamlet, household)
    press(li, "更正")
    li.get_by_role("dialog").get_by_label("更正内容").fill("是两个人")
    press(li.get_by_role("dialog"), "确认更正")
    history = li.get_by_role("list", name="走访记录")
    expect(history).to_contain_text("今天更正：是两个人")
    expect(history).to_contain_text("住着三个人")


def test_who_it_is_shows_for_a_reason_that_is_logged(
    hamlet: Hamlet, open_window: OpenWindow, shoot: Shoot
) -> None:
    li = open_window()
    household = a_household(hamlet, f"查看{width_of(li)}")
    sign_in(li, hamlet.address, "li")
    open_household(li, hamlet, household)
    expect(li.locator("body")).to_contain_text(MASKED)
    assert NAME not in li.content()
    press(li, "查看姓名、电话和门牌")
    li.get_by_role("dialog").get_by_label("查看原因").fill("老人没接电话，上门看看")
    press(li.get_by_role("dialog"), "确认查看联系户完整信息")
    expect(li.get_by_text(f"{NAME}，查看")).to_be_visible()
    shoot(li, "visit-revealed")
    with hamlet.desk.looking(RESIDENT) as act:
        logged = select(func.count()).where(
            col(AuditRow.subject) == f"household:{household}",
            col(AuditRow.deed) == Deed.REVEAL_HOUSEHOLD,
        )
        assert act.session.execute(logged).scalar_one() == 1
    press(li, "收起")
    expect(li.get_by_text(NAME)).to_have_count(0)
    li.reload()
    expect(li.get_by_role("article", name="联系户")).to_be_visible()
    assert NAME not in li.content()


@ON_A_PHONE
def test_the_worker_of_another_grid_sees_nothing(hamlet: Hamlet, open_window: OpenWindow) -> None:
    qian = open_window()
    household = a_household(hamlet, f"外人{width_of(qian)}")
    sign_in(qian, hamlet.address, "qian")
    qian.goto(f"{hamlet.address}/worker/household?id={household}")
    expect(qian.get_by_text("没有找到这一户")).to_be_visible()
    qian.goto(f"{hamlet.address}/worker/visits?tab=all")
    expect(qian.get_by_role("list", name="联系户")).to_be_visible()
    qian.goto(f"{hamlet.address}/field/visit")
    assert household not in qian.content()
    assert MASKED not in qian.content()


@ON_A_PHONE
def test_a_visit_reports_what_it_found_by_one_tap_more(
    hamlet: Hamlet, open_window: OpenWindow
) -> None:
    li = open_window()
    household = a_household(hamlet, f"上报{width_of(li)}")
    sign_in(li, hamlet.address, "li")
    li.goto(f"{hamlet.address}/field/visit?household={household}")
    li.get_by_role("radio", name="见到了").check()
    li.get_by_role("radio", name="同时上报为事件").check()
    press(li, "记下走访")
    expect(li.get_by_text("上报需要写一句发现了什么。")).to_be_visible()
    li.get_by_label("了解到什么").fill("三楼转角的灯不亮")
    press(li, "记下走访")
    expect(li.get_by_role("heading", name="已记下走访")).to_be_visible()
    no = li.locator(".result-no").inner_text()
    open_household(li, hamlet, household)
    li.get_by_role("link", name=f"已转为事件 {no}").click()
    case = li.get_by_role("article", name=f"事件 {no}")
    expect(case).to_contain_text("三楼转角的灯不亮")
    assert NAME not in li.content()


def test_the_demo_has_visits_of_every_outcome(hamlet: Hamlet) -> None:
    with hamlet.desk.looking(RESIDENT) as act:
        told = set(act.session.execute(select(col(Visit.outcome)).distinct()).scalars())
        assert act.session.execute(select(func.count()).select_from(ContactHousehold)).scalar_one()
    assert told == set(VisitOutcome)
