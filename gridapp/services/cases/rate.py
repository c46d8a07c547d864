"""Rates a case without an id of the client's own: what is said is what counts (评价)."""

from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.vocabulary import Deed
from gridapp.services.case_access import open_tracked
from gridapp.services.cases.reporter import RateFacts
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, digest_of
from gridapp.tables import Case, CaseStep, DeedDone

_OURS: Final = UUID("5b0c1f6e-7f2b-4c55-9d35-1f6f1b0a6a55")


def rate_as_reporter(act: Act, facts: RateFacts) -> Done:
    """Rate the case whose token the actor holds; saying the same once more changes nothing.

    The deed's id is made of the token, of what is said and of the rating before it: two requests
    at once have the same id, and going back to an earlier opinion has a new one.

    Raises:
        NotThereError: No case has this token.
        MoveRefusedError: The case is not closed.
    """
    row = open_tracked(act, Deed.RATE).row
    last = _last_rating(act, row)
    if last is not None and last.uid is not None and _says(row, last, facts):
        return Done(act.session.get_one(DeedDone, last.uid).reply, is_new=False)
    said = facts.model_dump(mode="json")
    name = f"{row.track}/{last.id if last else 0}/{digest_of(said)}"
    return do_deed(act, Order(Deed.RATE, subject=row.track, facts=said, uid=uuid5(_OURS, name)))


def _last_rating(act: Act, row: Case) -> CaseStep | None:
    """Give the rating that stands: the latest since the case was last reopened."""
    latest = (
        select(CaseStep)
        .where(col(CaseStep.case_id) == row.id, col(CaseStep.deed).in_([Deed.RATE, Deed.REOPEN]))
        .order_by(col(CaseStep.id).desc())
        .limit(1)
    )
    step: CaseStep | None = act.session.execute(latest).scalar_one_or_none()
    return step if step is not None and step.deed is Deed.RATE else None


def _says(row: Case, last: CaseStep, facts: RateFacts) -> bool:
    stands = (row.contacted, row.solved, row.satisfaction, last.words)
    return stands == (facts.contacted, facts.solved, facts.satisfaction, facts.words)
