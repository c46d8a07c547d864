"""Answers: JSON bytes of frozen views, receipts, and what a reader may keep."""

import hashlib
from typing import Any, Final

from fastapi import Request, Response
from pydantic_core import to_json

_NO_STORE: Final = {"cache-control": "no-store"}


def answer(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer with JSON that nobody keeps, unless the headers say otherwise."""
    return Response(
        to_json(content), status, {**_NO_STORE, **(headers or {})}, media_type="application/json"
    )


def receipt(body: dict[str, Any], *, is_new: bool) -> Response:
    """Answer a write: 201 the first time, 200 with the same body ever after."""
    return answer(body, 201 if is_new else 200)


def keepable(request: Request, content: Any, cache_control: str) -> Response:
    """Answer with JSON and its ETag, or with 304 to a reader who has it already."""
    body = to_json(content)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": cache_control, "vary": "Cookie"}
    if holds(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def holds(request: Request, tag: str) -> bool:
    """Tell whether the reader already holds what has this ETag."""
    held = request.headers.get("if-none-match", "")
    return tag in {part.strip().removeprefix("W/") for part in held.split(",")}
