"""A phone whose clock is in year 1 or 9999 loses no report, and breaks no list."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlmodel import col, select

from gridapp.services.desk import RESIDENT, Desk
from gridapp.tables import Case, CaseStep, DeedDone, Note
from tests.api.client import Client
from tests.api.conftest import SignIn
from tests.cast import Cast
from tests.makers import a_case

pytestmark = pytest.mark.both_databases

HOSTILE: list[Any] = [
    "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+08:00", "1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z", "+010000-01-01T00:00:00.000Z",
    "-000001-12-31T00:00:00.000Z", "0000-01-01T00:00:00Z", 10**14, -(10**20), 1e300,
]  # fmt: skip
LISTS = ("/cases", "/cases?q=路灯", "/cases?sort=due", "/me/snapshot", "/map", "/stats/overview")


def report(client: Client, cast: Cast, made_at: Any) -> httpx.Response:
    facts = {"at": cast.code1, "text": "楼道灯不亮", "made_at": made_at}
    return client.put(f"/reports/{uuid4()}", facts)


def write(client: Client, done_at: Any) -> httpx.Response:
    note = {"deed": "note.write", "facts": {"text": "试验"}, "done_at": done_at}
    return client.put(f"/deeds/{uuid4()}", note)


@pytest.mark.parametrize("made_at", HOSTILE)
def test_a_report_is_kept_flagged_and_read_whatever_the_clock_says(
    sign_in: SignIn, desk: Desk, cast: Cast, made_at: Any
) -> None:
    a_case(desk, cast)
    said = report(sign_in("zhang"), cast, made_at)
    assert said.status_code == 201, said.text
    with desk.looking(RESIDENT) as act:
        newest = select(Case, CaseStep).join(CaseStep).order_by(col(Case.id).desc())
        row, step = act.session.exec(newest).first() or (None, None)
        assert row, step
        assert (row.made_at, step.facts) == (None, {"clock_wrong": True})  # type: ignore[union-attr]
    for who in ("wang", "li"):
        client = sign_in(who)
        assert {client.get(path).status_code for path in LISTS} <= {200, 403}
    assert sign_in("wang").get("/cases").json()["total"] == 2
    assert sign_in("zhang").get(f"/cases/{said.json()['track']}").status_code == 200


@pytest.mark.parametrize("done_at", HOSTILE)
def test_a_deed_is_done_flagged_and_read_whatever_the_clock_says(
    li: Client, desk: Desk, done_at: Any
) -> None:
    assert write(li, done_at).status_code == 201
    with desk.looking(RESIDENT) as act:
        done = act.session.exec(select(DeedDone)).one()
        assert (done.done_at, done.clock_wrong) == (None, True)
        assert act.session.exec(select(Note)).one().made_at is None
    assert li.get("/me/snapshot").status_code == 200


def test_a_clock_that_may_be_right_is_kept_without_a_flag(li: Client, desk: Desk) -> None:
    assert write(li, "2026-06-09T12:00:00+08:00").status_code == 201
    with desk.looking(RESIDENT) as act:
        done = act.session.exec(select(DeedDone)).one()
        assert done.done_at is not None
        assert not done.clock_wrong


@pytest.mark.parametrize("made_at", ["yesterday", "2026-06-10T12:00:00", "2026-02-30T00:00:00Z"])
def test_what_no_clock_writes_is_still_refused(zhang: Client, cast: Cast, made_at: str) -> None:
    assert report(zhang, cast, made_at).json()["fields"].keys() == {"made_at"}


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_that_a_person_chose_is_asked_again(
    wang: Client, desk: Desk, cast: Cast, moment: str
) -> None:
    no = a_case(desk, cast).no
    body = {"deed": "case.extend", "subject": no, "facts": {"to": moment}}
    said = wang.put(f"/deeds/{uuid4()}", body)
    assert (said.status_code, said.json()["fields"]) == (
        422,
        {"to": "时间应在 2000 年到 2099 年之间"},
    )
    assert wang.get("/cases", params={"sort": "due", "after": f"{moment}~1"}).status_code == 422


@pytest.mark.parametrize("name", ["from_on", "to_on"])
def test_a_day_of_an_address_is_bounded(sign_in: SignIn, name: str) -> None:
    for day in ("0001-01-01", "9999-12-31"):
        assert sign_in("audit").get(f"/audit.csv?{name}={day}").status_code == 422
