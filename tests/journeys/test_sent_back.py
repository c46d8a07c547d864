"""Work that was not good enough goes back to the grid, and is checked again."""

import pytest
from playwright.sync_api import Page, expect

from gridapp.demo.drawings.scenes import Scene
from tests.journeys.conftest import OpenWindow, Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import do, fill_report, handle, open_case, photo, send_report, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.desk_first]

TEXT = "楼道里堆着旧沙发和纸箱，消防门打不开"
MISSING = "纸箱还在，只搬走了沙发"


def test_a_grid_s_work_is_sent_back_until_it_is_done(
    hamlet: Hamlet, open_window: OpenWindow, shoot: Shoot
) -> None:
    zhang, wang, li, zhao = open_window(), open_window(), open_window(), open_window()
    fill_report(zhang, hamlet.address, hamlet.home.code, TEXT, photo(Scene.BLOCKED_EXIT))
    no = send_report(zhang)
    given_to_the_grid(hamlet, wang, no)
    sign_in(li, hamlet.address, "li")
    shoot(li, "worker-today")
    handled(li, no, "已请业主搬走")
    sign_in(zhao, hamlet.address, "zhao")
    open_case(zhao, hamlet.address, no)
    do(zhao, "返工", "待接单", MISSING)
    zhang.reload()
    expect(zhang.get_by_text("已安排人处理")).to_be_visible()
    li.get_by_role("link", name="回到今天").click()
    handled(li, no, "纸箱也已清走，消防门可以打开")
    case = open_case(zhao, hamlet.address, no)
    expect(case.get_by_role("list", name="办理过程")).to_contain_text("返工 · 赵敏")
    do(zhao, "核查通过", "待结案")
    open_case(wang, hamlet.address, no)
    do(wang, "结案")
    zhang.reload()
    expect(zhang.get_by_text("纸箱也已清走，消防门可以打开")).to_be_visible()


def given_to_the_grid(hamlet: Hamlet, wang: Page, no: str) -> None:
    sign_in(wang, hamlet.address, "wang")
    open_case(wang, hamlet.address, no)
    do(wang, "受理", "待派遣", category="公共安全·消防通道")
    do(wang, "派遣", "待接单", unit="本网格（网格员和网格长）")


def handled(li: Page, no: str, words: str) -> None:
    li.get_by_role("list", name="我的任务").locator(f"a[href$='{no}']").click()
    expect(li.get_by_role("article", name=f"事件 {no}")).to_be_visible()
    handle(li, "已解决", words, Scene.BLOCKED_EXIT)
