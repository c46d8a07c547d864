"""The administrator brings a file of boundaries, mends one grid, and finds what does not fit."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from gridapp.domain.coordinates import Wgs84, gcj02_of_wgs84
from gridapp.services.areas.map import Outlines, see_map
from tests.journeys.conftest import DESK, Shoot, _window
from tests.journeys.hamlet import Hamlet
from tests.journeys.people import press, sign_in
from tests.journeys.test_access import barriers

pytestmark = pytest.mark.journey

COMMUNITY = "310107022001"
GRID = f"{COMMUNITY}001"


def shifted_file(hamlet: Hamlet, folder: Path) -> Path:
    """Write the community's sketch as a file drawn on AMap, one grid under a former name."""
    with hamlet.desk.looking(hamlet.actor("admin")) as act:
        shown = see_map(act, COMMUNITY, Outlines.BELOW).features
    features = [one for one in shown if one["properties"].get("top") is False]
    for one in features:
        one["geometry"] = shifted(one["geometry"])
        one["properties"] = {"名称": one["properties"]["name"]}
    features[1]["properties"] = {"名称": "原二网格"}
    path = folder / "网格.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def shifted(geometry: dict[str, Any]) -> dict[str, Any]:
    rings = [[list(gcj02_of_wgs84(Wgs84(*at))) for at in ring] for ring in geometry["coordinates"]]
    return {"type": "Polygon", "coordinates": rings}


def test_a_shifted_file_is_asked_about_imported_and_one_grid_is_mended(
    hamlet: Hamlet, artist: Browser, problems: list[str], tmp_path: Path, shoot: Shoot
) -> None:
    with _window(artist, DESK, problems) as page:
        sign_in(page, hamlet.address, "admin")
        bring(page, hamlet, tmp_path, shoot)
        page.get_by_role("link", name="去看地图").click()
        expect(page.get_by_text("2个有边界", exact=False)).to_be_visible()
        expect(page.locator(".maplibregl-canvas")).to_be_visible()
        expect(page.get_by_text("正在读取地图")).to_have_count(0)
        shoot(page, "admin-boundaries")
        assert barriers(page) == []
        page.emulate_media(color_scheme="light")
        mend(page, hamlet, shoot)
        page.goto(f"{hamlet.address}/admin/boundaries?grid={COMMUNITY}")
        press(page, "检查缝隙和重叠")
        expect(page.get_by_text("发现", exact=False)).to_be_visible()
        expect(page.get_by_alt_text("标出缝隙和重叠的边界图")).to_be_visible()
        expect(page.get_by_text("正在读取地图")).to_have_count(0)
        shoot(page, "admin-boundaries-checked")


def bring(page: Page, hamlet: Hamlet, folder: Path, shoot: Shoot) -> None:
    page.goto(f"{hamlet.address}/admin/boundaries/import?grid={COMMUNITY}")
    page.get_by_label("边界文件").set_input_files(shifted_file(hamlet, folder))
    expect(page.get_by_text("坐标像是偏移了", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="确认导入")).to_be_disabled()
    shoot(page, "admin-boundaries-asked")
    press(page, "改用更吻合的坐标系")
    page.get_by_label("指定网格：原二网格").select_option(label="南大街第二网格")
    expect(page.get_by_text("2个找到了网格", exact=False)).to_be_visible()
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")
    press(page, "确认导入")
    expect(page.get_by_text("已导入2个网格的边界。")).to_be_visible()


def mend(page: Page, hamlet: Hamlet, shoot: Shoot) -> None:
    """Move one corner of a grid by hand, without a mouse, so that it overlaps or leaves a gap."""
    page.goto(f"{hamlet.address}/admin/boundaries/draw?grid={GRID}")
    expect(page.locator(".map-editor")).to_have_attribute("data-ready", "true")
    shoot(page, "admin-boundaries-draw")
    page.get_by_text("用坐标填写").click()
    written = page.get_by_label("边界坐标")
    expect(written).not_to_have_value("")
    first, rest = written.input_value().split("\n", 1)
    lng, lat = (float(part) for part in first.split(","))
    written.fill(f"{lng + 0.0003},{lat + 0.0003}\n{rest}")
    press(page, "采用这些坐标")
    press(page, "保存边界")
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert barriers(page) == []
    page.emulate_media(color_scheme="light")


def test_where_no_map_can_be_drawn_a_picture_and_positions_do(
    hamlet: Hamlet, phone: Page, shoot: Shoot
) -> None:
    phone.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    sign_in(phone, hamlet.address, "admin")
    phone.goto(f"{hamlet.address}/admin/boundaries?grid={COMMUNITY}")
    expect(phone.get_by_alt_text("网格边界图")).to_be_visible()
    shoot(phone, "admin-boundaries")
    phone.goto(f"{hamlet.address}/admin/boundaries/draw?grid={GRID}")
    expect(phone.get_by_text("可以在下面填写坐标", exact=False)).to_be_visible()
    phone.get_by_text("用坐标填写").click()
    phone.get_by_label("边界坐标").fill("121.4,31.2\n乱写")
    press(phone, "采用这些坐标")
    expect(phone.get_by_text("第2行看不懂", exact=False)).to_be_visible()
