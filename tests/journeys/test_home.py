"""A passer-by opens the home page and types the code from the door."""

from random import Random

import pytest
from playwright.sync_api import Page, Route, expect

from gridapp.domain.codes import draw_building_code
from tests.journeys.conftest import Shoot

pytestmark = pytest.mark.journey

CODE = draw_building_code(Random(7))  # noqa: S311 - the same code again, not a secret


def test_a_right_code_opens_the_way_to_the_report(site: str, anywhere: Page, shoot: Shoot) -> None:
    anywhere.goto(site)
    expect(anywhere.get_by_role("button", name="上报问题")).to_be_disabled()
    shoot(anywhere, "home")

    anywhere.get_by_label("楼栋码").fill(f"{CODE[:4]} {CODE[4:].lower()}")

    report = anywhere.get_by_role("link", name="上报问题")
    expect(report).to_have_attribute("href", f"/q/{CODE}")


def test_a_mistyped_code_is_told_and_opens_nothing(site: str, phone: Page) -> None:
    phone.goto(site)

    phone.get_by_label("楼栋码").fill(CODE[::-1])

    expect(phone.get_by_role("status")).to_contain_text("这个码不对")
    expect(phone.get_by_role("button", name="上报问题")).to_be_disabled()


def test_a_short_code_says_how_much_is_missing(site: str, phone: Page) -> None:
    phone.goto(site)

    phone.get_by_label("楼栋码").fill(CODE[:5])

    expect(phone.get_by_role("status")).to_have_text("还差 3 位")


def test_a_wrong_address_leads_back_home(
    site: str, anywhere: Page, problems: list[str], shoot: Shoot
) -> None:
    response = anywhere.goto(f"{site}/no-such-page")
    assert response is not None
    assert response.status == 404
    problems.clear()  # Chromium reports the 404 that was asked for
    shoot(anywhere, "not-found")

    anywhere.get_by_role("link", name="回到首页").click()

    expect(anywhere.get_by_role("heading", level=1)).to_contain_text("告诉网格员")


def test_what_is_typed_before_the_page_is_awake_counts(site: str, phone: Page) -> None:
    asleep: list[Route] = []
    # Playwright writes on the handler it is given, so a bound method of a list will not do.
    hold = lambda route: asleep.append(route)  # noqa: E731, PLW0108 - see above
    phone.route("**/assets/entry.client*.js", hold)
    phone.goto(site, wait_until="commit")
    phone.get_by_label("楼栋码").fill(CODE)

    asleep.pop().continue_()

    expect(phone.get_by_role("link", name="上报问题")).to_have_attribute("href", f"/q/{CODE}")
