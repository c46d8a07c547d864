"""A backup taken while people work is the town at one moment, and comes back whole."""

import threading
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import exists, func, select
from sqlmodel import SQLModel, col

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.people.sessions import begin_session, identify
from gridapp.services.store.archive import Archive, Manifest
from gridapp.services.store.backup import back_up
from gridapp.services.store.migrate import check_models
from gridapp.services.store.restore import Place, restore
from gridapp.tables import Case, CaseStep, Photo
from tests.cast import Cast
from tests.makers import report
from tests.services.store.keeping import act_at, quiet, report_with_photo

pytestmark = pytest.mark.both_databases


def _manifest(path: Path) -> Manifest:
    with path.open("rb") as file:
        return Archive(file, path.stat().st_size).verify(quiet)


def _put_back(place: Place, path: Path, desk: Desk) -> Desk:
    restore(place, path, now=desk.clock(), tell=quiet)
    return act_at(place, desk)


def _back_up_amid_reports(desk: Desk, cast: Cast, path: Path) -> None:
    """Back up while a thread reports; each step of the backup waits for two more commits."""
    committed, stopping = threading.Semaphore(0), threading.Event()

    def write() -> None:
        for number in count(10):
            report_with_photo(desk, cast, number)
            committed.release()
            if stopping.is_set():
                return

    def tell(what: str, _done: int, _total: int) -> None:
        if what == "抄录数据库":
            assert committed.acquire(timeout=60)
            assert committed.acquire(timeout=60)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        back_up(desk.engine, desk.files, path, made_at=desk.clock(), tell=tell)
    finally:
        stopping.set()
        writer.join()


def test_a_backup_amid_reports_is_one_moment(
    full_desk: Desk, cast: Cast, place: Place, tmp_path: Path
) -> None:
    _back_up_amid_reports(full_desk, cast, tmp_path / "town.tar")
    with _put_back(place, tmp_path / "town.tar", full_desk).looking(RESIDENT) as act:
        begun = exists().where(
            col(CaseStep.case_id) == col(Case.id), col(CaseStep.deed) == Deed.REPORT
        )
        assert act.session.execute(select(Case).where(~begun)).first() is None
        assert act.session.execute(select(func.count()).select_from(Case)).scalar_one() >= 2
        for photo in act.session.execute(select(Photo)).scalars():
            for name in (photo.stored_name, photo.thumb_name):
                assert sha256(act.files.open(name)).hexdigest() == name


def test_what_comes_back_is_what_the_manifest_counts(
    full_desk: Desk, place: Place, tmp_path: Path
) -> None:
    path = tmp_path / "town.tar.gz"
    back_up(full_desk.engine, full_desk.files, path, made_at=full_desk.clock(), tell=quiet)
    with _put_back(place, path, full_desk).looking(RESIDENT) as act:
        for facts in _manifest(path).tables:
            table = SQLModel.metadata.tables[facts.name]
            counted = act.session.execute(select(func.count()).select_from(table)).scalar_one()
            assert (facts.name, counted) == (facts.name, facts.row_count)
    check_models(place.engine)


def test_every_row_comes_back_as_it_was(full_desk: Desk, place: Place, tmp_path: Path) -> None:
    path = tmp_path / "town.tar"
    back_up(full_desk.engine, full_desk.files, path, made_at=full_desk.clock(), tell=quiet)
    there = _put_back(place, path, full_desk)
    for table in SQLModel.metadata.sorted_tables:
        ordered = select(table).order_by(*table.primary_key)
        with full_desk.engine.connect() as before, there.engine.connect() as after:
            assert before.execute(ordered).all() == after.execute(ordered).all()


def test_the_numbers_go_on_after_a_restore(
    full_desk: Desk, cast: Cast, place: Place, tmp_path: Path
) -> None:
    path = tmp_path / "town.tar"
    back_up(full_desk.engine, full_desk.files, path, made_at=full_desk.clock(), tell=quiet)
    there = _put_back(place, path, full_desk)
    assert report(there, cast).no == report(full_desk, cast).no
    report_with_photo(there, cast, 77)


def test_nobody_is_signed_in_after_a_restore(
    full_desk: Desk, cast: Cast, place: Place, tmp_path: Path
) -> None:
    with full_desk.acting(RESIDENT) as act:
        cookie = begin_session(act, cast.li, "")
    path = tmp_path / "town.tar"
    back_up(full_desk.engine, full_desk.files, path, made_at=full_desk.clock(), tell=quiet)
    assert identify(full_desk, cookie) is not None
    assert identify(_put_back(place, path, full_desk), cookie) is None


def test_a_lost_photo_is_told_and_costs_no_other(full_desk: Desk, tmp_path: Path) -> None:
    with full_desk.looking(RESIDENT) as act:
        first = act.session.execute(select(Photo)).scalars().first()
    assert first is not None
    (found,) = full_desk.files.root.rglob(first.stored_name)
    found.write_bytes(b"rotten")
    path = tmp_path / "town.tar"
    made = back_up(full_desk.engine, full_desk.files, path, made_at=full_desk.clock(), tell=quiet)
    assert (made.lost_count, made.file_count) == (1, 3)
    assert _manifest(path).lost == (first.stored_name,)


def test_the_file_is_its_owners_and_alone(full_desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    path = folder / "town.tar"
    back_up(full_desk.engine, full_desk.files, path, made_at=full_desk.clock(), tell=quiet)
    assert list(folder.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o600
