"""Gives posts in grids and ends them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, or_, select

from gridapp.domain.errors import FactsError, NotAllowedError, NotThereError, SeparateDutiesError
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import clean_text
from gridapp.services.people.persons import open_person
from gridapp.services.permit import demand
from gridapp.tables import Grid, Post, Unit

# 三员分立: no person holds two of these.
SEPARATE: Final = frozenset({Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})
_TITLE_CHARACTERS: Final = 40


@dataclass(frozen=True)
class NewPost:
    """A post to be given: who, where, as what, from which day to which (both inclusive).

    Args:
        accountable: The one person who answers for the grid in this role.
        unit_id: The department for which a unit officer acts; nobody else has one.
    """

    person_id: int
    grid_id: int
    role: Role
    from_on: date
    to_on: date | None = None
    title: str = ""
    accountable: bool = False
    unit_id: int | None = None


def give_post(act: Act, new: NewPost) -> int:
    """Give a person a post and tell its id.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role, or it would be one's own post.
        NotThereError: No such person, grid or unit; or disabled, or retired.
        FactsError: The days or the unit do not fit, or the grid has its accountable person.
        SeparateDutiesError: The person holds another of the three separate duties then.
    """
    demand(act, Deed.CHANGE_PERSON)
    if act.actor.person_id == new.person_id:
        raise NotAllowedError("不能给自己安排岗位。")
    _check(new)
    _refuse_missing(act, new)
    _refuse_joined_duties(act, new)
    post = Post(
        person_id=new.person_id,
        grid_id=new.grid_id,
        unit_id=new.unit_id,
        role=new.role,
        title=clean_text(new.title).strip()[:_TITLE_CHARACTERS],
        accountable=new.accountable,
        from_on=new.from_on,
        to_on=new.to_on,
    )
    _add(act, post)
    assert post.id is not None
    write_audit(
        act,
        "post.give",
        f"person:{new.person_id}",
        post_id=post.id,
        role=new.role.value,
        grid_id=new.grid_id,
        from_on=new.from_on.isoformat(),
        to_on=new.to_on.isoformat() if new.to_on else None,
    )
    return post.id


def _check(new: NewPost) -> None:
    if new.role is Role.RESIDENT:
        raise FactsError(fields={"role": "居民不需要岗位。"})
    if new.to_on is not None and new.to_on < new.from_on:
        raise FactsError(fields={"to_on": "结束日期早于开始日期。"})
    if (new.role is Role.UNIT_OFFICER) != (new.unit_id is not None):
        raise FactsError(fields={"unit_id": "部门经办人须选择部门，其他岗位不选。"})


def _refuse_missing(act: Act, new: NewPost) -> None:
    person = open_person(act, new.person_id)
    grid = act.session.get(Grid, new.grid_id)
    if person.disabled_at is not None or grid is None or grid.retired_at is not None:
        raise NotThereError
    if new.unit_id is not None:
        unit = act.session.get(Unit, new.unit_id)
        if unit is None or unit.retired_at is not None:
            raise NotThereError


def _refuse_joined_duties(act: Act, new: NewPost) -> None:
    """Refuse a second of the three duties on any day; the person's row is held meanwhile."""
    if new.role not in SEPARATE:
        return
    others = (
        select(Post.id)
        .where(Post.person_id == new.person_id, col(Post.role).in_(SEPARATE - {new.role}))
        .where(or_(col(Post.to_on).is_(None), col(Post.to_on) >= new.from_on))
    )
    if new.to_on is not None:
        others = others.where(Post.from_on <= new.to_on)
    if act.session.exec(others).first() is not None:
        raise SeparateDutiesError


def _add(act: Act, post: Post) -> None:
    try:
        with act.session.begin_nested():
            act.session.add(post)
    except IntegrityError as error:
        # Everything else was checked; what is left is the index of accountable people.
        raise FactsError(fields={"accountable": "这个网格的这个岗位已有责任人。"}) from error


def end_post(act: Act, post_id: int, last_on: date, reason: str = "") -> None:
    """End a post; ``last_on`` is its last day. A last day before the first takes it back whole.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role, or it is one's own post.
        NotThereError: No such post.
        FactsError: It ends earlier already.
    """
    demand(act, Deed.CHANGE_PERSON)
    post = act.session.get(Post, post_id)
    if post is None:
        raise NotThereError
    if act.actor.person_id == post.person_id:
        raise NotAllowedError("不能给自己安排岗位。")
    if post.to_on is not None and post.to_on < last_on:
        raise FactsError(fields={"last_on": "这个岗位已经更早结束。"})
    post.to_on = last_on
    write_audit(
        act,
        "post.end",
        f"person:{post.person_id}",
        reason,
        post_id=post_id,
        last_on=last_on.isoformat(),
    )
