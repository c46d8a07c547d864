"""The resident's minute: on a small old phone, with script off, without network, inside WeChat."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from typing import Final

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, Response, expect

from gridapp.demo.drawings.scenes import Scene
from gridapp.domain.vocabulary import Status
from tests.journeys.conftest import IS_EVERY_SIZE, PHONE, Shoot
from tests.journeys.hamlet import Hamlet, served_hamlet
from tests.journeys.people import photo, press, take
from tests.journeys.residents import a_case_of, check_everybody_can_use, open_matter

pytestmark = pytest.mark.journey

SMALL: Final = (360, 640)
TEXT: Final = "2单元3楼的路灯不亮，晚上摸黑上楼"
_WECHAT: Final = (
    "Mozilla/5.0 (Linux; Android 10; V2002A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/86.0 Mobile Safari/537.36 MicroMessenger/8.0.47 NetType/4G Language/zh_CN"
)


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hamlet]:
    with served_hamlet(tmp_path_factory.mktemp("street"), "--api-only") as hamlet:
        yield hamlet


@dataclass(frozen=True)
class Resident:
    """A resident's browser, and what may be expected of it."""

    page: Page
    is_elder: bool
    has_script: bool


@contextmanager
def resident_of(
    chromium: Browser, street: Hamlet, size: tuple[int, int], text_px: str, kind: str
) -> Iterator[Resident]:
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=kind != "plain",
        user_agent=_WECHAT if kind == "wechat" else None,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    if text_px:
        context.add_cookies([{"name": "grid_elder", "value": text_px, "url": street.address}])
    yield Resident(context.new_page(), is_elder=bool(text_px), has_script=kind != "plain")
    context.close()


# The smaller phone with the larger letters is the narrowest, the other two are between.
_MODES = product((SMALL, PHONE), ("", "20")) if IS_EVERY_SIZE else ((SMALL, "20"), (PHONE, ""))


@pytest.fixture(
    params=[(*mode, kind) for mode, kind in product(_MODES, ("offline", "wechat", "plain"))],
    ids=lambda told: f"{told[0][0]}-{'elder' if told[1] else 'usual'}-{told[2]}",
)
def resident(
    request: pytest.FixtureRequest, chromium: Browser, street: Hamlet
) -> Iterator[Resident]:
    """Of two sizes, in both modes: in a browser, inside WeChat, and without script."""
    with resident_of(chromium, street, *request.param) as resident:
        yield resident


@pytest.fixture
def small(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": SMALL[0], "height": SMALL[1]}, locale="zh-CN", reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def huge_photo() -> FilePayload:
    """Make a photo of 48 million pixels."""
    out = BytesIO()
    Image.new("RGB", (8000, 6000), "teal").save(out, "JPEG", quality=60)
    return FilePayload(name="IMG_3.jpg", mimeType="image/jpeg", buffer=out.getvalue())


def test_from_the_poster_to_the_receipt_though_the_network_goes(
    resident: Resident, street: Hamlet, shoot: Shoot
) -> None:
    page, kind = resident.page, "elder" if resident.is_elder else "usual"
    page.goto(f"{street.address}/q/{street.home.code}")
    page.get_by_role("link", name="上报问题").click()
    page.get_by_label("发生了什么").fill(TEXT)
    for _ in range(2 if resident.is_elder and resident.has_script else 0):
        press(page, "下一步")
    page.context.set_offline(resident.has_script)
    press(page, "提交")
    if resident.has_script:
        expect(page.get_by_text("现在没有网络")).to_be_in_viewport()
        shoot(page, f"resident-offline-{kind}")
        page.context.set_offline(False)
    expect(page.get_by_role("heading", name="已收到").first).to_be_visible()
    expect(page.locator(".result-no")).to_be_in_viewport()
    expect(page.get_by_text("留个电话")).to_be_visible()
    in_wechat = page.get_by_text("在微信里")
    expect(in_wechat).to_have_count(page.evaluate("navigator.userAgent").count("MicroMessenger"))


@pytest.mark.parametrize("kind", ["wechat", "plain"])
def test_what_is_open_is_joined_and_followed(chromium: Browser, street: Hamlet, kind: str) -> None:
    category = open_matter(street)
    with resident_of(chromium, street, SMALL, "20", kind) as resident:
        page = resident.page
        page.goto(f"{street.address}/q/{street.home.code}")
        matter = page.locator(".matter").filter(has_text=category).first
        matter.get_by_role("button", name="我也遇到").click()
        expect(page.get_by_text("已记下。连您在内")).to_be_visible()
        expect(page.get_by_role("heading", name=category)).to_be_visible()


def test_the_text_suggests_three_categories_at_most(phone: Page, street: Hamlet) -> None:
    phone.goto(f"{street.address}/report?at={street.home.code}")
    phone.get_by_label("发生了什么").fill(TEXT)
    chips = phone.locator("[data-chips] .choice")
    expect(chips.filter(has_text="路灯")).to_be_visible()
    assert chips.count() <= 3
    phone.get_by_role("radio", name="路灯").check()
    expect(phone.locator("#category")).to_have_value("street_lamp")
    expect(phone.get_by_text("可以补充：")).to_be_visible()


def test_the_whole_form_on_a_small_phone(small: Page, street: Hamlet, shoot: Shoot) -> None:
    small.goto(f"{street.address}/report?at={street.home.code}")
    small.get_by_label("发生了什么").fill(TEXT)
    take(small, "photos", photo(Scene.LAMP_OUT))
    small.get_by_role("radio", name="路灯").check()
    shoot(small, "report-filled")
    check_everybody_can_use(small)
    press(small, "提交")
    expect(small.get_by_text("谢谢您告诉我们")).to_be_visible()
    shoot(small, "receipt")
    small.go_back()
    expect(small.get_by_label("发生了什么")).to_have_count(0)


def test_photos_are_added_one_by_one_without_script(chromium: Browser, street: Hamlet) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{street.address}/report?at={street.home.code}")
    page.get_by_label("发生了什么").fill(TEXT)
    for taken in (photo(Scene.LAMP_OUT), huge_photo()):
        page.locator("input[type=file]").set_input_files(taken)
        press(page, "收下这张，再加一张")
    expect(page.get_by_text("已收到的照片 2")).to_be_visible()
    expect(page.get_by_label("发生了什么")).to_have_value(TEXT)
    page.get_by_label("发生了什么").press("End")
    press(page, "提交")
    expect(page.get_by_role("heading", name="已收到").first).to_be_visible()
    context.close()


def test_48_million_pixels_are_made_small(phone: Page, street: Hamlet) -> None:
    phone.goto(f"{street.address}/report?at={street.home.code}")
    take(phone, "photos", huge_photo())
    phone.get_by_label("发生了什么").fill(TEXT)
    press(phone, "提交")
    expect(phone.get_by_text("谢谢您告诉我们")).to_be_visible()


def test_a_small_phone_shows_what_is_open(small: Page, street: Hamlet, shoot: Shoot) -> None:
    open_matter(street)
    small.goto(f"{street.address}/q/{street.home.code}")
    shoot(small, "place")
    matter = small.locator(".matter").first
    matter.scroll_into_view_if_needed()
    press(matter, "我也遇到")
    expect(small.get_by_text("已记下")).to_be_visible()
    check_everybody_can_use(small)
    shoot(small, "follow")


def test_the_receipt_is_kept_and_found_again(phone: Page, street: Hamlet, shoot: Shoot) -> None:
    case = a_case_of(street, phone="13800138000")
    phone.goto(f"{street.address}/c/{case.track}?new=1")
    phone.get_by_text("保存回执到相册").click()
    expect(phone.get_by_role("img", name=case.no)).to_have_js_property("complete", value=True)
    phone.get_by_role("button", name="复制链接").click()
    expect(phone.get_by_role("button", name="已复制")).to_be_visible()
    check_everybody_can_use(phone)
    phone.goto(f"{street.address}/find")
    phone.get_by_label("编号").fill(case.no)
    phone.get_by_label("电话后四位").fill("8000")
    shoot(phone, "find")
    press(phone, "查找")
    expect(phone.get_by_text("您反映的事")).to_be_visible()


def test_thanks_after_it_is_done(phone: Page, street: Hamlet) -> None:
    case = a_case_of(street, Status.CLOSED, category="rubbish")
    phone.goto(f"{street.address}/c/{case.track}")
    press(phone, "谢谢他们")
    expect(phone.get_by_text("您的感谢已转达")).to_be_visible()


def test_a_token_with_a_wrong_sign_is_told_kindly(small: Page, street: Hamlet) -> None:
    case = a_case_of(street)
    small.goto(f"{street.address}/c/{case.track[:-1]}-")
    expect(small.get_by_text("网址可能没有复制完整")).to_be_visible()
    expect(small.get_by_label("编号")).to_be_visible()


def test_faces_and_matters_keep_the_page_within_its_budget(phone: Page, street: Hamlet) -> None:
    open_matter(street)
    answers: list[Response] = []
    phone.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks it
    phone.goto(f"{street.address}/q/{street.home.code}", wait_until="networkidle")
    expect(phone.locator("img.face").first).to_be_visible()
    asked = [answer for answer in answers if answer.url.startswith("http")]
    assert len(asked) <= 6
    assert sum(answer.request.sizes()["responseBodySize"] for answer in asked) <= 60_000
