"""What the server refuses waits for its person, who mends it, keeps it as a file, or lets it go."""

import base64
import hashlib
import json
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.chaos.server import Server
from tests.faults import REFUSED, Line
from tests.journeys.outbox.hands import (
    add_photo,
    arrived,
    asked,
    drafted,
    network_returns,
    open_outbox,
    photos_of,
    picture,
    ready,
    records,
    sign_in,
    waiting,
    write,
)

pytestmark = pytest.mark.journey

TOO_LONG = "长" * 12_000


def write_too_much(page: Page, seed: int) -> str:
    """Write more than the server takes, with a photo; gives the photo's hash."""
    sha = add_photo(page, picture(seed))
    page.evaluate("document.querySelector('textarea').removeAttribute('maxlength')")
    write(page, TOO_LONG)
    expect(page.locator(".outbox summary")).to_contain_text("1项需要您处理")
    return sha


def back_to_mend(page: Page) -> None:
    open_outbox(page)
    page.get_by_role("link", name="修改").first.click()
    ready(page)


def test_a_refused_capture_is_mended_and_goes_under_its_own_id(note: Page, server: Server) -> None:
    sha = write_too_much(note, 1)
    [refused] = records(note)
    back_to_mend(note)
    expect(note.locator("textarea[aria-invalid=true]")).to_be_visible()
    write(note, "改短了")
    waiting(note, 0)
    [row] = asked(server, "SELECT uid FROM note WHERE text = '改短了'")
    assert uuid.UUID(str(row["uid"])) == uuid.UUID(refused["id"])
    assert photos_of(server, "改短了") == {sha}


def test_a_mended_draft_outlives_the_page(note: Page) -> None:
    write_too_much(note, 2)
    back_to_mend(note)
    note.get_by_label("记点什么").fill("改到一半")
    note.reload()
    ready(note)
    expect(note.get_by_label("记点什么")).to_have_value("改到一半")
    expect(note.locator(".photo[data-sha]")).to_have_count(1)


def test_what_another_tab_has_let_go_is_not_sent_from_the_mending_one(
    note: Page, server: Server
) -> None:
    write_too_much(note, 3)
    other = note.context.new_page()
    other.goto(note.url.split("?")[0])
    back_to_mend(other)
    open_outbox(note)
    note.once("dialog", lambda dialog: dialog.accept())
    note.get_by_role("button", name="删除").click()
    waiting(note, 0)
    other.get_by_label("记点什么").fill("别处已删")
    other.get_by_role("button", name="记下").click()
    expect(other.get_by_text("这一项已经在别处处理过了")).to_be_visible()
    assert arrived(server, "别处已删") == 0


def test_a_refused_capture_is_let_go_only_when_the_person_is_sure(note: Page) -> None:
    write_too_much(note, 4)
    open_outbox(note)
    note.once("dialog", lambda dialog: dialog.dismiss())
    note.get_by_role("button", name="删除").click()
    assert len(records(note)) == 1
    note.once("dialog", lambda dialog: dialog.accept())
    note.get_by_role("button", name="删除").click()
    waiting(note, 0)
    assert records(note) == []


def test_a_file_holds_all_of_it_with_the_photos(note: Page, tmp_path: Path) -> None:
    sha = write_too_much(note, 5)
    open_outbox(note)
    with note.expect_download() as coming:
        note.get_by_role("button", name="存成文件", exact=True).click()
    coming.value.save_as(tmp_path / "file.json")
    told = json.loads((tmp_path / "file.json").read_text(encoding="utf-8"))
    [record] = told["records"]
    [photo] = record["photos"]
    assert (told["kind"], told["version"]) == ("gridapp.outbox", 1)
    assert record["body"]["facts"] == {"text": TOO_LONG, "photos": [sha]}
    assert hashlib.sha256(base64.b64decode(photo["base64"])).hexdigest() == sha == photo["sha"]


def test_two_tabs_of_one_draft_are_two_captures_and_the_second_asks(
    note: Page, server: Server
) -> None:
    note.get_by_label("记点什么").fill("同一份草稿")
    drafted(note)
    other = note.context.new_page()
    other.goto(note.url)
    ready(other)
    write(note, "第一份")
    waiting(note, 0)
    write(other, "第二份")
    expect(other.locator(".outbox summary")).to_contain_text("1项需要您处理")
    back_to_mend(other)
    write(other, "第二份改过")
    waiting(other, 0)
    assert (arrived(server, "第一份"), arrived(server, "第二份改过")) == (1, 1)


def test_two_tabs_of_one_draft_without_network_are_both_kept(
    note: Page, line: Line, server: Server
) -> None:
    note.get_by_label("记点什么").fill("同一份草稿，没有网络")
    drafted(note)
    other = note.context.new_page()
    other.goto(note.url)
    ready(other)
    with line.being(REFUSED):
        write(note, "没网的第一份")
        write(other, "没网的第二份")
        waiting(other, 2)
    network_returns(other)
    waiting(other, 0)
    assert (arrived(server, "没网的第一份"), arrived(server, "没网的第二份")) == (1, 1)


def test_a_case_that_somebody_else_has_settled_comes_back_with_how_it_stands(
    note: Page, line: Line, server: Server
) -> None:
    no = report_case(note, server.cast.code1)
    note.goto(f"{line.address}/field/settle?no={no}")
    ready(note)
    note.context.set_offline(offline=True)
    note.get_by_label("怎么处理的").fill("清走了")
    note.get_by_role("button", name="办结").click()
    waiting(note, 1)
    settle_as_chen(note, line, no)
    note.context.set_offline(offline=False)
    open_outbox(note)
    told = note.get_by_role("listitem").get_by_text("这件事现在是「已结案」，和您记录时不一样了")
    expect(told).to_be_visible()
    expect(note.get_by_role("link", name="看最新情况").first).to_have_attribute(
        "href", f"/worker/case?no={no}"
    )


def report_case(page: Page, code: str) -> str:
    """Let a resident report something at a building; gives the case's number."""
    answer = page.request.put(
        f"{page.url.split('/field')[0]}/api/v1/reports/{uuid.uuid4()}",
        data={"at": code, "text": "楼道堆着旧沙发", "made_at": "2026-11-22T08:00:00Z"},
        headers={"Cookie": "", "X-Grid-Device": str(uuid.uuid4())},
    )
    assert answer.status == 201, answer.text()
    return str(answer.json()["no"])


def settle_as_chen(page: Page, line: Line, no: str) -> None:
    """Let a colleague settle the case by the plain form of another browser."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(locale="zh-CN")
    colleague = context.new_page()
    sign_in(colleague, line, "chen", f"/field/settle?no={no}")
    colleague.get_by_label("怎么处理的").fill("已经搬走")
    colleague.get_by_role("button", name="办结").click()
    expect(colleague.get_by_role("heading", name="已办结")).to_be_visible()
    context.close()
