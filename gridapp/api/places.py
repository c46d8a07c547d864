"""``GET /places/{code}``: what a building's code stands for; anyone may ask."""

from dataclasses import asdict, dataclass
from typing import Annotated, Final

from fastapi import FastAPI, Path, Request, Response

from gridapp.api.answers import keepable
from gridapp.api.routes import reads, route
from gridapp.services.areas.places import PlaceView, see_place
from gridapp.services.cases.categories import CategoryView, list_categories
from gridapp.services.desk import RESIDENT, looking

_A_MINUTE: Final = "public, max-age=60"


@dataclass(frozen=True)
class PlaceAnswer(PlaceView):
    """A place with the categories that a resident may choose."""

    categories: tuple[CategoryView, ...]


def get_place(code: Annotated[str, Path(max_length=64)], request: Request) -> Response:
    """Show the building that a code hangs on, its grid, and who answers for it."""
    with looking(RESIDENT) as act:
        place, categories = see_place(act, code), list_categories(act)
    return keepable(request, asdict(place) | {"categories": categories}, _A_MINUTE)


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "GET", "/places/{code}", get_place, "楼栋码", reads(PlaceAnswer, 404))
