"""Answers a picture: it never changes under its name, but is nobody else's to keep."""

from typing import Final

from fastapi import Request, Response

from gridapp.api.answers import holds
from gridapp.services.cases.see_photo import SeenPhoto

_A_DAY_S: Final = 86_400


def picture(request: Request, photo: SeenPhoto) -> Response:
    """Answer the JPEG, or 304 to a reader who has it already."""
    tag = f'"{photo.name[:32]}"'
    headers = {
        "etag": tag,
        # Private: the reader's own cache only; whether it may be seen is asked again after a day.
        "cache-control": f"private, max-age={_A_DAY_S}",
        "x-content-type-options": "nosniff",
        "content-disposition": "inline",
    }
    if holds(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(photo.jpeg, headers=headers, media_type="image/jpeg")
