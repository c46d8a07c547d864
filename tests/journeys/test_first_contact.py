"""First contact and capture in a real browser, with the modules on: photos, drafts, no network."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, Response, Route, expect
from sqlmodel import Session

from gridapp.demo.drawings.scenes import Scene, draw_photo
from gridapp.services.database.engine import open_engine
from gridapp.services.store.migrate import migrate
from gridapp.tables import TownFact
from tests.cast import PASSWORD, Cast, build_cast
from tests.journeys.conftest import Shoot
from tests.served import served

pytestmark = pytest.mark.journey

TEXT: Final = "楼下井盖松动，车一过就响"
_RULES: Final = {"runOnly": ["wcag2a", "wcag2aa"]}


@dataclass(frozen=True)
class Town:
    """A running server without a front end, and who lives there."""

    address: str
    cast: Cast


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("contact")
    engine = open_engine(f"sqlite:///{folder / 'gridapp.db'}")
    migrate(engine)
    with Session(engine.execution_options(writes=True)) as session:
        cast = build_cast(session)
        session.add(TownFact(key="demo", value=True))
        session.commit()
    engine.dispose()
    with served(folder, "--api-only", GRID_DEMO_PASSWORD=PASSWORD) as address:
        yield Town(address, cast)


def camera_photo() -> FilePayload:
    """Make what a camera sends: 8 million pixels, several MB."""
    noise = Image.frombytes("RGB", (400, 300), Random(1).randbytes(360_000))  # noqa: S311 - a picture
    out = BytesIO()
    noise.resize((3264, 2448)).save(out, "JPEG", quality=92)
    return FilePayload(name="IMG_1.jpg", mimeType="image/jpeg", buffer=out.getvalue())


def drawn_photo(scene: Scene, *, mended: bool = False) -> FilePayload:
    """Draw what the guides may show."""
    body = draw_photo(scene, 7, mended=mended)
    return FilePayload(name="IMG_2.jpg", mimeType="image/jpeg", buffer=body)


def take(page: Page, picker: str, photo: FilePayload) -> None:
    """Take a photo and wait until it is shown."""
    root = page.locator(f"[data-photos={picker}]")
    root.locator("input[type=file]").set_input_files(photo)
    expect(root.locator(".photo-remove")).to_have_count(1)


def check_everybody_can_use(page: Page) -> None:
    """Let axe look at a page: names, roles, contrast."""
    found = Axe().run(page, options=_RULES)
    assert found.violations_count == 0, found.generate_report()


def report_form(page: Page, town: Town) -> None:
    page.goto(f"{town.address}/report?at={town.cast.code1}")
    expect(page.locator("[data-ready]")).to_be_visible()


def sign_in(page: Page, town: Town, login: str, onward: str) -> None:
    page.goto(f"{town.address}/sign-in?next={onward}")
    page.get_by_role("button", name=login).click()
    expect(page.locator("[data-ready]").first).to_be_visible()


def test_a_poster_leads_to_a_receipt(anywhere: Page, town: Town, shoot: Shoot) -> None:
    anywhere.goto(f"{town.address}/Q/{town.cast.code1.lower()}")
    shoot(anywhere, "place")
    anywhere.get_by_role("link", name="上报问题").click()
    take(anywhere, "photos", drawn_photo(Scene.BROKEN_MANHOLE))
    anywhere.get_by_label("发生了什么").fill(TEXT)
    anywhere.get_by_role("button", name="提交").click()
    expect(anywhere.get_by_role("heading", name="已收到").first).to_be_visible()
    expect(anywhere.locator("figure img")).to_have_count(1)
    check_everybody_can_use(anywhere)
    shoot(anywhere, "receipt")


def test_a_photo_is_made_small_before_it_travels(phone: Page, town: Town) -> None:
    report_form(phone, town)
    take(phone, "photos", camera_photo())
    phone.get_by_label("发生了什么").fill(TEXT)
    with phone.expect_request("**/api/v1/photos/*") as sent:
        phone.get_by_role("button", name="提交").click()
    body = sent.value.post_data_buffer
    assert body is not None
    assert len(body) <= 400_000
    assert max(Image.open(BytesIO(body)).size) == 1600


def test_without_a_network_nothing_is_lost(
    phone: Page, town: Town, problems: list[str], shoot: Shoot
) -> None:
    report_form(phone, town)
    take(phone, "photos", camera_photo())
    phone.get_by_label("发生了什么").fill(TEXT)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("现在没有网络")).to_be_visible()
    shoot(phone, "report-offline")
    # Written on: it is sent when its person says so, not when the network is back.
    phone.get_by_label("发生了什么").press("End")
    phone.get_by_label("发生了什么").press_sequentially("了")
    phone.context.set_offline(False)
    phone.reload()
    expect(phone.get_by_text("已找回上次没提交的内容")).to_be_visible()
    expect(phone.get_by_label("发生了什么")).to_have_value(f"{TEXT}了")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("谢谢您告诉我们")).to_be_visible()
    problems.clear()


def test_what_waited_for_the_network_is_sent_when_it_is_back(
    phone: Page, town: Town, problems: list[str]
) -> None:
    report_form(phone, town)
    phone.get_by_label("发生了什么").fill(TEXT)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("现在没有网络")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("谢谢您告诉我们")).to_be_visible()
    problems.clear()


def test_an_answer_that_is_not_ours_is_no_receipt(phone: Page, town: Town) -> None:
    report_form(phone, town)
    phone.get_by_label("发生了什么").fill(TEXT)
    phone.route("**/api/v1/reports/*", lambda way: way.fulfill(status=200, body="<html>Portal"))
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("没有连上")).to_be_visible()
    phone.unroute("**/api/v1/reports/*")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("谢谢您告诉我们")).to_be_visible()


def test_an_answer_lost_on_the_way_makes_no_second_report(
    phone: Page, town: Town, problems: list[str]
) -> None:
    numbers: list[str] = []

    def lose_the_first(way: Route) -> None:
        answer = way.fetch()
        numbers.append(answer.json()["no"])
        if len(numbers) == 1:
            way.abort()
        else:
            way.fulfill(response=answer)

    report_form(phone, town)
    phone.get_by_label("发生了什么").fill(TEXT)
    phone.route("**/api/v1/reports/*", lose_the_first)
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("没有连上")).to_be_visible()
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("谢谢您告诉我们")).to_be_visible()
    assert len(numbers) == 2
    assert len(set(numbers)) == 1
    problems.clear()


def test_what_is_no_photo_is_told_at_once(phone: Page, town: Town) -> None:
    report_form(phone, town)
    pdf = FilePayload(name="IMG_2.jpg", mimeType="image/jpeg", buffer=b"%PDF-1.7")
    phone.locator("input[type=file]").set_input_files(pdf)
    expect(phone.get_by_text("这张照片打不开")).to_be_visible()


def test_a_worker_settles_on_the_spot(phone: Page, town: Town) -> None:
    sign_in(phone, town, "li", "/field/settle")
    phone.get_by_label("在哪栋楼").select_option(town.cast.code1)
    phone.get_by_label("看到了什么").fill("楼道堆着旧沙发")
    take(phone, "before", drawn_photo(Scene.BLOCKED_EXIT))
    phone.get_by_label("怎么处理的").fill("已联系业主搬走")
    take(phone, "after", drawn_photo(Scene.BLOCKED_EXIT, mended=True))
    check_everybody_can_use(phone)
    phone.get_by_role("button", name="办结").click()
    expect(phone.get_by_role("heading", name="已办结")).to_be_visible()


def test_an_ended_session_costs_nothing_captured(
    phone: Page, town: Town, problems: list[str]
) -> None:
    sign_in(phone, town, "li", "/field/settle")
    phone.get_by_label("在哪栋楼").select_option(town.cast.code1)
    phone.get_by_label("看到了什么").fill("楼道堆着旧沙发")
    phone.get_by_label("怎么处理的").fill("已联系业主搬走")
    phone.context.clear_cookies()
    phone.get_by_role("button", name="办结").click()
    expect(phone.get_by_text("待上传 1")).to_be_visible()
    phone.locator("#saved").get_by_role("link", name="去登录").click()
    phone.get_by_role("button", name="li").click()
    expect(phone.get_by_text("待上传 0")).to_be_visible()
    problems.clear()


@pytest.mark.parametrize("path", ["/q/{code}", "/report?at={code}", "/report?q=x", "/sign-in"])
def test_everybody_can_use_it(anywhere: Page, town: Town, path: str) -> None:
    anywhere.goto(town.address + path.format(code=town.cast.code1))
    check_everybody_can_use(anywhere)


@pytest.mark.parametrize("path", ["/q/{code}", "/report?at={code}", "/report?q=兰", "/sign-in"])
def test_text_twice_as_large_stays_inside(phone: Page, town: Town, path: str) -> None:
    phone.goto(town.address + path.format(code=town.cast.code1))
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    wide, window = phone.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= window


def test_a_posters_page_weighs_60_kb_in_6_requests_at_most(phone: Page, town: Town) -> None:
    answers: list[Response] = []
    phone.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks it
    phone.goto(f"{town.address}/q/{town.cast.code1}", wait_until="networkidle")
    assert 4 <= len(answers) <= 6
    assert sum(answer.request.sizes()["responseBodySize"] for answer in answers) <= 60_000


def test_at_night_the_page_is_dark(chromium: Browser, town: Town) -> None:
    context = chromium.new_context(color_scheme="dark", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{town.address}/q/{town.cast.code1}")
    expect(page.locator("body")).to_have_css("background-color", "rgb(17, 22, 29)")
    context.close()
