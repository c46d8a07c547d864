"""A worker clears something on the way, and the street's figures know of it."""

import pytest
from playwright.sync_api import Page, expect

from gridapp.demo.drawings.scenes import Scene
from tests.journeys.conftest import OpenWindow, Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import expect_figures, figures, open_case, photo, press, sign_in, take

pytestmark = pytest.mark.journey


def test_what_is_settled_on_the_spot_is_closed_and_counted(
    hamlet: Hamlet, open_window: OpenWindow, shoot: Shoot
) -> None:
    sun, li = open_window(), open_window()
    sign_in(sun, hamlet.address, "sun")
    before = figures(sun, hamlet.address)
    settled_before = settled(sun)
    no = settle(hamlet, li, shoot)
    case = open_case(li, hamlet.address, no, "worker")
    expect(case).to_contain_text("◆已结案")
    for kind in ("处置前", "处置后"):
        expect(case.get_by_role("img", name=kind)).to_have_count(1)
    shoot(li, "worker-settled")
    after = before | {"上报": before["上报"] + 1, "结案": before["结案"] + 1}
    expect_figures(sun, hamlet.address, after)
    assert settled(sun) == settled_before + 1


def settle(hamlet: Hamlet, li: Page, shoot: Shoot) -> str:
    sign_in(li, hamlet.address, "li")
    li.get_by_role("link", name="随手清").click()
    li.get_by_label("在哪栋楼").select_option(hamlet.home.code)
    li.get_by_label("看到了什么").fill("花坛边有一堆装修垃圾")
    take(li, "before", photo(Scene.RUBBISH_HEAP))
    li.get_by_label("属于哪一类").select_option(label="垃圾")
    li.get_by_label("怎么处理的").fill("已叫清运车拉走，地面冲洗干净")
    take(li, "after", photo(Scene.RUBBISH_HEAP, mended=True))
    shoot(li, "settle")
    press(li, "办结")
    expect(li.get_by_role("heading", name="已办结")).to_be_visible()
    return li.locator(".result-no").inner_text()


def settled(sun: Page) -> int:
    said = sun.get_by_role("region", name="件数").get_by_text("其中随手清").inner_text()
    return int(said.removeprefix("其中随手清").removesuffix("件"))
