"""Whoever sees the figures may hold them against the cases; nobody's reporter is shown for it."""

import csv
from pathlib import Path

import pytest

from gridapp.domain.errors import NotAllowedError
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.desk import Desk
from gridapp.services.exchange.exports import export_table
from gridapp.services.exchange.kind import Wishes
from gridapp.services.exports.choices import list_export_areas
from gridapp.services.imports.views import list_kinds_out
from tests.cast import Cast
from tests.makers import a_case, do

FIGURES = ["leader", "zhao", "chen", "wang"]


def taken_out(desk: Desk, cast: Cast, who: str, folder: Path) -> list[dict[str, str]]:
    with desk.acting(cast.actor(who)) as act:
        export_table(act, "cases", folder / "out.csv", Wishes())
    with (folder / "out.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("who", FIGURES)
def test_who_sees_figures_takes_the_cases_out_masked(
    desk: Desk, cast: Cast, tmp_path: Path, who: str
) -> None:
    a_case(desk, cast, Status.CLOSED, phone="13800138000", name="张小明")
    rows = taken_out(desk, cast, who, tmp_path)
    assert [(row["电话"], row["姓名"]) for row in rows] == [("138****8000", "张**")]


@pytest.mark.parametrize("who", ["leader", "zhao", "chen"])
def test_a_reader_of_figures_is_offered_the_cases_and_nothing_else(
    desk: Desk, cast: Cast, who: str
) -> None:
    with desk.looking(cast.actor(who)) as act:
        assert [kind.name for kind in list_kinds_out(act)] == ["cases"]
        assert list_export_areas(act)


def test_a_community_s_head_takes_out_its_own_cases_only(
    desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    for at in (cast.code1, cast.code3):
        a_case(desk, cast, at=at)
    assert len(taken_out(desk, cast, "chen", tmp_path)) == 1


@pytest.mark.parametrize("who", ["li", "dept", "admin", "audit"])
def test_who_sees_no_figures_takes_no_cases_out(
    desk: Desk, cast: Cast, tmp_path: Path, who: str
) -> None:
    with pytest.raises(NotAllowedError):
        taken_out(desk, cast, who, tmp_path)


def test_asking_for_the_table_is_a_leader_s_deed_too(desk: Desk, cast: Cast) -> None:
    done = do(desk, cast.actor("leader"), Deed.EXPORT, kind="cases")
    assert done.is_new
    with pytest.raises(NotAllowedError):
        do(desk, cast.actor("leader"), Deed.EXPORT, kind="people")
