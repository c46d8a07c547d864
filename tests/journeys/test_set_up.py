"""A street that has nothing yet sets itself up in the browser, from its tables to a report."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from gridapp.domain.codes import is_building_code
from tests.journeys.conftest import Shoot
from tests.journeys.people import press, send_report
from tests.journeys.test_print import code_on
from tests.served import ROOT, inherited_environment, served

pytestmark = pytest.mark.journey

STREET, COMMUNITY = "310107022", "310107022001"
GRIDS = ("南大街第一网格", "南大街第二网格")
PASSWORD = "Jiayuan-2026"
HOUSES_COUNT = 4
WEST, SOUTH, STEP = 121.3900, 31.2480, 0.0020


@dataclass(frozen=True)
class Empty:
    """A served installation in which nobody but its administrator exists."""

    address: str
    first_password: str


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Empty]:
    kept = inherited_environment()
    told = subprocess.run(
        [
            sys.executable, "-m", "gridapp", "person", "add", "root", "何立",
            "--role", "administrator", "--grid", STREET, "--grid-name", "真如镇街道",
        ],
        cwd=ROOT, env=kept | {"GRID_DATA_DIR": str(tmp_path)}, check=True, text=True,
        capture_output=True,
    ).stdout  # fmt: skip
    password = re.search("一次性密码：(.+)", told)
    assert password is not None
    with served(tmp_path, GRID_PUBLIC_URL="http://grid.example.cn") as address:
        yield Empty(address, password[1].strip())


def areas() -> list[list[object]]:
    """The street's own table: a title above the headings, names and no codes."""
    return [
        ["真如镇街道网格一览表"],
        ["网格名称", "级别", "上级", "户数"],
        ["南大街社区居民委员会", "社区", "真如镇街道", None],
        [GRIDS[0], "网格", "南大街社区居民委员会", 118],
        [GRIDS[1], "网格", "南大街社区居民委员会", 96],
    ]


def buildings() -> list[list[object]]:
    rows: list[list[object]] = [["楼栋", "坐落", "所属网格", "单元数", "经度", "纬度"]]
    for n in range(HOUSES_COUNT):
        lng = WEST + STEP * (n // 2) + 0.0005 * (1 + n % 2)
        rows.append([f"{n + 1}号楼", f"兰溪路{100 + n}弄", GRIDS[n // 2], 2, lng, SOUTH + 0.001])
    return rows


def people() -> list[list[object]]:
    return [
        ["工号", "姓名", "手机号", "值班电话", "角色", "所属网格", "责任人"],
        ["G001", "李建国", 13800008000.0, "02152730101", "网格员", GRIDS[0], "是"],
        ["G002", "𠮷田䶮", 13900009000.0, "02152730102", "网格员", GRIDS[1], "是"],
        ["D001", "王芳", 13700007000.0, "02152730103", "派单员", "真如镇街道", "否"],
    ]


def households() -> list[list[object]]:
    """Each house as its people call it: 1, 2幢, 3号."""
    rows: list[list[object]] = [
        ["网格", "楼号", "单元号", "室号", "户主姓名", "联系电话", "人口数"]
    ]
    for n in range(12):
        house = f"{n % HOUSES_COUNT + 1}{('', '幢', '号')[n % 3]}"
        grid = GRIDS[n % HOUSES_COUNT // 2]
        rows.append([grid, house, "1", f"{1 + n // 4}01", f"住户{n}", "13600006000", 3])
    return rows


def xlsx(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def gbk(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="gb18030")
    return path


def boundaries(path: Path) -> Path:
    """Two rectangles side by side, named as the tables name them."""
    features = []
    for n, name in enumerate(GRIDS):
        west, east = WEST + STEP * n, WEST + STEP * (n + 1)
        north = SOUTH + STEP
        ring = [[west, SOUTH], [east, SOUTH], [east, north], [west, north], [west, SOUTH]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "geometry": shape, "properties": {"name": name}})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def enter(page: Page, empty: Empty) -> None:
    """Sign in with the password of the shell, and change it, as one must."""
    page.goto(f"{empty.address}/sign-in")
    page.get_by_label("账号或手机号").fill("root")
    page.get_by_label("密码", exact=True).fill(empty.first_password)
    press(page, "登录")
    page.get_by_label("当前密码").fill(empty.first_password)
    page.get_by_label("新密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输一遍新密码").fill(PASSWORD)
    press(page, "保存新密码")


def bring(page: Page, empty: Empty, kind: str, file: Path, shoot: Shoot) -> None:
    """Bring a table, look at what it would do, and import it."""
    page.goto(f"{empty.address}/admin/import")
    option = page.locator("#kind option").filter(has_text=re.compile(f"^{kind}：")).first
    page.get_by_label("表里是什么").select_option(value=option.get_attribute("value"))
    page.locator("#file").set_input_files(file)
    press(page, "上传")
    press(page, "检查")
    apply = page.get_by_role("button", name=re.compile("^确认导入"))
    expect(apply).to_be_visible(timeout=60_000)
    shoot(page, f"set-up-{file.stem}")
    apply.click()
    expect(page.get_by_role("button", name="撤销这次导入")).to_be_visible(timeout=60_000)


def outline(page: Page, empty: Empty, file: Path) -> None:
    page.goto(f"{empty.address}/admin/boundaries/import?grid={COMMUNITY}")
    page.get_by_label("边界文件").set_input_files(file)
    expect(page.get_by_text("2个找到了网格", exact=False)).to_be_visible()
    press(page, "确认导入")
    expect(page.get_by_text("已导入2个网格的边界。")).to_be_visible()


def print_all(page: Page, empty: Empty, into: Path) -> Path:
    page.goto(f"{empty.address}/admin/print")
    page.locator(".bottom-bar").get_by_role("button", name="打印").click()
    card = page.locator(".work").first
    expect(card.get_by_role("status")).to_have_text("已完成", timeout=90_000)
    with page.expect_download() as fetched:
        card.get_by_role("link", name="下载").click()
    fetched.value.save_as(into / "posters.pdf")
    return into / "posters.pdf"


def test_a_street_sets_itself_up_and_a_fresh_poster_reports(
    empty: Empty, desk: Page, phone: Page, shoot: Shoot, tmp_path: Path
) -> None:
    enter(desk, empty)
    expect(desk.get_by_role("link", name="导入").first).to_be_visible()
    shoot(desk, "admin-home")
    bring(desk, empty, "网格", xlsx(tmp_path / "areas.xlsx", areas()), shoot)
    bring(desk, empty, "楼栋", gbk(tmp_path / "buildings.csv", buildings()), shoot)
    bring(desk, empty, "人员", xlsx(tmp_path / "people.xlsx", people()), shoot)
    bring(desk, empty, "户室", gbk(tmp_path / "households.csv", households()), shoot)
    outline(desk, empty, boundaries(tmp_path / "grids.geojson"))
    url = code_on(print_all(desk, empty, tmp_path))
    assert is_building_code(url.removeprefix("HTTP://GRID.EXAMPLE.CN/Q/"))
    phone.goto(empty.address + url.removeprefix("HTTP://GRID.EXAMPLE.CN"))
    expect(phone.get_by_text(f"{HOUSES_COUNT}号楼").first).to_be_visible()
    expect(phone.get_by_text("𠮷田䶮")).to_be_visible()
    phone.get_by_role("link", name="上报问题").click()
    phone.get_by_label("发生了什么").fill("新贴的海报扫得开，楼道灯不亮")
    assert send_report(phone)
