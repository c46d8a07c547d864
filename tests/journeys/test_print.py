"""From the browser to the wall: a grid's posters are printed, and a code from the paper reports."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Page, expect

from gridapp.printing.proof import codes_in, picture_of
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, send_report, sign_in
from tests.journeys.test_access import barriers

pytestmark = pytest.mark.journey


def code_on(pdf: Path) -> str:
    """Read the code of the last page with programs that are not ours."""
    document = pdfium.PdfDocument(pdf)
    (code,) = codes_in(picture_of(document, len(document) - 1))
    document.close()
    return code


def choose_grid(page: Page, hamlet: Hamlet) -> None:
    page.get_by_role("searchbox", name="查找社区、网格或楼栋").fill(hamlet.home.grid)
    press(page, "查找")
    found = page.get_by_role("list", name="找到的地方").get_by_role("button")
    found.filter(has_text=hamlet.home.grid).first.click()
    expect(page.get_by_role("strong").filter(has_text=hamlet.home.grid)).to_be_visible()


def print_grid(page: Page, hamlet: Hamlet, shoot: Shoot, into: Path) -> Path:
    """Print the posters of Li's grid and fetch the file."""
    sign_in(page, hamlet.address, "wang")
    page.goto(f"{hamlet.address}/me")
    page.get_by_role("link", name="打印").click()
    choose_grid(page, hamlet)
    expect(page.get_by_role("img", name="第1页样张")).to_have_js_property("complete", value=True)
    shoot(page, "admin-print")
    page.locator(".bottom-bar").get_by_role("button", name="打印").click()
    card = page.locator(".work").first
    expect(card.get_by_role("status")).to_have_text("已完成", timeout=90_000)
    page.reload()
    expect(card.get_by_role("status")).to_have_text("已完成")
    shoot(page, "admin-print-done")
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")
    with page.expect_download() as fetched:
        card.get_by_role("link", name="下载").click()
    fetched.value.save_as(into / "posters.pdf")
    return into / "posters.pdf"


def test_from_the_browser_to_the_wall(
    hamlet: Hamlet, desk: Page, phone: Page, shoot: Shoot, tmp_path: Path
) -> None:
    url = code_on(print_grid(desk, hamlet, shoot, tmp_path))
    phone.goto(url)
    phone.get_by_role("link", name="上报问题").click()
    phone.get_by_label("发生了什么").fill("刚贴上的海报扫得开，路灯还是不亮")
    assert send_report(phone)
    desk.goto(f"{hamlet.address}/admin/print/walls")
    wall = desk.get_by_role("list", name="张贴情况").get_by_role("listitem")
    first = wall.filter(has_text="与现在一致").first
    first.get_by_role("button", name="登记已张贴").click()
    expect(desk.get_by_role("status").filter(has_text="已登记张贴")).to_be_visible()
    expect(wall.filter(has_text="登记已张贴").first).to_be_visible()
    shoot(desk, "admin-walls")
    assert barriers(desk) == []
