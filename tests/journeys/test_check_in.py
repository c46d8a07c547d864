"""Checking in by a typed code or by choosing, and what is said when a code does not fit."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlmodel import Session, col, select

from gridapp.domain.codes import building_code
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.buildings import own_buildings
from gridapp.tables import CheckIn
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import expect_checked_in, open_check_in, press, sign_in

pytestmark = pytest.mark.journey


def foreign_code(hamlet: Hamlet) -> str:
    """A code of the grid that Qian walks."""
    with hamlet.desk.looking(hamlet.actor("qian")) as act:
        return own_buildings(act, Deed.CHECK_IN)[0].code


def test_codes_that_do_not_fit_are_answered_kindly(
    hamlet: Hamlet, phone: Page, problems: list[str]
) -> None:
    open_check_in(phone, hamlet)
    typed = phone.get_by_label("楼栋码")
    for code, said in {
        "ABC": "还没有输完",
        hamlet.home.code[:7] + ("2" if hamlet.home.code[7] != "2" else "3"): "有一位不对",
        building_code("ZZZZZZZ"): "没有这个楼栋码，可能已经更换",
        foreign_code(hamlet): "不在您的网格里",
    }.items():
        typed.fill(code)
        press(phone, "签到")
        expect(phone.get_by_role("alert")).to_contain_text(said)
    # The browser tells of the 404 by which the server said that there is no such code.
    problems.clear()


def test_without_network_an_unknown_code_waits_for_the_server_only_if_one_insists(
    hamlet: Hamlet, phone: Page, problems: list[str]
) -> None:
    open_check_in(phone, hamlet)
    phone.context.set_offline(offline=True)
    phone.get_by_label("楼栋码").fill(foreign_code(hamlet))
    press(phone, "签到")
    expect(phone.get_by_role("alert")).to_contain_text("这部手机上没有这个楼栋码")
    press(phone, "仍要签到")
    expect(phone.get_by_text("有网后自动上传，可以关闭本页")).to_be_visible()
    phone.context.set_offline(offline=False)
    saved = phone.locator("#saved")
    expect(saved.get_by_text("没有找到，或不在您的管辖范围内。")).to_be_visible()
    expect(saved.get_by_role("heading", name="已保存")).to_be_visible()
    problems.clear()


def test_the_page_can_be_used_by_everybody(hamlet: Hamlet, anywhere: Page, shoot: Shoot) -> None:
    sign_in(anywhere, hamlet.address, "li")
    for scheme in ("dark", "light"):
        anywhere.emulate_media(color_scheme=scheme)
        anywhere.goto(f"{hamlet.address}/field/check_in")
        expect(anywhere.locator("form[data-ready]")).to_be_attached()
        assert Axe().run(anywhere).response["violations"] == []
        shoot(anywhere, f"check-in-{scheme}")
    press(anywhere, "签到")
    expect(anywhere.get_by_text("请扫码、输入楼栋码，或选择楼栋。")).to_be_visible()
    anywhere.get_by_label("从名单里选").select_option(hamlet.home.code)
    press(anywhere, "签到")
    expect_checked_in(anywhere, hamlet)
    expect(anywhere.locator("#saved[data-arrived]")).to_be_visible()
    assert Axe().run(anywhere).response["violations"] == []
    shoot(anywhere, "check-in-done")


def last_position(hamlet: Hamlet) -> tuple[float | None, float | None]:
    with Session(hamlet.desk.engine) as session:
        last = session.exec(select(CheckIn).order_by(col(CheckIn.id).desc())).first()
    assert last is not None
    return last.lng_wgs84, last.lat_wgs84


def check_in_at_home(page: Page, hamlet: Hamlet) -> None:
    page.get_by_label("从名单里选").select_option(hamlet.home.code)
    press(page, "签到")
    expect_checked_in(page, hamlet)
    expect(page.locator("#saved[data-arrived]")).to_be_visible()


def test_a_position_goes_along_when_it_is_there_and_is_never_waited_for(
    hamlet: Hamlet, phone: Page
) -> None:
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"longitude": 121.4, "latitude": 31.25, "accuracy": 12})
    open_check_in(phone, hamlet)
    expect(phone.get_by_text("已附上位置，误差约12米")).to_be_visible()
    check_in_at_home(phone, hamlet)
    assert last_position(hamlet) == (121.4, 31.25)
    phone.add_init_script("Geolocation.prototype.getCurrentPosition = () => {}")  # nobody answers
    phone.reload()
    expect(phone.get_by_text("正在定位")).to_be_visible()
    check_in_at_home(phone, hamlet)
    assert last_position(hamlet) == (None, None)
