"""A brought file is checked, imported and undone as long work, whatever happens meanwhile."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlmodel import Session, col

from gridapp.domain.errors import ConflictError
from gridapp.domain.importing import ImportState
from gridapp.domain.vocabulary import Deed, WorkState
from gridapp.jobs import imports as jobs
from gridapp.services.deeds import do_deed
from gridapp.services.desk import Desk
from gridapp.services.imports.access import open_import
from gridapp.services.imports.bring import bring_file
from gridapp.services.imports.files import imports_in
from gridapp.services.imports.lines import read_lines
from gridapp.services.imports.looks import look_at
from gridapp.services.imports.refusals import NotCheckedError
from gridapp.services.orders import Order
from gridapp.services.people.actor import SYSTEM
from gridapp.tables import Building, ImportFile, Work
from tests.cast import Cast
from tests.clock import Clock
from tests.jobs.works_at import bench_of
from tests.served import ROOT
from tests.services.exchange.tables import a_csv

HEADS = "楼栋码,名称,地址,网格编码,户数"
NEW = ",新楼,新路1号,310107022001001,12"


class Office:
    """The administrator's desk: brings files and asks for work, which a bench then does."""

    def __init__(self, desk: Desk, cast: Cast) -> None:
        self.desk = desk
        self.admin = cast.actor("admin")

    def bring(self, folder: Path, *lines: str) -> UUID:
        uid, path = uuid4(), a_csv(folder, *lines)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        with self.desk.acting(self.admin) as act:
            bring_file(act, uid, "buildings", "楼栋.csv", path, sha256)
        imports_in(self.desk.settings.data_dir).keep(uid, Path(shutil.copy(path, folder / "in")))
        return uid

    def row(self, uid: UUID) -> ImportFile:
        with self.desk.looking(self.admin) as act:
            return open_import(act, uid, Deed.IMPORT)

    def ask(self, uid: UUID, deed: Deed, order_uid: UUID | None = None, **facts: Any) -> UUID:
        row = self.row(uid)
        facts = facts if deed is not Deed.CHECK_IMPORT else row.plan | facts
        told = Order(deed, str(uid), facts, row.version, uid=order_uid or uuid4())
        with self.desk.acting(self.admin) as act:
            do_deed(act, told)
        return told.uid

    def work(self, uid: UUID, deed: Deed) -> str:
        """Ask for work and have it done; gives its fault, empty when it is done."""
        asked = self.ask(uid, deed)
        assert bench_of(self.desk).do_next()
        with self.desk.looking(SYSTEM) as act:
            fault: str = act.session.execute(
                select(col(Work.fault)).where(col(Work.uid) == asked)
            ).scalar_one()
        return fault

    def names(self) -> set[str]:
        with self.desk.looking(SYSTEM) as act:
            return set(act.session.execute(select(col(Building.name))).scalars())


@pytest.fixture
def office(own_desk: Desk, cast: Cast) -> Office:
    return Office(own_desk, cast)


def test_a_file_is_checked_imported_and_undone(office: Office, tmp_path: Path) -> None:
    uid = office.bring(tmp_path, HEADS, NEW)
    before = office.names()

    assert office.work(uid, Deed.CHECK_IMPORT) == ""
    assert (office.names(), office.row(uid).new_count) == (before, 1)
    assert office.work(uid, Deed.IMPORT) == ""
    assert (office.names() - before, office.row(uid).state) == ({"新楼"}, ImportState.APPLIED)
    assert office.work(uid, Deed.UNDO_IMPORT) == ""
    assert (office.names(), office.row(uid).state) == (before, ImportState.UNDONE)


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_wrong_rows_are_told_by_line_and_nothing_can_be_imported(
    office: Office, tmp_path: Path
) -> None:
    uid = office.bring(tmp_path, HEADS, NEW, ",,,310107022001001,1", ",别楼,,9,x")

    office.work(uid, Deed.CHECK_IMPORT)

    lines = imports_in(office.desk.settings.data_dir).lines(uid)
    count, bad = read_lines(lines, "bad", "", first=0, most=10)
    assert [(line.line, line.reason) for line in bad] == [
        (3, "名称：不能为空"),
        (4, "网格编码：没有编码为9的网格"),
    ]
    assert count == office.row(uid).bad_count == 2
    with pytest.raises(NotCheckedError):
        office.ask(uid, Deed.IMPORT)


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_a_double_tap_is_one_import_and_a_second_window_is_told(
    office: Office, tmp_path: Path
) -> None:
    uid = office.bring(tmp_path, HEADS, NEW)
    office.work(uid, Deed.CHECK_IMPORT)
    version, order = office.row(uid).version, Order(Deed.IMPORT, str(uid), version=None)
    order = Order(Deed.IMPORT, str(uid), version=version, uid=order.uid)
    with office.desk.acting(office.admin) as act:
        first = do_deed(act, order)
        assert do_deed(act, order).reply == first.reply
    with office.desk.acting(office.admin) as act, pytest.raises(ConflictError):
        do_deed(act, Order(Deed.IMPORT, str(uid), version=version))
    with office.desk.looking(SYSTEM) as act:
        assert act.session.execute(select(func.count()).select_from(Work)).scalar_one() == 2


@pytest.mark.parametrize("town", ["postgresql"], indirect=True)
@pytest.mark.postgres
def test_what_others_write_during_an_import_stays_when_it_is_undone(
    office: Office, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = office.bring(tmp_path, HEADS, NEW)
    office.work(uid, Deed.CHECK_IMPORT)

    def meanwhile(*_: object) -> Any:
        def tell(_count: int) -> None:
            with Session(office.desk.engine) as session:
                session.add(Building(grid_id=cast.grid1, name="别人的楼"))
                session.commit()

        return tell

    monkeypatch.setattr(jobs, "_telling", meanwhile)
    office.work(uid, Deed.IMPORT)
    office.work(uid, Deed.UNDO_IMPORT)

    assert "别人的楼" in office.names()
    assert "新楼" not in office.names()


# Dies when every row is read and written, just before the commit.
_PROCESS = """
import os, signal
from datetime import datetime
from gridapp.jobs import imports
from gridapp.jobs.works import Workbench
from gridapp.services.desk import Desk, open_desk
from gridapp.services.store.lease import FileLease
from gridapp.settings import Settings
imports._telling = lambda *_: lambda _: os.kill(os.getpid(), signal.SIGKILL)
desk = open_desk(Settings(_env_file=None))
at = datetime.fromisoformat("{at}")
desk = Desk(desk.engine, desk.files, desk.settings, lambda: at)
Workbench(desk, FileLease(desk.settings.data_dir / "works.lock")).do_next()
"""


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_killed_in_the_middle_nothing_is_half_done_and_the_next_does_it_whole(
    office: Office, clock: Clock, tmp_path: Path
) -> None:
    uid = office.bring(tmp_path, HEADS, NEW)
    office.work(uid, Deed.CHECK_IMPORT)
    before, asked = office.names(), office.ask(uid, Deed.IMPORT)
    told = {
        "GRID_DATABASE_URL": office.desk.engine.url.render_as_string(hide_password=False),
        "GRID_DATA_DIR": str(tmp_path),
    }
    program = _PROCESS.format(at=clock().isoformat())
    killed = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=os.environ | told, check=False
    )

    assert (killed.returncode, office.names()) == (-signal.SIGKILL, before)
    clock.forward(minutes=2)
    assert bench_of(office.desk).do_next()
    with office.desk.looking(SYSTEM) as act:
        work = act.session.execute(select(Work).where(col(Work.uid) == asked)).scalar_one()
    assert (work.state, office.names() - before) == (WorkState.DONE, {"新楼"})


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_what_was_imported_is_deleted_with_all_that_was_made_of_it(
    office: Office, tmp_path: Path
) -> None:
    uid = office.bring(tmp_path, HEADS, NEW)
    office.work(uid, Deed.CHECK_IMPORT)
    office.work(uid, Deed.IMPORT)
    brought = imports_in(office.desk.settings.data_dir)
    assert not brought.table(uid).parent.exists()
    assert office.row(uid).is_forgotten


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_no_id_number_is_shown_of_a_brought_file(office: Office, tmp_path: Path) -> None:
    number = "310107198503071234"
    uid = office.bring(tmp_path, f"{HEADS},身份证", f"{NEW},{number}", f",{number},,9,x,{number}")
    with office.desk.looking(office.admin) as act:
        look = look_at(act, str(uid))
    office.work(uid, Deed.CHECK_IMPORT)
    lines = imports_in(office.desk.settings.data_dir).lines(uid)
    _, shown = read_lines(lines, "", "", first=0, most=10)
    assert "310***********1234" in str(look)
    assert number not in f"{look}{shown}"
