"""Whatever the line or the server answers, a capture waits, goes once, or asks the person."""

import threading
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from gridapp.services.pauses import Point
from tests.chaos.server import Server
from tests.faults import (
    BROKEN,
    NO_SERVER,
    PORTAL,
    REDIRECT,
    REFUSED,
    SILENCE,
    TOO_OFTEN,
    Line,
    cut,
)
from tests.journeys.outbox.hands import (
    add_photo,
    arrived,
    kept_for_offline,
    network_returns,
    picture,
    sign_in,
    waiting,
    write,
)

pytestmark = pytest.mark.journey

FAULTS: Final = {
    "refused": REFUSED,
    "silence": SILENCE,
    "a portal's page": PORTAL,
    "a redirect": REDIRECT,
    "500": BROKEN,
    "502": NO_SERVER,
    "429": TOO_OFTEN,
    "cut going up": cut(upward_bytes=300),
    "cut coming down": cut(downward_bytes=60),
}
POINTS: Final[tuple[Point, ...]] = ("after_parse", "after_file", "after_commit")


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_line_keeps_the_capture_and_a_good_one_takes_it_once(
    name: str, note: Page, line: Line, server: Server
) -> None:
    with line.being(FAULTS[name]):
        write(note, name)
        waiting(note, 1)
    network_returns(note)
    waiting(note, 0)
    assert arrived(server, name) == 1


def test_after_the_session_has_ended_it_waits_for_the_person_to_sign_in(
    note: Page, line: Line, server: Server
) -> None:
    note.context.clear_cookies()
    write(note, "登录过期了")
    expect(note.locator("#saved")).to_contain_text("登录后继续上传")
    note.locator("#saved").get_by_role("link", name="去登录").click()
    note.wait_for_url("**/sign-in?next=**")
    sign_in(note, line, "li")
    waiting(note, 0)
    assert arrived(server, "登录过期了") == 1


@pytest.mark.parametrize("point", POINTS)
def test_a_server_killed_before_it_could_answer_has_it_once_in_the_end(
    note: Page, server: Server, point: Point
) -> None:
    killed: list[bool] = []
    # Longer than any page takes to be filled in; it ends as soon as the server stands there.
    killing = threading.Thread(target=lambda: killed.append(server.kill_at(point, 60)))
    add_photo(note, picture(POINTS.index(point)))
    killing.start()
    write(note, f"服务器停在 {point}")
    killing.join()
    network_returns(note)
    waiting(note, 0)
    assert killed == [True]
    assert arrived(server, f"服务器停在 {point}") == 1


def test_another_persons_session_sends_nothing_of_the_first_ones(
    note: Page, line: Line, server: Server
) -> None:
    with line.being(REFUSED):
        write(note, "李的随手记")
        note.context.clear_cookies()  # before the line is good again, or it would go at once
    sign_in(note, line, "qian")
    waiting(note, 0)
    expect(note.get_by_text("这部手机上还有其他人的1项没有上传")).to_be_attached()
    assert arrived(server, "李的随手记") == 0
    note.context.clear_cookies()
    sign_in(note, line, "li")
    waiting(note, 0)
    assert arrived(server, "李的随手记") == 1


def test_two_tabs_send_one_capture_once(note: Page, line: Line, server: Server) -> None:
    other = note.context.new_page()
    other.goto(f"{line.address}/field/outbox")
    write(note, "两个页面")
    waiting(note, 0)
    waiting(other, 0)
    assert arrived(server, "两个页面") == 1


def test_a_phone_whose_clock_is_years_off_delivers(note: Page, line: Line, server: Server) -> None:
    note.clock.set_fixed_time("2038-01-01T00:00:00Z")
    with line.being(REFUSED):
        write(note, "时钟不准")
        waiting(note, 1)
    note.clock.set_fixed_time("2001-01-01T00:00:00Z")
    network_returns(note)
    waiting(note, 0)
    assert arrived(server, "时钟不准") == 1


def test_the_pages_open_and_capture_without_network(note: Page, server: Server) -> None:
    kept_for_offline(note)
    note.context.set_offline(offline=True)
    note.reload()
    write(note, "地下室里记的")
    note.context.set_offline(offline=False)
    waiting(note, 0)
    assert arrived(server, "地下室里记的") == 1
