"""The administrator writes the street's own duties and promises, and the next board says them."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from gridapp.domain.workcalendar import beijing_date
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, sign_in
from tests.journeys.test_access import barriers
from tests.printing.sheets import text_of

pytestmark = [pytest.mark.journey, pytest.mark.desk_first]

PROMISES = "接诉即办，一天之内回话。\n件件有着落，事事有回音。"
RARE = "𠮷䶮鿼𬭸，件件有着落。"


def open_wording(page: Page, hamlet: Hamlet) -> Locator:
    """Open the page and the form of the board's promises."""
    sign_in(page, hamlet.address, "admin")
    page.goto(f"{hamlet.address}/admin")
    page.get_by_role("link", name="职责和承诺").click()
    expect(page.get_by_role("list", name="职责和承诺").get_by_label("修改")).to_have_count(4)
    press(page, "修改：公示牌上的承诺")
    return page.get_by_role("dialog")


def say(sheet: Locator, words: str, told: str) -> None:
    """Type words and wait for what the page says to them."""
    sheet.get_by_role("textbox", name="内容").fill(words)
    expect(sheet.get_by_role("status").filter(has_text=told)).to_be_visible()


def board_text(page: Page, hamlet: Hamlet, folder: Path) -> str:
    """Print the board of Li's grid; gives the words on it."""
    sheet = page.request.get(f"{hamlet.address}/api/v1/print/boards.pdf")
    assert sheet.ok
    (folder / "board.pdf").write_bytes(sheet.body())
    return text_of(folder / "board.pdf")


def test_own_promises_are_printed_from_their_day_and_can_be_taken_back(
    hamlet: Hamlet, anywhere: Page, shoot: Shoot, tmp_path: Path
) -> None:
    page = anywhere
    sheet = open_wording(page, hamlet)
    say(sheet, "回家🏠", "字库里没有「🏠」（U+1F3E0）")
    say(sheet, "字" * 19, "每条最多18个字")
    say(sheet, PROMISES, "共2条")
    on = beijing_date(hamlet.desk.clock()) + timedelta(days=30)
    sheet.get_by_label("哪天起生效").fill(on.isoformat())
    shoot(page, "admin-wording-form")
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")
    press(sheet, "保存")
    told = f"已保存，{on.year}年{on.month}月{on.day}日起印的用新内容。"
    expect(page.get_by_text(told)).to_be_visible()
    cell = page.get_by_role("listitem").filter(has_text="公示牌上的承诺")
    expect(cell).to_contain_text("1项待生效")
    expect(page.get_by_role("link", name="看哪些要重印")).to_have_count(0)
    assert "件件有着落" not in board_text(page, hamlet, tmp_path)
    shoot(page, "admin-wording")
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")
    press(page, "修改：公示牌上的承诺")
    sheet.locator("summary").filter(has_text="取消这项修改").click()
    press(sheet, "确认取消")
    expect(sheet.get_by_text("已取消").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(cell).not_to_contain_text("待生效")


def test_what_holds_from_today_is_on_the_next_board_until_it_is_put_back(
    hamlet: Hamlet, desk: Page, tmp_path: Path
) -> None:
    sheet = open_wording(desk, hamlet)
    say(sheet, RARE, "共1条")
    sheet.get_by_role("button", name="保存").dblclick()
    expect(desk.get_by_text("已保存，现在起印的用新内容。")).to_be_visible()
    assert RARE in board_text(desk, hamlet, tmp_path)
    desk.get_by_role("link", name="看哪些要重印").click()
    expect(desk.get_by_role("button", name="网格公示牌", pressed=True)).to_be_visible()
    expect(desk.get_by_role("button", name="已过时", pressed=True)).to_be_visible()
    desk.goto(f"{hamlet.address}/admin/wording")
    press(desk, "修改：公示牌上的承诺")
    expect(sheet.locator("li.change").filter(has_not_text="已取消")).to_have_count(1)
    sheet.locator("summary").filter(has_text="恢复系统默认").click()
    press(sheet, "确认恢复")
    expect(desk.get_by_text("已恢复系统默认")).to_be_visible()
    assert RARE not in board_text(desk, hamlet, tmp_path)
