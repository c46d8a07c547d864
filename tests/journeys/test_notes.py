"""A note becomes a case without a word typed twice, and only once."""

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from gridapp.demo.drawings.scenes import Scene
from tests.journeys.conftest import ON_A_PHONE, OpenWindow, Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import open_case, photo, press, sign_in, take, width_of

pytestmark = pytest.mark.journey

KEPT: Final = """async (path) => {
  const kept = async () => (await caches.open("grid-pages")).match(path);
  while (!(await kept())) await new Promise((done) => setTimeout(done, 50));
}"""


def write_note(li: Page, hamlet: Hamlet, text: str, *, with_photo: bool = False) -> None:
    li.goto(f"{hamlet.address}/field/note")
    expect(li.locator("[data-ready]")).to_be_visible()
    li.get_by_label("在哪栋楼").select_option(hamlet.home.code)
    li.get_by_label("记点什么").fill(text)
    if with_photo:
        take(li, "photos", photo(Scene.POTHOLE))
    press(li, "记下")
    expect(li.get_by_role("heading", name="已记下")).to_be_visible()


def test_a_note_becomes_a_case_by_one_tap(
    hamlet: Hamlet, open_window: OpenWindow, shoot: Shoot
) -> None:
    li = open_window()
    text = f"二楼扶手松了{width_of(li)}"
    sign_in(li, hamlet.address, "li")
    write_note(li, hamlet, text, with_photo=True)
    li.goto(f"{hamlet.address}/worker/notes")
    note = li.get_by_role("listitem").filter(has_text=text)
    expect(note.get_by_role("img")).to_have_count(1)
    shoot(li, "notes")
    note.get_by_role("link", name="转为事件").click()
    expect(li.get_by_label("发生了什么")).to_have_value(text)
    expect(li.get_by_label("在哪栋楼")).to_have_value(hamlet.home.code)
    expect(li.locator(".photo-remove")).to_have_count(1)
    shoot(li, "note-promote")
    press(li, "上报")
    expect(li.get_by_role("heading", name="已转为事件")).to_be_visible()
    no = li.locator(".result-no").inner_text()
    li.goto(f"{hamlet.address}/worker/notes")
    expect(note.get_by_role("link", name=f"已转为事件 {no}")).to_be_visible()
    case = open_case(li, hamlet.address, no, "worker")
    expect(case).to_contain_text(text)
    expect(case.get_by_role("img", name="上报照片")).to_have_count(1)


@ON_A_PHONE
def test_without_network_a_note_of_todays_page_becomes_one_case(
    hamlet: Hamlet, open_window: OpenWindow, problems: list[str]
) -> None:
    li = open_window()
    text = f"雨棚要掉下来了{width_of(li)}"
    sign_in(li, hamlet.address, "li")
    write_note(li, hamlet, text)
    li.goto(f"{hamlet.address}/field/today")
    link = li.get_by_role("link").filter(has_text=text)
    expect(link).to_be_visible()
    for path in ("/field/today", "/field/promote"):
        li.evaluate(KEPT, path)
    li.context.set_offline(offline=True)
    link.click()
    expect(li.get_by_label("发生了什么")).to_have_value(text)
    press(li, "上报")
    expect(li.get_by_text("已保存在这部手机上。现在没有网络")).to_be_visible()
    li.goto(f"{hamlet.address}/field/today")
    link.click()
    expect(li.get_by_text("这一条已经转为事件，正等待上传。")).to_be_visible()
    problems.clear()  # that there was no network is no complaint
    li.context.set_offline(offline=False)
    expect(li.get_by_text("待上传 0")).to_be_visible()
    li.goto(f"{hamlet.address}/worker/notes")
    note = li.get_by_role("listitem").filter(has_text=text)
    expect(note.get_by_role("link", name="已转为事件")).to_have_count(1)
