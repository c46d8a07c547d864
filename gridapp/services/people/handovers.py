"""Handovers that are dated ahead: what moves the work on the day, or why it does not."""

from datetime import date

from sqlalchemy import exists, func, or_, select, update
from sqlmodel import col

from gridapp.domain.handovers import (
    HandoverEnd,
    leaver_words,
    message_not_moved,
    preview_words,
    successor_words,
)
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.people.moving import Change, move_cases, move_nights, tell, tell_both
from gridapp.services.people.open_work import addressed_to
from gridapp.services.people.persons import open_person
from gridapp.services.people.posts import open_post
from gridapp.services.people.spans import held_on
from gridapp.services.permit import demand
from gridapp.tables import Case, Grid, Handover, Person, Post


def see_when_moved(act: Act, first_on: date) -> str:
    """Say when the work of a post would go along, before the handover is agreed.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.HAND_OVER)
    return preview_words(first_on, beijing_date(act.now))


def due_handovers(act: Act) -> list[int]:
    """List the handovers whose day has come, in the order in which they follow each other."""
    found = act.session.execute(
        select(col(Handover.id))
        .where(col(Handover.done_at).is_(None), col(Handover.first_on) <= beijing_date(act.now))
        .order_by(col(Handover.first_on), col(Handover.id))
    )
    return list(found.scalars())


def begin_handover(act: Act, handover_id: int) -> bool:
    """Move what is open on the successor's first day; False when another has done it.

    What stands in the way by then is written down and told to everybody whom it concerns: the
    work stays with its holder, and the grid's people see it as before.
    """
    row = act.session.get_one(Handover, handover_id)
    # The order of locks is that of a handover's and of a disabling's: a person before their post.
    successor = open_person(act, act.session.get_one(Post, row.new_post_id).person_id)
    to = open_post(act, row.new_post_id)
    if not _is_mine(act, row, row.new_post_id):
        return False
    change = _change(act, row, to, successor)
    end = obstacle(act, row, change, to) or HandoverEnd.MOVED
    nights_count = 0
    if end is HandoverEnd.MOVED:
        cases_count, nights_count = move_cases(act, change), move_nights(act, change)
        tell_both(act, change, cases_count, nights_count)
    else:
        cases_count = _held_count(act, change)
        _tell_all(act, row, change, end, cases_count)
    row.done_at, row.end, row.cases_count = act.now, end, cases_count
    write_audit(
        act, Deed.HAND_OVER, f"person:{change.leaver.id}", row.words, to=successor.id,
        post_id=row.post_id, new_post_id=row.new_post_id, first_on=row.first_on.isoformat(),
        end=end.value, agreed_by=row.agreed_by_id, cases=cases_count, nights=nights_count,
    )  # fmt: skip
    return True


def _is_mine(act: Act, row: Handover, new_post_id: int) -> bool:
    """Hold the handover's row, unless it is done or follows another post by now."""
    held = act.session.execute(
        select(Handover)
        .where(col(Handover.id) == row.id, col(Handover.done_at).is_(None))
        .where(col(Handover.new_post_id) == new_post_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    return held is not None


def _change(act: Act, row: Handover, to: Post, successor: Person) -> Change:
    post = act.session.get_one(Post, row.post_id)
    leaver = act.session.get_one(Person, post.person_id)
    return Change(post, act.session.get_one(Grid, to.grid_id), leaver, successor, row.first_on)


def obstacle(act: Act, row: Handover, change: Change, to: Post) -> HandoverEnd | None:
    """Tell what keeps the work from moving on its day, as far as one knows today."""
    day = max(row.first_on, beijing_date(act.now))
    if change.successor.disabled_at is not None:
        return HandoverEnd.SUCCESSOR_GONE
    # Who has handed the post on since passes the work on by that handover, which comes next.
    handed_on = exists().where(
        col(Handover.post_id) == to.id,
        col(Handover.done_at).is_(None),
        col(Handover.first_on) > row.first_on,
    )
    held = select(col(Post.id)).where(col(Post.id) == to.id, or_(held_on(day), handed_on))
    if act.session.execute(held).first() is None:
        return HandoverEnd.TAKEN_BACK
    again = select(col(Post.id)).where(
        col(Post.person_id) == change.leaver.id,
        col(Post.grid_id) == to.grid_id,
        col(Post.role) == to.role,
        col(Post.unit_id).is_(None) if to.unit_id is None else col(Post.unit_id) == to.unit_id,
        col(Post.stands_in_for_id).is_(None),
        held_on(day),
    )
    return HandoverEnd.STAYS if act.session.execute(again).first() is not None else None


def _held_count(act: Act, change: Change) -> int:
    where = addressed_to(change.post, change.grid)
    if not where:
        return 0
    count: int = act.session.execute(
        select(func.count(col(Case.id))).where(*where, col(Case.holder_id) == change.leaver.id)
    ).scalar_one()
    return count


def _tell_all(act: Act, row: Handover, change: Change, end: HandoverEnd, count: int) -> None:
    """Tell the two, and whoever has agreed it, that nothing has moved."""
    told = {change.leaver.id: change.leaver, change.successor.id: change.successor}
    if row.agreed_by_id is not None:
        told[row.agreed_by_id] = act.session.get_one(Person, row.agreed_by_id)
    names = (change.post_words, change.leaver.name, change.successor.name)
    for person in told.values():
        tell(act, person, message_not_moved(*names, end, count))


def follow_post(act: Act, old_id: int, new_id: int, *, until: date | None = None) -> None:
    """Let what waits go by another post: the grid's post was joined, or handed over before.

    Args:
        act: The transaction.
        old_id: The post that the handovers named.
        new_id: The one that stands for it now.
        until: With a day, only the leaver's side of the handovers after it.
    """
    waits = update(Handover).where(col(Handover.done_at).is_(None))
    leaving = waits.where(col(Handover.post_id) == old_id)
    if until is not None:
        leaving = leaving.where(col(Handover.first_on) > until)
    else:
        coming = waits.where(col(Handover.new_post_id) == old_id).values(new_post_id=new_id)
        act.session.execute(coming.execution_options(synchronize_session=False))
    act.session.execute(leaving.values(post_id=new_id).execution_options(synchronize_session=False))


def handover_words(act: Act, post_ids: list[int]) -> dict[int, str]:
    """Say beside each post what is agreed of its handover, or came of it."""
    found = act.session.execute(
        select(Handover)
        .where(or_(col(Handover.post_id).in_(post_ids), col(Handover.new_post_id).in_(post_ids)))
        .order_by(col(Handover.id))
    ).scalars()
    told: dict[int, str] = {}
    for row in found:
        to = act.session.get_one(Post, row.new_post_id)
        change = _change(act, row, to, act.session.get_one(Person, to.person_id))
        end = row.end or obstacle(act, row, change, to)
        names = (change.leaver.name, change.successor.name)
        of, on = (act.now, row.first_on), row.done_at is not None
        told[row.post_id] = leaver_words(*of, names[1], end, row.cases_count, is_over=on)
        told[row.new_post_id] = successor_words(*of, names[0], end, row.cases_count)
    return {post_id: told.get(post_id, "") for post_id in post_ids}
