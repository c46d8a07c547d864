"""Gives posts in grids and ends them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, or_, select, update

from gridapp.domain.errors import (
    ConfirmationNeededError,
    FactsError,
    NotAllowedError,
    NotThereError,
    SeparateDutiesError,
)
from gridapp.domain.separation import SEPARATE
from gridapp.domain.timebounds import LAST_DAY
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import clean_text
from gridapp.services.people.persons import open_person, refuse_last_guardian
from gridapp.services.people.spans import overlapping
from gridapp.services.permit import demand
from gridapp.tables import Grid, Person, Post, Unit

_TITLE_CHARACTERS: Final = 40
_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = LAST_DAY.year


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


def needs_second_word(act: Act, new: NewPost) -> bool:
    """Tell whether the security administrator must confirm a post (两人规则).

    That is so for the three separate duties, for whoever holds one of them in these days, and for
    the giver's own posts. The operator at the shell is bound by neither.
    """
    if act.actor.person_id is None:
        return False
    if new.role in SEPARATE or act.actor.person_id == new.person_id:
        return True
    held = select(Post.id).where(Post.person_id == new.person_id, col(Post.role).in_(SEPARATE))
    return act.session.exec(held.where(overlapping(new.from_on, new.to_on))).first() is not None


def give_post(act: Act, new: NewPost) -> int:
    """Give a person a post and tell its id.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role.
        ConfirmationNeededError: The security administrator must confirm it.
        NotThereError: No such person, grid or unit; or disabled, or retired.
        FactsError: The days or the unit do not fit, the same post is held already, or the grid has
            its accountable person.
        SeparateDutiesError: The person holds another of the three separate duties then.
    """
    demand(act, Deed.GIVE_POST)
    if needs_second_word(act, new):
        raise ConfirmationNeededError
    return put_post(act, new)


def put_post(act: Act, new: NewPost) -> int:
    """Write a post down that may be given, whoever gives it; see ``give_post``."""
    check_post(act, new)
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
        Deed.GIVE_POST,
        f"person:{new.person_id}",
        post_id=post.id,
        role=new.role.value,
        grid_id=new.grid_id,
        from_on=new.from_on.isoformat(),
        to_on=new.to_on.isoformat() if new.to_on else None,
    )
    return post.id


def check_post(act: Act, new: NewPost) -> None:
    """Refuse a post that may not be; the person's and the grid's rows are held from here on."""
    _check(new)
    _refuse_missing(act, new)
    _refuse_joined_duties(act, new)
    _refuse_doubles(act, new)


def _check(new: NewPost) -> None:
    if new.role is Role.RESIDENT:
        raise FactsError(fields={"role": "居民不需要岗位。"})
    if new.to_on is not None and new.to_on < new.from_on:
        raise FactsError(fields={"to_on": "结束日期早于开始日期。"})
    if not all(_FIRST_YEAR <= on.year <= _LAST_YEAR for on in (new.from_on, new.to_on) if on):
        raise FactsError(fields={"from_on": "日期不对，请检查年份。"})
    if (new.role is Role.UNIT_OFFICER) != (new.unit_id is not None):
        raise FactsError(fields={"unit_id": "部门经办人须选择部门，其他岗位不选。"})


def _refuse_missing(act: Act, new: NewPost) -> None:
    person = open_person(act, new.person_id)
    # Two who name an accountable person of one grid at once wait for each other.
    grid = act.session.exec(
        select(Grid).where(Grid.id == new.grid_id).with_for_update()
    ).one_or_none()
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
        .where(overlapping(new.from_on, new.to_on))
    )
    if act.session.exec(others).first() is not None:
        raise SeparateDutiesError


def _refuse_doubles(act: Act, new: NewPost) -> None:
    """Refuse the same post twice on any day, and a second accountable person on any day."""
    then = overlapping(new.from_on, new.to_on)
    there = (Post.grid_id == new.grid_id, Post.role == new.role, then)
    same = select(Post.id).where(
        *there,
        Post.person_id == new.person_id,
        Post.unit_id == new.unit_id,
        col(Post.stands_in_for_id).is_(None),
    )
    if act.session.exec(same).first() is not None:
        raise FactsError(fields={"from_on": "这段时间里，这个人在这个网格已有同样的岗位。"})
    if not new.accountable:
        return
    answering = act.session.exec(
        select(Person.name)
        .join(Post, col(Post.person_id) == Person.id)
        .where(*there, col(Post.accountable), col(Person.disabled_at).is_(None))
    ).first()
    if answering is not None:
        raise FactsError(
            fields={"accountable": f"这段时间里，这个网格的这个岗位已有责任人{answering}。"}
        )


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
        NotAllowedError: Not for this role, it is one's own post, or the only guardian's.
        NotThereError: No such post.
        FactsError: It ends earlier already.
    """
    demand(act, Deed.END_POST)
    post = open_post(act, post_id)
    if act.actor.person_id == post.person_id:
        raise NotAllowedError("不能结束自己的岗位，请由另一位管理员办理。")
    if post.to_on is not None and post.to_on < last_on:
        raise FactsError(fields={"last_on": "这个岗位已经更早结束。"})
    if post.role is Role.SECURITY_ADMINISTRATOR:
        refuse_last_guardian(act, post.person_id)
    close_post(act, post, last_on)
    write_audit(
        act,
        Deed.END_POST,
        f"person:{post.person_id}",
        reason,
        post_id=post_id,
        last_on=last_on.isoformat(),
    )


def open_post(act: Act, post_id: int) -> Post:
    """Open a post for a change; others who want to change the same one wait.

    Raises:
        NotThereError: No such post.
    """
    post = act.session.exec(
        select(Post)
        .where(Post.id == post_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if post is None:
        raise NotThereError
    return post


def close_post(act: Act, post: Post, last_on: date) -> None:
    """Let an opened post end on a day, and whoever deputises for its holder with it."""
    post.to_on = last_on
    post.version += 1
    act.session.exec(
        update(Post)
        .where(col(Post.stands_in_for_id) == post.id)
        .where(or_(col(Post.to_on).is_(None), col(Post.to_on) > last_on))
        .values(to_on=last_on, version=Post.version + 1)
        .execution_options(synchronize_session=False)
    )
