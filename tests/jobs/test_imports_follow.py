"""When an import moves a building, the figures of both grids are right at once."""

from datetime import date
from pathlib import Path

from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.stats.overview import overview
from tests.cast import Cast
from tests.jobs.test_imports import HEADS, Office
from tests.makers import report

GRID1, GRID2 = "310107022001001", "310107022001002"


def open_in(desk: Desk, cast: Cast, code: str) -> int:
    """Count the open cases of a grid as the overview of leaders does."""
    with desk.looking(cast.actor("leader")) as act:
        view = overview(act, date(2026, 6, 1), date(2026, 6, 10), code)
    return view.open_count


def test_open_cases_follow_a_building_that_an_import_moves(
    own_desk: Desk, cast: Cast, tmp_path: Path
) -> None:
    office = Office(own_desk, cast)
    report(own_desk, cast)
    uid = office.bring(tmp_path, HEADS, f"{cast.code1},1号楼,兰溪路101弄1号,{GRID2},24")
    assert office.work(uid, Deed.CHECK_IMPORT) == ""
    assert [open_in(own_desk, cast, code) for code in (GRID1, GRID2)] == [1, 0]
    assert office.work(uid, Deed.IMPORT) == ""
    assert [open_in(own_desk, cast, code) for code in (GRID1, GRID2)] == [0, 1]
    assert office.work(uid, Deed.UNDO_IMPORT) == ""
    assert [open_in(own_desk, cast, code) for code in (GRID1, GRID2)] == [1, 0]
