"""Checking in: by the camera, by a typed code, by choosing; with and without network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect, sync_playwright
from sqlmodel import Session, func, select

from gridapp.tables import CheckIn
from tests.journeys.camera import film, phone_with_camera
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import sign_in

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=15_000)
        yield playwright


def count(hamlet: Hamlet, via: str) -> int:
    with Session(hamlet.desk.engine) as session:
        return session.exec(select(func.count()).where(CheckIn.via == via)).one()


def poster(hamlet: Hamlet) -> str:
    return f"HTTPS://GRID.EXAMPLE.CN/Q/{hamlet.home.code}"


def open_check_in(page: Page, hamlet: Hamlet) -> None:
    sign_in(page, hamlet.address, "li")
    page.goto(f"{hamlet.address}/field/check_in")
    expect(page.locator("form[data-ready]")).to_be_visible()


@pytest.mark.parametrize("turned", [0, 37, 180])
def test_a_poster_that_the_camera_sees_checks_in(
    turned: int, hamlet: Hamlet, playwright: Playwright, tmp_path: Path
) -> None:
    seen, before = (
        film(tmp_path / "wall.mjpeg", poster(hamlet), turned=turned),
        count(hamlet, "scan"),
    )
    with phone_with_camera(playwright, seen) as page:
        open_check_in(page, hamlet)
        expect(page.get_by_role("heading", name=f"已签到：{hamlet.home.name}")).to_be_visible()
        expect(page.locator("#saved[data-arrived]")).to_be_visible()
    assert count(hamlet, "scan") == before + 1
