"""The database itself keeps moments, days and positions within bounds; what got in is read."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Date, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from gridapp.domain.timebounds import FIRST_MOMENT, LAST_MOMENT
from gridapp.domain.vocabulary import Deed
from gridapp.services.cases.lists import CaseFilter, list_cases
from gridapp.services.desk import Desk
from gridapp.services.me.snapshot import see_snapshot
from gridapp.services.notes.mine import list_notes
from gridapp.services.store.bounds import are_columns_bound, bounds_of, unbound_columns
from gridapp.tables.base import UtcMoment
from tests.cast import Cast
from tests.makers import a_case, do

pytestmark = pytest.mark.both_databases

FAR = {
    "sqlite": ["0001-01-01 00:00:00.000000", "9999-12-31 23:59:59.000000", "no moment at all"],
    "postgresql": ["0001-12-31 16:00:00+00 BC", "10000-01-01 00:00:00+00", "infinity"],
}


@pytest.fixture
def session(desk: Desk) -> Iterator[Session]:
    with Session(desk.engine) as session:
        yield session


def test_every_moment_and_day_of_every_table_has_bounds(session: Session) -> None:
    assert are_columns_bound(session.connection())
    kinds = (UtcMoment, Date)
    tables = SQLModel.metadata.sorted_tables
    bare = [c for t in tables for c in t.columns if isinstance(c.type, kinds)]
    assert all(bounds_of(column, "it") for column in bare)


@pytest.mark.parametrize(
    ("column", "value"),
    [("made_at", "1999-12-31 23:59:59+00"), ("due_at", "2100-01-01 00:00:00+00"),
     ("lng_wgs84", "180.1"), ("lat_wgs84", "-91"), ("accuracy_m", "-1")],
)  # fmt: skip
def test_no_way_leads_a_value_out_of_bounds_into_a_row(
    desk: Desk, cast: Cast, session: Session, column: str, value: str
) -> None:
    a_case(desk, cast)
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE \"case\" SET {column} = '{value}'"))  # noqa: S608 - ours


@pytest.mark.parametrize("nth", [0, 1, 2])
@pytest.mark.parametrize("place", ["case.made_at", "case.due_at", "note.made_at"])
def test_a_far_moment_that_got_in_hides_nothing(
    desk: Desk, cast: Cast, session: Session, place: str, nth: int
) -> None:
    a_case(desk, cast)
    a_case(desk, cast)
    do(desk, cast.actor("li"), Deed.WRITE_NOTE, text="试验", at=cast.code1)
    far = FAR[session.get_bind().dialect.name][nth]
    unbound_columns(session.connection())
    table, _, column = place.partition(".")
    last = f'id = (SELECT max(id) FROM "{table}")'  # noqa: S608 - ours
    far_one = f'UPDATE "{table}" SET {column} = :far WHERE {last}'  # noqa: S608 - ours
    session.execute(text(far_one), {"far": far})
    session.commit()
    with desk.looking(cast.actor("li")) as act:
        assert len(list_cases(act, CaseFilter(sort="due")).items) == 2
        assert len(list_notes(act).items) == 1
        assert len(see_snapshot(act).tasks) == 2


def test_a_moment_is_stored_up_to_the_very_bounds(desk: Desk, cast: Cast, session: Session) -> None:
    a_case(desk, cast)
    for bound in (FIRST_MOMENT, LAST_MOMENT):
        kept = bound.replace(tzinfo=None).isoformat(" ", "microseconds")
        session.execute(text(f"UPDATE \"case\" SET made_at = '{kept}'"))  # noqa: S608 - ours
