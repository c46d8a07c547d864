"""A photo is seen by those whom its case concerns, and by nobody else."""

import hashlib

import pytest

from gridapp.domain.errors import NotThereError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.see_photo import see_photo
from gridapp.services.desk import Actor, Desk
from gridapp.services.photos.keep import keep_photo
from tests.cast import Cast
from tests.makers import a_case, do, report
from tests.services.photos.drawn_photos import a_picture, opened, saved

BODY = saved(a_picture(size=(1200, 900)))
SHA = hashlib.sha256(BODY).hexdigest()
PHONE = Actor(device="phone-1")


def send(desk: Desk, actor: Actor) -> None:
    with desk.acting(actor) as act:
        keep_photo(act, SHA, BODY)


def seen_by(desk: Desk, actor: Actor, *, thumbnail: bool = False) -> bytes:
    with desk.looking(actor) as act:
        return see_photo(act, SHA, thumbnail=thumbnail).jpeg


@pytest.mark.parametrize("name", ["li", "chen", "wang", "zhao", "leader"])
def test_staff_of_the_place_see_a_cases_photo(desk: Desk, cast: Cast, name: str) -> None:
    send(desk, PHONE)
    report(desk, cast, PHONE, photos=(SHA,))
    assert opened(seen_by(desk, cast.actor(name))).size == (1200, 900)
    assert opened(seen_by(desk, cast.actor(name), thumbnail=True)).size == (320, 240)


@pytest.mark.parametrize("name", ["qian", "dept", "sun", "gu", "admin", "sec", "audit", "zhang"])
def test_for_strangers_a_cases_photo_is_not_there(desk: Desk, cast: Cast, name: str) -> None:
    send(desk, PHONE)
    report(desk, cast, PHONE, photos=(SHA,))
    with pytest.raises(NotThereError):
        seen_by(desk, cast.actor(name))


def test_the_unit_sees_it_once_the_case_is_theirs(desk: Desk, cast: Cast) -> None:
    send(desk, PHONE)
    a_case(desk, cast, Status.DISPATCHED, actor=PHONE, photos=(SHA,))
    assert seen_by(desk, cast.actor("dept"))


def test_the_reporter_sees_what_they_sent_and_another_reporter_does_not(
    desk: Desk, cast: Cast
) -> None:
    send(desk, PHONE)
    mine, other = report(desk, cast, PHONE, photos=(SHA,)), report(desk, cast)
    assert seen_by(desk, Actor(track=mine.track))
    with pytest.raises(NotThereError):
        seen_by(desk, Actor(track=other.track))


def test_what_staff_keep_among_themselves_the_reporter_does_not_see(desk: Desk, cast: Cast) -> None:
    wang = cast.actor("wang")
    send(desk, wang)
    case = report(desk, cast)
    do(desk, wang, Deed.ADD_WORDS, case.no, words="现场照片", photos=[SHA], is_public=False)
    assert seen_by(desk, cast.actor("li"))
    with pytest.raises(NotThereError):
        seen_by(desk, Actor(track=case.track))


def test_what_hangs_on_nothing_yet_is_seen_by_its_first_sender_alone(
    desk: Desk, cast: Cast
) -> None:
    send(desk, cast.actor("li"))
    send(desk, cast.actor("wang"))
    assert seen_by(desk, cast.actor("li"))
    for actor in (cast.actor("wang"), PHONE):
        with pytest.raises(NotThereError):
            seen_by(desk, actor)
