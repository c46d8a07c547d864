"""A table's file comes in once, whole, of bearable size, from our own pages; its faults go out."""

from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from gridapp.api import imports
from gridapp.jobs import imports as jobs
from gridapp.services.desk import Desk
from gridapp.services.exchange.imports import KINDS
from gridapp.services.exchange.reading import read_rows
from gridapp.services.imports.files import imports_in
from tests.api.client import Client
from tests.api.conftest import SignIn
from tests.jobs.works_at import bench_of
from tests.printing.sheets import public_at

GOOD = "名称,网格编码\n新楼,310107022001001\n".encode()
BAD = "名称,网格编码,备注\n,310107022001001,=1+1\n好楼,310107022001001,\n".encode()
KINDS_AT = "?kind=buildings&name=楼栋.csv"


@pytest.fixture(autouse=True)
def public(desk: Desk) -> Iterator[Desk]:
    """An address that a cookie comes back to."""
    with public_at(desk, "http://grid.example.cn") as reachable:
        yield reachable


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    return sign_in("admin")


def files_of(desk: Desk) -> list[Path]:
    root = imports_in(desk.settings.data_dir).root
    return [path for path in root.rglob("*") if path.is_file()]


def test_a_file_comes_in_once(admin: Client, public: Desk) -> None:
    uid = uuid4()
    for status in (201, 200):
        said = admin.put(f"/imports/{uid}{KINDS_AT}", content=GOOD)
        assert (said.status_code, said.json()["receipt"]) == (status, str(uid))
    assert admin.put(f"/imports/{uid}{KINDS_AT}", content=BAD).json()["code"] == "id.other_content"
    assert [path.read_bytes() for path in files_of(public)] == [GOOD]


@pytest.mark.parametrize("length", ["209715200", "9" * 30])
def test_what_is_announced_too_large_is_refused_before_it_is_read(
    admin: Client, public: Desk, length: str
) -> None:
    headers = {"content-length": length}
    said = admin.put(f"/imports/{uuid4()}{KINDS_AT}", content=b"x", headers=headers)
    assert (said.status_code, said.json()["code"]) == (413, "import.too_large")
    assert "64 MB" in said.json()["detail"]
    assert files_of(public) == []


def test_what_grows_too_large_leaves_nothing(
    admin: Client, public: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "FILE_MAX_BYTES", 100)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b"x" * 30

    said = admin.put(f"/imports/{uuid4()}{KINDS_AT}", content=pieces())
    assert (said.status_code, files_of(public)) == (413, [])


@pytest.mark.parametrize(
    ("body", "kind", "why"),
    [(b"%PDF-1.7", "buildings", "PDF"), (b"", "buildings", "空的"), (GOOD, "moons", "没有这种表")],
)
def test_what_is_no_table_is_refused_with_the_mend(
    admin: Client, public: Desk, body: bytes, kind: str, why: str
) -> None:
    said = admin.put(f"/imports/{uuid4()}?kind={kind}&name=a.xlsx", content=body)
    assert said.status_code == 422
    assert why in said.json()["detail"]
    assert files_of(public) == []


@pytest.mark.parametrize(("name", "status"), [("wang", 403), ("li", 403), ("audit", 403)])
def test_nobody_else_brings_files(sign_in: SignIn, name: str, status: int) -> None:
    said = sign_in(name).put(f"/imports/{uuid4()}{KINDS_AT}", content=GOOD)
    assert said.status_code == status


def test_another_sites_page_cannot_bring_a_file(admin: Client) -> None:
    headers = {"origin": "https://evil.example"}
    said = admin.put(f"/imports/{uuid4()}{KINDS_AT}", content=GOOD, headers=headers)
    assert said.json()["code"] == "request.foreign_origin"


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_kind_has_a_template_that_can_be_brought_as_it_is(admin: Client, kind: str) -> None:
    said = admin.get(f"/import-templates/{kind}")
    book = load_workbook(BytesIO(said.content))
    assert book.sheetnames == ["数据", "填写说明"]
    assert [book["数据"].max_row, book["填写说明"].max_row - 3] == [3, len(KINDS[kind].columns)]
    brought = admin.put(f"/imports/{uuid4()}?kind={kind}&name=模板.xlsx", content=said.content)
    assert brought.status_code == 201


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_wrong_rows_go_out_with_the_reason_beside(
    admin: Client,
    sign_in: SignIn,
    public: Desk,
    tmp_path: Path,
    ending: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The town of this test is one open transaction, of which there is no copy.
    monkeypatch.setattr(jobs, "trial_desk", lambda desk, _: nullcontext(desk))
    uid = uuid4()
    admin.put(f"/imports/{uid}{KINDS_AT}", content=BAD)
    assert admin.get(f"/imports/{uid}/bad-rows").json()["code"] == "import.not_checked"
    facts = {"places": {"0": "name", "1": "grid_code"}}
    deed = {"deed": "data.import_check", "subject": str(uid), "facts": facts, "version": 1}
    done = admin.put(f"/deeds/{uuid4()}", deed | {"done_at": "2026-06-10T04:00:00Z"})
    assert done.status_code == 201, done.text
    assert bench_of(public).do_next()
    said = admin.get(f"/imports/{uid}/bad-rows?format={ending}")
    path = tmp_path / f"rows.{ending}"
    path.write_bytes(said.content)
    assert [cells for _, cells in read_rows(path)] == [
        ["行号", "原因", "名称", "网格编码", "备注"],
        ["2", "名称：不能为空", "", "310107022001001", "=1+1"],
    ]
    assert sign_in("wang").get(f"/imports/{uid}/bad-rows").status_code == 403
