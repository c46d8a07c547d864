"""A reporter is unmasked for a reason only, and the reason stays on record."""

import pytest
from sqlalchemy import select

from gridapp.domain.errors import FactsError, NotAllowedError, NotThereError
from gridapp.services.cases.reveal import RevealedView, reveal_reporter
from gridapp.services.desk import Desk
from gridapp.tables import AuditRow
from tests.cast import Cast
from tests.makers import report

REFUSED = {
    "zhang": NotThereError, "li": NotAllowedError, "leader": NotAllowedError,
    "dept": NotThereError, "sun": NotThereError, "admin": NotThereError, "audit": NotThereError,
}  # fmt: skip


def test_a_reveal_leaves_who_when_and_why(desk: Desk, cast: Cast) -> None:
    case = report(desk, cast, phone="13800008000", name="张秀兰")
    with desk.acting(cast.actor("wang")) as act:
        assert reveal_reporter(act, case.no, "电话核实地点") == RevealedView(
            "张秀兰", "138 0000 8000"
        )
    with desk.looking(cast.actor("audit")) as act:
        row = act.session.execute(select(AuditRow)).scalar_one()
    assert (row.actor_id, row.deed, row.subject, row.reason, row.at) == (
        cast.wang, "case.reveal", case.no, "电话核实地点", desk.clock(),
    )  # fmt: skip
    assert "13800008000" not in repr(row.facts)


@pytest.mark.parametrize("reason", ["", "   ", "看看", "\u200b\u3164\u200e\ufe0f"])
def test_no_reason_worth_the_name_is_refused(desk: Desk, cast: Cast, reason: str) -> None:
    case = report(desk, cast, phone="13800008000")
    with desk.acting(cast.actor("wang")) as act, pytest.raises(FactsError):
        reveal_reporter(act, case.no, reason)


@pytest.mark.parametrize("who", REFUSED)
def test_a_reporter_stays_masked_to_everybody_else(desk: Desk, cast: Cast, who: str) -> None:
    case = report(desk, cast, phone="13800008000")
    with desk.acting(cast.actor(who)) as act, pytest.raises(REFUSED[who]):
        reveal_reporter(act, case.no, "电话核实地点")
