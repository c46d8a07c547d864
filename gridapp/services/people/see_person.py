"""Shows one person: what is known of them, every post with its days, their consent and account."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from gridapp.domain.clockwords import day_words, moment_words
from gridapp.domain.errors import NotThereError
from gridapp.domain.labels import ROLE
from gridapp.domain.permissions import may_at_all
from gridapp.domain.privacy import mask_phone, spaced_phone
from gridapp.domain.vocabulary import Deed, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.services.people.directory import Standing, demand_people, standing_of
from gridapp.services.people.handovers import handover_words
from gridapp.services.people.locks import locked_until
from gridapp.services.people.portraits import data_address
from gridapp.tables import (
    AuditRow,
    Grid,
    LoginSession,
    Person,
    Portrait,
    PortraitConsent,
    Post,
    PostRequest,
    Unit,
)

_FAILURES_MAX_COUNT: Final = 20
_POSTS_MAX_COUNT: Final = 100
_Deputised = aliased(Post)
_Holder = aliased(Person)


@dataclass(frozen=True)
class PostView:
    """A post in a person's time-line.

    Args:
        when: ``now``, ``ahead`` or ``past``.
        for_whom: Whom a deputy stands in for.
        is_leave: Whether it is a deputy's.
        handover: What is agreed of its handover, or came of it.
    """

    id: int
    version: int
    role: str
    title: str
    grid: str
    grid_code: str
    unit: str
    days: str
    when: str
    accountable: bool
    is_leave: bool
    for_whom: str
    may_hand_over: bool
    handover: str


@dataclass(frozen=True)
class ConsentView:
    """Consent to the portrait, as it is on record."""

    words: str
    stands: bool


@dataclass(frozen=True)
class AccountView:
    """How somebody signs in; for the security administrator alone."""

    locked_until: str
    session_count: int
    last_seen: str
    failures: tuple[str, ...]


@dataclass(frozen=True)
class PersonView:
    """One person; phones in full only for whoever changes them."""

    id: int
    version: int
    login: str
    name: str
    phone: str
    duty_phone: str
    standing: Standing
    is_self: bool
    portrait: str
    posts: tuple[PostView, ...]
    waiting: tuple[str, ...]
    consents: tuple[ConsentView, ...]
    account: AccountView | None


def see_person(act: Act, person_id: int) -> PersonView:
    """Show one person.

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such person.
    """
    demand_people(act)
    person = act.session.get(Person, person_id)
    if person is None:
        raise NotThereError
    posts = _posts(act, person_id)
    keeps = may_at_all(Deed.CHANGE_PERSON, act.actor.roles)
    phone = spaced_phone(person.phone) if keeps else mask_phone(person.phone)
    face = act.session.get(Portrait, person_id)
    return PersonView(
        id=person_id,
        version=person.version,
        login=person.login,
        name=person.name,
        phone=phone,
        duty_phone=spaced_phone(person.duty_phone),
        standing=standing_of(
            person,
            has_post=any(post.when == "now" for post in posts),
            is_locked=locked_until(act, person_id) is not None,
        ),
        is_self=act.actor.person_id == person_id,
        portrait=data_address(face.webp if face else None),
        posts=posts,
        waiting=_waiting(act, person_id),
        consents=_consents(act, person_id) if keeps else (),
        account=_account(act, person) if may_at_all(Deed.SEE_ACCOUNT, act.actor.roles) else None,
    )


def _posts(act: Act, person_id: int) -> tuple[PostView, ...]:
    found = act.session.execute(
        select(Post, Grid, col(Unit.name), col(_Holder.name))
        .join(Grid, col(Grid.id) == col(Post.grid_id))
        .outerjoin(Unit, col(Unit.id) == col(Post.unit_id))
        .outerjoin(_Deputised, col(_Deputised.id) == col(Post.stands_in_for_id))
        .outerjoin(_Holder, col(_Holder.id) == col(_Deputised.person_id))
        .where(col(Post.person_id) == person_id)
        .order_by(col(Post.from_on).desc(), col(Post.id).desc())
        .limit(_POSTS_MAX_COUNT)
    ).all()
    order = {"now": 0, "ahead": 1, "past": 2}
    told = handover_words(act, [post.id for post, *_ in found])
    views = [
        _post(act, post, grid, unit or "", whom or "", told[post.id])
        for post, grid, unit, whom in found
    ]
    return tuple(sorted(views, key=lambda view: order[view.when]))


def _post(  # noqa: PLR0913, PLR0917 - the columns of a row
    act: Act, post: Post, grid: Grid, unit: str, whom: str, handover: str
) -> PostView:
    assert post.id is not None
    when = when_of(post, beijing_date(act.now))
    separate = {Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR}
    return PostView(
        id=post.id,
        version=post.version,
        role=ROLE[post.role],
        title=post.title or ROLE[post.role],
        grid=grid.name,
        grid_code=grid.code,
        unit=unit,
        days=days_words(act, post.from_on, post.to_on),
        when=when,
        accountable=post.accountable,
        is_leave=post.stands_in_for_id is not None,
        for_whom=whom,
        may_hand_over=when == "now" and post.stands_in_for_id is None and post.role not in separate,
        handover=handover,
    )


def when_of(post: Post, today: date) -> str:
    """Tell whether a post is held now, ahead or past."""
    if post.to_on is not None and (post.to_on < today or post.to_on < post.from_on):
        return "past"
    return "ahead" if post.from_on > today else "now"


def days_words(act: Act, from_on: date, to_on: date | None) -> str:
    """Say from which day to which; a post taken back was never held."""
    if to_on is not None and to_on < from_on:
        return "已撤回，没有上岗"
    begins = day_words(act.now, from_on)
    return f"{begins}起" if to_on is None else f"{begins}至{day_words(act.now, to_on)}"


def _waiting(act: Act, person_id: int) -> tuple[str, ...]:
    found = act.session.execute(
        select(PostRequest, col(Grid.name))
        .join(Grid, col(Grid.id) == col(PostRequest.grid_id))
        .where(col(PostRequest.person_id) == person_id, col(PostRequest.decided_at).is_(None))
        .order_by(col(PostRequest.id))
    ).all()
    return tuple(f"{name} · {ROLE[row.role]}" for row, name in found)


def _consents(act: Act, person_id: int) -> tuple[ConsentView, ...]:
    by, taker = aliased(Person), aliased(Person)
    found = act.session.execute(
        select(PortraitConsent, col(by.name), col(taker.name))
        .outerjoin(by, col(by.id) == col(PortraitConsent.recorded_by_id))
        .outerjoin(taker, col(taker.id) == col(PortraitConsent.withdrawn_by_id))
        .where(col(PortraitConsent.person_id) == person_id)
        .order_by(col(PortraitConsent.id).desc())
    ).all()
    return tuple(_consent(act, row, name or "系统", took or "系统") for row, name, took in found)


def _consent(act: Act, row: PortraitConsent, by: str, taker: str) -> ConsentView:
    words = f"{day_words(act.now, row.agreed_on)}同意（{row.how}），{by}登记"
    if row.withdrawn_at is not None:
        words += f"；{moment_words(act.now, row.withdrawn_at)}撤回，{taker}登记"
    return ConsentView(words, stands=row.withdrawn_at is None)


def _account(act: Act, person: Person) -> AccountView:
    alive: Any = select(func.count(), func.max(col(LoginSession.seen_at))).where(
        col(LoginSession.person_id) == person.id
    )
    count = act.session.execute(alive.where(col(LoginSession.ended_at).is_(None))).one()[0]
    seen_at = act.session.execute(
        select(col(LoginSession.seen_at))
        .where(col(LoginSession.person_id) == person.id)
        .order_by(col(LoginSession.seen_at).desc())
        .limit(1)
    ).scalar_one_or_none()
    failures = act.session.execute(
        select(col(AuditRow.at), col(AuditRow.deed))
        .where(
            col(AuditRow.subject) == f"person:{person.id}",
            col(AuditRow.deed).in_(("session.failed", "session.locked")),
        )
        .order_by(col(AuditRow.id).desc())
        .limit(_FAILURES_MAX_COUNT)
    ).all()
    until = locked_until(act, person.id) if person.id else None
    return AccountView(
        locked_until=moment_words(act.now, until) if until else "",
        session_count=count,
        last_seen=moment_words(act.now, seen_at) if seen_at else "",
        failures=tuple(
            f"{moment_words(act.now, at)} {'连续输错，已锁定' if 'locked' in deed else '密码输错'}"
            for at, deed in failures
        ),
    )
