"""What a building's code stands for, its open matters, and which category a text points to."""

from dataclasses import asdict, dataclass
from typing import Annotated, Final
from uuid import UUID

from fastapi import FastAPI, Path, Request, Response
from pydantic import Field

from gridapp.api.answers import answer, keepable, receipt
from gridapp.api.routes import reads, route, writes
from gridapp.api.who import anyone
from gridapp.domain.vocabulary import Deed
from gridapp.services.areas.places import PlaceView, see_place
from gridapp.services.cases.categories import CategoryView, list_categories, suggested
from gridapp.services.deeds import do_deed
from gridapp.services.desk import RESIDENT, acting, looking
from gridapp.services.orders import TEXT_MAX_CHARACTERS, Facts, Order

_A_MINUTE: Final = "public, max-age=60"


@dataclass(frozen=True)
class PlaceAnswer(PlaceView):
    """A place with the categories that a resident may choose."""

    categories: tuple[CategoryView, ...]


@dataclass(frozen=True)
class Suggestions:
    """The categories that a text points to, the surest first, at most three."""

    items: tuple[CategoryView, ...]


class TypedText(Facts):
    """What stands in a form that has not been sent."""

    text: Annotated[str, Field(max_length=TEXT_MAX_CHARACTERS)]


def get_place(code: Annotated[str, Path(max_length=64)], request: Request) -> Response:
    """Show the building that a code hangs on, its grid, and who answers for it."""
    with looking(RESIDENT) as act:
        place, categories = see_place(act, code), list_categories(act)
    return keepable(request, asdict(place) | {"categories": categories}, _A_MINUTE)


def put_me_too(
    code: Annotated[str, Path(max_length=64)],
    matter: Annotated[str, Path(max_length=64)],
    uuid: UUID,
    request: Request,
) -> Response:
    """Say that one met an open matter too; once a device, with a token to follow it."""
    order = Order(Deed.ME_TOO, subject=matter, facts={"at": code}, uid=uuid)
    with acting(anyone(request)) as act:
        done = do_deed(act, order)
    return receipt(done.reply, is_new=done.is_new)


def suggest(typed: TypedText) -> Response:
    """Suggest categories for a text; in the body, for addresses are written into logs."""
    with looking(RESIDENT) as act:
        return answer(Suggestions(suggested(typed.text, list_categories(act))))


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "GET", "/places/{code}", get_place, "楼栋码", reads(PlaceAnswer, 404))
    route(
        api,
        "PUT",
        "/places/{code}/matters/{matter}/me-too/{uuid}",
        put_me_too,
        "我也遇到",
        writes(),
    )
    route(api, "POST", "/categories/suggested", suggest, "建议分类", reads(Suggestions, 422))
