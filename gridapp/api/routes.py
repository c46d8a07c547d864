"""How a route is added, and what the description of the API says of its answers."""

from collections.abc import Callable
from typing import Any, Final

from fastapi import FastAPI, Response
from pydantic import BaseModel, ConfigDict

PREFIX: Final = "/api/v1"

Said = dict[int | str, dict[str, Any]]


class Problem(BaseModel):
    """A refusal (RFC 9457); a program goes by ``code``, a person reads ``detail``."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str


class Receipt(BaseModel):
    """A write was done: a client deletes its own copy only when ``receipt`` is its own id."""

    model_config = ConfigDict(extra="allow")

    receipt: str


def _problems(*statuses: int) -> Said:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": "Refused", "content": content} for status in statuses}


def writes(model: type[Any] = Receipt) -> Said:
    """Say what a write answers: 201 first, 200 again, 409 for other content."""
    first: Said = {
        201: {"model": model, "description": "Done"},
        200: {"model": model, "description": "Done before; the same body again"},
    }
    return first | _problems(400, 404, 409, 413, 415, 422, 428, 429, 503)


def said_once() -> Said:
    """Say what a write answers that may be said again and again: always the same 200."""
    return {200: {"description": "So it is"}} | _problems(404, 413, 415, 422, 503)


def reads(model: Any, *refusals: int) -> Said:
    """Say what a look answers."""
    return {200: {"model": model, "description": "Found"}} | _problems(*refusals, 503)


def route(  # noqa: PLR0913, PLR0917 - what a route is
    api: FastAPI,
    method: str,
    path: str,
    endpoint: Callable[..., Any],
    summary: str,
    said: Said,
) -> None:
    """Add one route under the prefix; every answer is made by the endpoint itself."""
    api.router.add_api_route(
        PREFIX + path,
        endpoint,
        methods=[method],
        summary=summary,
        responses=said,
        response_class=Response,
        response_model=None,
        status_code=int(next(iter(said))),
    )
