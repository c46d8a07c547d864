"""A face on a building's page: small, square, inside the page, and gone when it is taken off."""

import base64
from io import BytesIO

import pytest
from PIL import Image

from gridapp.domain.errors import NotAllowedError, NotAPhotoError
from gridapp.services.areas.places import see_place
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.people.portraits import hide_face, show_face
from tests.cast import Cast
from tests.services.photos.drawn_photos import a_picture, saved

FACE = saved(a_picture())


def face_of_li(desk: Desk, cast: Cast) -> str:
    with desk.looking(RESIDENT) as act:
        contacts = see_place(act, cast.code1).contacts
    return next(contact.portrait for contact in contacts if contact.name == "李建国")


def test_a_face_is_small_square_and_travels_in_the_page(desk: Desk, cast: Cast) -> None:
    for _ in range(2):
        with desk.acting(cast.actor("admin")) as act:
            show_face(act, cast.li, FACE)
    kind, _, body = face_of_li(desk, cast).partition(";base64,")
    picture = base64.b64decode(body)
    assert kind == "data:image/webp"
    assert Image.open(BytesIO(picture)).size == (112, 112)
    assert len(picture) < 6_000


def test_a_face_taken_off_is_gone(desk: Desk, cast: Cast) -> None:
    with desk.acting(cast.actor("admin")) as act:
        show_face(act, cast.li, FACE)
        hide_face(act, cast.li)
    assert face_of_li(desk, cast) == ""


def test_nobody_else_shows_faces(desk: Desk, cast: Cast) -> None:
    with pytest.raises(NotAllowedError), desk.acting(cast.actor("wang")) as act:
        show_face(act, cast.li, FACE)


def test_what_is_no_photo_is_refused(desk: Desk, cast: Cast) -> None:
    with pytest.raises(NotAPhotoError), desk.acting(cast.actor("admin")) as act:
        show_face(act, cast.li, b"%PDF-1.7")
