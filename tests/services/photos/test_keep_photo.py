"""A photo is taken in once, and forgotten with its files when nobody takes it up."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from gridapp.domain.errors import (
    GridappError,
    HashMismatchError,
    NotAPhotoError,
    NotThereError,
    PhotosMissingError,
)
from gridapp.services.desk import Actor, Desk
from gridapp.services.photos.forget import forget_files, forget_photos
from gridapp.services.photos.hang import find_photos
from gridapp.services.photos.keep import KeptPhoto, keep_photo
from gridapp.tables import Note, NotePhoto, Photo
from tests.cast import Cast
from tests.clock import NOON, Clock
from tests.makers import report
from tests.services.photos.drawn_photos import a_picture, an_exif, opened, saved

BODY = saved(a_picture(), exif=an_exif(6))
SHA = hashlib.sha256(BODY).hexdigest()
PHONE = Actor(device="phone-1")


def kept(desk: Desk, body: bytes = BODY, sha256: str = "") -> KeptPhoto:
    announced = sha256 or hashlib.sha256(body).hexdigest()
    with desk.acting(PHONE) as act:
        return keep_photo(act, announced, body, "7K3MQ2XP")


def named(desk: Desk) -> dict[str, int]:
    with desk.acting(PHONE) as act:
        return find_photos(act, [SHA])


def forgotten(desk: Desk) -> tuple[int, int]:
    """Do both deeds of the job, each in its own transaction."""
    with desk.acting(PHONE) as act:
        photos = forget_photos(act)
    with desk.acting(PHONE) as act:
        return photos, forget_files(act)


def rows(desk: Desk) -> list[Photo]:
    with desk.looking(PHONE) as act:
        return list(act.session.exec(select(Photo)))


def files(desk: Desk) -> int:
    ever = NOON + timedelta(days=1000)
    return sum(1 for digit in "0123456789abcdef" for _ in desk.files.kept_before(ever, digit))


def test_a_photo_is_kept_clean_with_its_facts_beside_it(desk: Desk) -> None:
    assert kept(desk) == KeptPhoto(SHA, is_new=True)
    (row,) = rows(desk)
    assert (row.sha256, row.width, row.height, row.place_code) == (SHA, 240, 320, "7K3MQ2XP")
    assert (row.device, row.person_id, row.received_at) == ("phone-1", None, NOON)
    assert (row.lng_wgs84, row.lat_wgs84) == pytest.approx((113.65, 34.758333))
    assert row.byte_count == len(desk.files.open(row.stored_name))
    assert opened(desk.files.open(row.thumb_name)).size == (240, 320)


def test_the_bytes_that_were_sent_are_not_kept(desk: Desk) -> None:
    kept(desk)
    with pytest.raises(NotThereError):
        desk.files.open(SHA)


def test_the_same_photo_again_changes_nothing(desk: Desk) -> None:
    kept(desk)
    assert kept(desk) == KeptPhoto(SHA, is_new=False)
    assert (len(rows(desk)), files(desk)) == (1, 2)


def test_the_same_photo_from_many_threads_at_once_is_one_row(own_desk: Desk) -> None:
    with ThreadPoolExecutor(6) as threads:
        receipts = list(threads.map(lambda _: kept(own_desk), range(12)))
    assert [receipt.sha256 for receipt in receipts] == [SHA] * 12
    assert sum(receipt.is_new for receipt in receipts) == 1
    assert (len(rows(own_desk)), files(own_desk)) == (1, 2)


@pytest.mark.parametrize(
    ("announced", "body", "refusal"),
    [
        (SHA, BODY[:-1], HashMismatchError),
        (SHA.upper(), BODY, HashMismatchError),
        ("../../etc/passwd", BODY, HashMismatchError),
        ("", b"%PDF-1.7", NotAPhotoError),
    ],
)
def test_a_refused_photo_leaves_nothing_behind(
    desk: Desk, announced: str, body: bytes, refusal: type[GridappError]
) -> None:
    with pytest.raises(refusal):
        kept(desk, body, announced)
    assert (rows(desk), files(desk)) == ([], 0)


def test_photos_that_have_not_arrived_are_listed(desk: Desk) -> None:
    kept(desk)
    with desk.acting(PHONE) as act, pytest.raises(PhotosMissingError) as refusal:
        find_photos(act, ["a" * 64, SHA, "b" * 64])
    assert refusal.value.facts["missing"] == ["a" * 64, "b" * 64]


def test_what_nobody_took_up_for_a_day_is_forgotten_with_its_files(
    desk: Desk, clock: Clock
) -> None:
    kept(desk)
    clock.forward(hours=24)
    assert forgotten(desk) == (0, 0)
    clock.forward(seconds=1)
    assert forgotten(desk) == (1, 2)
    assert (rows(desk), files(desk)) == ([], 0)


def test_a_photo_of_a_case_is_never_forgotten(desk: Desk, cast: Cast, clock: Clock) -> None:
    kept(desk)
    report(desk, cast, PHONE, photos=(SHA,))
    clock.forward(days=400)
    assert forgotten(desk) == (0, 0)


def test_a_photo_of_a_note_is_never_forgotten(desk: Desk, cast: Cast, clock: Clock) -> None:
    kept(desk)
    with desk.acting(PHONE) as act:
        note = Note(uid=uuid4(), person_id=cast.li, grid_id=cast.grid1, text="记", received_at=NOON)
        act.session.add(note)
        act.session.flush()
        act.session.add(NotePhoto(note_id=note.id or 0, photo_id=find_photos(act, [SHA])[SHA]))
    clock.forward(days=400)
    assert forgotten(desk) == (0, 0)


@pytest.mark.parametrize("renew", [kept, named])
def test_a_photo_sent_or_named_again_is_young_again(
    desk: Desk, clock: Clock, renew: Callable[[Desk], object]
) -> None:
    kept(desk)
    clock.forward(hours=23)
    renew(desk)
    clock.forward(hours=23)
    assert forgotten(desk)[0] == 0


def test_a_file_two_photos_share_stays_while_one_of_them_does(
    desk: Desk, cast: Cast, clock: Clock
) -> None:
    kept(desk)
    kept(desk, BODY + b"trailing bytes that are cut off")
    report(desk, cast, PHONE, photos=(SHA,))
    clock.forward(hours=25)
    assert forgotten(desk) == (1, 0)
    assert desk.files.open(rows(desk)[0].stored_name)


def test_files_of_a_deed_that_was_undone_go_after_a_day(desk: Desk, clock: Clock) -> None:
    with desk.acting(PHONE) as act:
        keep_photo(act, SHA, BODY)
        act.session.rollback()
    assert (rows(desk), files(desk)) == ([], 2)
    clock.forward(hours=25)
    assert forgotten(desk) == (0, 2)
