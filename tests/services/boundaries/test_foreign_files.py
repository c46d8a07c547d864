"""What other programs write beside the rule is read as it was meant, or refused with the mend."""

import json
import math
import re
from typing import Any

import pytest

from gridapp.services.boundaries.files.feature import BoundaryFileError, Content
from gridapp.services.boundaries.files.reading import read_boundary_file as read_boundaries
from tests.services.boundaries.drawn import SOUTH, WEST_OF_1, feature, geojson, kml, square
from tests.services.boundaries.files_made import (
    layer,
    packed,
    with_deleted,
    with_first_rewritten,
)

NAMES = ["南大街第一网格", "南大街第二网格", "北大街第一网格"]
RINGS = [square(WEST_OF_1 + n / 1000) for n in range(3)]
THREE = list(zip(NAMES, RINGS, strict=True))
KML = kml(square(), NAMES[0]).decode()
# The usual formula of web maps, the other way round than the product's.
EAST_M = WEST_OF_1 * 20_037_508.342789 / 180
NORTH_M = math.log(math.tan(math.radians(90 + SOUTH) / 2)) * 20_037_508.342789 / math.pi


def told(body: bytes) -> dict[str, float | None]:
    """The names of a file with the western edge of their shapes."""
    found = read_boundaries(body).features
    return {
        next(iter(one.properties.values())): one.shape and round(one.shape.bounds[0], 6)
        for one in found
    }


def wests(*places: int) -> dict[str, float | None]:
    return {NAMES[place]: round(RINGS[place][0][0], 6) for place in places}


def drawn_as(crs: Any, ring: Any, *, inside: bool = False) -> Content:
    one = feature(ring, name=NAMES[0])
    content = json.loads(geojson(one))
    (content["features"][0]["geometry"] if inside else content)["crs"] = crs
    return read_boundaries(json.dumps(content).encode())


def named(name: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


def test_a_deleted_row_takes_its_own_shape_away_and_no_other() -> None:
    body = packed(with_deleted(layer(*THREE), 1))
    assert told(body) == wests(0, 2)
    found = read_boundaries(body)
    assert [one.number for one in found.features] == [1, 3]
    assert "第2行" in found.notes[0]


@pytest.mark.parametrize("index", ["shx", ""], ids=["with-index", "without"])
def test_a_shape_rewritten_at_the_end_keeps_its_row(index: str) -> None:
    parts = with_first_rewritten(layer(*THREE))
    if not index:
        del parts["shx"]
    assert told(packed(parts)) == wests(0, 1, 2)


def test_a_table_of_another_length_than_its_shapes_is_refused() -> None:
    parts = layer(*THREE) | {"dbf": layer(*THREE[:2])["dbf"]}
    with pytest.raises(BoundaryFileError) as refused:
        read_boundaries(packed(parts))
    assert "属性表有2行，图形有3个" in refused.value.sentence


@pytest.mark.parametrize(
    "body",
    [
        packed(layer(THREE[0], (NAMES[1], None), THREE[2])),
        geojson(*[feature(ring, name=name) for name, ring in (THREE[0], (NAMES[1], []), THREE[2])]),
    ],
    ids=["shapefile", "geojson"],
)
def test_an_empty_shape_is_named_and_spoils_nothing(body: bytes) -> None:
    first, empty, last = read_boundaries(body).features
    assert ("没有图形" in empty.problem, empty.is_broken) == (True, False)
    assert first.shape is not None
    assert last.shape is not None


@pytest.mark.parametrize("said", [b"ISO-8859-1", b"1252", b"UTF-8", b"936", b"GBK"])
@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_what_a_table_says_of_its_encoding_is_no_proof(said: bytes, encoding: str) -> None:
    body = packed({**layer(*THREE, encoding=encoding), "cpg": said})
    assert told(body) == wests(0, 1, 2)


@pytest.mark.parametrize(("encoding", "width"), [("gbk", 13), ("utf-8", 20)])
def test_half_a_sign_at_a_field_s_end_is_left_out(encoding: str, width: int) -> None:
    parts = layer((NAMES[0], RINGS[0]), encoding=encoding, width=width + 1)
    cut = parts["dbf"].replace(NAMES[0].encode(encoding), NAMES[0].encode(encoding)[:width] + b" ")
    found = read_boundaries(packed({**parts, "dbf": cut})).features[0].properties
    assert found == {"名称": NAMES[0][:-1]}


def test_a_byte_that_nobody_can_read_costs_one_name_and_is_told() -> None:
    parts = layer(*THREE)
    broken = parts["dbf"].replace(NAMES[1].encode("gbk"), b"\xff" + NAMES[1].encode("gbk")[1:])
    found = read_boundaries(packed({**parts, "dbf": broken}))
    assert [one.properties["名称"] for one in found.features] == [NAMES[0], "", NAMES[2]]
    assert "第2行「名称」里有读不出来的字" in found.notes[0]


@pytest.mark.parametrize(
    "body",
    [
        KML.replace("UTF-8", "gb2312").encode("gbk"),
        KML.replace(' encoding="UTF-8"', "").encode("gbk"),
        KML.encode("gbk"),
        KML.replace("UTF-8", "gb2312").encode(),
        KML.replace("UTF-8", "UTF-16").encode("utf-16"),
        KML.replace("UTF-8", "UTF-16").encode("utf-16-le"),
        KML.replace("UTF-8", "Big5").replace(NAMES[0], "北京").encode("big5"),
        b"\n\n" + KML.encode(),
        KML.replace("<Placemark>", "<Placemark><gx:balloon>1</gx:balloon>").encode(),
        re.sub(r"(?<=\d),(?=\d)", ", ", KML).encode(),
    ],
    ids=["gb2312", "silent", "lies", "utf8", "utf16", "no-mark", "big5", "blank", "gx", "commas"],
)
def test_a_kml_is_read_by_its_words_and_not_by_what_it_declares(body: bytes) -> None:
    [found] = read_boundaries(body).features
    assert found.properties["name"] in {NAMES[0], "北京"}
    assert found.shape is not None
    assert found.shape.bounds[0] == pytest.approx(WEST_OF_1)


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8-sig"])
def test_a_geojson_is_read_in_any_encoding(encoding: str) -> None:
    text = json.dumps(json.loads(geojson(feature(square(), name=NAMES[0]))), ensure_ascii=False)
    assert told(text.encode(encoding)) == wests(0)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (KML.encode().replace("大".encode(), b"\xff\xff\xff"), "第2行有读不出来的字"),
        (KML.replace(NAMES[0], "臺灣臺北區").encode("big5"), "Big5"),
        (KML.replace(" 121", "  121,5").encode(), ""),
    ],
    ids=["bad-bytes", "big5", "decimal-commas"],
)  # fmt: skip
def test_nonsense_is_refused_and_never_read(body: bytes, sentence: str) -> None:
    try:
        [found] = read_boundaries(body).features
    except BoundaryFileError as refused:
        assert sentence in refused.sentence  # noqa: PT017 - one of two ways
    else:
        assert found.is_broken


@pytest.mark.parametrize("beside", ["._网格", "__MACOSX/._网格", "图层/._网格"])
def test_what_a_mac_adds_is_no_second_layer(beside: str) -> None:
    body = packed(layer(*THREE), more={f"{beside}.shp": b"Mac", f"{beside}.dbf": b"Mac"})
    assert told(body) == wests(0, 1, 2)


def test_the_files_of_a_layer_are_found_in_either_case() -> None:
    assert told(packed(layer(*THREE), "WANGGE", "WangGe")) == wests(0, 1, 2)


@pytest.mark.parametrize("inside", [False, True], ids=["above", "at-the-shape"])
@pytest.mark.parametrize("name", ["EPSG:3857", "urn:ogc:def:crs:EPSG::3857"])
def test_a_geojson_in_web_mercator_becomes_degrees(name: str, *, inside: bool) -> None:
    found = drawn_as(named(name), square(EAST_M, NORTH_M, 100), inside=inside)
    assert found.features[0].shape is not None
    assert found.features[0].shape.bounds[:2] == pytest.approx((WEST_OF_1, SOUTH), abs=1e-8)
    assert "3857" in found.notes[0]


@pytest.mark.parametrize("code", [4528, 4549, 4499])
def test_a_geojson_on_a_surveyors_map_becomes_degrees(code: int) -> None:
    east = {4528: 40_637_000, 4549: 637_000, 4499: 21_350_000}[code]
    found = drawn_as(named(f"EPSG:{code}"), square(east, 3_458_000, 100)).features[0]
    assert found.shape is not None
    assert found.shape.bounds[:2] == pytest.approx((121.43, 31.24), abs=0.02)


@pytest.mark.parametrize(
    ("crs", "sentence"),
    [
        (named("EPSG:4610"), "西安80"),
        (named("urn:ogc:def:crs:EPSG::2364"), "西安80"),
        (named("EPSG:4214"), "北京54"),
        (named("GCS_Beijing_1954"), "北京54"),
        (named("EPSG:2154"), "EPSG:2154"),
        (None, "没有写明坐标系"),
    ],
)
def test_a_map_that_nobody_can_undo_is_refused_by_name(crs: Any, sentence: str) -> None:
    ring = square() if crs else square(637_000, 3_458_000, 100)
    with pytest.raises(BoundaryFileError) as refused:
        drawn_as(crs, ring)
    assert sentence in refused.value.sentence


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "EPSG:4490"])
def test_a_geojson_in_degrees_stays_as_it_is(name: str) -> None:
    found = drawn_as(named(name), square())
    assert (found.notes, told(geojson(feature(square(), name=NAMES[0])))) == ((), wests(0))


def test_a_prj_of_an_unknown_datum_is_named_and_web_mercator_is_converted() -> None:
    known = read_boundaries(packed({**layer(*THREE), "prj": b'GEOGCS["GCS_Tokyo"]'}))
    assert "GCS_Tokyo" in known.notes[0]
    ring = square(EAST_M, NORTH_M, 100)
    prj = (
        b'PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",PROJECTION["Mercator_Auxiliary_Sphere"]]'
    )
    [found] = read_boundaries(packed({**layer((NAMES[0], ring)), "prj": prj})).features
    assert found.shape is not None
    assert found.shape.bounds[0] == pytest.approx(WEST_OF_1, abs=1e-8)


@pytest.mark.parametrize("kind", ["LineString", "MultiLineString"])
def test_lines_are_told_as_lines_with_what_they_enclose(kind: str) -> None:
    ring = square()
    halves = {"LineString": ring, "MultiLineString": [ring[:3], ring[2:]]}
    lines = {"type": "Feature", "geometry": {"type": kind, "coordinates": halves[kind]}}
    apart = {"type": "Feature", "geometry": {"type": "LineString", "coordinates": ring[:3]}}
    closed, still_open = read_boundaries(geojson(lines, apart)).features
    assert closed.enclosed is not None
    assert closed.enclosed.bounds == pytest.approx((121.3955, 31.2475, 121.3965, 31.2485))
    assert (still_open.enclosed, "没有首尾相接" in still_open.problem) == (None, True)


def test_a_placemark_knows_its_folder() -> None:
    inside = KML.replace("<Placemark>", "<Folder><name>甲</name><Placemark>")
    [found] = read_boundaries(
        inside.replace("</Placemark>", "</Placemark></Folder>").encode()
    ).features
    assert found.properties["文件夹"] == "甲"
