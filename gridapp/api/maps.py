"""``GET /map``: what is open where, as GeoJSON."""

from typing import Annotated

from fastapi import FastAPI, Query, Request, Response

from gridapp.api.answers import keepable
from gridapp.api.routes import reads, route
from gridapp.api.who import staff
from gridapp.services.areas.map import MapView, Outlines, see_map
from gridapp.services.desk import looking


def get_map(
    request: Request,
    grid: Annotated[str, Query(max_length=32)] = "",
    outlines: Outlines = Outlines.NONE,
) -> Response:
    """Show open cases and buildings in reach, or in one grid's tree, with boundaries if wished."""
    with looking(staff(request)) as act:
        return keepable(request, see_map(act, grid, outlines), "private, no-cache")


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "GET", "/map", get_map, "地图", reads(MapView, 401, 403, 404))
