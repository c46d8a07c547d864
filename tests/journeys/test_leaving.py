"""The shell on a worker's pages, and what becomes of a shared phone when somebody leaves."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Shoot
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, sign_in
from tests.journeys.test_today import PAGES_ARE_KEPT

pytestmark = pytest.mark.journey

DEEDS = "**/api/v1/deeds/*"
WORKERS_PAGES = ("/worker/notes", "/worker/visits", "/worker/register", "/me", "/worker")
# As on iPhones; and what the worker sends, a test cannot cut.
NO_BACKGROUND_SYNC = "delete ServiceWorkerRegistration.prototype.sync"
KEPT = """async () => {
  const open = indexedDB.open("gridapp");
  await new Promise((done) => { open.onsuccess = done; });
  const all = (store) => new Promise((done) => {
    const asked = open.result.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => done(asked.result.map(({ person }) => person));
  });
  const kept = { pages: await caches.has("grid-pages") };
  for (const store of ["records", "snapshots", "thumbs"]) kept[store] = await all(store);
  open.result.close();
  return kept;
}"""


@pytest.fixture(autouse=True)
def a_cut_line_is_no_fault(problems: list[str]) -> Iterator[None]:
    yield
    forgiven = ("ERR_FAILED", "ERR_INTERNET_DISCONNECTED")
    problems[:] = [one for one in problems if not any(words in one for words in forgiven)]


def write_unsent_note(page: Page, hamlet: Hamlet, words: str) -> None:
    """Capture something while the line to the server is cut."""
    page.context.add_init_script(NO_BACKGROUND_SYNC)
    page.context.route(DEEDS, lambda route: route.abort())
    page.goto(f"{hamlet.address}/field/note")
    page.get_by_label("记点什么").fill(words)
    press(page, "记下")
    expect(page.get_by_role("heading", name="已保存")).to_be_visible()
    expect(page.get_by_text("待上传 1")).to_be_visible()


def take_today_along(page: Page, hamlet: Hamlet) -> None:
    page.goto(f"{hamlet.address}/field/today")
    expect(page.get_by_role("list", name="我的任务")).to_be_visible()
    page.evaluate(PAGES_ARE_KEPT)


def kept(page: Page) -> dict[str, Any]:
    """Tell whose things the phone keeps."""
    found: dict[str, Any] = page.evaluate(KEPT)
    return found


def test_a_workers_pages_say_what_waits_and_lead_to_the_offline_one(
    hamlet: Hamlet, phone: Page
) -> None:
    sign_in(phone, hamlet.address, "li")
    write_unsent_note(phone, hamlet, "楼道灯要换")
    phone.evaluate(PAGES_ARE_KEPT)
    for path in WORKERS_PAGES:
        phone.goto(hamlet.address + path)
        expect(phone.get_by_text("待上传 1")).to_be_visible()
    phone.context.set_offline(offline=True)
    phone.get_by_role("link", name="打开离线的今日").click()
    expect(phone.get_by_text("现在没有网络。")).to_be_visible()


def test_leaving_with_something_unsent_is_asked_about(
    hamlet: Hamlet, anywhere: Page, shoot: Shoot
) -> None:
    sign_in(anywhere, hamlet.address, "li")
    write_unsent_note(anywhere, hamlet, "先上传再退出")
    anywhere.goto(f"{hamlet.address}/me")
    press(anywhere, "退出登录")
    dialog = anywhere.get_by_role("dialog", name="还有1项没有上传")
    expect(dialog).to_be_visible()
    shoot(anywhere, "leaving")
    press(dialog, "先上传")
    expect(dialog.get_by_text("没有连上")).to_be_visible()
    anywhere.context.unroute(DEEDS)
    press(dialog, "先上传")
    done = anywhere.get_by_role("dialog", name="都已上传")
    press(done, "退出登录")
    expect(anywhere.get_by_role("heading", name="工作人员登录")).to_be_visible()
    assert kept(anywhere) == {"pages": False, "records": [], "snapshots": [], "thumbs": []}


def test_staying_keeps_everything(hamlet: Hamlet, phone: Page) -> None:
    sign_in(phone, hamlet.address, "li")
    take_today_along(phone, hamlet)
    write_unsent_note(phone, hamlet, "先不退出")
    phone.goto(f"{hamlet.address}/me")
    press(phone, "退出登录")
    press(phone, "先不退出")
    expect(phone.get_by_role("dialog")).to_have_count(0)
    phone.context.set_offline(offline=True)  # only the server ends a session
    press(phone, "退出登录")
    press(phone, "仍然退出")
    press(phone.get_by_role("dialog", name="现在退出不了"), "知道了")
    phone.context.set_offline(offline=False)
    assert len(kept(phone)["snapshots"]) == 1
    phone.goto(f"{hamlet.address}/worker")
    expect(phone.get_by_text("待上传 1")).to_be_visible()


def test_the_next_person_on_the_phone_sees_nothing_of_the_first_ones(
    hamlet: Hamlet, phone: Page
) -> None:
    li, qian = hamlet.actor("li").person_id, hamlet.actor("qian").person_id
    sign_in(phone, hamlet.address, "li")
    take_today_along(phone, hamlet)
    assert kept(phone)["snapshots"] == [li]
    write_unsent_note(phone, hamlet, "李写的")
    phone.goto(f"{hamlet.address}/me")
    press(phone, "退出登录")
    press(phone, "仍然退出")
    expect(phone.get_by_role("heading", name="工作人员登录")).to_be_visible()
    sign_in(phone, hamlet.address, "qian")
    phone.context.unroute(DEEDS)
    take_today_along(phone, hamlet)
    left = kept(phone)
    assert (left["records"], left["snapshots"]) == ([li], [qian])
    assert li not in left["thumbs"]
    expect(phone.get_by_text("待上传 0")).to_be_visible()
