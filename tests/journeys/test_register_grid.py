"""The register of one grid: chosen, kept by the address, left with one tap."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, sign_in
from tests.journeys.test_access import barriers

pytestmark = pytest.mark.journey


def listed(page: Page) -> Locator:
    return page.get_by_role("list", name="登记列表").get_by_role("listitem")


def only(page: Page) -> Locator:
    return page.get_by_text("只看：")


def choose(page: Page, grid: str) -> None:
    """Look for a grid by its name and choose it."""
    sheet = page.get_by_role("dialog", name="选网格")
    sheet.get_by_role("searchbox").fill(grid)
    press(sheet, "查找")
    found = sheet.get_by_role("list", name="找到的地方").get_by_role("button")
    expect(found.first).to_contain_text(grid)
    found.first.click()
    expect(only(page)).to_have_text(f"只看：{grid}")


def test_the_register_is_narrowed_to_a_grid_until_one_leaves_it(
    hamlet: Hamlet, anywhere: Page, shoot: Shoot
) -> None:
    sign_in(anywhere, hamlet.address, "admin")
    anywhere.goto(f"{hamlet.address}/admin/register")
    total = anywhere.get_by_text(re.compile(r"^共\d+条"))
    whole = total.inner_text()
    press(anywhere, "按网格看")
    expect(anywhere.get_by_role("list", name="找到的地方")).to_be_visible()
    assert barriers(anywhere) == []
    choose(anywhere, hamlet.home.grid)
    expect(total).not_to_have_text(whole)
    anywhere.emulate_media(color_scheme="light")
    shoot(anywhere, "register-grid")
    assert barriers(anywhere) == []
    stays_narrowed(anywhere, hamlet.home.grid)
    anywhere.get_by_role("link", name="看全部").click()
    expect(only(anywhere)).to_have_count(0)
    anywhere.get_by_role("tab", name="楼栋").click()
    expect(total).to_have_text(whole)


def stays_narrowed(page: Page, grid: str) -> None:
    """Turn to the households, load again, open one and come back, go back: it is that grid."""
    page.get_by_role("tab", name="户室").click()
    homes = page.locator("a[href*='record?id=']")
    expect(homes.first).to_contain_text(grid)
    page.reload()
    expect(homes.first).to_contain_text(grid)
    homes.first.click()
    page.get_by_role("link", name="返回").click()
    expect(homes.first).to_contain_text(grid)
    expect(only(page)).to_have_text(f"只看：{grid}")
    page.goto(f"{page.url.split('?')[0]}?tab=buildings")
    expect(only(page)).to_have_count(0)
    page.go_back()
    expect(only(page)).to_have_text(f"只看：{grid}")
    expect(page.get_by_role("tab", name="户室")).to_have_attribute("aria-selected", "true")


def test_a_grid_out_of_reach_is_answered_kindly(hamlet: Hamlet, anywhere: Page) -> None:
    sign_in(anywhere, hamlet.address, "li")
    anywhere.goto(f"{hamlet.address}/worker/register?tab=homes&grid=310107005")
    expect(anywhere.get_by_text("没有找到这个网格")).to_be_visible()
    expect(listed(anywhere)).to_have_count(0)
    assert barriers(anywhere) == []
    anywhere.get_by_role("link", name="看全部").click()
    expect(listed(anywhere).first).to_be_visible()
