"""A file of boundaries is read whole, or refused with the place and the mend."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest

from gridapp.services.boundaries.files.feature import BoundaryFileError
from gridapp.services.boundaries.files.reading import read_boundary_file as read_boundaries
from gridapp.services.boundaries.shapes import POINTS_MAX_COUNT, ShapeError, boundary_of, shape_of
from tests.services.boundaries.drawn import Ring, feature, geojson, kml, shape_zip, square

NAME = "南大街第一网格"
GAUSS = 'PROJCS["x",PROJECTION["Transverse_Mercator"],PARAMETER["Central_Meridian",120.0],'
GAUSS += 'PARAMETER["False_Easting",500000.0]]'


def packed(**files: bytes) -> bytes:
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return body.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        geojson(feature(square(), 名称=NAME)),
        b"\xef\xbb\xbf" + geojson(feature(square(), 名称=NAME)),
        kml(square(), NAME),
        packed(doc_kml=kml(square(), NAME)),
        shape_zip(square(), NAME),
        shape_zip(square(), NAME, encoding="utf-8"),
        shape_zip(square(), NAME, cpg=b"936"),
        shape_zip(square(), NAME, cpg=b"UTF-8"),
    ],
    ids=["geojson", "bom", "kml", "kmz", "gbk", "utf8", "cpg", "wrong-cpg"],
)
def test_every_format_gives_the_same_shape_and_name(body: bytes) -> None:
    [found] = read_boundaries(body).features
    assert NAME in found.properties.values()
    assert found.shape is not None
    assert found.shape.bounds == pytest.approx((121.3955, 31.2475, 121.3965, 31.2485))


def test_heights_are_left_out_and_holes_are_kept() -> None:
    outer = [[*place, 4.5] for place in square(side=0.004)]
    both = feature(outer)
    both["geometry"]["coordinates"].append(square(121.396, 31.248))
    [found] = read_boundaries(geojson(both)).features
    assert found.shape is not None
    assert (found.shape.has_z, len(found.shape.interiors)) == (False, 1)


@pytest.mark.parametrize("zone", [0, 40_000_000], ids=["prj", "zone-number"])
def test_metres_of_a_surveyors_map_become_degrees(zone: int) -> None:
    east, north = 637_000 + zone, 3_458_000
    ring = [[east, north], [east, north + 200], [east + 200, north + 200], [east, north]]
    others: Any = {} if zone else {"prj": GAUSS.encode()}
    [found] = read_boundaries(
        shape_zip([[float(x), float(y)] for x, y in ring], NAME, **others)
    ).features
    assert found.shape is not None
    assert found.shape.bounds[:2] == pytest.approx((121.43794, 31.23571), abs=1e-4)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"hello", "GeoJSON、Shapefile"),
        (b'{"type":"FeatureCollection","features":[', "第1行"),
        (b"[" * 100_000, "嵌套太深"),
        (b'{"type":"Topology"}', "没有 FeatureCollection"),
        (b'{"type":"FeatureCollection","features":[]}', "没有任何图形"),
        (b"<kml><Placemark>", "第1行"),
        (b'<!DOCTYPE k [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><kml>&b;</kml>', "实体定义"),
        (b"PK\x03\x04 not a zip", "打不开"),
        (packed(readme_txt=b"x"), "没有 .shp"),
        (packed(a_kml=b"x", b_kml=b"x"), "2个图层"),
        (packed(a_shp=b"x"), "缺少 .dbf"),
        (packed(a_shp=b"x" * 200, a_dbf=b"y" * 200), "已损坏"),
        (packed(a_json=b" " * (61 * 1024 * 1024)), "解开后太大"),
        (shape_zip(square(), NAME, prj=b'GEOGCS["GCS_Xian_1980"]'), "西安80"),
        (shape_zip(square(), NAME, prj=b'PROJCS["x",PROJECTION["Mercator"]]'), "其他地图投影"),
        (shape_zip([[637e3, 3e6], [638e3, 3e6], [638e3, 4e6]], NAME), "没有 .prj"),
        (geojson(*[feature(square())] * 10_001), "超过10000个"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_mend(body: bytes, told: str) -> None:
    with pytest.raises(BoundaryFileError) as refused:
        read_boundaries(body)
    assert told in refused.value.sentence


@pytest.mark.parametrize(
    ("ring", "told"),
    [
        ([[121.4, 31.2], [121.5, 31.2]], "至少要有3个点"),
        ([[float("nan"), 31.2], [121.5, 31.2], [121.5, 31.3]], "无穷大"),
        ([[float("inf"), 31.2], [121.5, 31.2], [121.5, 31.3]], "无穷大"),
        ([["east", 31.2], [121.5, 31.2], [121.5, 31.3]], "两个数字"),
        ([[10**400, 31.2], [121.5, 31.2], [121.5, 31.3]], "两个数字"),
        ([[], [121.5, 31.2], [121.5, 31.3]], "两个数字"),
        ("nothing", "至少要有3个点"),
    ],
)
def test_a_broken_shape_is_named_and_the_others_are_read(ring: object, told: str) -> None:
    first, second = read_boundaries(geojson(feature(ring), feature(square()))).features
    assert (told in first.problem, first.is_broken, second.problem) == (True, True, "")


def test_what_is_no_area_is_told_apart_from_what_is_broken() -> None:
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point"}}
    [found] = read_boundaries(geojson(point)).features
    assert (found.problem, found.is_broken) == ("不是面，只能导入多边形", False)


def test_a_boundary_that_crosses_itself_is_offered_mended_with_the_place() -> None:
    bow = [[121.4, 31.2], [121.41, 31.21], [121.41, 31.2], [121.4, 31.21], [121.4, 31.2]]
    [found] = read_boundaries(geojson(feature(bow))).features
    assert found.shape is not None
    mended = boundary_of(found.shape)
    assert (mended.is_mended, mended.shape.is_valid) == (True, True)
    assert "121.405000，31.205000" in mended.notes[0]


def test_a_hundred_thousand_points_are_thinned_and_the_tolerance_is_told() -> None:
    side = 25_000
    steps = [n / side for n in range(side)]
    ring = [[121.4 + s * 0.01, 31.2] for s in steps] + [[121.41, 31.2 + s * 0.01] for s in steps]
    ring += [[121.41 - s * 0.01, 31.21] for s in steps] + [[121.4, 31.21 - s * 0.01] for s in steps]
    [found] = read_boundaries(
        json.dumps({"type": "Polygon", "coordinates": [ring]}).encode()
    ).features
    assert found.shape is not None
    thin = boundary_of(found.shape)
    assert len(thin.shape.exterior.coords) <= POINTS_MAX_COUNT
    assert "偏差不超过0.5米" in thin.notes[0]


@pytest.mark.parametrize(
    ("ring", "told"),
    [
        (square(side=1e-7), "面积太小"),
        (square(0, 0, 20), "面积太大"),
        (square(637_000, 3_458_000, 200), "范围"),
    ],
)
def test_no_grid_is_that_small_that_large_or_off_the_earth(ring: Ring, told: str) -> None:
    with pytest.raises(ShapeError, match=told):
        boundary_of(shape_of([[ring]]))
