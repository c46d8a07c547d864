"""A grid is found, split and merged again, and each time one sees first what will happen."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from gridapp.domain.workcalendar import beijing_date
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, sign_in
from tests.journeys.test_access import barriers

pytestmark = pytest.mark.journey

NEW = "第二网格东片"


def find(page: Page, words: str) -> Locator:
    """Look for a grid; gives the lines that were found."""
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/admin/areas")
    page.get_by_role("searchbox", name="搜索网格").fill(words)
    press(page, "搜索")
    expect(page.get_by_text("共1个网格")).to_be_visible()
    return page.get_by_role("list", name="网格").get_by_role("link")


def opened(page: Page, name: str) -> Locator:
    article = page.get_by_role("article", name=name)
    expect(article).to_be_visible()
    return article


def test_a_grid_is_split_and_merged_as_its_preview_said(
    hamlet: Hamlet, desk: Page, shoot: Shoot
) -> None:
    sign_in(desk, hamlet.address, "admin")
    open_the_tree(desk, hamlet.address, shoot)
    find(desk, "第二网格微4").click()
    split(desk, shoot)
    find(desk, NEW).click()
    history = opened(desk, NEW).get_by_role("list", name="变动记录")
    expect(history).to_contain_text("拆分")
    merge(desk, shoot)
    expect(opened(desk, NEW).get_by_text("现在由", exact=False)).to_be_visible()


def open_the_tree(page: Page, address: str, shoot: Shoot) -> None:
    page.goto(f"{address}/admin")
    page.get_by_role("link", name="网格").first.click()
    tree = page.get_by_role("list", name="网格")
    for branch in ("街道", "社区", "第一网格"):
        tree.get_by_role("button", name=branch, expanded=False).first.click()
    expect(tree.get_by_role("link", name="微1")).to_be_visible()
    assert barriers(page) == []
    shoot(page, "areas-tree")


def split(page: Page, shoot: Shoot) -> None:
    press(page, "拆分网格")
    form = page.get_by_role("dialog")
    form.get_by_label("新网格一的名称").fill(NEW)
    form.get_by_role("combobox").first.select_option(label="新网格一")
    press(form, "看看会怎样")
    expect(form.get_by_text(f"新设微网格「{NEW}」")).to_be_visible()
    assert barriers(page) == []
    shoot(page, "areas-split-preview")
    press(form, "确认拆分网格")
    expect(page.get_by_text("已完成：拆分网格。")).to_be_visible()
    shoot(page, "areas-split-done")


def merge(page: Page, shoot: Shoot) -> None:
    page.get_by_role("navigation", name="上级").get_by_role("link").last.click()
    below = page.get_by_role("list", name="下级网格")
    below.get_by_role("link", name="第二网格微4").click()
    press(page, "合并网格")
    form = page.get_by_role("dialog")
    form.get_by_role("checkbox", name=NEW).check()
    press(form, "看看会怎样")
    expect(form.get_by_text("然后停用")).to_be_visible()
    press(form, "确认合并网格")
    expect(page.get_by_text("已完成：合并网格。")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("link", name="到地图上看边界").click()
    expect(page).to_have_url(re.compile("/admin/boundaries"))
    page.go_back()
    shoot(page, "areas-grid")
    history = page.get_by_role("list", name="变动记录")
    expect(history).to_contain_text("并入了")
    page.goto(page.url.split("/admin")[0] + "/admin/areas")
    press(page, "已停用")
    page.get_by_role("list", name="网格").get_by_role("link", name=NEW).click()


def test_levels_are_called_otherwise_from_a_day_on_unless_it_is_given_up(
    hamlet: Hamlet, desk: Page
) -> None:
    sign_in(desk, hamlet.address, "admin")
    desk.goto(f"{hamlet.address}/admin/areas/settings")
    on = beijing_date(hamlet.desk.clock()) + timedelta(days=30)
    desk.get_by_label("街道这一级").fill("镇")
    desk.get_by_label("哪天起生效").fill(on.isoformat())
    press(desk, "保存")
    ahead = desk.get_by_text(f"{on.year}年{on.month}月{on.day}日起：「街道」改叫「镇」")
    expect(ahead).to_be_visible()
    expect(desk.get_by_label("街道这一级")).to_have_value("街道")
    desk.locator("summary").filter(has_text="取消这项修改").click()
    press(desk, "确认取消")
    expect(desk.get_by_text("已取消，照现在的继续。")).to_be_visible()
    expect(ahead).to_have_count(0)
