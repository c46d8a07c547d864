"""The buildings of an area get their codes: those that were confirmed, each one, and once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event
from sqlmodel import select

from gridapp.domain.errors import GridappError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed, WorkKind
from gridapp.services.desk import RESIDENT, Desk
from gridapp.services.register import issuing
from gridapp.services.register.issuing import count_bare
from gridapp.services.register.refusals import BareChangedError, BeingIssuedError
from gridapp.tables import AuditRow, Building
from tests.cast import Cast
from tests.makers import do
from tests.services.register.bare import asked, bare_buildings, hanging
from tests.services.works.orders import rows

COMMUNITY1, COMMUNITY2 = "310107022001", "310107022002"


def issue(desk: Desk, cast: Cast, who: str = "admin", **facts: Any) -> dict[str, Any]:
    return do(desk, cast.actor(who), Deed.ISSUE_CODE, **facts).reply


def count(desk: Desk, cast: Cast, who: str, grid: str = "") -> int:
    with desk.looking(cast.actor(who)) as act:
        return count_bare(act, grid)


def test_what_was_confirmed_gets_its_codes(desk: Desk, cast: Cast) -> None:
    ids = bare_buildings(desk, cast.grid1, 3)
    bare_buildings(desk, cast.grid3, 2)
    view = asked(desk, cast, "admin", COMMUNITY1)
    assert (view.place, view.count, view.is_long) == ("南大街社区", 3, False)
    reply = issue(desk, cast, grid=COMMUNITY1, mark=view.mark)
    assert (reply["count"], set(reply["codes"])) == (3, {str(one) for one in ids})
    assert hanging(desk) == dict.fromkeys([1, 2, 3, *ids], 1)


@pytest.mark.parametrize(("who", "expected"), [("admin", 5), ("chen", 3), ("li", 0), ("wang", 0)])
def test_the_whole_reach_is_ones_own(desk: Desk, cast: Cast, who: str, expected: int) -> None:
    bare_buildings(desk, cast.grid1, 3)
    bare_buildings(desk, cast.far_grid, 2)
    assert count(desk, cast, who) == expected
    if expected:
        mark = asked(desk, cast, who).mark
        assert issue(desk, cast, who, everywhere=True, mark=mark)["count"] == expected
        assert count(desk, cast, who) == 0


@pytest.mark.parametrize(
    ("who", "grid", "refusal"),
    [
        ("li", "", NotAllowedError),
        ("wang", COMMUNITY1, NotAllowedError),
        ("chen", COMMUNITY2, NotThereError),
        ("admin", "nowhere", NotThereError),
    ],
)
def test_nobody_confirms_out_of_reach(
    desk: Desk, cast: Cast, who: str, grid: str, refusal: type[GridappError]
) -> None:
    bare_buildings(desk, cast.grid3, 1)
    with pytest.raises(refusal):
        asked(desk, cast, who, grid)
    with pytest.raises(refusal):
        issue(desk, cast, who, grid=grid, everywhere=True)


def test_a_number_that_has_changed_since_is_told_and_nothing_is_done(
    desk: Desk, cast: Cast
) -> None:
    bare_buildings(desk, cast.grid1, 2)
    mark = asked(desk, cast, "admin").mark
    bare_buildings(desk, cast.grid1, 1)
    with pytest.raises(BareChangedError, match="现在是3栋") as refused:
        issue(desk, cast, everywhere=True, mark=mark)
    assert refused.value.facts["current"]["count"] == 3
    assert len(hanging(desk)) == 3
    assert issue(desk, cast, everywhere=True, **_mark_of(refused.value))["count"] == 3


def _mark_of(refused: BareChangedError) -> dict[str, str]:
    return {"mark": refused.facts["current"]["mark"]}


def test_as_many_but_other_buildings_are_not_what_was_confirmed(desk: Desk, cast: Cast) -> None:
    first, *_ = bare_buildings(desk, cast.grid1, 2)
    mark = asked(desk, cast, "admin").mark
    issue(desk, cast, buildings=[first])
    bare_buildings(desk, cast.grid1, 1)
    with pytest.raises(BareChangedError, match="现在是2栋"):
        issue(desk, cast, everywhere=True, mark=mark)


def test_a_second_tap_gets_the_same_receipt(desk: Desk, cast: Cast) -> None:
    bare_buildings(desk, cast.grid1, 2)
    mark, uid = asked(desk, cast, "admin").mark, uuid4()
    first, second = (issue(desk, cast, everywhere=True, mark=mark, uid=uid) for _ in range(2))
    assert first == second
    assert set(hanging(desk).values()) == {1}


def test_of_two_people_at_once_each_building_gets_one_code(own_desk: Desk, cast: Cast) -> None:
    ids = bare_buildings(own_desk, cast.grid1, 40)
    mark, together = asked(own_desk, cast, "chen").mark, Barrier(2)

    def once(who: str) -> int:
        together.wait()
        try:
            return int(issue(own_desk, cast, who, grid=COMMUNITY1, mark=mark)["count"])
        except BareChangedError:
            return 0

    with ThreadPoolExecutor(2) as hands:
        assert sorted(hands.map(once, ["chen", "admin"])) == [0, 40]
    assert hanging(own_desk) == dict.fromkeys([1, 2, 3, *ids], 1)


def test_a_building_out_of_use_gets_none(desk: Desk, cast: Cast) -> None:
    [gone] = bare_buildings(desk, cast.grid1, 1)
    with desk.acting(RESIDENT) as act:
        act.session.get_one(Building, gone).retired_at = act.now
    assert count(desk, cast, "admin") == 0
    assert issue(desk, cast, everywhere=True)["count"] == 0


def test_many_are_long_work_for_just_the_buildings_confirmed(
    desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuing, "MOST_AT_ONCE", 2)
    ids = bare_buildings(desk, cast.grid1, 3)
    view = asked(desk, cast, "chen", COMMUNITY1)
    reply = issue(desk, cast, "chen", grid=COMMUNITY1, mark=view.mark)
    [work] = rows(desk)
    assert (view.is_long, str(work.uid), work.kind) == (True, reply["work"], WorkKind.ISSUE_CODES)
    assert (work.label, work.facts["buildings"]) == ("发楼栋码 · 南大街社区", ids)
    assert (work.grid_id, len(hanging(desk))) == (cast.community1, 3)


@pytest.mark.parametrize("grid", [COMMUNITY1, "310107022"])
def test_what_is_being_done_is_not_asked_for_again(
    desk: Desk, cast: Cast, grid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuing, "MOST_AT_ONCE", 2)
    bare_buildings(desk, cast.grid1, 3)
    issue(desk, cast, "chen", grid=COMMUNITY1)
    with pytest.raises(BeingIssuedError):
        issue(desk, cast, grid=grid)
    bare_buildings(desk, cast.grid3, 1)
    assert issue(desk, cast, grid=COMMUNITY2)["count"] == 1


def test_the_cost_does_not_grow_with_the_buildings(desk: Desk, cast: Cast) -> None:
    selects = []
    for many in (2, 60):
        bare_buildings(desk, cast.grid1, many)
        seen: list[str] = []
        event.listen(desk.engine, "before_cursor_execute", lambda *told, s=seen: s.append(told[2]))
        issue(desk, cast, everywhere=True)
        selects.append(sum(query.startswith("SELECT") for query in seen))
    assert selects[0] == selects[1]


def test_it_is_written_down_who_gave_how_many_where(desk: Desk, cast: Cast) -> None:
    bare_buildings(desk, cast.grid1, 2)
    issue(desk, cast, "chen", grid=COMMUNITY1)
    with desk.looking(RESIDENT) as act:
        row = act.session.exec(select(AuditRow).where(AuditRow.deed == Deed.ISSUE_CODE)).one()
    assert (row.actor_id, row.subject, row.facts) == (cast.chen, f"grid:{COMMUNITY1}", {"count": 2})
