"""``/boundary-files`` and ``/boundaries``: files of boundaries come in, pictures of them go out."""

import hashlib
import json
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import FastAPI, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from gridapp.api.answers import answer, holds, receipt
from gridapp.api.bodies import take_body
from gridapp.api.routes import reads, route, writes
from gridapp.api.who import staff
from gridapp.api.wire import BodyTooLargeError
from gridapp.domain.bounding import Datum
from gridapp.domain.errors import HashMismatchError, NotThereError
from gridapp.services.boundaries.files.opened import FILE_MAX_BYTES
from gridapp.services.boundaries.intake import keep_file, read_hand
from gridapp.services.boundaries.locate import locate
from gridapp.services.boundaries.outlines import boundary_file
from gridapp.services.boundaries.pictures import (
    picture_of_check,
    picture_of_map,
    picture_of_plan,
)
from gridapp.services.boundaries.planned import PlanFacts
from gridapp.services.cases.report import Latitude, Longitude
from gridapp.services.desk import Actor, looking

_Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
_Grid = Annotated[str, Query(max_length=32)]
_MEGABYTE: Final = 1024 * 1024
_TOO_LARGE: Final = f"文件超过{FILE_MAX_BYTES // _MEGABYTE}MB。请分社区导出，或先简化边界。"
_GEOJSON: Final = "application/geo+json"
_FILE_NAME: Final = "boundaries.geojson"
_NOWHERE: Final = "这个位置不在任何网格的边界里。"


@dataclass(frozen=True)
class LocatedView:
    """The lowest grid at a position; a schematic boundary is to be asked about, not believed."""

    grid: str
    name: str
    level: str
    is_schematic: bool


async def put_file(sha256: _Sha256, request: Request) -> Response:
    """Take a file of boundaries in; it is kept for a day, for a dry run and the import."""
    actor = await run_in_threadpool(staff, request)
    await run_in_threadpool(_demand_importer, actor)
    try:
        body = await take_body(request, FILE_MAX_BYTES)
    except BodyTooLargeError as error:
        raise BodyTooLargeError(_TOO_LARGE, limit_bytes=FILE_MAX_BYTES) from error
    await run_in_threadpool(_keep, actor, sha256, bytes(body))
    return receipt({"receipt": sha256}, is_new=True)


def _demand_importer(actor: Actor) -> None:
    with looking(actor) as act:
        keep_file(act, b"")


def _keep(actor: Actor, sha256: str, body: bytes) -> None:
    if hashlib.sha256(body).hexdigest() != sha256:
        raise HashMismatchError("文件在传输中损坏，请重新选择。")
    with looking(actor) as act:
        keep_file(act, body)


def _svg(request: Request, picture: str) -> Response:
    body = picture.encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "Cookie"}
    if holds(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="image/svg+xml")


def get_map_picture(request: Request, grid: _Grid) -> Response:
    """Draw the grids right below one, to print or where no map can be shown."""
    with looking(staff(request)) as act:
        return _svg(request, picture_of_map(act, grid))


def get_file(request: Request, grid: _Grid) -> Response:
    """Give the boundaries of a grid and all below it as a file: GeoJSON, WGS-84."""
    with looking(staff(request)) as act:
        told = boundary_file(act, grid)
    headers = {
        "content-disposition": f'attachment; filename="{_FILE_NAME}"',
        "cache-control": "private, no-store",
    }
    return Response(json.dumps(told, ensure_ascii=False), headers=headers, media_type=_GEOJSON)


def get_check_picture(request: Request, grid: _Grid) -> Response:
    """Draw the gaps and overlaps among the grids right below one."""
    with looking(staff(request)) as act:
        return _svg(request, picture_of_check(act, grid))


def get_plan_picture(  # noqa: PLR0913, PLR0917 - the query of an address
    request: Request,
    grid: _Grid,
    file: Annotated[str, Query(pattern="^[0-9a-f]{64}$")],
    datum: Datum = Datum.WGS84,
    turned: bool = False,  # noqa: FBT001, FBT002 - the query of an address
    hand: Annotated[str, Query(max_length=4_000)] = "",
    column: Annotated[str, Query(max_length=40)] = "",
    join: bool = False,  # noqa: FBT001, FBT002 - the query of an address
    lines: bool = False,  # noqa: FBT001, FBT002 - the query of an address
) -> Response:
    """Draw what an import would do."""
    facts = PlanFacts(
        file=file, datum=datum, turned=turned, mend=True, by_hand=read_hand(hand),
        column=column, join=join, lines=lines,
    )  # fmt: skip
    with looking(staff(request)) as act:
        return _svg(request, picture_of_plan(act, grid, facts))


def get_locate(
    request: Request,
    lng_wgs84: Annotated[Longitude, Query()],
    lat_wgs84: Annotated[Latitude, Query()],
) -> Response:
    """Find the lowest grid in which a position lies."""
    with looking(staff(request)) as act:
        found = locate(act, lng_wgs84, lat_wgs84)
    if found is None:
        raise NotThereError(_NOWHERE)
    return answer(LocatedView(found.code, found.name, found.level.value, found.is_schematic))


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "PUT", "/boundary-files/{sha256}", put_file, "上传边界文件", writes())
    said = reads(bytes, 401, 403, 404, 422)
    route(api, "GET", "/boundaries/map.svg", get_map_picture, "边界图", said)
    route(api, "GET", "/boundaries/file.geojson", get_file, "边界文件", said)
    route(api, "GET", "/boundaries/check.svg", get_check_picture, "边界检查图", said)
    route(api, "GET", "/boundaries/plan.svg", get_plan_picture, "导入预览图", said)
    route(api, "GET", "/locate", get_locate, "按位置找网格", reads(LocatedView, 401, 404, 422))
