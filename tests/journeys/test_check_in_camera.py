"""Checking in by the camera: posters upright and turned, without network, refused or not there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright
from sqlmodel import Session, func, select

from gridapp.tables import CheckIn
from tests.journeys.camera import film, phone_with_camera
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import expect_checked_in, open_check_in, press

pytestmark = pytest.mark.journey

PLACES_KEPT = """async () => {
  const pages = await caches.open("grid-pages");
  const scanner = await caches.open("grid-scanner");
  const end = performance.now() + 15_000;
  while (performance.now() < end) {
    if ((await pages.match("/field/check_in")) && (await scanner.keys()).length === 2) return true;
    await new Promise((go) => setTimeout(go, 50));
  }
  return false;
}"""


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=15_000)
        yield playwright


@pytest.fixture
def poster(hamlet: Hamlet, tmp_path: Path) -> Path:
    """A film of the poster at Li's first building."""
    return film(tmp_path / "wall.mjpeg", f"HTTPS://GRID.EXAMPLE.CN/Q/{hamlet.home.code}")


def count(hamlet: Hamlet, via: str) -> int:
    with Session(hamlet.desk.engine) as session:
        return session.exec(select(func.count()).where(CheckIn.via == via)).one()


@pytest.mark.parametrize("turned", [0, 37, 180])
def test_a_poster_that_the_camera_sees_checks_in(
    turned: int, hamlet: Hamlet, playwright: Playwright, tmp_path: Path
) -> None:
    text = f"HTTPS://GRID.EXAMPLE.CN/Q/{hamlet.home.code}"
    before = count(hamlet, "scan")
    seen = film(tmp_path / "turned.mjpeg", text, turned=turned)
    with phone_with_camera(playwright, seen) as page:
        open_check_in(page, hamlet)
        expect_checked_in(page, hamlet)
        expect(page.locator("#saved[data-arrived]")).to_be_visible()
    assert count(hamlet, "scan") == before + 1


def test_without_network_the_camera_still_checks_in_and_it_arrives_once(
    hamlet: Hamlet, playwright: Playwright, poster: Path
) -> None:
    with phone_with_camera(playwright, poster, may=False) as page:
        open_check_in(page, hamlet)
        assert page.evaluate(PLACES_KEPT)
        before = count(hamlet, "scan")
        page.context.grant_permissions(["camera"])
        page.context.set_offline(offline=True)
        page.reload()
        expect_checked_in(page, hamlet)
        expect(page.get_by_text("现在没有网络，有网后自动上传")).to_be_visible()
        assert count(hamlet, "scan") == before
        page.context.set_offline(offline=False)
        expect(page.locator("#saved[data-arrived]")).to_be_visible()
    assert count(hamlet, "scan") == before + 1


def test_what_was_scanned_last_is_where_the_next_note_is(
    hamlet: Hamlet, playwright: Playwright, poster: Path
) -> None:
    with phone_with_camera(playwright, poster) as page:
        open_check_in(page, hamlet)
        expect_checked_in(page, hamlet)
        page.goto(f"{hamlet.address}/field/note")
        expect(page.get_by_label("在哪栋楼")).to_have_value(hamlet.home.code)


def test_a_camera_that_sees_something_else_reads_on(
    hamlet: Hamlet, playwright: Playwright, tmp_path: Path
) -> None:
    seen = film(tmp_path / "pay.mjpeg", "https://pay.example.cn/q/AAAAAAAA")
    with phone_with_camera(playwright, seen) as page:
        open_check_in(page, hamlet)
        expect(page.get_by_text("这不是楼栋码")).to_be_visible()
        expect(page.get_by_role("button", name="关闭相机")).to_be_visible()


@pytest.mark.parametrize(
    ("has_camera", "said"), [(True, "没有允许使用相机"), (False, "这里打不开相机")]
)
def test_without_a_camera_one_is_told_and_types(
    has_camera: bool, said: str, hamlet: Hamlet, playwright: Playwright, poster: Path
) -> None:
    before = count(hamlet, "typed")
    with phone_with_camera(playwright, poster if has_camera else None, may=False) as page:
        open_check_in(page, hamlet)
        press(page, "打开相机扫码")
        expect(page.get_by_text(said)).to_be_visible()
        page.get_by_label("楼栋码").fill(hamlet.home.code.lower())
        expect(page.locator("[data-code-hint]")).to_contain_text(hamlet.home.name)
        press(page, "签到")
        expect_checked_in(page, hamlet)
        expect(page.locator("#saved[data-arrived]")).to_be_visible()
    assert count(hamlet, "typed") == before + 1


def test_a_camera_is_let_go_when_the_page_is_left(
    hamlet: Hamlet, playwright: Playwright, tmp_path: Path
) -> None:
    seen = film(tmp_path / "wall.mjpeg", "nothing of ours")
    with phone_with_camera(playwright, seen) as page:
        open_check_in(page, hamlet)
        video = page.locator("video")
        expect(video).to_be_visible()
        press(page, "关闭相机")
        expect(video).to_be_hidden()
        assert page.evaluate("document.querySelector('video').srcObject") is None
