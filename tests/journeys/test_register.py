"""The register in hand: a worker verifies doors on the phone, the office replaces a stolen code."""

import pytest
from playwright.sync_api import Locator, Page, expect

from gridapp.domain.codes import normalise
from gridapp.services.areas.lost_codes import see_lost_code
from gridapp.services.desk import RESIDENT
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, sign_in
from tests.journeys.test_access import barriers

pytestmark = pytest.mark.journey


def _shown_code(desk: Page) -> str:
    """Read the first code of the page, which stands in groups of four as people read it aloud."""
    return normalise(desk.locator(".code-words").first.inner_text())


def test_a_stolen_code_is_replaced_and_the_old_one_leads_on(
    hamlet: Hamlet, desk: Page, shoot: Shoot, problems: list[str]
) -> None:
    sign_in(desk, hamlet.address, "admin")
    desk.goto(f"{hamlet.address}/admin")
    desk.get_by_role("link", name="登记簿").click()
    listed = desk.get_by_role("list", name="登记列表").get_by_role("link")
    # Taken from the end: the other journeys stand before the first building.
    old_building = listed.last
    expect(old_building).to_contain_text("已登记")
    shoot(desk, "register")
    assert barriers(desk) == []
    old_building.click()
    old = _shown_code(desk)
    expect(desk.get_by_role("img", name="海报预览")).to_be_visible()
    shoot(desk, "register-building")
    assert barriers(desk) == []
    press(desk, "更换")
    desk.get_by_label("为什么更换").fill("海报被人撕走")
    assert barriers(desk) == []
    press(desk, "确认更换楼栋码")
    expect(desk.get_by_text("已更换楼栋码。")).to_be_visible()
    expect(desk.locator(".code-cell").last).to_contain_text("海报被人撕走")
    new = _shown_code(desk)
    with hamlet.desk.looking(RESIDENT) as act:
        assert see_lost_code(act, old).code == new
    desk.goto(f"{hamlet.address}/q/{old}")
    expect(desk.locator(f"a[href*='{new}']").first).to_be_visible()
    # The browser complains that the old code's page answers 404, as it should.
    problems.clear()


def test_a_worker_verifies_a_door_and_sees_masked_until_a_reason(
    hamlet: Hamlet, phone: Page, shoot: Shoot
) -> None:
    sign_in(phone, hamlet.address, "li")
    phone.goto(f"{hamlet.address}/me")
    phone.get_by_role("link", name="登记簿").click()
    phone.get_by_role("link", name="人户核查").click()
    phone.get_by_role("list", name="核查列表").get_by_role("link").first.click()
    items = phone.get_by_role("list", name="核查的登记").get_by_role("button")
    expect(items.first).to_be_visible()
    shoot(phone, "verification")
    assert barriers(phone) == []
    first = items.first.inner_text()
    items.first.click()
    corrected(phone.get_by_role("dialog"))
    shoot(phone, "verification-record")
    assert barriers(phone) == []
    press(phone, "记下结果")
    expect(phone.get_by_role("dialog")).to_have_count(0)
    expect(items.first).not_to_have_text(first)
    press(phone, "已更正")
    expect(items.filter(has_text=first.split("\n", maxsplit=1)[0])).to_have_count(1)
    found_at_the_door(phone)
    revealed(phone, hamlet)


def found_at_the_door(page: Page) -> None:
    """Enter who was not on record from the page of the building; the round counts it."""
    round_address = page.url
    page.get_by_role("link", name="打开登记簿").click()
    page.get_by_role("list", name="登记列表").locator("a[href*='building?id=']").first.click()
    press(page.locator("section").filter(has_text="户室"), "新发现")
    sheet = page.get_by_role("dialog", name="新发现的户")
    sheet.get_by_label("门牌").fill("9901")
    sheet.get_by_label("户主").fill("周小满")
    assert barriers(page) == []
    refused(sheet, "电话", "12345", "电话「12345」好像不对，请填手机号或带区号的座机，或者留空。")
    refused(sheet, "人数", "三", "人数：应为整数。")
    press(sheet, "登记新发现")
    expect(page.get_by_text("已写入登记簿，并计入「新发现」。")).to_be_visible()
    expect(page.get_by_role("link", name="9901")).to_be_visible()
    page.goto(round_address)
    page.get_by_role("group", name="核查状态").get_by_role("button", name="新发现").click()
    found = page.get_by_role("list", name="核查的登记").get_by_role("button")
    expect(found.filter(has_text="9901")).to_contain_text("周**")


def refused(sheet: Locator, label: str, wrong: str, why: str) -> None:
    """See what is wrong without scrolling; everything that was typed is still there."""
    field = sheet.get_by_label(label)
    field.fill(wrong)
    press(sheet, "登记新发现")
    expect(sheet.get_by_role("alert")).to_have_text(why)
    expect(sheet.get_by_role("alert")).to_be_in_viewport()
    expect(sheet.get_by_label("户主")).to_have_value("周小满")
    field.fill("")


def corrected(sheet: Locator) -> None:
    press(sheet, "已更正")
    sheet.get_by_label("人数").fill("7")
    sheet.get_by_label("说明").fill("添了双胞胎")


def revealed(page: Page, hamlet: Hamlet) -> None:
    page.goto(f"{hamlet.address}/worker/register?tab=homes")
    # Not what the page showed before: until it has asked, that is the list of buildings.
    page.get_by_role("list", name="登记列表").locator("a[href*='record?id=']").first.click()
    press(page, "查看姓名和电话")
    page.get_by_label("查看原因").fill("上门前先联系")
    press(page, "确认查看姓名和电话")
    expect(
        page.get_by_role("link", name="拨打电话").or_(page.get_by_text("没有登记电话"))
    ).to_be_visible()
