"""An administrator brings the street's own spreadsheet, mends it, imports it, and undoes it."""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlmodel import col

from gridapp.services.people.actor import SYSTEM
from gridapp.tables import Building, Grid
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, sign_in
from tests.journeys.test_access import barriers

pytestmark = pytest.mark.journey


def a_street_list(folder: Path, hamlet: Hamlet, *, mended: bool) -> Path:
    """Make a list as streets have it: an explanation, a title, own headings, merged grids."""
    with hamlet.desk.looking(SYSTEM) as act:
        grid = (
            act.session.execute(
                select(col(Grid.code)).join(Building, col(Building.grid_id) == col(Grid.id))
            )
            .scalars()
            .first()
        )
    book = Workbook()
    book.worksheets[0].append(["填表说明"])
    sheet = book.create_sheet("台账")
    sheet.append(["楼栋一览表（2026年）"])
    sheet.append(["楼号名称", "坐落", "所属网格编码", "总户数"])
    sheet.append(["甲楼", "新建路1号", grid, 12])
    sheet.append(["乙楼", "新建路2号", None, 20 if mended else "二十"])
    sheet.merge_cells("C3:C4")
    path = folder / ("mended.xlsx" if mended else "first.xlsx")
    book.save(path)
    return path


def bring(page: Page, path: Path) -> None:
    page.get_by_label("表里是什么").select_option("buildings")
    page.get_by_label("选择文件").set_input_files(path)
    press(page, "上传")
    expect(page.get_by_label("工作表")).to_have_value("台账")
    page.get_by_text("合并的单元格").click()


def names_in(hamlet: Hamlet) -> set[str]:
    with hamlet.desk.looking(SYSTEM) as act:
        return set(act.session.execute(select(col(Building.name))).scalars())


def test_a_streets_own_list_is_mended_imported_and_undone(
    hamlet: Hamlet, desk: Page, shoot: Shoot, tmp_path: Path
) -> None:
    before = names_in(hamlet)
    sign_in(desk, hamlet.address, "admin")
    desk.goto(f"{hamlet.address}/admin")
    desk.get_by_role("link", name=re.compile("^导入")).click()
    press(desk, "上传")
    expect(desk.get_by_text("请先选择一个文件。")).to_be_visible()
    assert barriers(desk) == []
    bring(desk, a_street_list(tmp_path, hamlet, mended=False))
    shoot_by_day(desk, shoot, "admin-import-plan")
    assert barriers(desk) == []
    press(desk, "检查")
    expect(desk.get_by_text("1行有问题，一共2行")).to_be_visible()
    expect(desk.get_by_text("户数：应为0到100000的整数")).to_be_visible()
    shoot_by_day(desk, shoot, "admin-import-bad")
    assert barriers(desk) == []
    mend_and_import(hamlet, desk, shoot, a_street_list(tmp_path, hamlet, mended=True))
    assert names_in(hamlet) - before == {"甲楼", "乙楼"}
    press(desk, "撤销这次导入")
    press(desk, "确认撤销这次导入")
    expect(desk.get_by_role("heading", name="已撤销")).to_be_visible()
    assert names_in(hamlet) == before


def mend_and_import(hamlet: Hamlet, page: Page, shoot: Shoot, path: Path) -> None:
    page.goto(f"{hamlet.address}/admin/import")
    bring(page, path)
    press(page, "检查")
    go_on = page.get_by_role("button", name="确认导入")
    expect(go_on).to_have_text("确认导入（2行）")
    go_on.dblclick()
    expect(page.get_by_text("共2行，新增2，更新0，不变0")).to_be_visible()
    shoot_by_day(page, shoot, "admin-import-done")


def shoot_by_day(page: Page, shoot: Shoot, name: str) -> None:
    """Take a picture in light colours, whichever were looked at for barriers last."""
    page.emulate_media(color_scheme="light")
    shoot(page, name)


def test_a_table_is_taken_out_by_the_centre(hamlet: Hamlet, phone: Page, shoot: Shoot) -> None:
    sign_in(phone, hamlet.address, "wang")
    phone.goto(f"{hamlet.address}/me")
    phone.get_by_role("link", name=re.compile("^导出")).click()
    phone.get_by_label("导出什么").select_option("cases")
    assert barriers(phone) == []
    press(phone, "导出")
    with phone.expect_download() as fetched:
        phone.get_by_role("link", name=re.compile("^下载：事件")).first.click()
    shoot_by_day(phone, shoot, "admin-export")
    assert fetched.value.suggested_filename.endswith(".xlsx")
