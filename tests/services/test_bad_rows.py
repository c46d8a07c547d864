"""A row that cannot be shown or worked on stands aside, and the log says so once."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError
from sqlmodel import Session

from gridapp.api.errors import on_unstorable
from gridapp.domain.codes import parse_case_no
from gridapp.domain.vocabulary import Status
from gridapp.jobs.sweep import sweep
from gridapp.services import bad_rows
from gridapp.services.areas.map import see_map
from gridapp.services.cases.lists import CaseFilter, list_cases
from gridapp.services.cases.read import see_case
from gridapp.services.desk import Act, Desk
from gridapp.services.exchange.imports import KINDS
from gridapp.services.exchange.kind import Wishes
from gridapp.services.me.snapshot import see_snapshot
from tests.cast import Cast
from tests.clock import Clock
from tests.makers import a_case, report

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def forget_logged(caplog: pytest.LogCaptureFixture) -> None:
    bad_rows._logged.clear()
    caplog.set_level(logging.ERROR)


def spoil(desk: Desk, column: str, value: str, no: str) -> None:
    """Write into a case what no deed writes: a word or a limit that this version does not know."""
    parsed = parse_case_no(no)
    assert parsed
    with Session(desk.engine) as session:
        set_it = f'UPDATE "case" SET {column} = :value WHERE id = :id'  # noqa: S608 - ours
        session.execute(text(set_it), {"value": value, "id": parsed.case_id})
        session.commit()


READERS: dict[str, Callable[[Act], int]] = {
    "list": lambda act: len(list_cases(act, CaseFilter()).items),
    "search": lambda act: len(list_cases(act, CaseFilter(q="路灯")).items),
    "snapshot": lambda act: len(see_snapshot(act).tasks),
    "map": lambda act: sum(f["properties"]["kind"] == "case" for f in see_map(act).features),
    "export": lambda act: len(list(KINDS["cases"].rows(act, Wishes()))),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_case_that_cannot_be_shown_hides_no_other(
    desk: Desk, cast: Cast, caplog: pytest.LogCaptureFixture, reader: str
) -> None:
    place: dict[str, Any] = {"lng_wgs84": 121.4, "lat_wgs84": 31.2}
    bad, _ = report(desk, cast, **place), report(desk, cast, **place)
    spoil(desk, "urgency", "of a later version", bad.no)
    who = cast.actor("wang" if reader == "export" else "li")
    for _ in range(2):
        with desk.looking(who) as act:
            assert READERS[reader](act) == 1
    assert [one.name for one in caplog.records] == ["gridapp.services.bad_rows"]


def test_a_step_that_cannot_be_shown_hides_no_other(desk: Desk, cast: Cast) -> None:
    case = a_case(desk, cast, Status.PAUSED)
    with Session(desk.engine) as session:
        session.execute(text("UPDATE case_step SET facts = '{}' WHERE deed = 'case.pause'"))
        session.commit()
    with desk.looking(cast.actor("wang")) as act:
        steps = [step.deed for step in see_case(act, case.no).steps]
    assert steps[-2:] == ["case.dispatch", "case.take"]


def test_a_job_skips_a_bad_case_says_so_once_and_goes_on(
    desk: Desk, cast: Cast, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    cases = [a_case(desk, cast, Status.TAKEN, category="water") for _ in range(2)]
    spoil(desk, "due_limit", "none", cases[0].no)
    spoil(desk, "urgency", "of a later version", cases[0].no)
    clock.forward(hours=23)
    assert (sweep(desk), sweep(desk)) == (1, 0)
    clock.forward(hours=2)
    assert sweep(desk) == 1
    said = [one.getMessage() for one in caplog.records]
    assert len(said) == 2, said  # by the warning and by the card, each once


def test_a_pause_that_cannot_end_keeps_no_other(desk: Desk, cast: Cast, clock: Clock) -> None:
    cases = [a_case(desk, cast, Status.PAUSED) for _ in range(2)]
    spoil(desk, "due_limit", "none", cases[0].no)
    spoil(desk, "urgency", "of a later version", cases[0].no)
    clock.forward(days=11)
    sweep(desk)
    with desk.looking(cast.actor("wang")) as act:
        assert see_case(act, cases[1].no).card.status == Status.TAKEN.value


def test_a_round_whose_one_part_fails_does_the_others(
    desk: Desk, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_act: Act) -> int:
        raise RuntimeError

    from gridapp.jobs import sweep as sweeping  # noqa: PLC0415 - the module, not the function

    monkeypatch.setattr(sweeping, "_DEEDS", (fail, *sweeping._DEEDS))
    a_case(desk, cast, Status.TAKEN, category="water")
    clock.forward(hours=23)
    assert sweep(desk) == 1


class _Told(Exception):  # noqa: N818 - stands for the driver's own
    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("statement", "sqlstate"), [("SELECT 1", None), ("SELECT 1", "22008"), ("INSERT INTO x", None)]
)
def test_a_row_that_cannot_be_read_is_never_told_as_wrong_input(
    statement: str, sqlstate: str | None
) -> None:
    error = DataError(statement, {}, _Told(sqlstate))
    nothing: Any = None
    with pytest.raises(DataError):
        on_unstorable(nothing, error)


def test_a_value_that_the_database_does_not_take_is_wrong_input() -> None:
    nothing: Any = None
    answer = on_unstorable(nothing, DataError("INSERT INTO x", {}, _Told("22001")))
    assert answer.status_code == 422
