"""Long work through the API: its asker sees how far it is and fetches the file, alone."""

from collections.abc import Iterator
from urllib.parse import quote
from uuid import uuid4

import pytest

from gridapp.services.desk import Desk
from tests.api.client import Client
from tests.api.conftest import SignIn
from tests.jobs.works_at import bench_of
from tests.printing.sheets import public_at


@pytest.fixture(autouse=True)
def public(desk: Desk) -> Iterator[Desk]:
    """An address that phones can reach; without TLS, or the cookie would not come back."""
    with public_at(desk, "http://grid.example.cn") as reachable:
        yield reachable


def ordered(wang: Client) -> str:
    uid = str(uuid4())
    facts = {"sheet": "poster", "layout": "elder"}
    deed = {"deed": "print.order", "subject": "", "facts": facts, "done_at": "2026-06-10T04:00:00Z"}
    for status in (201, 200):
        said = wang.put(f"/deeds/{uid}", deed)
        assert (said.status_code, said.json()["work"]) == (status, uid)
    return uid


def test_what_was_ordered_waits_and_can_be_looked_at(wang: Client) -> None:
    said = wang.get(f"/works/{ordered(wang)}").json()
    assert (said["state"], said["state_label"], said["may_cancel"]) == ("waiting", "排队等候", True)
    assert said["label"] == "楼栋海报 · 全部 · A4 · 大字版"


def test_the_file_is_there_when_it_is_done(
    wang: Client, public: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = ordered(wang)
    assert wang.get(f"/works/{uid}/file").json()["code"] == "work.no_file"
    monkeypatch.setattr("gridapp.jobs.prints.print_pdf", lambda _, out, *__: out.write_text("pdf"))
    assert bench_of(public).do_next()
    said = wang.get(f"/works/{uid}/file")
    assert (said.status_code, said.text, said.headers["cache-control"]) == (200, "pdf", "no-store")
    name = quote("楼栋海报-全部-3页-2026-06-10.pdf")
    assert said.headers["content-disposition"] == f"attachment; filename*=utf-8''{name}"


@pytest.mark.parametrize(("name", "status"), [("zhang", 401), ("admin", 404), ("li", 404)])
def test_nobody_else_sees_it(wang: Client, sign_in: SignIn, name: str, status: int) -> None:
    uid = ordered(wang)
    other = sign_in(name)
    for address in (f"/works/{uid}", f"/works/{uid}/file"):
        assert other.get(address).status_code == status


@pytest.mark.parametrize("uid", ["x", "..%2f..%2fsecret.key", "9" * 36])
def test_what_is_no_work_is_not_there(wang: Client, uid: str) -> None:
    assert wang.get(f"/works/{uid}").status_code == 404
