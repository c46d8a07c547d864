"""A corner of a boundary goes where a mouse or a finger takes it; the rest stays where it was."""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import DESK, PHONE, _window
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, sign_in
from tests.journeys.projection import Position, Projection

pytestmark = pytest.mark.journey

GRID = "310107022001002"
_AWAY_PX = 40
# A corner let go near a neighbour's takes its place.
_SNAP_PX = 16


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["mouse", "finger"])
def test_a_corner_is_taken_away_brought_back_and_saved(
    hamlet: Hamlet, artist: Browser, problems: list[str], size: tuple[int, int]
) -> None:
    with _window(artist, size, problems) as page:
        sign_in(page, hamlet.address, "admin")
        before = opened(page, hamlet)
        corner, spot = first_free(page, before)
        take(page, corner, spot, with_finger=size == PHONE)
        expect(page.get_by_text("还没有保存", exact=False)).to_be_visible()
        assert moved(page, before, written(page), spot)
        press(page, "撤销一步")
        expect(page.get_by_role("button", name="保存边界")).to_be_disabled()
        assert written(page) == before
        take(page, corner, spot, with_finger=size == PHONE)
        after = written(page)
        press(page, "保存边界")
        expect(page.get_by_text("已保存。")).to_be_visible()
        # A kept boundary goes round the other way, as GeoJSON wants it.
        assert {*opened(page, hamlet)} == {*after} != {*before}


def opened(page: Page, hamlet: Hamlet) -> list[Position]:
    """Open the editor and give the corners that it says there are."""
    page.goto(f"{hamlet.address}/admin/boundaries/draw?grid={GRID}")
    expect(page.locator(".map-editor")).to_have_attribute("data-ready", "true")
    return written(page)


def written(page: Page) -> list[Position]:
    lines = page.locator("#coordinates").input_value().split()
    found = [tuple(float(part) for part in line.split(",")) for line in lines]
    return [(lng, lat) for lng, lat in found]


def first_free(page: Page, corners: Sequence[Position]) -> tuple[Position, Position]:
    """Give where the lowest corner lies in the window, and a point further out to take it to."""
    page.locator(".maplibregl-canvas").scroll_into_view_if_needed()
    x, y = max((Projection(page, corners).point(one) for one in corners), key=lambda at: at[1])
    return (x, y), (x, y + _AWAY_PX)


def moved(page: Page, before: list[Position], after: list[Position], spot: Position) -> bool:
    """Tell whether one corner has gone, near to a point, and all others have stayed."""
    (gone,) = [one for one in after if one not in before]
    assert len([one for one in before if one not in after]) == 1
    x, y = Projection(page, before).point(gone)
    return abs(x - spot[0]) < _SNAP_PX and abs(y - spot[1]) < _SNAP_PX


def take(page: Page, start: Position, end: Position, *, with_finger: bool) -> None:
    """Press on a point, go to another in steps, and let go there."""
    steps = [tuple(a + (b - a) * n / 8 for a, b in zip(start, end, strict=True)) for n in range(9)]
    if not with_finger:
        page.mouse.move(*start)
        page.mouse.down()
        for at in steps:
            page.mouse.move(*at)
        page.mouse.up()
        return
    finger = page.context.new_cdp_session(page)
    for kind, at in [("touchStart", start), *(("touchMove", at) for at in steps)]:
        points = [{"x": at[0], "y": at[1]}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
