"""Somebody is taken on, given a post and a password, refused a duty, and let go again.

On one screen the administrators, one after the other; on a phone the new colleague, whose page
stands open while the account is disabled.
"""

import re
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, sign_in
from tests.journeys.test_access import barriers

pytestmark = pytest.mark.journey

_LOGIN: Final = "linxiuying"
_OWN: Final = "Zhenru-2026-lxy"
_ONE_TIME: Final = re.compile(r"[A-Z][a-z]{3}-\d{4}-[a-z]{4}")


def test_people_come_and_go(hamlet: Hamlet, desk: Page, phone: Page, shoot: Shoot) -> None:
    sit_down(desk, hamlet, "admin")
    take_on(desk, hamlet, shoot)
    give_post(desk, "网格员", "南大街第一网格")
    said(desk, "已安排岗位。")
    give_post(desk, "审计员", "真如镇街道")
    said(desk, "等安全管理员确认后生效")
    shoot(desk, "admin-person")
    assert barriers(desk) == []
    sit_down(desk, hamlet, "sec")
    refuse_duty(desk, hamlet, shoot)
    come_in(phone, hamlet, first_password(desk, hamlet))
    sit_down(desk, hamlet, "admin")
    let_go(desk, hamlet, shoot)
    phone.get_by_role("link", name="事件", exact=True).click()
    expect(phone).to_have_url(re.compile(r"/sign-in\?next="))
    sit_down(desk, hamlet, "audit")
    look_back(desk, hamlet, shoot)


def sit_down(page: Page, hamlet: Hamlet, login: str) -> None:
    """Sign in on a screen that somebody else has left."""
    page.context.clear_cookies()
    page.emulate_media(color_scheme="light")
    sign_in(page, hamlet.address, login)


def ask(page: Page, button: str) -> Locator:
    """Open the form of a deed."""
    page.get_by_role("button", name=button).first.click()
    form = page.get_by_role("dialog", name=button)
    expect(form).to_be_visible()
    return form


def said(page: Page, words: str) -> None:
    """Read what the page says of a deed."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def open_person(page: Page, hamlet: Hamlet) -> None:
    """Find the new colleague by login."""
    page.goto(f"{hamlet.address}/admin/people")
    page.get_by_role("searchbox", name="搜索人员").fill(_LOGIN)
    press(page, "搜索")
    page.get_by_role("link", name="林秀英").click()
    expect(page.get_by_role("heading", name="林秀英")).to_be_visible()


def take_on(page: Page, hamlet: Hamlet, shoot: Shoot) -> None:
    """Add a person, whose page opens."""
    page.goto(f"{hamlet.address}/admin")
    page.locator("a[href='/admin/people']").click()
    expect(page.get_by_role("list", name="人员")).to_be_visible()
    shoot(page, "admin-people")
    form = ask(page, "新增人员")
    form.get_by_label("账号").fill(_LOGIN)
    form.get_by_label("姓名").fill("林秀英")
    form.get_by_label("手机").fill("12345")
    press(form, "确认新增人员")
    expect(form.get_by_role("alert")).to_contain_text("好像不对")
    form.get_by_label("手机").fill("")
    press(form, "确认新增人员")
    expect(page.get_by_role("heading", name="林秀英")).to_be_visible()


def give_post(page: Page, role: str, grid: str) -> None:
    """Give a post; the grid is searched for by its name."""
    form = ask(page, "安排岗位")
    form.get_by_label("岗位", exact=True).select_option(label=role)
    form.get_by_label("网格", exact=True).fill(grid)
    form.get_by_role("radio", name=grid).first.check()
    press(form, "确认安排岗位")


def refuse_duty(page: Page, hamlet: Hamlet, shoot: Shoot) -> None:
    """Refuse, as the security administrator, what was asked for."""
    page.goto(f"{hamlet.address}/admin")
    page.get_by_role("link", name="待确认的岗位").click()
    cell = page.get_by_role("list", name="待确认").get_by_role("listitem").first
    expect(cell).to_contain_text("何静")
    shoot(page, "admin-requests")
    cell.get_by_role("button", name="不同意岗位").click()
    form = page.get_by_role("dialog", name="不同意岗位")
    form.get_by_label("不同意的理由").fill("审计员由外单位担任")
    press(form, "确认不同意岗位")
    said(page, "已不同意岗位。")
    expect(cell).to_contain_text("审计员由外单位担任")


def first_password(page: Page, hamlet: Hamlet) -> str:
    """Let the new colleague in: the one-time password is shown once."""
    open_person(page, hamlet)
    form = ask(page, "重置密码")
    form.get_by_label("原因").fill("新来的同事，第一次登录")
    press(form, "确认重置密码")
    shown = form.locator(".one-time")
    expect(shown).to_have_text(_ONE_TIME)
    password = shown.inner_text()
    press(form, "已告诉本人，关闭")
    expect(page.locator(".one-time")).to_have_count(0)
    return password


def come_in(page: Page, hamlet: Hamlet, password: str) -> None:
    """Sign in for the first time, change the password, and begin the day."""
    page.goto(f"{hamlet.address}/sign-in")
    page.get_by_label("账号或手机号").fill(_LOGIN)
    page.get_by_label("密码", exact=True).fill(password)
    press(page, "登录")
    page.get_by_label("当前密码").fill(password)
    page.get_by_label("新密码", exact=True).fill(_OWN)
    page.get_by_label("再输一遍新密码").fill(_OWN)
    page.get_by_role("button", name="保存新密码").click()
    page.goto(f"{hamlet.address}/worker")
    expect(page.get_by_role("navigation", name="主要页面")).to_be_visible()


def let_go(page: Page, hamlet: Hamlet, shoot: Shoot) -> None:
    """Disable the colleague again; what is open is told before."""
    open_person(page, hamlet)
    form = ask(page, "停用账号")
    expect(form.get_by_text("同岗位还有李建国")).to_be_visible()
    shoot(page, "admin-disable")
    form.get_by_label("停用原因").fill("调往区里")
    press(form, "确认停用账号")
    said(page, "已停用账号。")


def look_back(page: Page, hamlet: Hamlet, shoot: Shoot) -> None:
    """Find, as the auditor, what was done, and take it along."""
    page.goto(f"{hamlet.address}/admin/audit")
    page.get_by_label("对象或理由").fill("调往区里")
    press(page, "查找")
    cell = page.get_by_role("list", name="记录").get_by_role("listitem").first
    expect(cell).to_contain_text("停用账号 · 人员 林秀英")
    shoot(page, "admin-audit")
    assert barriers(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="导出表格").click()
    assert "调往区里" in download.value.path().read_text(encoding="utf-8-sig")
