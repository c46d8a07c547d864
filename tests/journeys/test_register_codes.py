"""Codes for a whole area: counted, confirmed, given, and on to the posters."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from gridapp.services.desk import RESIDENT
from gridapp.tables import Building
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet, served_hamlet
from tests.journeys.people import press, sign_in
from tests.journeys.test_access import barriers
from tests.journeys.test_register_grid import choose
from tests.services.register.bare import bare_buildings, hanging

pytestmark = [pytest.mark.journey, pytest.mark.desk_first]


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hamlet]:
    """A hamlet of its own: the others' lists are not to grow by hundreds of buildings."""
    with served_hamlet(tmp_path_factory.mktemp("codes")) as hamlet:
        yield hamlet


@pytest.fixture
def grid_id(hamlet: Hamlet) -> int:
    """The grid of a building that Li knows."""
    with hamlet.desk.looking(RESIDENT) as act:
        home = select(Building.grid_id).where(Building.name == hamlet.home.name)
        return act.session.exec(home).first() or 0


def is_each_once(hamlet: Hamlet, ids: list[int]) -> bool:
    codes = hanging(hamlet.desk)
    return all(codes[one] == 1 for one in ids)


def test_a_grids_buildings_get_the_codes_that_were_confirmed(
    hamlet: Hamlet, grid_id: int, anywhere: Page, shoot: Shoot
) -> None:
    ids = bare_buildings(hamlet.desk, grid_id, 3)
    sign_in(anywhere, hamlet.address, "admin")
    anywhere.goto(f"{hamlet.address}/admin/register")
    press(anywhere, "按网格看")
    choose(anywhere, hamlet.home.grid)
    press(anywhere, "给3栋楼发楼栋码")
    sheet = anywhere.get_by_role("dialog", name="发楼栋码")
    expect(sheet).to_contain_text(f"{hamlet.home.grid}里有3栋楼还没有楼栋码。")
    shoot(anywhere, "register-issue")
    assert barriers(anywhere) == []
    ids += bare_buildings(hamlet.desk, grid_id, 1)
    press(sheet, "确认给3栋楼发楼栋码")
    expect(sheet.get_by_role("alert")).to_contain_text("现在是4栋")
    press(sheet, "确认给4栋楼发楼栋码")
    expect(anywhere.get_by_text("已给4栋楼发了楼栋码。")).to_be_visible()
    expect(anywhere.get_by_role("button", name="发楼栋码")).to_have_count(0)
    assert is_each_once(hamlet, ids)
    assert barriers(anywhere) == []
    anywhere.get_by_role("link", name="打印没印过的海报").click()
    expect(anywhere.get_by_role("strong").filter(has_text=hamlet.home.grid)).to_be_visible()
    expect(anywhere.get_by_label("只印有变化的和没印过的")).to_be_checked()


def test_hundreds_are_given_theirs_while_one_looks_on(
    hamlet: Hamlet, grid_id: int, anywhere: Page
) -> None:
    ids = bare_buildings(hamlet.desk, grid_id, 501)
    sign_in(anywhere, hamlet.address, "admin")
    anywhere.goto(f"{hamlet.address}/admin/register")
    press(anywhere, "给501栋楼发楼栋码")
    press(anywhere, "确认给501栋楼发楼栋码")
    expect(anywhere.locator(".work")).to_contain_text("发楼栋码 · 全部范围")
    assert barriers(anywhere) == []
    expect(anywhere.get_by_text("已给501栋楼发了楼栋码。")).to_be_visible(timeout=60_000)
    expect(anywhere.locator(".work")).to_have_count(0)
    assert is_each_once(hamlet, ids)
    anywhere.reload()
    said = anywhere.get_by_text("已给501栋楼发了楼栋码。")
    expect(said).to_be_visible()
    expect(anywhere.get_by_role("button", name="发楼栋码")).to_have_count(0)
    press(anywhere, "知道了")
    expect(said).to_have_count(0)
