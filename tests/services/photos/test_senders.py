"""A photo's hash is no key to it: who brought the bytes may name it, once each time."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest

from gridapp.domain.errors import PhotosMissingError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.desk import Actor, Desk
from gridapp.services.photos.keep import keep_photo
from tests.cast import Cast
from tests.makers import TOLD, a_case, do, report
from tests.services.photos.drawn_photos import a_picture, saved

BODY = saved(a_picture(size=(64, 48)))
SHA = hashlib.sha256(BODY).hexdigest()
MINE, THEIRS = Actor(device="phone-1"), Actor(device="phone-2")
SQLITE = pytest.mark.parametrize("town", ["sqlite"], indirect=True)


def bring(desk: Desk, actor: Actor, place_code: str = "") -> None:
    with desk.acting(actor) as act:
        keep_photo(act, SHA, BODY, place_code)


@pytest.mark.parametrize("thief", [THEIRS, Actor(), Actor(track="a" * 22)])
def test_a_report_names_no_photo_of_another_device(desk: Desk, cast: Cast, thief: Actor) -> None:
    bring(desk, MINE, cast.code1)
    with pytest.raises(PhotosMissingError) as refusal:
        report(desk, cast, thief, photos=(SHA,))
    assert refusal.value.facts["missing"] == [SHA]
    assert report(desk, cast, MINE, photos=(SHA,)).is_new


def test_a_photo_that_hangs_is_named_nowhere_else(desk: Desk, cast: Cast) -> None:
    bring(desk, MINE)
    report(desk, cast, MINE, photos=(SHA,))
    for actor in (MINE, THEIRS, cast.actor("wang")):
        with pytest.raises(PhotosMissingError):
            report(desk, cast, actor, photos=(SHA,))


def test_the_same_picture_brought_by_two_people_serves_both(desk: Desk, cast: Cast) -> None:
    bring(desk, MINE)
    first = report(desk, cast, MINE, photos=(SHA,))
    bring(desk, THEIRS)
    second = report(desk, cast, THEIRS, photos=(SHA,))
    assert first.no != second.no


def test_the_same_report_sent_again_is_the_same_report(desk: Desk, cast: Cast) -> None:
    bring(desk, MINE)
    uid, facts = uuid4(), ReportFacts(at=cast.code1, text="路灯不亮", photos=(SHA,))
    told = []
    for _ in range(2):
        with desk.acting(MINE) as act:
            told.append(report_case(act, uid, facts))
    assert [one.is_new for one in told] == [True, False]
    assert told[0].no == told[1].no


def test_who_gives_no_device_is_known_by_the_place(desk: Desk, cast: Cast) -> None:
    bring(desk, Actor(), cast.code1)
    with pytest.raises(PhotosMissingError):
        report(desk, cast, at=cast.code2, photos=(SHA,))
    assert report(desk, cast, photos=(SHA,)).is_new


@SQLITE
def test_a_reporters_words_name_what_came_with_the_token(desk: Desk, cast: Cast) -> None:
    mine, other = report(desk, cast), report(desk, cast)
    bring(desk, Actor(track=mine.track, device="phone-1"))
    words: dict[str, Any] = {"words": "又坏了", "photos": [SHA]}
    with pytest.raises(PhotosMissingError):
        do(desk, Actor(track=other.track), Deed.ADD_WORDS, other.no, **words)
    assert do(desk, Actor(track=mine.track), Deed.ADD_WORDS, mine.no, **words).is_new


@SQLITE
@pytest.mark.parametrize(
    ("deed", "who", "facts"),
    [
        (Deed.HANDLE, "dept", TOLD[Deed.HANDLE] | {"after": [SHA]}),
        (Deed.ADD_WORDS, "wang", {"words": "现场照片", "photos": [SHA]}),
        (Deed.WRITE_NOTE, "li", {"text": "记一笔", "photos": [SHA]}),
    ],
)
def test_a_deed_names_no_photo_that_somebody_else_brought(
    desk: Desk, cast: Cast, deed: Deed, who: str, facts: dict[str, Any]
) -> None:
    bring(desk, cast.actor("zhao"))
    subject = a_case(desk, cast, Status.TAKEN).no if deed is not Deed.WRITE_NOTE else ""
    with pytest.raises(PhotosMissingError):
        do(desk, cast.actor(who), deed, subject, **facts)


@SQLITE
def test_a_case_made_of_a_note_takes_its_photos_and_no_others(desk: Desk, cast: Cast) -> None:
    li, told = cast.actor("li"), uuid4()
    bring(desk, li)
    do(desk, li, Deed.WRITE_NOTE, uid=told, text="楼道灯", at=cast.code1, photos=[SHA])
    plain = uuid4()
    do(desk, li, Deed.WRITE_NOTE, uid=plain, text="另一条", at=cast.code1)
    with pytest.raises(PhotosMissingError):
        do(desk, cast.actor("chen"), Deed.PROMOTE_NOTE, str(plain), photos=[SHA])
    assert do(desk, cast.actor("chen"), Deed.PROMOTE_NOTE, str(told)).reply["no"]
