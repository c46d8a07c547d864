"""Nothing that a client sends gives a 500."""

import json
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.client import Client
from tests.cast import Cast

pytestmark = pytest.mark.both_databases

# Texts that databases, parsers and careless code choke on.
_NASTY = [
    "\x00",
    "\ud800",
    "%00",
    "' OR 1=1 --",
    "../../..",
    "１２３",
    "\u202e",
    "𠮷" * 50,
    "",
    " ",
]
texts = st.one_of(st.sampled_from(_NASTY), st.text(max_size=60))
numbers = st.one_of(
    st.integers(-(10**40), 10**40),
    st.floats(),
    st.sampled_from([0, -1, 2**31, 2**63, 2**64, 1e308]),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)
FIELDS = [
    "at", "text", "category", "photos", "phone", "name", "made_at", "source", "lng_wgs84",
    "deed", "subject", "facts", "version", "done_at", "login", "password", "old", "new",
    "satisfaction", "solved", "words", "outcome", "unit", "to", "resume_at", "via", "into",
]  # fmt: skip
bodies = st.dictionaries(st.sampled_from(FIELDS), values, max_size=7)
ADDRESSES = [
    ("PUT", "/reports/{uuid}"), ("PUT", "/deeds/{uuid}"), ("PUT", "/cases/{track}/rating"),
    ("PUT", "/cases/{track}/words/{uuid}"), ("PUT", "/cases/{track}/reopening/{uuid}"),
    ("POST", "/session"), ("POST", "/me/password"),
]  # fmt: skip
# One database for all examples of a test: what an example leaves behind hurts no other.
often = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def fine(status: int) -> bool:
    """Tell that there was no fault of ours."""
    return 200 <= status < 500


def send(client: Client, method: str, path: str, body: bytes, **headers: str) -> int:
    address = path.replace("{uuid}", str(uuid4())).replace("{track}", "not-a-track")
    sent = {"content-type": "application/json"} | headers
    return client.send(method, address, content=body, headers=sent).status_code


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
@often
@given(body=bodies)
def test_no_json_breaks_a_write(li: Client, method: str, path: str, body: dict[str, Any]) -> None:
    assert fine(send(li, method, path, json.dumps(body).encode()))


DEEDS = [
    "case.settle", "case.accept", "case.dispatch", "case.handle", "case.pause", "case.extend",
    "case.merge", "case.supervise", "note.write", "note.promote", "patrol.check_in",
    "patrol.find", "patrol.point_add", "patrol.roster_make", "patrol.roster_cover",
]  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
@often
@given(facts=bodies, subject=texts)
def test_no_facts_break_a_deed(li: Client, deed: str, facts: dict[str, Any], subject: str) -> None:
    body = json.dumps({"deed": deed, "facts": facts, "subject": subject[:60]})
    assert fine(send(li, "PUT", "/deeds/{uuid}", body.encode()))


@often
@given(body=st.binary(max_size=300), kind=st.sampled_from(["application/json", "", "image/png"]))
def test_no_bytes_break_a_write(zhang: Client, body: bytes, kind: str) -> None:
    assert fine(send(zhang, "PUT", "/reports/{uuid}", body, **{"content-type": kind}))
    assert fine(zhang.put(f"/photos/{'0' * 64}", content=body).status_code)


@often
@given(
    values=st.dictionaries(
        st.sampled_from(["status", "grid", "q", "due", "mine", "sort", "after", "limit"]),
        texts.map(lambda text: text.encode("utf-8", "replace").decode()),
        max_size=4,
    )
)
def test_no_filter_breaks_a_list(wang: Client, values: dict[str, str]) -> None:
    assert fine(wang.get("/cases", params=values).status_code)
    assert fine(wang.get("/map", params=values).status_code)


@often
@given(name=texts.map(lambda text: text.encode("utf-8", "replace").decode()))
def test_no_address_breaks_a_look(li: Client, name: str) -> None:
    for base in ("/places/", "/cases/", "/cases/by-no/", "/photos/"):
        assert fine(li.get(base + quote(name, safe="")).status_code)


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "grid_session=\xff\xfe"},
        {"cookie": "grid_session=" + "a" * 4_000},
        {"x-grid-device": "\xe4\xb8\xad" * 40},
        {"content-length": "99999999999999999999999999"},
        {"content-length": "-1"},
        {"if-none-match": '"' + "," * 2_000},
        {"user-agent": "\xff" * 500},
        {"origin": "null"},
        {"origin": "http://[::1"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_no_header_breaks_anything(zhang: Client, cast: Cast, headers: dict[str, str]) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    json_type = {"content-type": b"application/json"}
    login = {"login": "li", "password": "wrong"}
    body = json.dumps(login).encode()
    assert fine(zhang.send("POST", "/session", content=body, headers=raw | json_type).status_code)
    report = json.dumps({"at": cast.code1, "text": "路灯不亮"}).encode()
    path = f"/reports/{uuid4()}"
    assert fine(zhang.send("PUT", path, content=report, headers=raw | json_type).status_code)
    assert fine(zhang.send("GET", f"/places/{cast.code1}", headers=raw).status_code)
