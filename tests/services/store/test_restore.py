"""A restore refuses rather than harm: what is there stays as it was."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from gridapp.domain.errors import GridappError
from gridapp.services.database.engine import open_engine
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.founding import found_town
from gridapp.services.store.backup import back_up
from gridapp.services.store.lease import open_lease
from gridapp.services.store.migrate import is_current, migrate
from gridapp.services.store.refusals import (
    BackupPlaceError,
    DamagedBackupError,
    NewerBackupError,
    NothingToBackUpError,
    OtherDatabaseError,
    StillRunningError,
    TargetNotEmptyError,
)
from gridapp.services.store.restore import Place, restore
from tests.cast import Cast
from tests.makers import report
from tests.services.store.keeping import act_at, quiet

OLDER = "0002_chinese_search"
sqlite_only = pytest.mark.parametrize("town", ["sqlite"], indirect=True)


@pytest.fixture
def kept(full_desk: Desk, tmp_path: Path) -> Path:
    path = tmp_path / "town.tar"
    back_up(full_desk.engine, full_desk.files, path, made_at=full_desk.clock(), tell=quiet)
    return path


def _case_count(engine: Engine) -> int:
    with engine.connect() as connection:
        counted: int = connection.execute(text('SELECT count(*) FROM "case"')).scalar_one()
    engine.dispose()  # a file that is open counts as in use
    return counted


def _refused(place: Place, path: Path, desk: Desk, why: type[GridappError]) -> None:
    with pytest.raises(why):
        restore(place, path, now=desk.clock(), tell=quiet)


def test_a_town_is_replaced_only_when_told_so(
    kept: Path, full_desk: Desk, cast: Cast, place: Place
) -> None:
    restore(place, kept, now=full_desk.clock(), tell=quiet)
    report(act_at(place, full_desk), cast)
    assert _case_count(place.engine) == 3
    _refused(place, kept, full_desk, TargetNotEmptyError)
    assert _case_count(place.engine) == 3
    restore(place, kept, now=full_desk.clock(), tell=quiet, force=True)
    assert _case_count(place.engine) == 2


def test_a_town_that_was_only_founded_counts_as_empty(
    kept: Path, full_desk: Desk, place: Place
) -> None:
    place.data_dir.mkdir(parents=True)
    migrate(place.engine)
    with act_at(place, full_desk).acting(RESIDENT) as act:
        found_town(act)
    place.engine.dispose()
    restore(place, kept, now=full_desk.clock(), tell=quiet)
    assert _case_count(place.engine) == 2


def test_a_damaged_backup_leaves_the_place_empty(kept: Path, full_desk: Desk, place: Place) -> None:
    body = kept.read_bytes()
    kept.write_bytes(body[: len(body) // 2])
    _refused(place, kept, full_desk, DamagedBackupError)
    assert not list(place.data_dir.rglob("*"))


def test_a_running_server_is_not_overwritten(kept: Path, full_desk: Desk, place: Place) -> None:
    lease = open_lease(place.engine, place.data_dir)
    assert lease.take()
    _refused(place, kept, full_desk, StillRunningError)
    lease.give_back()
    restore(place, kept, now=full_desk.clock(), tell=quiet)


@sqlite_only
def test_a_file_that_somebody_has_open_is_not_overwritten(
    kept: Path, full_desk: Desk, place: Place
) -> None:
    place.data_dir.mkdir(parents=True)
    migrate(place.engine)
    with place.engine.connect() as connection:
        connection.execute(text("SELECT 1 FROM person"))
        _refused(place, kept, full_desk, StillRunningError)


@sqlite_only
def test_a_broken_file_is_replaced_when_told_so(kept: Path, full_desk: Desk, place: Place) -> None:
    place.data_dir.mkdir(parents=True)
    migrate(place.engine)
    place.engine.dispose()
    with place.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DELETE FROM person"))
        connection.execute(text("INSERT INTO calendar_year VALUES (2026, '')"))
    log = (place.data_dir / "gridapp.db-wal").read_bytes()  # pages that fit no other file
    place.engine.dispose()
    (place.data_dir / "gridapp.db").write_bytes(b"no database" * 1000)
    (place.data_dir / "gridapp.db-wal").write_bytes(log)
    _refused(place, kept, full_desk, TargetNotEmptyError)
    restore(place, kept, now=full_desk.clock(), tell=quiet, force=True)
    assert _case_count(place.engine) == 2


@pytest.mark.parametrize(
    "town", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_a_backup_goes_back_only_to_its_own_kind(
    kept: Path, full_desk: Desk, place: Place, tmp_path: Path
) -> None:
    lite = Place(open_engine(f"sqlite:///{tmp_path / 'x.db'}"), place.files, tmp_path)
    _refused(lite, kept, full_desk, OtherDatabaseError)


def test_an_older_backup_is_brought_to_the_newest_tables(own_desk: Desk, place: Place) -> None:
    place.data_dir.mkdir(parents=True)
    migrate(place.engine, OLDER)
    path = place.data_dir / "older.tar"
    back_up(place.engine, place.files, path, made_at=own_desk.clock(), tell=quiet)
    migrate(place.engine)
    place.engine.dispose()
    restore(place, path, now=own_desk.clock(), tell=quiet)
    assert is_current(place.engine)


def test_a_backup_of_a_later_version_is_refused(own_desk: Desk, place: Place) -> None:
    place.data_dir.mkdir(parents=True)
    migrate(place.engine)
    with place.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_later'"))
    path = place.data_dir / "later.tar"
    back_up(place.engine, place.files, path, made_at=own_desk.clock(), tell=quiet)
    place.engine.dispose()
    _refused(place, path, own_desk, NewerBackupError)


def test_nothing_is_no_backup(own_desk: Desk, place: Place, tmp_path: Path) -> None:
    with pytest.raises(NothingToBackUpError):
        back_up(place.engine, place.files, tmp_path / "t.tar", made_at=own_desk.clock(), tell=quiet)
    assert not (place.data_dir / "gridapp.db").exists()


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_wrong_path_is_told(own_desk: Desk, place: Place, tmp_path: Path) -> None:
    _refused(place, tmp_path / "none.tar", own_desk, BackupPlaceError)
    for path in (tmp_path, tmp_path / "none" / "t.tar"):
        with pytest.raises(BackupPlaceError):
            back_up(own_desk.engine, own_desk.files, path, made_at=own_desk.clock(), tell=quiet)
