"""Takes bodies in: counted while they stream, and JSON read strictly."""

import json
import math
from collections.abc import Callable, Coroutine
from typing import Any, Final, NoReturn

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from gridapp.api.wire import (
    BodyTooLargeError,
    LengthNeededError,
    UnreadableError,
    WrongTypeError,
)
from gridapp.services.orders import clean_text

JSON_MAX_BYTES: Final = 256_000
_DEEPEST: Final = 20
_LENGTH_DIGITS: Final = 18


async def take_body(request: Request, most_bytes: int) -> bytearray:
    """Take the body in, refusing it as soon as it grows over the limit.

    Raises:
        BodyTooLargeError: It is announced longer, or turns out to be.
        LengthNeededError: There is none, and no length was announced.
        UnreadableError: It ended before its announced length.
    """
    announced = _announced(request)
    if announced is not None and announced > most_bytes:
        raise BodyTooLargeError(limit_bytes=most_bytes)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most_bytes:
                raise BodyTooLargeError(limit_bytes=most_bytes)
    except ClientDisconnect as error:
        raise UnreadableError from error
    if announced is None and not body:
        raise LengthNeededError
    if announced is not None and announced != len(body):
        raise UnreadableError
    return body


def _announced(request: Request) -> int | None:
    given = request.headers.get("content-length", "")
    return int(given[-_LENGTH_DIGITS:]) if given.isascii() and given.isdigit() else None


def _refuse_constant(name: str) -> NoReturn:
    raise UnreadableError(f"数字不能是 {name}。")


def read_json(body: bytes | bytearray) -> Any:
    """Read JSON strictly: UTF-8, no NaN, not too deep; every text in it is cleaned.

    Raises:
        UnreadableError: It is none.
    """
    try:
        content = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UnreadableError from error
    return _cleaned(content, 0)


def _cleaned(content: Any, depth: int) -> Any:
    """Clean texts and keys of what no database keeps (NUL, half surrogates)."""
    if depth > _DEEPEST:
        raise UnreadableError
    if isinstance(content, str):
        return clean_text(content)
    if isinstance(content, dict):
        return {clean_text(key): _cleaned(value, depth + 1) for key, value in content.items()}
    if isinstance(content, list):
        return [_cleaned(value, depth + 1) for value in content]
    if isinstance(content, float) and not math.isfinite(content):
        raise UnreadableError
    return content


def demand_type(request: Request, accepts: tuple[str, ...]) -> None:
    """Let a content type pass that is one of these, in UTF-8 and not packed.

    Raises:
        WrongTypeError: It is another one.
    """
    given, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "')
    packed = request.headers.get("content-encoding", "identity").lower() != "identity"
    if given.strip() not in accepts or charset not in {"", "utf-8", "utf8"} or packed:
        raise WrongTypeError(accepts=list(accepts))


class StrictRoute(APIRoute):
    """A route that takes its JSON body by the rules above; the framework finds it ready."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give the framework's handler behind our own reading."""
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle

        async def read_first(request: Request) -> Response:
            demand_type(request, ("application/json",))
            body = await take_body(request, JSON_MAX_BYTES)
            # Where Starlette keeps them once read: nothing is read or parsed a second time.
            request._body = bytes(body)  # noqa: SLF001 - no public way to hand a body over
            request._json = read_json(body)  # noqa: SLF001 - likewise
            return await handle(request)

        return read_first
