"""Files and boundaries for the tests: squares in the cast's street, in every format."""

import hashlib
import json
import zipfile
from io import BytesIO
from typing import Any

import shapefile
from sqlmodel import col, select

from gridapp.domain.vocabulary import Deed
from gridapp.services.boundaries.intake import keep_file
from gridapp.services.boundaries.ledger import Standing, standing
from gridapp.services.boundaries.plan import make_plan
from gridapp.services.boundaries.planned import Plan, PlanFacts
from gridapp.services.deeds import Done
from gridapp.services.desk import Desk
from gridapp.tables import Building, Grid
from tests.cast import Cast
from tests.makers import do

Ring = list[list[float]]
GRID1 = "310107022001001"
GRID2 = "310107022001002"
GRID3 = "310107022002001"
COMMUNITY1 = "310107022001"
STREET = "310107022"
# About the buildings 1 and 2 of the cast, side by side.
WEST_OF_1, WEST_OF_2, SOUTH = 121.3955, 121.3965, 31.2475


def square(west: float = WEST_OF_1, south: float = SOUTH, side: float = 0.001) -> Ring:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(ring: Any, **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def two_grids() -> bytes:
    return geojson(
        feature(square(), code=GRID1), feature(square(WEST_OF_2), name="南大街 第二网格")
    )


def shape_zip(ring: Ring, name: str, *, encoding: str = "gbk", **others: bytes) -> bytes:
    """A Shapefile with one polygon, and other files by their endings, such as ``prj``."""
    shp, shx, dbf, packed = BytesIO(), BytesIO(), BytesIO(), BytesIO()
    writer = shapefile.Writer(shp=shp, shx=shx, dbf=dbf, encoding=encoding)
    writer.field("名称", "C", 60)
    writer.poly([ring])
    writer.record(name)
    writer.close()
    files = {"shp": shp.getvalue(), "shx": shx.getvalue(), "dbf": dbf.getvalue(), **others}
    with zipfile.ZipFile(packed, "w") as archive:
        for ending, body in files.items():
            archive.writestr(f"网格.{ending}", body)
    return packed.getvalue()


def kml(ring: Ring, name: str) -> bytes:
    told = " ".join(f"{lng},{lat},0" for lng, lat in ring)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>{name}</name><Polygon>
    <outerBoundaryIs><LinearRing><coordinates>{told}</coordinates></LinearRing></outerBoundaryIs>
    </Polygon></Placemark></Document></kml>""".encode()


def sent(desk: Desk, cast: Cast, body: bytes) -> str:
    """Send a file as the administrator; gives its name."""
    with desk.looking(cast.actor("admin")) as act:
        return keep_file(act, body)


def plan(desk: Desk, cast: Cast, body: bytes, top: str = STREET, **facts: Any) -> Plan:
    told = PlanFacts(file=sent(desk, cast, body), **facts)
    with desk.looking(cast.actor("admin")) as act:
        return make_plan(act, top, told)


def load(desk: Desk, cast: Cast, body: bytes, edition: int = 0, **facts: Any) -> Done:
    told = {"file": hashlib.sha256(body).hexdigest(), "edition": edition, **facts}
    sent(desk, cast, body)
    return do(desk, cast.actor("admin"), Deed.IMPORT_BOUNDARIES, STREET, **told)


def draw(desk: Desk, cast: Cast, ring: Any, grid: str = GRID1, **more: Any) -> Done:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return do(desk, cast.actor("admin"), Deed.DRAW_BOUNDARY, grid, geometry=geometry, **more)


def stands(desk: Desk, cast: Cast) -> dict[str, Standing]:
    """The boundaries that stand, by their grids' codes."""
    with desk.looking(cast.actor("admin")) as act:
        return {one.code: one for one in standing(act)}


def build(desk: Desk, cast: Cast, *positions: tuple[float, float]) -> None:
    """Put more buildings into grid 1."""
    with desk.acting(cast.actor("admin")) as act:
        for number, (lng, lat) in enumerate(positions):
            building = Building(grid_id=cast.grid1, name=f"新{number}号楼")
            building.lng_wgs84, building.lat_wgs84 = lng, lat
            act.session.add(building)


def retire(desk: Desk, cast: Cast, code: str) -> None:
    with desk.acting(cast.actor("admin")) as act:
        grid = act.session.exec(select(Grid).where(col(Grid.code) == code)).one()
        grid.retired_at = act.now
