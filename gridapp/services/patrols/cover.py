"""Gives a turn away and takes one over: asked by whose it is, taken by a colleague (换班, 顶班)."""

from typing import Any

from sqlalchemy import ColumnElement, CursorResult, select, update
from sqlmodel import col

from gridapp.domain.errors import ConflictError, NotThereError
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.patrols.open_point import uuid_of
from gridapp.services.permit import demand, grids_within
from gridapp.services.verbs import verb
from gridapp.tables import Grid, PatrolDuty, PatrolNight, PatrolRoster


class CoverFacts(Facts):
    """Nothing more is asked."""


@verb(Deed.ASK_COVER, CoverFacts)
def ask_cover(act: Act, order: Order, _facts: CoverFacts) -> dict[str, Any]:
    """Ask for somebody to take one's own turn; it stays one's own until somebody does.

    Raises:
        NotThereError: No such turn, past, cancelled, or not one's own.
    """
    duty = _open_duty(act, order.subject, Deed.ASK_COVER)
    if duty.person_id != act.actor.person_id:
        raise NotThereError
    _write(act, duty, col(PatrolDuty.person_id) == duty.person_id, cover_wanted_at=act.now)
    return _reply(order, duty)


@verb(Deed.COVER, CoverFacts)
def cover(act: Act, order: Order, _facts: CoverFacts) -> dict[str, Any]:
    """Take over a turn that was given away; one's own is taken back.

    Raises:
        NotThereError: No such turn, past, cancelled, or out of reach.
        ConflictError: Nobody asks for it any more, or the actor goes that night already.
    """
    duty = _open_duty(act, order.subject, Deed.COVER)
    mine = act.actor.person_id
    if duty.person_id != mine and _goes_already(act, duty):
        raise ConflictError("这一晚您已经在班上。", current={"name": duty.name})
    _write(
        act, duty, col(PatrolDuty.cover_wanted_at).is_not(None),
        person_id=mine, name=act.actor.name, cover_wanted_at=None,
    )  # fmt: skip
    return _reply(order, duty)


def _open_duty(act: Act, subject: str, deed: Deed) -> PatrolDuty:
    demand(act, deed)
    duty: PatrolDuty | None = act.session.execute(
        select(PatrolDuty)
        .join(PatrolNight, col(PatrolNight.id) == col(PatrolDuty.night_id))
        .join(PatrolRoster, col(PatrolRoster.id) == col(PatrolNight.roster_id))
        .join(Grid, col(Grid.id) == col(PatrolRoster.grid_id))
        .where(
            col(PatrolDuty.uid) == uuid_of(subject),
            col(PatrolNight.cancelled_at).is_(None),
            col(PatrolNight.night_on) >= beijing_date(act.now),
            # One's own turn is one's own wherever it is; another's is seen in the own grids only.
            (col(PatrolDuty.person_id) == act.actor.person_id)
            | grids_within(act.actor, Deed.SEE_ROSTER),
        )
    ).scalar_one_or_none()
    if duty is None:
        raise NotThereError
    return duty


def _goes_already(act: Act, duty: PatrolDuty) -> bool:
    found = act.session.execute(
        select(col(PatrolDuty.id)).where(
            col(PatrolDuty.night_id) == duty.night_id,
            col(PatrolDuty.person_id) == act.actor.person_id,
        )
    ).first()
    return found is not None


def _write(act: Act, duty: PatrolDuty, stands: ColumnElement[bool], **told: Any) -> None:
    """Change a turn, unless somebody was quicker."""
    done = act.session.execute(
        update(PatrolDuty)
        .where(col(PatrolDuty.id) == duty.id, stands)
        .values(**told)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)
    act.session.refresh(duty)
    if done.rowcount != 1:
        raise ConflictError("这一班已经有人顶了，或者不用换了。", current={"name": duty.name})


def _reply(order: Order, duty: PatrolDuty) -> dict[str, Any]:
    return {"receipt": str(order.uid), "duty": str(duty.uid), "name": duty.name}
