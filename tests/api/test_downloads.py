"""What is made for one answer arrives: asked of the real server, which opens files on its own.

A client inside the process never sees the fault: there the file is read before it is deleted.
"""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from tempfile import gettempdir
from typing import Final
from uuid import UUID

import httpx2
import pytest
from sqlmodel import Session, select

from gridapp.domain.importing import ImportState
from gridapp.services.database.engine import open_engine
from gridapp.services.exchange.taking import BadRow, Fate
from gridapp.services.imports.files import imports_in
from gridapp.services.imports.lines import writing_lines
from gridapp.services.store.migrate import migrate
from gridapp.tables import ImportFile, TownFact
from tests.cast import PASSWORD, build_cast
from tests.served import ROOT, served

TIMES: Final = 30
UID: Final = UUID(int=7)


def checked(folder: Path) -> None:
    """Stand in for the job that checks a file: the book of its lines, and the word that it is."""
    engine = open_engine(f"sqlite:///{folder / 'gridapp.db'}")
    with Session(engine.execution_options(writes=True)) as session:
        row = session.exec(select(ImportFile)).one()
        row.state, row.checked, row.bad_count = ImportState.CHECKED, "mark", 1
        session.add(row)
        session.commit()
        path = imports_in(folder).lines(row.uid)
    engine.dispose()
    with writing_lines(path, [0]) as book:
        book.note(Fate(2, ["", "1"], bad=BadRow(2, "名称", "不能为空")))


@pytest.fixture(scope="module")
def admin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """An administrator's browser at a real server, with one file brought and checked."""
    folder = tmp_path_factory.mktemp("downloads")
    engine = open_engine(f"sqlite:///{folder / 'gridapp.db'}")
    migrate(engine)
    with Session(engine.execution_options(writes=True)) as session:
        build_cast(session)
        session.add(TownFact(key="demo", value=True))
        session.commit()
    engine.dispose()
    with (
        served(folder, "--api-only", GRID_DEMO_PASSWORD=PASSWORD) as address,
        httpx2.Client(base_url=f"{address}/api/v1", headers={"origin": address}) as client,
    ):
        client.post("/session", json={"login": "admin", "password": PASSWORD}).raise_for_status()
        body = "名称,网格编码\n,1\n".encode()
        client.put(f"/imports/{UID}?kind=buildings&name=a.csv", content=body).raise_for_status()
        checked(folder)
        yield client


def left_over() -> set[str]:
    return {path.name for path in Path(gettempdir()).glob("gridapp-*")}


def test_a_template_arrives_every_time_and_leaves_nothing(admin: httpx2.Client) -> None:
    before = left_over()
    said = [admin.get("/import-templates/areas") for _ in range(TIMES)]
    assert {one.status_code for one in said} == {HTTPStatus.OK}
    assert {one.content[:2] for one in said} == {b"PK"}
    assert left_over() <= before


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_wrong_rows_arrive_every_time(admin: httpx2.Client, ending: str) -> None:
    said = [admin.get(f"/imports/{UID}/bad-rows?format={ending}") for _ in range(TIMES)]
    assert {one.status_code for one in said} == {HTTPStatus.OK}
    assert all(len(one.content) == int(one.headers["content-length"]) for one in said)


def test_no_answer_deletes_the_file_that_the_server_is_to_open() -> None:
    sources = (ROOT / "gridapp").rglob("*.py")
    assert not [path for path in sources if "BackgroundTask" in path.read_text("utf-8")]
