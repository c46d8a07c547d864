"""Moves a case: one guarded change of the row, one appended step, its photos."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlmodel import col

from gridapp.domain.errors import (
    ConflictError,
    MoveRefusedError,
    NotThereError,
    WordsTooManyError,
)
from gridapp.domain.labels import DEED, STATUS
from gridapp.domain.offline import clock_flags, counted_at
from gridapp.domain.searching import grams
from gridapp.domain.vocabulary import Deed, PhotoKind, Status
from gridapp.domain.workflow import BESIDE_THE_WORK, is_beside_the_work, status_after
from gridapp.services.alone import stand_alone
from gridapp.services.case_access import OpenedCase, case_no_of, open_case, open_tracked
from gridapp.services.desk import Act
from gridapp.services.messages.tell import tell_reporter
from gridapp.services.orders import Order
from gridapp.services.photos.hang import hang_photos
from gridapp.tables import Case, CaseStep

# What a reporter may say of one case: more is read by nobody, and pushes the work out of sight.
WORDS_MAX_COUNT: Final = 8
WORDS_WINDOW: Final = timedelta(hours=1)
# A case is found by what was said of it, too; a novel is found by its beginning.
HEARD_MAX_CHARACTERS: Final = 500


def current_state(row: Case) -> dict[str, Any]:
    """Tell a refused client how the case stands now, so that the person can decide."""
    return {
        "no": case_no_of(row),
        "status": row.status.value,
        "status_label": STATUS[row.status],
        "version": row.version,
    }


def open_for(act: Act, order: Order, deed: Deed) -> OpenedCase:
    """Open the case an order names, and refuse an order made on an older version.

    Raises:
        NotThereError: No such case, or out of reach.
        NotAllowedError: In sight, but not for this role.
        ConflictError: The case has changed since the doer looked at it.
        MoveRefusedError: The deed does not apply to the case's status.
    """
    if act.actor.person_id is None:
        opened = open_tracked(act, deed)
    elif order.subject:
        opened = open_case(act, order.subject, deed)
    else:
        raise NotThereError
    row = opened.row
    if order.version is not None and order.version != row.version:
        raise ConflictError(current=current_state(row))
    after_move(row, deed)
    return opened


def after_move(row: Case, deed: Deed) -> Status:
    """Tell the status that a deed moves a case to.

    Raises:
        MoveRefusedError: The deed does not apply; it tells the present state.
    """
    after = status_after(deed, row.status, paused_from=row.paused_from)
    if after is None:
        sentence = f"这件事现在是「{STATUS[row.status]}」，不能{DEED[deed]}。"
        raise MoveRefusedError(sentence, current=current_state(row))
    return after


def moment_of(act: Act, row: Case, order: Order) -> datetime:
    """Give the moment at which a deed on a case counts: staff's by when it was done.

    Not before the case was moved to where it stands, and not after the deed arrived. A resident's
    clock is nobody's, so what a resident does counts when it arrives.
    """
    done_at = order.done_at if act.actor.person_id is not None else None
    return counted_at(done_at, act.now, _moved_at(row))


def _moved_at(row: Case) -> datetime:
    return row.moved_at or row.reported_at


def _clock_flags(act: Act, row: Case, order: Order) -> dict[str, Any]:
    if act.actor.person_id is None:
        return {}
    return clock_flags(order.done_at, act.now, _moved_at(row))


def move_case(  # noqa: PLR0913 - a step has as many parts as the history shows
    act: Act,
    row: Case,
    deed: Deed,
    order: Order,
    *,
    words: str = "",
    is_public: bool = False,
    facts: dict[str, Any] | None = None,
    photos: Iterable[tuple[PhotoKind, str]] = (),
    **changes: Any,
) -> CaseStep:
    """Move a case, append the step and tell the reporter; ``changes`` are other new values.

    Raises:
        MoveRefusedError: The deed does not apply to the case's status.
        ConflictError: Somebody else was faster.
        PhotosMissingError: A photo named has not arrived.
    """
    before, after = row.status, after_move(row, deed)
    if after is not before:
        changes.setdefault("moved_at", moment_of(act, row, order))
    flagged = {**(facts or {}), **_clock_flags(act, row, order)}
    is_beside = is_beside_the_work(deed, is_staff=act.actor.person_id is not None)
    if is_beside:
        _hold_words(act, row)
    guard = _is_unchanged(row, changes) if is_beside else col(Case.version) == row.version
    result = act.session.connection().execute(
        update(Case)
        .where(col(Case.id) == row.id, guard)
        .values(status=after, version=col(Case.version) + (0 if is_beside else 1), **changes)
    )
    if result.rowcount != 1:
        act.session.refresh(row)
        raise ConflictError(current=current_state(row))
    act.session.refresh(row)
    step = append_step(
        act, row, deed, before, order,
        words=words, is_public=is_public, facts=flagged, photos=photos,
    )  # fmt: skip
    tell_reporter(act, row, deed, words=words if is_public else "", facts=facts or {})
    return step


def _hold_words(act: Act, row: Case) -> None:
    """Let a reporter say so much of a case in an hour, in words, ratings and phones together.

    Raises:
        WordsTooManyError: It is more; it tells when the oldest is an hour old.
    """
    stand_alone(act, [f"words of {row.id}"])
    recent = and_(
        col(CaseStep.case_id) == row.id,
        col(CaseStep.actor_id).is_(None),
        col(CaseStep.deed).in_(BESIDE_THE_WORK),
        col(CaseStep.at) > act.now - WORDS_WINDOW,
    )
    count, oldest = act.session.execute(
        select(func.count(), func.min(CaseStep.at)).where(recent)
    ).one()
    if count >= WORDS_MAX_COUNT:
        raise WordsTooManyError.until(oldest + WORDS_WINDOW, act.now)


def _is_unchanged(row: Case, changes: dict[str, Any]) -> ColumnElement[bool]:
    """Tell in SQL that a case stands as it was read in all that matters to these changes."""
    names = ("status", *changes)
    return and_(*(col(getattr(Case, n)).is_not_distinct_from(getattr(row, n)) for n in names))


def append_step(  # noqa: PLR0913 - likewise
    act: Act,
    row: Case,
    deed: Deed,
    before: Status | None,
    order: Order,
    *,
    words: str = "",
    is_public: bool = False,
    facts: dict[str, Any] | None = None,
    photos: Iterable[tuple[PhotoKind, str]] = (),
) -> CaseStep:
    """Append one step to a case's history and hang its photos on it."""
    assert row.id is not None
    step = CaseStep(
        case_id=row.id,
        deed=deed,
        status_from=before,
        status_to=row.status,
        actor_id=act.actor.person_id,
        at=act.now,
        done_at=order.done_at,
        words=words,
        is_public=is_public,
        facts=facts or {},
        # A report is known by the case's own uid; a settle of something new brings both.
        uid=None if deed is Deed.REPORT else order.uid,
    )
    act.session.add(step)
    if words:
        row.grams = grams_with(row.grams, words)
    act.session.flush()
    hang_photos(act, row, step, list(photos))
    return step


def grams_with(heard: str, words: str) -> str:
    """Give what a case is found by, with words that were said of it since."""
    more = grams(words[:HEARD_MAX_CHARACTERS])
    return heard if more in heard else f"{heard} {more}".strip()


def reply_of(row: Case, uid: UUID | None) -> dict[str, Any]:
    """Make the receipt of a deed on a case: a client deletes its copy only on its own id."""
    return {"receipt": str(uid) if uid else "", **current_state(row), "due_at": iso(row.due_at)}


def iso(moment: datetime) -> str:
    """Write a moment for machines: ISO-8601 with its zone."""
    return moment.isoformat().replace("+00:00", "Z")
