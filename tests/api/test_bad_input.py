"""Bad input has its own clear answer each: in Chinese, with a stable code, nothing half-done."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select

from gridapp.domain.vocabulary import Status
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.photos.clean import photo_pool
from gridapp.tables import BuildingCode, Case, Photo
from tests.api.client import Client
from tests.api.conftest import sha256
from tests.cast import Cast
from tests.crowd import crowded
from tests.makers import a_case

pytestmark = pytest.mark.both_databases

JSON = {"content-type": "application/json"}
WRONG_PHONE = "电话「12345」好像不对，请填手机号或带区号的座机，或者留空。"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def is_refused(said: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Hold an answer against RFC 9457 and give its members."""
    assert (said.status_code, said.json().get("code")) == (status, code), said.text
    assert said.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = said.json()
    assert told["status"] == status
    assert told["type"] == f"urn:gridapp:problem:{code}"
    assert any(ord(sign) > 0x4E00 for sign in told["detail"])
    return told


def put_report(client: Client, cast: Cast, **facts: Any) -> httpx.Response:
    return client.put(f"/reports/{uuid4()}", {"at": cast.code1, "text": "路灯不亮"} | facts)


def put_bytes(client: Client, body: bytes, **headers: str) -> httpx.Response:
    return client.put(f"/reports/{uuid4()}", content=body, headers=JSON | headers)


def count(desk: Desk, table: type[Case | Photo]) -> int:
    with desk.looking(RESIDENT) as act:
        found: int = act.session.execute(select(func.count()).select_from(table)).scalar_one()
    return found


def test_an_unknown_code_is_told_kindly(zhang: Client, cast: Cast) -> None:
    is_refused(zhang.get("/places/23456789"), 404, "place.unknown")
    is_refused(put_report(zhang, cast, at="23456789"), 404, "place.unknown")


def test_a_retired_code_is_an_unknown_one(zhang: Client, desk: Desk, cast: Cast) -> None:
    with desk.acting(RESIDENT) as act:
        act.session.get_one(BuildingCode, cast.code1).retired_at = act.now
    is_refused(zhang.get(f"/places/{cast.code1}"), 404, "place.unknown")


def test_a_wrong_hash_is_told(zhang: Client, desk: Desk, cast: Cast, jpeg: bytes) -> None:
    said = zhang.put(f"/photos/{'0' * 64}?at={cast.code1}", content=jpeg)
    is_refused(said, 422, "photo.hash_mismatch")
    assert count(desk, Photo) == 0


def test_a_photo_of_13_mb_is_too_large(zhang: Client, cast: Cast) -> None:
    body = b"\xff" * 13_000_000
    said = zhang.put(f"/photos/{sha256(body)}?at={cast.code1}", content=body)
    is_refused(said, 413, "photo.too_large")


def test_a_photo_that_streams_over_the_limit_is_cut_off(zhang: Client, cast: Cast) -> None:
    async def flood() -> Any:
        for _ in range(14):
            yield b"\xff" * 1_000_000

    said = zhang.put(f"/photos/{'0' * 64}?at={cast.code1}", content=flood())
    is_refused(said, 413, "photo.too_large")


def test_a_pdf_named_jpg_is_no_photo(zhang: Client, desk: Desk, cast: Cast) -> None:
    path = f"/photos/{sha256(PDF)}?at={cast.code1}"
    said = zhang.put(path, content=PDF, headers={"content-type": "image/jpeg"})
    is_refused(said, 415, "photo.not_a_photo")
    assert count(desk, Photo) == 0


def test_a_cut_off_photo_is_no_photo(zhang: Client, cast: Cast, jpeg: bytes) -> None:
    half = jpeg[: len(jpeg) // 2]
    said = zhang.put(f"/photos/{sha256(half)}?at={cast.code1}", content=half)
    is_refused(said, 415, "photo.cut")


def test_while_all_decoders_are_busy_a_phone_is_told_to_come_again(
    zhang: Client, desk: Desk, cast: Cast, jpeg: bytes
) -> None:
    path = f"/photos/{sha256(jpeg)}?at={cast.code1}"
    with crowded(photo_pool()):
        said = zhang.put(path, content=jpeg)
    is_refused(said, 503, "busy")
    assert int(said.headers["retry-after"]) > 0
    assert count(desk, Photo) == 0
    assert zhang.put(path, content=jpeg).status_code == 201


def test_a_photo_without_bytes_needs_a_length(zhang: Client, cast: Cast) -> None:
    async def nothing() -> Any:
        return
        yield b""

    said = zhang.put(f"/photos/{'0' * 64}?at={cast.code1}", content=nothing())
    is_refused(said, 411, "request.length_needed")


def test_a_page_is_no_photo_by_its_own_word(zhang: Client, cast: Cast, jpeg: bytes) -> None:
    path = f"/photos/{sha256(jpeg)}?at={cast.code1}"
    said = zhang.put(path, content=jpeg, headers={"content-type": "text/html"})
    is_refused(said, 415, "request.wrong_type")


def test_a_photo_from_nowhere_needs_signing_in(zhang: Client, jpeg: bytes) -> None:
    is_refused(zhang.put(f"/photos/{sha256(jpeg)}", content=jpeg), 401, "session.needed")


def test_missing_photos_are_listed(zhang: Client, desk: Desk, cast: Cast) -> None:
    told = is_refused(put_report(zhang, cast, photos=["a" * 64]), 422, "report.photos_missing")
    assert told["missing"] == ["a" * 64]
    assert count(desk, Case) == 0


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"text": "长" * 20_000}, "text", "最多 10000 个字"),
        ({"text": "   "}, "text", "不能为空"),
        ({"text": None}, "text", "应为文字"),
        (
            {"phone": "12345"},
            "phone",
            WRONG_PHONE,
        ),
        ({"category": "no-such"}, "category", "没有这个分类"),
        ({"lng_wgs84": 181}, "lng_wgs84", "不能大于 180.0"),
        ({"photos": ["../../etc/passwd"]}, "photos.0", "格式不对"),
        ({"photos": [f"{n:064x}" for n in range(10)]}, "photos", "最多 9 项"),
        ({"made_at": "2026-06-10T12:00:00"}, "made_at", "时间要带时区"),
        ({"made_at": "yesterday"}, "made_at", "时间格式不对"),
        ({"source": "spaceship"}, "source", "不是可选的值"),
        ({"is_admin": True}, "is_admin", "没有这一项"),
    ],
)
def test_a_wrong_field_is_named_in_chinese(
    zhang: Client, cast: Cast, facts: dict[str, Any], field: str, words: str
) -> None:
    told = is_refused(put_report(zhang, cast, **facts), 422, "facts.wrong")
    assert told["fields"] == {field: words}


@pytest.mark.parametrize("text", ["👨‍👩‍👧‍👦路灯不亮🔥", "𠮷屋门口䶮先生堆物"])
def test_rare_characters_come_back_as_they_were(zhang: Client, cast: Cast, text: str) -> None:
    track = put_report(zhang, cast, text=text).json()["track"]
    assert zhang.get(f"/cases/{track}").json()["text"] == text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(r"a\u0000b\u001fc", "abc"), (r"\ud800 half", "? half"), (r"\ud83d\udca1 lamp", "💡 lamp")],
)
def test_what_no_database_keeps_is_cleaned_away(
    zhang: Client, cast: Cast, sent: str, kept: str
) -> None:
    said = put_bytes(zhang, f'{{"at":"{cast.code1}","text":"{sent}"}}'.encode())
    assert zhang.get(f"/cases/{said.json()['track']}").json()["text"] == kept


@pytest.mark.parametrize("made_at", ["2025-06-10T12:00:00+08:00", "2027-06-10T12:00:00+08:00"])
def test_a_clock_one_year_off_is_no_reason_to_refuse(
    zhang: Client, cast: Cast, made_at: str
) -> None:
    said = put_report(zhang, cast, made_at=made_at)
    assert (said.status_code, said.json()["due_at"][:7]) == (201, "2026-06")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "request.unreadable"),
        (b"", 400, "request.unreadable"),
        (b"\xff\xfe{}", 400, "request.unreadable"),
        (b'{"text": NaN}', 400, "request.unreadable"),
        (b'{"lng_wgs84": 1e999}', 400, "request.unreadable"),
        (b"[" * 100_000, 400, "request.unreadable"),
        (b'{"a":' * 30 + b"1" + b"}" * 30, 400, "request.unreadable"),
        (b'{"accuracy_m": ' + b"9" * 5_000 + b"}", 400, "request.unreadable"),
        (b"[]", 422, "facts.wrong"),
        (b"null", 422, "facts.wrong"),
        (b'"' + b"x" * 300_000 + b'"', 413, "request.too_large"),
    ],
)
def test_a_body_that_is_no_report_is_refused(
    zhang: Client, body: bytes, status: int, code: str
) -> None:
    is_refused(put_bytes(zhang, body), status, code)


def test_a_body_shorter_than_announced_is_unreadable(zhang: Client, cast: Cast) -> None:
    body = f'{{"at":"{cast.code1}","text":"路灯不亮"}}'.encode()
    is_refused(put_bytes(zhang, body, **{"content-length": "900"}), 400, "request.unreadable")


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": ""},
        {"content-type": "application/json; charset=gbk"},
        {"content-encoding": "gzip"},
    ],
)
def test_another_content_type_is_refused(zhang: Client, headers: dict[str, str]) -> None:
    is_refused(put_bytes(zhang, b"{}", **headers), 415, "request.wrong_type")


def test_addresses_and_methods_that_are_not_there(zhang: Client) -> None:
    is_refused(zhang.get("/no-such-thing"), 404, "request.no_such_address")
    is_refused(zhang.get(f"/reports/{uuid4()}"), 405, "request.wrong_method")
    is_refused(zhang.put("/reports/not-a-uuid", {}), 422, "facts.wrong")
    is_refused(zhang.get("/cases?q=%00"), 400, "request.unreadable")


def test_a_token_one_character_wrong_opens_nothing(zhang: Client, desk: Desk, cast: Cast) -> None:
    track = a_case(desk, cast).track
    wrong = track[:-1] + ("A" if track[-1] != "A" else "B")
    is_refused(zhang.get(f"/cases/{wrong}"), 404, "not_there")


def test_reopening_after_15_days_is_too_late(zhang: Client, desk: Desk, cast: Cast) -> None:
    track = a_case(desk, cast, Status.CLOSED).track
    desk.clock.forward(days=16)  # type: ignore[attr-defined]  # the tests' clock
    said = zhang.put(f"/cases/{track}/reopening/{uuid4()}", {"words": "又不亮了"})
    is_refused(said, 409, "too_late")


def test_an_unknown_deed_is_a_wrong_field(li: Client) -> None:
    said = li.put(f"/deeds/{uuid4()}", {"deed": "case.burn"})
    assert is_refused(said, 422, "facts.wrong")["fields"] == {"deed": "没有这种操作"}


def test_the_facts_of_a_deed_are_named_in_chinese(wang: Client, desk: Desk, cast: Cast) -> None:
    order = {"deed": "case.decline", "subject": a_case(desk, cast).no, "facts": {"word": "x"}}
    told = is_refused(wang.put(f"/deeds/{uuid4()}", order), 422, "facts.wrong")
    assert told["fields"] == {"words": "必填", "word": "没有这一项"}
