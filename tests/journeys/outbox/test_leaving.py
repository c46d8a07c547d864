"""What is typed and taken outlives the page: reloaded, left at once, or left with work waiting."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.chaos.server import Server
from tests.faults import REFUSED, Line
from tests.journeys.outbox.hands import (
    add_photo,
    arrived,
    drafted,
    network_returns,
    photos_of,
    picture,
    ready,
    records,
    waiting,
    write,
)

pytestmark = pytest.mark.journey

SLOW_PHOTO = """() => {
  const real = globalThis.createImageBitmap;
  globalThis.createImageBitmap = async (...asked) => {
    await new Promise((done) => { globalThis.developPhoto = done; });
    return real(...asked);
  };
}"""
SIGN_OUT = """() => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/sign-out" });
  form.append(Object.assign(document.createElement("button"), { textContent: "退出登录" }));
  document.querySelector(".page").prepend(form);
}"""


def begin_photo(page: Page, seed: int) -> None:
    """Take a photo that the phone needs long to make smaller."""
    page.evaluate(SLOW_PHOTO)
    page.locator("[data-photos=photos] input[type=file]").set_input_files(picture(seed))
    expect(page.get_by_text("处理中")).to_be_visible()


def test_a_reloaded_form_has_its_words_and_its_photo(note: Page) -> None:
    note.get_by_label("记点什么").fill("写到一半")
    add_photo(note, picture(11))
    drafted(note, 1)
    note.reload()
    ready(note)
    expect(note.get_by_label("记点什么")).to_have_value("写到一半")
    note.get_by_label("记点什么").fill("写完了")
    note.reload()
    ready(note)
    expect(note.locator(".photo[data-sha]")).to_have_count(1)


def test_the_last_words_before_the_page_goes_are_there_when_it_is_opened_again(note: Page) -> None:
    note.get_by_label("记点什么").fill("最后一句")
    note.goto(note.url.replace("/note", "/outbox"))
    note.goto(note.url.replace("/outbox", "/note"))
    ready(note)
    expect(note.get_by_label("记点什么")).to_have_value("最后一句")


def test_leaving_while_a_photo_is_being_prepared_is_asked_once(note: Page) -> None:
    begin_photo(note, 12)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    note.once("dialog", stay)
    note.evaluate("location.href = '/field/outbox'")

    note.evaluate("developPhoto()")
    expect(note.locator(".photo[data-sha]")).to_have_count(1)
    assert asked == ["beforeunload"]


def test_a_capture_waits_for_the_photo_that_is_being_prepared(note: Page, server: Server) -> None:
    begin_photo(note, 13)
    note.get_by_label("记点什么").fill("照片还没好")
    note.get_by_role("button", name="记下").click()
    note.evaluate("developPhoto()")
    expect(note.locator("#saved")).to_be_visible()
    waiting(note, 0)
    assert len(photos_of(server, "照片还没好")) == 1


def test_signing_out_with_work_on_the_phone_is_asked_first(
    note: Page, line: Line, server: Server
) -> None:
    with line.being(REFUSED):
        write(note, "退出之前")
        waiting(note, 1)
        note.evaluate(SIGN_OUT)
        note.get_by_role("button", name="退出登录").click()
        asked = note.get_by_role("dialog", name="还有1项没有上传")
        asked.get_by_role("button", name="先不退出").click()
        expect(asked).to_have_count(0)
    network_returns(note)
    waiting(note, 0)
    assert arrived(server, "退出之前") == 1
    assert records(note) == []


def test_whoever_has_nothing_waiting_signs_out_unasked(note: Page) -> None:
    note.evaluate(SIGN_OUT)
    note.on("dialog", lambda dialog: pytest.fail(dialog.message))
    note.get_by_role("button", name="退出登录").click()
    expect(note.get_by_label("账号")).to_be_visible()
