"""Lists what waits for a second person, and who stands in for whom (待确认 代班)."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from gridapp.domain.clockwords import moment_words
from gridapp.domain.errors import SignInNeededError
from gridapp.domain.labels import ROLE
from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.people.directory import demand_people
from gridapp.services.people.resets import ASKED_FOR, SHADOW
from gridapp.services.people.see_person import days_words
from gridapp.services.permit import demand
from gridapp.tables import Grid, PasswordReset, Person, Post, PostRequest

_MAX_COUNT: Final = 100


@dataclass(frozen=True)
class RequestView:
    """A post that is asked for, or was decided lately.

    Args:
        outcome: Empty while it waits; else what was decided, by whom and why.
        may_decide: Whether the reader may confirm or refuse it.
    """

    id: int
    version: int
    person_id: int
    person: str
    post: str
    days: str
    asked: str
    outcome: str
    may_decide: bool


def list_requests(act: Act) -> tuple[RequestView, ...]:
    """List the posts that wait, oldest first, then what was decided last.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand_people(act)
    asker, decider = aliased(Person), aliased(Person)
    query: Any = (
        select(PostRequest, col(Person.name), col(Grid.name), col(asker.name), col(decider.name))
        .join(Person, col(Person.id) == col(PostRequest.person_id))
        .join(Grid, col(Grid.id) == col(PostRequest.grid_id))
        .outerjoin(asker, col(asker.id) == col(PostRequest.asked_by_id))
        .outerjoin(decider, col(decider.id) == col(PostRequest.decided_by_id))
    )
    waits = col(PostRequest.decided_at).is_(None)
    oldest = query.where(waits).order_by(col(PostRequest.id)).limit(_MAX_COUNT)
    waiting = act.session.execute(oldest)
    decided = act.session.execute(
        query.where(~waits).order_by(col(PostRequest.decided_at).desc()).limit(10)
    )
    return tuple(_request(act, *row) for row in [*waiting.all(), *decided.all()])


def _request(  # noqa: PLR0913, PLR0917 - the columns of a row
    act: Act, row: PostRequest, person: str, grid: str, asker: str | None, decider: str | None
) -> RequestView:
    assert row.id is not None
    outcome = ""
    if row.decided_at is not None:
        verdict = "已确认" if row.post_id else "未同意"
        why = f"：{row.words}" if row.words else ""
        outcome = f"{decider or '系统'} {moment_words(act.now, row.decided_at)} {verdict}{why}"
    apart = act.actor.person_id not in {row.asked_by_id, row.person_id}
    return RequestView(
        id=row.id,
        version=row.version,
        person_id=row.person_id,
        person=person,
        post=f"{grid} · {row.title or ROLE[row.role]}",
        days=days_words(act, row.from_on, row.to_on),
        asked=f"{asker or '系统'} {moment_words(act.now, row.asked_at)} 申请",
        outcome=outcome,
        may_decide=not outcome and apart and may_at_all(Deed.CONFIRM_POST, act.actor.roles),
    )


@dataclass(frozen=True)
class ResetView:
    """A password that is asked to be reset, or two people decided on lately; as ``RequestView``."""

    id: int
    version: int
    person_id: int
    person: str
    reason: str
    asked: str
    outcome: str
    may_decide: bool


def list_resets(act: Act) -> tuple[ResetView, ...]:
    """List the resets that wait for a second person, oldest first, then what was decided last.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand_people(act)
    asker, decider = aliased(Person), aliased(Person)
    query: Any = (
        select(PasswordReset, col(Person.name), col(asker.name), col(decider.name))
        .join(Person, col(Person.id) == col(PasswordReset.person_id))
        .outerjoin(asker, col(asker.id) == col(PasswordReset.asked_by_id))
        .outerjoin(decider, col(decider.id) == col(PasswordReset.decided_by_id))
    )
    waits = col(PasswordReset.decided_at).is_(None)
    fresh = col(PasswordReset.asked_at) >= act.now - ASKED_FOR
    oldest = query.where(waits, fresh).order_by(col(PasswordReset.id)).limit(_MAX_COUNT)
    by_two = query.where(col(PasswordReset.decided_by_id).is_not(None))
    last = by_two.order_by(col(PasswordReset.decided_at).desc()).limit(10)
    found = [*act.session.execute(oldest).all(), *act.session.execute(last).all()]
    return tuple(_reset(act, *row) for row in found)


def _reset(
    act: Act, row: PasswordReset, person: str, asker: str | None, decider: str | None
) -> ResetView:
    assert row.id is not None
    outcome = ""
    if row.decided_at is not None:
        verdict = "已确认" if row.is_done else "未同意"
        why = f"：{row.words}" if row.words else ""
        outcome = f"{decider or '系统'} {moment_words(act.now, row.decided_at)} {verdict}{why}"
    apart = act.actor.person_id not in {row.asked_by_id, row.person_id}
    return ResetView(
        id=row.id,
        version=row.version,
        person_id=row.person_id,
        person=person,
        reason=f"原因：{row.reason}",
        asked=f"{asker or '系统'} {moment_words(act.now, row.asked_at)} 申请",
        outcome=outcome,
        may_decide=not outcome and apart and may_at_all(Deed.CONFIRM_RESET, act.actor.roles),
    )


def list_own_resets(act: Act) -> tuple[str, ...]:
    """Tell the signed-in person who has reset the own password lately, when and why.

    Raises:
        SignInNeededError: Nobody is signed in.
    """
    if act.actor.person_id is None:
        raise SignInNeededError
    asker, decider = aliased(Person), aliased(Person)
    found = act.session.execute(
        select(PasswordReset, col(asker.name), col(decider.name))
        .outerjoin(asker, col(asker.id) == col(PasswordReset.asked_by_id))
        .outerjoin(decider, col(decider.id) == col(PasswordReset.decided_by_id))
        .where(col(PasswordReset.person_id) == act.actor.person_id, col(PasswordReset.is_done))
        .where(col(PasswordReset.decided_at) > act.now - SHADOW)
        .order_by(col(PasswordReset.id).desc())
        .limit(5)
    ).all()
    return tuple(_told(act, *row) for row in found)


def _told(act: Act, row: PasswordReset, asker: str | None, decider: str | None) -> str:
    assert row.decided_at is not None
    who = f"{asker or '系统维护人员'}申请、{decider}确认" if decider else asker or "系统维护人员"
    why = f"，原因：{row.reason}" if row.reason else ""
    return f"{moment_words(act.now, row.decided_at)}由{who}重置{why}。"


@dataclass(frozen=True)
class LeaveView:
    """Somebody's leave with who stands in."""

    id: int
    version: int
    holder_id: int
    holder: str
    deputy_id: int
    deputy: str
    post: str
    days: str
    is_now: bool


def list_leaves(act: Act) -> tuple[LeaveView, ...]:
    """List who stands in for whom today and in days ahead, soonest first, at most 100.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.SEE_PERSON)
    today = beijing_date(act.now)
    stood_for, holder = aliased(Post), aliased(Person)
    found = act.session.execute(
        select(Post, col(Person.name), holder, col(Grid.name))
        .join(Person, col(Person.id) == col(Post.person_id))
        .join(stood_for, col(stood_for.id) == col(Post.stands_in_for_id))
        .join(holder, col(holder.id) == col(stood_for.person_id))
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .where(
            or_(col(Post.to_on).is_(None), col(Post.to_on) >= today),
            or_(
                col(Post.to_on).is_(None),
                and_(col(Post.to_on) >= col(Post.from_on)),
            ),
        )
        .order_by(col(Post.from_on), col(Post.id))
        .limit(_MAX_COUNT)
    ).all()
    return tuple(
        LeaveView(
            id=post.id or 0,
            version=post.version,
            holder_id=absent.id or 0,
            holder=absent.name,
            deputy_id=post.person_id,
            deputy=deputy,
            post=f"{grid} · {post.title or ROLE[post.role]}",
            days=days_words(act, post.from_on, post.to_on),
            is_now=post.from_on <= today,
        )
        for post, deputy, absent, grid in found
    )
