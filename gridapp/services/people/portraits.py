"""Keeps the faces on a building's page: small pictures that travel inside the page (照片公示)."""

import base64
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps
from sqlalchemy import delete
from sqlmodel import col

from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.people.persons import open_person
from gridapp.services.permit import demand
from gridapp.services.photos.imaging import clean_photo
from gridapp.tables import Portrait

# Shown at 56 px, on screens of two pixels a point.
SIDE_PX: Final = 112
_QUALITY: Final = 70


def show_face(act: Act, person_id: int, body: bytes) -> None:
    """Put a person's photo on the public pages, cut to its square middle; a later one replaces it.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such person.
        NotAPhotoError: It is no photo.
        PhotoTooLargeError: It is too large.
    """
    demand(act, Deed.CHANGE_PERSON)
    open_person(act, person_id)
    webp = small_face(body)
    _remove(act, person_id)
    act.session.add(Portrait(person_id=person_id, webp=webp, at=act.now))
    write_audit(act, "person.show_face", f"person:{person_id}", "")


def hide_face(act: Act, person_id: int) -> None:
    """Take a person's photo off the public pages.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such person.
    """
    demand(act, Deed.CHANGE_PERSON)
    open_person(act, person_id)
    _remove(act, person_id)
    write_audit(act, "person.hide_face", f"person:{person_id}", "")


def small_face(body: bytes) -> bytes:
    """Make a small square WebP of a photo, without anything that a camera wrote beside it.

    Raises:
        NotAPhotoError: It is no photo.
        PhotoTooLargeError: It is too large.
    """
    with Image.open(BytesIO(clean_photo(body).jpeg)) as clean:
        square = ImageOps.fit(clean, (SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS)
    out = BytesIO()
    square.save(out, "WEBP", quality=_QUALITY)
    return out.getvalue()


def data_address(webp: bytes | None) -> str:
    """Give a picture as an address that holds it: a page with faces asks for nothing more."""
    return f"data:image/webp;base64,{base64.b64encode(webp).decode()}" if webp else ""


def _remove(act: Act, person_id: int) -> None:
    act.session.execute(delete(Portrait).where(col(Portrait.person_id) == person_id))
