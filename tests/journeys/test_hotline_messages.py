"""Real messages, long and messy, look right on a phone and are found by their words."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gridapp.services.exchange.imports import import_table
from gridapp.services.exchange.kind import Wishes
from gridapp.services.people.actor import SYSTEM
from tests.journeys.conftest import OpenWindow
from tests.journeys.hamlet import Hamlet, served_hamlet
from tests.journeys.people import press, sign_in
from tests.served import ROOT

pytestmark = [pytest.mark.journey, pytest.mark.desk_first]

MESSAGES = ROOT.parent / "shared" / "data" / "messages" / "messages.csv"
_LONGEST_COUNT = 30


@dataclass(frozen=True)
class Hotline:
    """A hamlet with the longest messages among its cases; ``words`` are some of the longest."""

    hamlet: Hamlet
    words: str


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hotline]:
    if not MESSAGES.exists():
        pytest.skip("no messages lie beside this checkout; nothing real could be imported")
    folder = tmp_path_factory.mktemp("hotline")
    with MESSAGES.open(encoding="utf-8-sig", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: len(row["留言详情"]), reverse=True)
    table = longest(rows, folder / "cases.csv")
    with served_hamlet(folder / "town") as hamlet:
        with hamlet.desk.acting(SYSTEM) as act:
            report = import_table(act, "cases", table, Wishes())
        assert (report.new_count, report.bad_count) == (_LONGEST_COUNT, 0), report.bad_rows
        yield Hotline(hamlet, rows[0]["留言主题"][:8])


def longest(rows: list[dict[str, str]], table: Path) -> Path:
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows[:_LONGEST_COUNT])
    return table


def stays_inside(page: Page) -> None:
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= window, page.url


def test_the_longest_message_is_found_and_read_whole(
    hotline: Hotline, open_window: OpenWindow
) -> None:
    wang = open_window()
    sign_in(wang, hotline.hamlet.address, "wang")
    stays_inside(wang)
    wang.get_by_role("searchbox", name="搜索事件").fill(hotline.words)
    press(wang, "搜索")
    found = wang.get_by_role("list", name="事件列表").get_by_role("link")
    expect(found.first).to_contain_text(hotline.words)
    stays_inside(wang)
    found.first.click()
    expect(wang.get_by_role("article")).to_contain_text("12345 热线")
    wang.get_by_text("展开全文").click()
    stays_inside(wang)
