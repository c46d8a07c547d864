"""Whatever a door accepts can be read by every list, snapshot, export, map and job."""

import contextlib
import logging
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Date, Float, update
from sqlmodel import Session, SQLModel

from gridapp.domain.errors import GridappError
from gridapp.domain.timebounds import FIRST_DAY, FIRST_MOMENT, LAST_DAY, LAST_MOMENT
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services import bad_rows
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.deeds import do_deed, facts_of
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.orders import Order
from gridapp.tables.base import UtcMoment
from tests.cast import Cast
from tests.makers import a_case, notice_facts
from tests.services.patrols.patrolling import add_point, make_roster
from tests.services.register.records import household, shop
from tests.services.visits.homes import a_household, visit
from tests.tables.every_reader import every_reader, read_everything

pytestmark = pytest.mark.both_databases

GRID = "310107022001001"
MOMENTS = [
    None, "0001-01-01T00:00:00+14:00", "1970-01-01T00:00:00Z", "2000-01-01T00:00:00+14:00",
    "2026-06-10T04:00:00Z", "2099-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00",
    "+033658-09-27T01:46:40.000Z", 10**14, -(10**14),
]  # fmt: skip
DAYS = ["1950-01-01", "1949-12-31", "2026-06-10", "2099-12-31", "9999-12-31", "0001-01-01"]
TEXTS = [
    "路灯",
    "𠮷" * 20,
    "\u202e倒\u0301\u0000着",
    "\ud83d半",
    "a\u0085b\x1b[31m",
    "=1+1",
    "%_'\"",
]
odd = st.fixed_dictionaries(
    {
        "moment": st.sampled_from(MOMENTS),
        "day": st.sampled_from(DAYS),
        "text": st.sampled_from(TEXTS) | st.text(min_size=1, max_size=20),
        "lng": st.sampled_from([-180.0, 180.0, 0.0, 121.4, 181.0, 5e-324]),
        "lat": st.sampled_from([-90.0, 90.0, -0.0, 31.2]),
        "accuracy": st.sampled_from([0.0, 1e7, 12.5]),
        "number": st.sampled_from([0, 1, 365, 2**31 - 1, 2**31, 10**18]),
    }
)


@pytest.fixture(autouse=True)
def nothing_left_out(caplog: pytest.LogCaptureFixture) -> None:
    """A reader that leaves a row out would pass for one that reads it."""
    bad_rows._logged.clear()
    caplog.set_level(logging.WARNING)


def doors(told: dict[str, Any], home: str, premises: str, no: str) -> list[tuple[str, Order]]:
    """Every deed by which words, moments, days, places and numbers of a client's come in."""
    text, day, number = told["text"], told["day"], told["number"]
    place = {"lng_wgs84": told["lng"], "lat_wgs84": told["lat"], "accuracy_m": told["accuracy"]}
    code, moment = {"at": told["code"]}, told["moment"]
    each: list[tuple[str, Deed, str, dict[str, Any]]] = [
        ("li", Deed.WRITE_NOTE, "", {"text": text} | code | place),
        ("li", Deed.CHECK_IN, "", {"words": text} | code | place),
        ("li", Deed.SETTLE, "", {"text": text, "words": text} | code | place),
        ("li", Deed.RECORD_VISIT, "", {"household": home, "outcome": "met", "text": text}),
        ("li", Deed.RECORD_VISIT, "", {"household": home, "outcome": "met", "next_on": day}),
        ("li", Deed.RECORD_VISIT, "", {"household": home, "outcome": "met", "on": day}),
        ("li", Deed.CHANGE_HOUSEHOLD, home, {"next_on": day, "name": text, "door": text}),
        ("li", Deed.ENTER_HOUSEHOLD, "", {"building": told["code"], "door": text, "name": text}),
        ("li", Deed.ENTER_HOUSEHOLD, "", {"building": told["code"], "door": "9", "floor": number}),
        ("li", Deed.CHECK_PREMISES, premises, {"outcome": "fine", "next_on": day, "text": text}),
        ("li", Deed.CHECK_PREMISES, premises, {"outcome": "fine", "on": day}),
        ("wang", Deed.PAUSE, no, {"words": text, "resume_at": moment}),
        ("wang", Deed.EXTEND, no, {"words": text, "to": moment}),
        ("chen", Deed.ADD_POINT, "", {"name": text, "every_days": number} | code | place),
        ("chen", Deed.MAKE_ROSTER, "", {"grid": GRID, "nights": [day], "theme": text}),
        ("chen", Deed.POST_NOTICE, "", told["notice"] | {"words": text, "until_on": day}),
        ("admin", Deed.CHANGE_PERSON, str(told["li"]), {"name": text}),
        ("admin", Deed.GIVE_LEAVE, str(told["post"]), {"from_on": day, "to_on": day}),
    ]
    read = told["clock"]
    return [
        (who, Order(deed, subject, facts, done_at=read, uid=uuid4()))
        for who, deed, subject, facts in each
    ]


def clock_of(moment: Any) -> datetime | None:
    """Read a clock as the door for machines does."""
    return facts_of(ReportFacts, {"at": "x", "text": "x", "made_at": moment}).made_at  # type: ignore[attr-defined,no-any-return]


def write_by_every_door(desk: Desk, cast: Cast, told: dict[str, Any]) -> int:
    """Try each door; gives how many have let it in."""
    more = {"code": cast.code1, "li": cast.li, "post": 1, "clock": clock_of(told["moment"])}
    more["notice"] = notice_facts(desk, cast.grid1)
    made = a_household(desk, cast, door=uuid4().hex[:8])
    shop_id = shop(desk, cast, name=uuid4().hex[:8])
    no = a_case(desk, cast, Status.TAKEN).no
    report = {"at": cast.code1, "text": told["text"], "made_at": told["moment"]}
    count = 0
    with contextlib.suppress(GridappError), desk.acting(RESIDENT) as act:
        report_case(act, uuid4(), facts_of(ReportFacts, report))  # type: ignore[arg-type]
    for who, order in doors(told | more, made, shop_id, no):
        try:
            with desk.acting(cast.actor(who)) as act:
                do_deed(act, order)
            count += 1
        except GridappError as refusal:
            assert refusal.status < 500, refusal  # noqa: PT017 - any other error fails by itself
    return count


# Not shrunk: each example writes beside those before it, and what fails is told by its own error.
@settings(
    max_examples=6,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(told=odd)
def test_what_a_door_accepts_every_reader_reads(
    desk: Desk, cast: Cast, caplog: pytest.LogCaptureFixture, told: dict[str, Any]
) -> None:
    assert write_by_every_door(desk, cast, told) >= 3
    read_everything(desk, cast)
    assert not [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize(
    ("moment", "day"), [(FIRST_MOMENT, FIRST_DAY), (LAST_MOMENT, LAST_DAY)], ids=["first", "last"]
)
def test_every_column_at_its_bound_is_read(
    desk: Desk, cast: Cast, caplog: pytest.LogCaptureFixture, moment: datetime, day: Any
) -> None:
    write_by_every_door(desk, cast, FAIR)
    add_point(desk, cast)
    make_roster(desk, cast)
    household(desk, cast)
    visit(desk, cast, a_household(desk, cast))
    with Session(desk.engine) as session:
        for table in SQLModel.metadata.sorted_tables:
            put_at_bound(session, table, moment, day)
        session.commit()
    read_everything(desk, cast)
    assert not [record.getMessage() for record in caplog.records]


FAIR: dict[str, Any] = {
    "moment": "2026-06-10T04:00:00Z", "day": "2026-06-20", "text": "路灯不亮", "lng": 121.4,
    "lat": 31.2, "accuracy": 5.0, "number": 7,
}  # fmt: skip


def put_at_bound(session: Session, table: Any, moment: datetime, day: Any) -> None:
    """Put what is said in a table to the bound of what its columns take; keys stay."""
    keys = {column for index in table.indexes if index.unique for column in index.columns}
    for column in table.columns:
        if column.primary_key or column.unique or column in keys:
            continue
        value = {UtcMoment: moment, Date: day}.get(type(column.type))
        if isinstance(column.type, Float) and column.name.endswith("_wgs84"):
            value = 90.0 if moment == LAST_MOMENT else -90.0
        if value is not None:
            session.execute(update(table).where(column.is_not(None)).values({column: value}))


def test_the_readers_are_found() -> None:
    names = {name.rpartition(".")[2] for name in every_reader()}
    assert len(names) > 40
    assert names >= {"list_cases", "list_notes", "see_points", "see_snapshot", "list_premises"}
