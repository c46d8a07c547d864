"""Photos go up one by one, each once, kept apart and in their order, whatever comes between."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, expect

from tests.chaos.server import Server
from tests.faults import Line
from tests.journeys.outbox.hands import (
    add_photo,
    asked,
    photos_of,
    picture,
    ready,
    sign_in,
    waiting,
    write,
)
from tests.services.photos.drawn_photos import HEIC

pytestmark = pytest.mark.journey


@pytest.fixture
def phone(chromium: Browser, line: Line, server: Server) -> Iterator[BrowserContext]:
    """A phone on which every request can be seen: the worker's would not be."""
    assert server
    context = chromium.new_context(locale="zh-CN", service_workers="block")
    sign_in(context.new_page(), line, "li")
    yield context
    context.close()


def first_page(phone: BrowserContext) -> Page:
    return phone.pages[0]


def uploads(phone: BrowserContext) -> list[str]:
    """Note the hash of each photo that is sent from now on."""
    sent: list[str] = []

    def note(route: Route) -> None:
        sent.append(route.request.url.rsplit("/", 1)[-1])
        route.continue_()

    phone.route("**/api/v1/photos/*", note)
    return sent


def test_after_a_kill_between_photos_only_the_missing_ones_are_sent(
    phone: BrowserContext, server: Server
) -> None:
    page = first_page(phone)
    sent: list[str] = []

    def stop_after_two(route: Route) -> None:
        sent.append(route.request.url.rsplit("/", 1)[-1])
        if len(sent) <= 2:
            route.continue_()  # the third never gets an answer

    phone.route("**/api/v1/photos/*", stop_after_two)
    taken = {add_photo(page, picture(seed)) for seed in (41, 42, 43, 44)}
    write(page, "四张照片")
    expect(page.locator("#saved")).to_contain_text("正在上传 2/5")
    page.close()
    phone.unroute("**/api/v1/photos/*")
    later = uploads(phone)
    again = phone.new_page()
    again.goto(f"{server.public_url}/field/outbox")
    waiting(again, 0)
    assert set(later) == taken - set(sent[:2])
    assert len(later) == 2
    assert photos_of(server, "四张照片") == taken


def test_before_and_after_stay_apart_and_in_their_order(
    phone: BrowserContext, line: Line, server: Server
) -> None:
    page = first_page(phone)
    page.goto(f"{line.address}/field/settle")
    ready(page)
    page.get_by_label("在哪栋楼").select_option(index=1)
    page.get_by_label("看到了什么").fill("堆着旧沙发")
    page.get_by_label("怎么处理的").fill("搬走了，前后都拍了")
    before = [add_photo(page, picture(seed), "before") for seed in (51, 52, 53)]
    after = [add_photo(page, picture(seed), "after") for seed in (54, 55, 56)]
    page.get_by_role("button", name="办结").click()
    expect(page.get_by_role("heading", name="已办结")).to_be_visible()
    rows = asked(
        server,
        """SELECT case_photo.kind AS kind, photo.sha256 AS sha FROM case_photo
           JOIN photo ON photo.id = case_photo.photo_id
           JOIN case_step ON case_step.id = case_photo.step_id
           WHERE case_step.words LIKE :words ORDER BY case_photo.id""",
        words="%前后都拍了%",
    )
    hung = [(str(row["kind"]), str(row["sha"])) for row in rows]
    assert hung == [("before", sha) for sha in before] + [("after", sha) for sha in after]


def test_a_file_that_nobody_opens_is_named_and_the_form_goes_on(
    phone: BrowserContext, server: Server
) -> None:
    page = first_page(phone)
    files = page.locator("[data-photos=photos] input[type=file]")
    files.set_input_files(FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=b"no photo"))
    expect(page.get_by_text("这张照片打不开，请换一张")).to_be_visible()
    heic = FilePayload(name="IMG_1.HEIC", mimeType="image/heic", buffer=HEIC.read_bytes())
    files.set_input_files(heic)
    expect(page.get_by_text("HEIC 格式的照片在这里打不开")).to_be_visible()
    sha = add_photo(page, picture(61))
    write(page, "换了一张")
    waiting(page, 0)
    assert photos_of(server, "换了一张") == {sha}
