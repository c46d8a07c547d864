"""Tables of contact households: whoever keeps the system brings them in and takes none out."""

from pathlib import Path

import pytest
from sqlalchemy import select

from gridapp.domain.errors import NotAllowedError
from gridapp.services.desk import Desk
from gridapp.services.exchange.exports import export_table
from gridapp.services.exchange.kind import Wishes
from gridapp.services.exchange.reading import read_rows
from gridapp.services.people.actor import SYSTEM
from gridapp.services.visits.kinds import copy_kinds, list_kinds
from gridapp.tables import ContactHousehold
from tests.cast import Cast
from tests.services.exchange.tables import a_csv, imported, reasons

HEAD = "楼栋码,门牌,姓名,电话,类别,间隔天数,下次走访"


@pytest.fixture
def founded(desk: Desk) -> Desk:
    """A desk whose town knows the example reasons to visit."""
    with desk.acting(SYSTEM) as act:
        copy_kinds(act)
    return desk


def test_households_come_in_once(founded: Desk, cast: Cast, tmp_path: Path) -> None:
    line = f"{cast.code1},301室,张秀兰,138 0000 8000,独居老人,,2026-06-20"
    path = a_csv(tmp_path, HEAD, line, line)
    report = imported(founded, "contacts", path)
    assert (report.new_count, report.same_count) == (1, 1)
    with founded.looking(SYSTEM) as act:
        row = act.session.execute(select(ContactHousehold)).scalar_one()
        assert (row.phone, row.interval_days, str(row.next_on)) == (
            "13800008000", 7, "2026-06-20",
        )  # fmt: skip


def test_each_wrong_row_is_told(founded: Desk, cast: Cast, tmp_path: Path) -> None:
    path = a_csv(
        tmp_path, HEAD,
        "ZZZZZZZZ,,张秀兰,,独居老人,,",
        f"{cast.code1},,,,独居老人,,",
        f"{cast.code1},,李四,,朋友,,",
        f"{cast.code1},,李四,12,独居老人,,",
        f"{cast.code1},,李四,,独居老人,400,",
    )  # fmt: skip
    told = reasons(imported(founded, "contacts", path))
    assert told == [(2, "楼栋码"), (3, "姓名"), (4, "类别"), (5, "电话"), (6, "间隔天数")]


@pytest.mark.parametrize("who", ["admin", "wang"])
def test_no_office_takes_households_out(
    founded: Desk, cast: Cast, tmp_path: Path, who: str
) -> None:
    path = tmp_path / "out.csv"
    with founded.acting(cast.actor(who)) as act, pytest.raises(NotAllowedError):
        export_table(act, "contacts", path, Wishes())


def test_the_towns_own_reasons_take_the_place_of_examples(founded: Desk, tmp_path: Path) -> None:
    path = a_csv(tmp_path, "代码,类别,间隔天数", "alone,独居老人,5", "guest,来沪人员,90")
    report = imported(founded, "visit-kinds", path)
    with founded.looking(SYSTEM) as act:
        kinds = {kind.code: kind for kind in list_kinds(act)}
    assert (report.changed_count, report.new_count) == (1, 1)
    assert (kinds["alone"].interval_days, kinds["alone"].is_example) == (5, False)
    assert (kinds["guest"].name, kinds["disabled"].is_example) == ("来沪人员", True)


def test_reasons_go_out_as_they_come_in(founded: Desk, tmp_path: Path) -> None:
    path = tmp_path / "kinds.csv"
    with founded.acting(SYSTEM) as act:
        export_table(act, "visit-kinds", path, Wishes())
    assert len([*read_rows(path)]) == 13
    report = imported(founded, "visit-kinds", path)
    assert (report.same_count, report.bad_count) == (12, 0)
