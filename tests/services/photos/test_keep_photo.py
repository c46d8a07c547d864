"""A photo is taken in once, forgotten when nobody wants it, and seen by whom it concerns."""

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
from gridapp.domain.vocabulary import Deed, PhotoKind, Role, Source, Status
from gridapp.services.cases.see_photo import see_photo
from gridapp.services.desk import Actor, Desk
from gridapp.services.photos.forget import forget_files, forget_photos
from gridapp.services.photos.hang import find_photos, hang_photos
from gridapp.services.photos.keep import KeptPhoto, keep_photo
from gridapp.tables import Case, CaseStep, Note, NotePhoto, Photo
from tests.services.photos.drawn_photos import a_picture, an_exif, opened, saved
from tests.services.photos.photo_town import NOW, a_worker, at, deed, desk, engine

__all__ = ["desk", "engine"]  # fixtures

BODY = saved(a_picture(), exif=an_exif(6))
SHA = hashlib.sha256(BODY).hexdigest()
LATER = NOW + timedelta(hours=25)


def kept(on: Desk, body: bytes = BODY, actor: Actor | None = None) -> KeptPhoto:
    with deed(on, actor) as act:
        return keep_photo(act, hashlib.sha256(body).hexdigest(), body, "7K3MQ2XP")


def rows(on: Desk) -> list[Photo]:
    with deed(on) as act:
        found = list(act.session.exec(select(Photo)))
        act.session.expunge_all()
        return found


def files(on: Desk) -> int:
    future = LATER + timedelta(days=1000)
    return sum(1 for digit in "0123456789abcdef" for _ in on.files.kept_before(future, digit))


def a_case(on: Desk, *, is_public: bool = True) -> str:
    """Hang the kept photo on a case in grid 2; give the reporter's token."""
    with deed(on) as act:
        case = Case(
            uid=uuid4(), track=uuid4().hex, source=Source.QR, grid_id=2, text="路灯不亮",
            received_at=NOW, reported_at=NOW, due_at=NOW, first_due_at=NOW,
        )  # fmt: skip
        act.session.add(case)
        act.session.flush()
        assert case.id is not None
        step = CaseStep(
            case_id=case.id, deed=Deed.REPORT, status_to=Status.REPORTED, at=NOW,
            is_public=is_public,
        )  # fmt: skip
        act.session.add(step)
        act.session.flush()
        hang_photos(act, case, step, [(PhotoKind.REPORT, SHA)])
        return case.track


def test_a_photo_is_kept_clean_with_its_facts_beside_it(desk: Desk) -> None:
    assert kept(desk) == KeptPhoto(SHA, is_new=True)
    (row,) = rows(desk)
    assert (row.sha256, row.width, row.height, row.place_code) == (SHA, 240, 320, "7K3MQ2XP")
    assert (row.device, row.person_id, row.received_at) == ("phone-1", None, NOW)
    assert row.lng_wgs84 == pytest.approx(113.65)
    assert row.taken_at is not None
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


def test_the_same_photo_from_many_threads_at_once_is_one_row(desk: Desk) -> None:
    with ThreadPoolExecutor(6) as threads:
        receipts = list(threads.map(lambda _: kept(desk), range(12)))
    assert [receipt.sha256 for receipt in receipts] == [SHA] * 12
    assert sum(receipt.is_new for receipt in receipts) == 1
    assert (len(rows(desk)), files(desk)) == (1, 2)


@pytest.mark.parametrize(
    ("announced", "body", "refusal"),
    [
        (SHA, BODY[:-1], HashMismatchError),
        (SHA.upper(), BODY, HashMismatchError),
        ("../../etc/passwd", BODY, HashMismatchError),
        (hashlib.sha256(b"%PDF-1.7").hexdigest(), b"%PDF-1.7", NotAPhotoError),
    ],
)
def test_a_refused_photo_leaves_nothing_behind(
    desk: Desk, announced: str, body: bytes, refusal: type[GridappError]
) -> None:
    with pytest.raises(refusal), deed(desk) as act:
        keep_photo(act, announced, body)
    assert (rows(desk), files(desk)) == ([], 0)


def test_photos_that_have_not_arrived_are_listed(desk: Desk) -> None:
    kept(desk)
    with pytest.raises(PhotosMissingError) as refusal, deed(desk) as act:
        find_photos(act, ["a" * 64, SHA, "b" * 64])
    assert refusal.value.facts["missing"] == ["a" * 64, "b" * 64]


def forgotten(on: Desk) -> tuple[int, int]:
    """Do both deeds of the job, each in its own transaction."""
    with deed(on) as act:
        photos = forget_photos(act)
    with deed(on) as act:
        return photos, forget_files(act)


def test_what_nobody_took_up_for_a_day_is_forgotten_with_its_files(desk: Desk) -> None:
    kept(desk)
    assert forgotten(at(desk, NOW + timedelta(hours=24))) == (0, 0)
    assert forgotten(at(desk, LATER)) == (1, 2)
    assert (rows(desk), files(desk)) == ([], 0)


def test_a_photo_of_a_case_or_a_note_is_never_forgotten(desk: Desk) -> None:
    kept(desk)
    a_case(desk)
    other = saved(a_picture(size=(64, 64)))
    kept(desk, other)
    with deed(desk) as act:
        ids = find_photos(act, [hashlib.sha256(other).hexdigest()])
        act.session.add(Note(id=1, uid=uuid4(), person_id=2, grid_id=2, text="记", received_at=NOW))
        act.session.flush()
        act.session.add(NotePhoto(note_id=1, photo_id=next(iter(ids.values()))))
    assert forgotten(at(desk, LATER)) == (0, 0)
    assert len(rows(desk)) == 2


def named(on: Desk) -> None:
    with deed(on) as act:
        find_photos(act, [SHA])


@pytest.mark.parametrize("renew", [kept, named])
def test_a_photo_sent_or_named_again_is_young_again(
    desk: Desk, renew: Callable[[Desk], object]
) -> None:
    kept(desk)
    renew(at(desk, LATER - timedelta(hours=2)))
    assert forgotten(at(desk, LATER))[0] == 0


def test_a_file_two_photos_share_stays_while_one_of_them_does(desk: Desk) -> None:
    kept(desk, BODY)
    kept(desk, BODY + b"trailing bytes that are cut off")
    a_case(desk)
    assert forgotten(at(desk, LATER)) == (1, 0)
    assert desk.files.open(rows(desk)[0].stored_name)


def test_files_of_a_deed_that_was_undone_go_after_a_day(desk: Desk) -> None:
    with deed(desk) as act:
        keep_photo(act, SHA, BODY)
        act.session.rollback()
    assert (rows(desk), files(desk)) == ([], 2)
    assert forgotten(at(desk, LATER)) == (0, 2)


def seen_by(on: Desk, actor: Actor) -> bool:
    with on.looking(actor) as act:
        try:
            return see_photo(act, SHA).jpeg[:3] == b"\xff\xd8\xff"
        except NotThereError:
            return False


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (a_worker(2), True),
        (a_worker(3), False),
        (a_worker(1, Role.DISPATCHER), True),
        (a_worker(1, Role.ADMINISTRATOR), False),
        (a_worker(1, Role.AUDITOR), False),
        (Actor(), False),
        (Actor(track="f" * 32), False),
    ],
)
def test_a_cases_photo_is_seen_by_whom_the_case_concerns(
    desk: Desk, actor: Actor, *, sees: bool
) -> None:
    kept(desk)
    a_case(desk)
    assert seen_by(desk, actor) is sees


@pytest.mark.parametrize("is_public", [True, False])
def test_the_reporter_sees_the_photos_of_public_steps_only(desk: Desk, *, is_public: bool) -> None:
    kept(desk)
    track = a_case(desk, is_public=is_public)
    assert seen_by(desk, Actor(track=track)) is is_public


def test_a_photo_that_hangs_on_nothing_is_seen_by_its_sender_alone(desk: Desk) -> None:
    kept(desk, actor=a_worker(2))
    assert seen_by(desk, a_worker(2))
    assert not seen_by(desk, a_worker(3))
    assert not seen_by(desk, a_worker(1, Role.DISPATCHER))
    assert not seen_by(desk, Actor(device="phone-1"))


def test_the_thumbnail_is_the_small_one_and_each_has_its_own_name(desk: Desk) -> None:
    sha256 = kept(desk, saved(a_picture(size=(1200, 900))), a_worker(2)).sha256
    with desk.looking(a_worker(2)) as act:
        whole, small = see_photo(act, sha256), see_photo(act, sha256, thumbnail=True)
    assert (opened(whole.jpeg).size, opened(small.jpeg).size) == ((1200, 900), (320, 240))
    assert whole.name != small.name


def test_who_sends_a_photo_again_does_not_become_its_sender(desk: Desk) -> None:
    kept(desk, actor=a_worker(2))
    kept(desk, actor=a_worker(3))
    assert not seen_by(desk, a_worker(3))
