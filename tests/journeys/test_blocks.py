"""The centre holds back what a pest reports, sees it marked, and lifts the block again."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.desk import Actor
from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import open_case, press, sign_in
from tests.journeys.test_access import barriers

pytestmark = [pytest.mark.journey, pytest.mark.desk_first]


def pestered(hamlet: Hamlet) -> str:
    """Report from one and the same phone; gives the number."""
    with hamlet.desk.acting(Actor(device="phone-of-a-pest")) as act:
        facts = ReportFacts(at=hamlet.home.code, text="路灯又不亮了", phone="13812345678")
        return report_case(act, uuid4(), facts).no


def test_a_pest_is_held_back_and_let_in_again(hamlet: Hamlet, anywhere: Page, shoot: Shoot) -> None:
    first = pestered(hamlet)
    sign_in(anywhere, hamlet.address, "wang")
    open_case(anywhere, hamlet.address, first)
    block(anywhere, shoot)
    case = open_case(anywhere, hamlet.address, pestered(hamlet))
    expect(case.get_by_text("待甄别")).to_be_visible()
    sort_heap(anywhere, hamlet, shoot)
    anywhere.goto(f"{hamlet.address}/me")
    anywhere.get_by_role("link", name="屏蔽名单").click()
    cell = anywhere.get_by_role("list", name="屏蔽名单").get_by_role("listitem").first
    expect(cell).to_contain_text("理由：连续恶意上报")
    shoot(anywhere, "desk-blocks")
    assert barriers(anywhere) == []
    cell.get_by_role("button", name="解除屏蔽").click()
    anywhere.get_by_label("理由").fill("核实无误")
    assert barriers(anywhere) == []
    press(anywhere, "确认解除屏蔽")
    expect(cell).to_contain_text("解除：核实无误")
    expect(cell.get_by_role("button")).to_have_count(0)


def block(page: Page, shoot: Shoot) -> None:
    press(page, "更多操作")
    press(page, "屏蔽上报")
    page.get_by_label("屏蔽多久").select_option(label="7天")
    page.get_by_label("理由").fill("连续恶意上报")
    shoot(page, "desk-block-form")
    press(page, "确认屏蔽上报")
    expect(page.get_by_text("已屏蔽上报")).to_be_visible()


def sort_heap(page: Page, hamlet: Hamlet, shoot: Shoot) -> None:
    """Let in all that is set aside, and take it back."""
    page.goto(f"{hamlet.address}/desk")
    page.get_by_role("link", name="待甄别").click()
    heap = page.get_by_role("list", name="待甄别").get_by_role("listitem")
    expect(heap.first).to_be_visible()
    assert barriers(page) == []
    press(page, "全选")
    shoot(page, "desk-aside")
    page.get_by_role("button", name="放行").click()
    expect(page.get_by_text("已放行")).to_be_visible()
    expect(heap).to_have_count(0)
    press(page, "撤销")
    expect(heap.first).to_be_visible()
