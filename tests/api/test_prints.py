"""Files for a printer near by: whole, marked, in reach, no larger than one can wait for."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image

from gridapp.api import prints
from gridapp.printing.proof import codes_in
from gridapp.services.desk import Desk
from tests.api.client import Client
from tests.api.conftest import SignIn
from tests.cast import Cast
from tests.printing.sheets import page_count, public_at, text_of


@pytest.fixture(autouse=True)
def public(desk: Desk) -> Iterator[None]:
    """An address that phones can reach; without TLS, or the cookie would not come back."""
    with public_at(desk, "http://grid.example.cn"):
        yield


def _kept(body: bytes, folder: Path) -> Path:
    path = folder / "got.pdf"
    path.write_bytes(body)
    return path


def test_a_dispatcher_gets_the_posters_and_records_them(wang: Client, tmp_path: Path) -> None:
    said = wang.get("/print/posters.pdf")
    assert (said.status_code, said.headers["content-type"]) == (200, "application/pdf")
    assert page_count(_kept(said.content, tmp_path)) == 3
    facts = {"sheet": "poster", "mark": said.headers["x-print-mark"]}
    deed = {"deed": "print.make", "subject": "", "facts": facts, "done_at": "2026-06-10T04:00:00Z"}
    assert wang.put(f"/deeds/{uuid4()}", deed).json()["page_count"] == 3
    assert wang.get("/print/posters.pdf?changed=true").json()["code"] == "print.nothing"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("cards.pdf", "网格联系卡"),
        ("boards.pdf", "网格公示牌"),
        ("boards.pdf?badges=true", "工作证"),
    ],
)
def test_cards_boards_and_badges_come_too(
    wang: Client, tmp_path: Path, address: str, words: str
) -> None:
    assert words in text_of(_kept(wang.get(f"/print/{address}").content, tmp_path))


def test_the_preview_is_a_picture_whose_code_reads(wang: Client, cast: Cast) -> None:
    said = wang.get(f"/print/poster.png?at={cast.code2}")
    picture = Image.open(BytesIO(said.content)).convert("L")
    assert codes_in(picture) == [f"HTTP://GRID.EXAMPLE.CN/Q/{cast.code2}"]


@pytest.mark.parametrize(("name", "status"), [("zhang", 401), ("li", 403), ("leader", 403)])
def test_who_may_not_print_gets_no_file(sign_in: SignIn, name: str, status: int) -> None:
    for address in ("posters.pdf", "cards.pdf", "boards.pdf", "poster.png"):
        assert sign_in(name).get(f"/print/{address}").status_code == status


def test_a_head_prints_the_own_community_only(sign_in: SignIn, tmp_path: Path) -> None:
    chen = sign_in("chen")
    assert page_count(_kept(chen.get("/print/posters.pdf").content, tmp_path)) == 2
    assert chen.get("/print/posters.pdf?grid=310107022002").status_code == 404


def test_more_than_one_can_wait_for_is_refused_with_the_mend(
    wang: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prints, "MOST_PAGES", 2)
    said = wang.get("/print/posters.pdf")
    assert (said.status_code, said.json()["page_count"]) == (422, 3)
    assert "gridapp" in said.json()["detail"]


@pytest.mark.parametrize("query", ["paper=a0", "layout=x", "sheet=x", "grid=" + "9" * 40])
def test_a_wrong_wish_is_refused(wang: Client, query: str) -> None:
    assert wang.get(f"/print/poster.png?{query}").status_code == 422


def test_this_machines_address_is_refused_with_the_mend(wang: Client, desk: Desk) -> None:
    with public_at(desk, "http://127.0.0.1:3000"):
        said = wang.get("/print/posters.pdf")
    assert (said.status_code, said.json()["code"]) == (409, "print.public_url_needed")
