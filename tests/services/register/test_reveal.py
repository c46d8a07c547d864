"""People of the register are unmasked for a reason only, by the grid's own people only."""

import pytest
from sqlmodel import select

from gridapp.domain.errors import FactsError, GridappError, NotAllowedError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Desk
from gridapp.services.register.reveal import RevealedRecordView, reveal_record
from gridapp.tables import AuditRow
from tests.cast import Cast
from tests.services.register.records import NAME, PHONE, WHY, household, shop


@pytest.mark.parametrize("make", [household, shop])
def test_a_reveal_leaves_who_when_and_why(desk: Desk, cast: Cast, make: object) -> None:
    record = make(desk, cast)  # type: ignore[operator]  # one of the two makers
    with desk.acting(cast.actor("li")) as act:
        assert reveal_record(act, record, WHY) == RevealedRecordView(NAME, "138 0000 8000")
    with desk.looking(cast.actor("audit")) as act:
        row = act.session.exec(select(AuditRow).where(AuditRow.deed == Deed.REVEAL_RECORD)).one()
    assert (row.actor_id, row.deed, row.subject, row.reason, row.at) == (
        cast.li,
        "register.reveal",
        f"record:{record}",
        WHY,
        desk.clock(),
    )
    assert not [secret for secret in (NAME, PHONE) if secret in repr(row)]


@pytest.mark.parametrize("reason", ["", "   ", "看看"])
def test_no_reason_worth_the_name_is_refused(desk: Desk, cast: Cast, reason: str) -> None:
    record = household(desk, cast)
    with desk.acting(cast.actor("li")) as act, pytest.raises(FactsError):
        reveal_record(act, record, reason)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("admin", NotAllowedError),
        ("sec", NotAllowedError),
        ("audit", NotAllowedError),
        ("wang", NotAllowedError),
        ("leader", NotAllowedError),
        ("gu", NotAllowedError),
        ("qian", NotThereError),
    ],
)
@pytest.mark.parametrize("make", [household, shop])
def test_everybody_else_sees_stars_whatever_the_reason(
    desk: Desk, cast: Cast, make: object, who: str, refusal: type[GridappError]
) -> None:
    record = make(desk, cast)  # type: ignore[operator]  # one of the two makers
    with desk.acting(cast.actor(who)) as act, pytest.raises(refusal):
        reveal_record(act, record, WHY)
