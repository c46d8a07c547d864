"""The administrator keeps the rules: items, the calendar, message texts, care colours."""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from gridapp.domain.workcalendar import beijing_date
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.desk import RESIDENT
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import OutboxMessage
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, sign_in
from tests.journeys.test_access import barriers

pytestmark = pytest.mark.journey


def open_section(page: Page, hamlet: Hamlet, name: str) -> None:
    page.goto(f"{hamlet.address}/admin")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_an_item_is_changed_from_a_day_on_and_the_change_is_taken_back(
    hamlet: Hamlet, desk: Page, shoot: Shoot
) -> None:
    sign_in(desk, hamlet.address, "admin")
    open_section(desk, hamlet, "事项分类与时限")
    press(desk, "修改：飞线充电")
    sheet = desk.get_by_role("dialog")
    sheet.get_by_label("全程时限，数量").fill("2")
    expect(sheet.get_by_role("status")).to_contain_text("（周五）上报")
    shoot(desk, "admin-category-form")
    assert barriers(desk) == []
    desk.emulate_media(color_scheme="light")
    on = beijing_date(hamlet.desk.clock()) + timedelta(days=30)
    sheet.get_by_label("哪天起生效").fill(on.isoformat())
    press(sheet, "保存")
    expect(desk.get_by_text(f"已保存，{on.year}年{on.month}月{on.day}日起生效。")).to_be_visible()
    cell = desk.get_by_role("listitem").filter(has_text="飞线充电")
    expect(cell).to_contain_text("1项待生效")
    shoot(desk, "admin-categories")
    assert barriers(desk) == []
    desk.emulate_media(color_scheme="light")
    press(desk, "修改：飞线充电")
    expect(sheet).to_contain_text("全程时限：按紧急程度 → 2 个工作日")
    sheet.locator("summary").filter(has_text="取消这项修改").click()
    press(sheet, "确认取消")
    expect(sheet.get_by_text("已取消")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(cell).not_to_contain_text("待生效")
    press(desk, "修改：飞线充电")
    press(sheet, "停用这一项")
    expect(sheet.get_by_text("停用「飞线充电」？有1件事正在办")).to_be_visible()
    expect(sheet.get_by_role("button", name="不停用")).to_be_focused()
    press(sheet, "不停用")
    press(sheet, "停用这一项")
    press(sheet, "确认停用")
    expect(cell).to_have_count(0)
    press(desk, "含已停用")
    press(desk, "修改：飞线充电")
    press(sheet, "重新启用")
    expect(desk.get_by_text("已启用。")).to_be_visible()
    expect(cell).not_to_contain_text("已停用")


def test_a_day_of_the_calendar_is_made_a_rest_day(hamlet: Hamlet, desk: Page, shoot: Shoot) -> None:
    today = beijing_date(hamlet.desk.clock())
    ahead = [today + timedelta(days=n) for n in range(1, 8)]
    tuesday = next(day for day in ahead if day.weekday() == 1)
    sign_in(desk, hamlet.address, "admin")
    open_section(desk, hamlet, "工作日历")
    expect(desk.get_by_role("button", name="周二，上班").first).to_be_visible()
    shoot(desk, "admin-calendar")
    assert barriers(desk) == []
    desk.emulate_media(color_scheme="light")
    if tuesday.year != today.year:
        press(desk, "下一年")
    name = f"{tuesday.month}月{tuesday.day}日 周二"
    desk.get_by_role("button", name=f"{name}，上班").click()
    sheet = desk.get_by_role("dialog")
    sheet.get_by_role("radio", name="休息").check()
    sheet.get_by_label("为什么").fill("供电检修")
    shoot(desk, "admin-calendar-day")
    press(sheet, "保存")
    expect(desk.get_by_role("button", name=f"{name}，放假，供电检修")).to_be_visible()


def test_the_next_message_says_what_was_written_and_colours_carry_words(
    hamlet: Hamlet, phone: Page, shoot: Shoot
) -> None:
    sign_in(phone, hamlet.address, "admin")
    open_section(phone, hamlet, "短信内容")
    press(phone, "修改：上报后")
    sheet = phone.get_by_role("dialog")
    words = sheet.get_by_role("textbox", name="内容")
    words.fill("收到{unknown}")
    expect(sheet.get_by_role("status")).to_contain_text("没有「{unknown}」这一项")
    words.fill("收到，编号{编号}，{期限}回复您。")
    expect(sheet.get_by_role("status")).to_contain_text("收到，编号26112800042")
    shoot(phone, "admin-text-form")
    assert barriers(phone) == []
    press(sheet, "保存")
    expect(phone.get_by_text("已保存，下一条短信就用新的内容。")).to_be_visible()
    assert next_message(hamlet).startswith("收到，编号")
    open_section(phone, hamlet, "关爱颜色与走访类别")
    expect(phone.get_by_role("list", name="九色").get_by_role("listitem")).to_have_count(9)
    shoot(phone, "admin-colours")
    assert barriers(phone) == []
    take_out_of_use(phone)


def take_out_of_use(page: Page) -> None:
    """Take a reason to visit out of use after reading what hangs on it, and back."""
    kinds = page.get_by_role("list", name="走访类别")
    press(kinds, "修改：独居老人")
    sheet = page.get_by_role("dialog")
    press(sheet, "停用")
    expect(sheet.get_by_role("alert").last).to_contain_text("联系户按这一类走访")
    press(sheet, "不停用")
    press(sheet, "停用")
    press(sheet, "确认停用")
    expect(page.get_by_text("已停用，以前的记录还在。")).to_be_visible()
    press(kinds, "修改：独居老人")
    press(sheet, "重新启用")
    expect(page.get_by_text("已启用。")).to_be_visible()


def next_message(hamlet: Hamlet) -> str:
    """Report with a phone, and give what its reporter is told."""
    with hamlet.desk.acting(RESIDENT) as act:
        facts = ReportFacts(at=hamlet.home.code, text="楼道灯不亮", phone="13712345678")
        report_case(act, uuid4(), facts)
    with hamlet.desk.looking(SYSTEM) as act:
        sent = select(OutboxMessage).where(OutboxMessage.address == "13712345678")
        return act.session.exec(sent).one().body
