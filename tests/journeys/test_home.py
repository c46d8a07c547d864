"""The resident's home: the code from the door, what was reported from this phone, the way back."""

from random import Random

import pytest
from playwright.sync_api import Page, expect

from gridapp.demo.drawings.scenes import Scene
from gridapp.domain.codes import draw_building_code
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.cases.find import find_place
from gridapp.services.deeds import do_deed
from gridapp.services.desk import RESIDENT
from gridapp.services.notices.lists import public_notices
from gridapp.services.orders import Order
from gridapp.tables import Grid
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import fill_report, photo, press, send_report, sign_in
from tests.journeys.residents import check_everybody_can_use

pytestmark = pytest.mark.journey

CODE = draw_building_code(Random(7))  # noqa: S311 - the same code again, not a secret


def test_a_stranger_types_the_code_from_the_door(
    hamlet: Hamlet, anywhere: Page, problems: list[str], shoot: Shoot
) -> None:
    code = hamlet.home.code
    anywhere.goto(hamlet.address)
    shoot(anywhere, "home")
    anywhere.get_by_label("楼栋码").fill(CODE[::-1])
    press(anywhere, "打开")
    expect(anywhere.get_by_role("alert")).to_contain_text("这个码不对")
    expect(anywhere.get_by_label("楼栋码")).to_be_focused()
    problems.clear()  # Chromium reports the 422 that was asked for
    anywhere.get_by_label("楼栋码").fill(f"{code[:4]} {code[4:].lower()}")
    anywhere.keyboard.press("Enter")
    expect(anywhere.get_by_role("heading", level=1)).to_have_text(hamlet.home.name)


def test_what_was_reported_is_one_tap_from_the_poster(
    hamlet: Hamlet, phone: Page, shoot: Shoot
) -> None:
    post_notice(hamlet)
    text = "楼道的扶手松了，下楼要当心"
    fill_report(phone, hamlet.address, hamlet.home.code, text, photo(Scene.POTHOLE))
    no = send_report(phone)
    phone.goto(f"{hamlet.address}/q/{hamlet.home.code}")
    phone.get_by_role("link", name="首页").click()
    expect(phone.get_by_text("本周五停水")).to_be_visible()
    shoot(phone, "home-mine")
    check_everybody_can_use(phone)
    phone.get_by_role("link", name=text).click()
    expect(phone.get_by_text(no)).to_be_visible()
    press(phone, "从这部手机上去掉")
    phone.get_by_role("link", name="首页").click()
    expect(phone.get_by_text("这部手机上还没有")).to_be_visible()


def post_notice(hamlet: Hamlet) -> None:
    li = hamlet.actor("li")
    with hamlet.desk.acting(li) as act:
        grid = act.session.get_one(Grid, li.posts[0].grid_id).code
        until_on = beijing_date(act.now).isoformat()
        words = "泵房检修，周五22:00到次日6:00停水，请提前储水。"
        facts = {"grid": grid, "title": "本周五停水", "words": words, "until_on": until_on}
        do_deed(act, Order(Deed.POST_NOTICE, facts=facts))


def test_a_worker_posts_a_notice_and_takes_it_down(
    hamlet: Hamlet, anywhere: Page, shoot: Shoot
) -> None:
    sign_in(anywhere, hamlet.address, "li")
    anywhere.goto(f"{hamlet.address}/notices")
    press(anywhere, "发通知")
    form = anywhere.get_by_role("dialog")
    form.get_by_label("标题").fill("周六上门灭蟑")
    form.get_by_label("内容").fill("上午9点起逐户投药，请家里留人。")
    shoot(anywhere, "notices-form")
    press(form, "发通知")
    cell = anywhere.get_by_role("listitem").filter(has_text="周六上门灭蟑").filter(has_text="挂到")
    expect(cell).to_be_visible()
    shoot(anywhere, "notices")
    assert "周六上门灭蟑" in told_at_home(hamlet)
    press(cell, "撤下：周六上门灭蟑")
    press(anywhere, "确认撤下")
    expect(anywhere.get_by_text("已撤下：周六上门灭蟑")).to_be_visible()
    assert "周六上门灭蟑" not in told_at_home(hamlet)


def told_at_home(hamlet: Hamlet) -> list[str]:
    with hamlet.desk.looking(RESIDENT) as act:
        path = find_place(act, hamlet.home.code).grid_path
        return [notice.title for notice in public_notices(act, path)]


def test_a_wrong_address_leads_back_home(
    hamlet: Hamlet, anywhere: Page, problems: list[str], shoot: Shoot
) -> None:
    response = anywhere.goto(f"{hamlet.address}/no-such-page")
    assert response is not None
    assert response.status == 404
    problems.clear()  # Chromium reports the 404 that was asked for
    shoot(anywhere, "not-found")
    anywhere.get_by_role("link", name="回到首页").click()
    expect(anywhere.get_by_role("heading", level=1)).to_contain_text("告诉网格员")
