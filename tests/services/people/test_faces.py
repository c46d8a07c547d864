"""A face is shown with consent on record, from one's own upload only, and taken off at any time."""

import hashlib
from typing import Any

import pytest
from sqlmodel import select

from gridapp.demo.drawings.portraits import portrait
from gridapp.domain.errors import FactsError, NotAPhotoError, PhotosMissingError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Actor, Desk
from gridapp.services.people.see_person import see_person
from gridapp.services.photos.keep import keep_photo
from gridapp.tables import Portrait
from tests.cast import Cast
from tests.makers import do

AGREED: dict[str, Any] = {"agreed_on": "2026-06-01", "how": "本人当面签字"}


def upload(desk: Desk, actor: Actor) -> str:
    body = portrait(1)
    sha = hashlib.sha256(body).hexdigest()
    with desk.acting(actor) as act:
        keep_photo(act, sha, body)
    return sha


def shown(desk: Desk, cast: Cast) -> tuple[int, list[str], list[bool]]:
    with desk.looking(cast.actor("admin")) as act:
        view = see_person(act, cast.li)
        count = len(act.session.exec(select(Portrait.person_id)).all())
    return count, [one.words for one in view.consents], [one.stands for one in view.consents]


def test_who_agreed_when_and_who_wrote_it_down_stays_on_record(desk: Desk, cast: Cast) -> None:
    admin = cast.actor("admin")
    do(desk, admin, Deed.SHOW_FACE, str(cast.li), photo=upload(desk, admin), **AGREED)
    count, (words,), stands = shown(desk, cast)
    assert (count, stands) == (1, [True])
    assert words == "6月1日 周一同意（本人当面签字），何静登记"
    do(desk, admin, Deed.HIDE_FACE, str(cast.li))
    count, (words,), stands = shown(desk, cast)
    assert (count, stands) == (0, [False])
    assert "何静登记；" in words


def test_a_second_photo_takes_a_second_consent(desk: Desk, cast: Cast) -> None:
    admin = cast.actor("admin")
    for _ in range(2):
        do(desk, admin, Deed.SHOW_FACE, str(cast.li), photo=upload(desk, admin), **AGREED)
    assert shown(desk, cast)[2] == [True, False]


def test_what_somebody_else_uploaded_is_no_portrait(desk: Desk, cast: Cast) -> None:
    sha = upload(desk, cast.actor("li"))
    with pytest.raises(PhotosMissingError):
        do(desk, cast.actor("admin"), Deed.SHOW_FACE, str(cast.li), photo=sha, **AGREED)


@pytest.mark.parametrize("told", [{"how": " "}, {"agreed_on": "2026-06-11"}, {"photo": "x"}])
def test_without_consent_nobody_is_shown(desk: Desk, cast: Cast, told: dict[str, Any]) -> None:
    admin = cast.actor("admin")
    facts: dict[str, Any] = {"photo": upload(desk, admin)} | AGREED | told
    with pytest.raises(FactsError):
        do(desk, admin, Deed.SHOW_FACE, str(cast.li), **facts)
    assert shown(desk, cast)[0] == 0


def test_a_document_is_no_photo(desk: Desk, cast: Cast) -> None:
    body = b"%PDF-1.7 not a face"
    with desk.acting(cast.actor("admin")) as act, pytest.raises(NotAPhotoError):
        keep_photo(act, hashlib.sha256(body).hexdigest(), body)
