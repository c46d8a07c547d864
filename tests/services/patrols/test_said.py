"""What was written at a check-in is read by those who lead, and becomes a case once."""

from typing import Any

import pytest
from sqlmodel import select

from gridapp.domain.errors import ConflictError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed, Source
from gridapp.services.desk import Desk
from gridapp.services.patrols.said import SaidView, list_said
from gridapp.tables import Case, PatrolFinding
from tests.cast import Cast
from tests.makers import do
from tests.services.patrols.patrolling import add_point

GRID1 = "310107022001001"


def said(desk: Desk, cast: Cast, who: str = "chen") -> tuple[SaidView, ...]:
    with desk.looking(cast.actor(who)) as act:
        return list_said(act)


def written(desk: Desk, cast: Cast, **where: Any) -> str:
    told = where or {"at": cast.code1}
    do(desk, cast.actor("li"), Deed.CHECK_IN, words="二楼堆着纸箱", **told)
    return str(said(desk, cast)[0].id)


def test_head_and_dispatcher_read_it_and_silent_check_ins_are_left_out(
    desk: Desk, cast: Cast
) -> None:
    do(desk, cast.actor("li"), Deed.CHECK_IN, at=cast.code1)
    written(desk, cast)
    for who, may in (("chen", True), ("wang", False)):
        [one] = said(desk, cast, who)
        told = (one.words, one.place, one.by, one.on_words, one.may_promote)
        assert told == ("二楼堆着纸箱", "1号楼", "李建国", "今天", may)
    assert said(desk, cast, "sun") == ()


@pytest.mark.parametrize("who", ["li", "chen"])
def test_it_becomes_a_case_once(desk: Desk, cast: Cast, who: str) -> None:
    uid = written(desk, cast)
    no = do(desk, cast.actor(who), Deed.PROMOTE_CHECK_IN, uid, category="rubbish").reply["no"]
    [one] = said(desk, cast)
    assert (one.case_no, one.may_promote) == (no, False)
    with pytest.raises(ConflictError, match="这条签到已经转为事件"):
        do(desk, cast.actor("chen"), Deed.PROMOTE_CHECK_IN, uid)


def test_at_a_point_in_the_street_it_keeps_the_points_place_and_is_its_finding(
    desk: Desk, cast: Cast
) -> None:
    point = add_point(desk, cast, "东门河堤", grid=GRID1, spot="泵站旁")
    uid = written(desk, cast, point=point)
    do(desk, cast.actor("li"), Deed.PROMOTE_CHECK_IN, uid, at=cast.code1)
    do(desk, cast.actor("li"), Deed.FIND, point, at=cast.code1, text="护栏松动")
    with desk.looking(cast.actor("li")) as act:
        cases = act.session.exec(select(Case)).all()
        assert len(act.session.exec(select(PatrolFinding)).all()) == len(cases)
    assert [(case.text, case.source) for case in cases] == [
        ("二楼堆着纸箱\n巡查点：东门河堤（泵站旁）", Source.PATROL),
        ("护栏松动\n巡查点：东门河堤（泵站旁）", Source.PATROL),
    ]


@pytest.mark.parametrize(("who", "error"), [("qian", NotThereError), ("wang", NotAllowedError)])
def test_nobody_else_makes_a_case_of_it(
    desk: Desk, cast: Cast, who: str, error: type[Exception]
) -> None:
    uid = written(desk, cast)
    with pytest.raises(error):
        do(desk, cast.actor(who), Deed.PROMOTE_CHECK_IN, uid)
