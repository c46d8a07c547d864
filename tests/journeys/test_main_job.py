"""The main job as its people tell it: a report at the door, the work, the answer, back again."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from gridapp.demo.drawings.scenes import Scene
from tests.journeys.conftest import OpenWindow, Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import (
    do,
    expect_figures,
    figures,
    fill_report,
    find,
    handle,
    open_case,
    photo,
    press,
    send_report,
    sign_in,
)

pytestmark = [pytest.mark.journey, pytest.mark.both_sizes]

TEXT = "2单元门口的井盖碎了一半，晚上看不见，老人走过很危险"
REPLY = "已更换新井盖并加固井圈，现场已恢复通行"
AGAIN = "新井盖还是松的，车压过去会响"


def pictures(place: Page | Locator, label: str) -> Locator:
    """Find the photos of one kind that have really arrived."""
    shown = place.get_by_role("img", name=label)
    expect(shown.first).to_have_js_property("complete", value=True)
    expect(shown.first).not_to_have_js_property("naturalWidth", 0)
    return shown


def test_a_matter_goes_from_the_door_to_its_answer(
    hamlet: Hamlet, open_window: OpenWindow, shoot: Shoot
) -> None:
    leader, before = count(hamlet, open_window)
    zhang = open_window()
    fill_report(zhang, hamlet.address, hamlet.home.code, TEXT, photo(Scene.BROKEN_MANHOLE))
    shoot(zhang, "resident-report")
    no = send_report(zhang)
    expect(zhang).to_have_url(re.compile(r"/c/[\w-]{20,}\?new=1$"))
    wang = accepted_and_dispatched(hamlet, open_window(), no, shoot)
    handled_by_the_unit(hamlet, open_window(), no, shoot)
    verified(hamlet, open_window(), no, shoot)
    closed(hamlet, wang, no)
    after = before | {"上报": before["上报"] + 1, "结案": before["结案"] + 1}
    expect_figures(leader, hamlet.address, after)
    shoot(leader, "leader-overview")
    answered_and_rated(zhang, shoot)
    reopened(zhang, shoot)
    back_in_the_inbox(hamlet, wang, no)
    # A closing is a deed of its day and stays in that day's figures.
    expect_figures(leader, hamlet.address, after | {"正在办理": before["正在办理"] + 1})


def count(hamlet: Hamlet, open_window: OpenWindow) -> tuple[Page, dict[str, int]]:
    sun = open_window()
    sign_in(sun, hamlet.address, "sun")
    return sun, figures(sun, hamlet.address)


def accepted_and_dispatched(hamlet: Hamlet, wang: Page, no: str, shoot: Shoot) -> Page:
    sign_in(wang, hamlet.address, "wang")
    expect(wang.get_by_role("tab", name="待受理")).to_have_attribute("aria-selected", "true")
    shoot(wang, "desk-inbox")
    find(wang, hamlet.address, "井盖 老人", no)
    case = wang.get_by_role("article", name=f"事件 {no}")
    expect(case).to_contain_text(TEXT)
    expect(pictures(case, "上报照片")).to_have_count(1)
    press(wang, "受理")
    shoot(wang, "desk-accept")
    press(wang, "关闭")
    do(wang, "受理", "待派遣", category="城市运行·井盖", urgency="紧急")
    expect(case).to_contain_text("紧急")
    do(wang, "派遣", "待接单", "请今天处理", unit="市政所")
    expect(case).to_contain_text("派给市政所")
    shoot(wang, "desk-case")
    return wang


def handled_by_the_unit(hamlet: Hamlet, dept: Page, no: str, shoot: Shoot) -> None:
    sign_in(dept, hamlet.address, "dept")
    dept.get_by_role("list", name="我的任务").locator(f"a[href$='{no}']").click()
    expect(dept.get_by_role("article", name=f"事件 {no}")).to_contain_text("请今天处理")
    shoot(dept, "worker-case")
    handle(dept, "已解决", REPLY, Scene.BROKEN_MANHOLE)


def verified(hamlet: Hamlet, zhao: Page, no: str, shoot: Shoot) -> None:
    sign_in(zhao, hamlet.address, "zhao")
    expect(zhao.get_by_role("tab", name="待核查")).to_have_attribute("aria-selected", "true")
    case = open_case(zhao, hamlet.address, no)
    expect(case).to_contain_text(REPLY)
    expect(pictures(case, "处置后")).to_have_count(1)
    shoot(zhao, "desk-verify")
    do(zhao, "核查通过", "待结案")


def closed(hamlet: Hamlet, wang: Page, no: str) -> None:
    case = open_case(wang, hamlet.address, no)
    do(wang, "结案")
    expect(case).to_contain_text("●已结案")


def answered_and_rated(zhang: Page, shoot: Shoot) -> None:
    zhang.goto(zhang.url.partition("?")[0])
    expect(zhang.get_by_role("heading", name="已办结", level=1)).to_be_visible()
    expect(zhang.get_by_text(REPLY)).to_be_visible()
    expect(pictures(zhang, "处置后")).to_have_count(1)
    shoot(zhang, "track-closed")
    zhang.get_by_role("radio", name="不满意", exact=True).check()
    press(zhang, "提交评价")
    expect(zhang.get_by_role("status").filter(has_text="评价已收到，谢谢。")).to_be_visible()


def reopened(zhang: Page, shoot: Shoot) -> None:
    zhang.get_by_text("没有解决？").click()
    zhang.get_by_label("请说明情况").fill(AGAIN)
    press(zhang, "要求重新处理")
    expect(
        zhang.get_by_role("status").filter(has_text="已转街道城运中心重新处理。")
    ).to_be_visible()
    expect(zhang.get_by_text(AGAIN)).to_be_visible()
    shoot(zhang, "track-reopened")


def back_in_the_inbox(hamlet: Hamlet, wang: Page, no: str) -> None:
    wang.goto(f"{hamlet.address}/desk?tab=reported")
    cell = wang.get_by_role("list", name="事件列表").locator(f"a[href$='{no}']")
    expect(cell).to_contain_text("重开")
    cell.click()
    case = wang.get_by_role("article", name=f"事件 {no}")
    expect(case).to_contain_text(AGAIN)
    expect(wang.get_by_role("status").first).to_be_empty()
