"""Somebody is away for some days and a deputy stands in for them (请假代班).

Why somebody is away is not asked: that is their own matter.
"""

from datetime import timedelta
from typing import Annotated, Any, Final

from pydantic import Field
from sqlmodel import col, select

from gridapp.domain.errors import FactsError, NotAllowedError, NotThereError
from gridapp.domain.separation import SEPARATE
from gridapp.domain.vocabulary import Deed, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.people.persons import open_person
from gridapp.services.people.posts import open_post
from gridapp.services.people.spans import overlapping
from gridapp.services.permit import demand
from gridapp.services.subjects import demand_version, id_of
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.tables import Post

LONGEST_DAYS: Final = 366

PersonId = Annotated[int, Field(ge=1, le=2**31 - 1)]


class GiveLeaveFacts(Facts):
    """Who stands in, from which day to which; both days count."""

    deputy: PersonId
    from_on: Day
    to_on: Day


class EndLeaveFacts(Facts):
    """Nothing more is asked."""


@verb(Deed.GIVE_LEAVE, GiveLeaveFacts)
def give_leave(act: Act, order: Order, facts: GiveLeaveFacts) -> dict[str, Any]:
    """Let a deputy hold a post's role in its grid for some days; it ends by itself.

    Raises:
        NotThereError: No such post or deputy, or the deputy is disabled.
        NotAllowedError: One of the three separate duties is in it, or oneself.
        FactsError: The days do not fit, or somebody stands in then already.
        ConflictError: Somebody has changed the post meanwhile.
    """
    demand(act, Deed.GIVE_LEAVE)
    post = open_post(act, id_of(order.subject))
    demand_version(order, post.version)
    _check_days(act, post, facts)
    _check_deputy(act, post, facts)
    deputy = Post(
        person_id=facts.deputy, grid_id=post.grid_id, unit_id=post.unit_id, role=post.role,
        title=post.title, from_on=facts.from_on, to_on=facts.to_on, stands_in_for_id=post.id,
    )  # fmt: skip
    act.session.add(deputy)
    post.version += 1
    act.session.flush()
    write_audit(
        act, Deed.GIVE_LEAVE, f"person:{post.person_id}", post_id=post.id, deputy=facts.deputy,
        from_on=facts.from_on.isoformat(), to_on=facts.to_on.isoformat(),
    )  # fmt: skip
    return {"receipt": str(order.uid), "post": deputy.id, "version": deputy.version}


def _check_days(act: Act, post: Post, facts: GiveLeaveFacts) -> None:
    if facts.to_on < facts.from_on:
        raise FactsError(fields={"to_on": "结束日期早于开始日期。"})
    if facts.to_on < beijing_date(act.now):
        raise FactsError(fields={"to_on": "这几天已经过去。"})
    if (facts.to_on - facts.from_on).days >= LONGEST_DAYS:
        raise FactsError(fields={"to_on": "代班最长一年，更久请交接岗位。"})
    last_on = post.to_on or facts.to_on
    if facts.from_on < post.from_on or facts.to_on > last_on:
        raise FactsError(fields={"from_on": "代班的日期要在这个岗位的任期之内。"})
    taken = select(Post.id).where(
        Post.stands_in_for_id == post.id, overlapping(facts.from_on, facts.to_on)
    )
    if act.session.exec(taken).first() is not None:
        raise FactsError(fields={"from_on": "这几天已有人代班。"})


def _check_deputy(act: Act, post: Post, facts: GiveLeaveFacts) -> None:
    if post.stands_in_for_id is not None:
        raise NotAllowedError("代班的人不能再请人代班。")
    if facts.deputy == post.person_id:
        raise FactsError(fields={"deputy": "请选择另一个人代班。"})
    if act.actor.person_id == facts.deputy:
        raise NotAllowedError("不能让自己代班，请由另一位管理员办理。")
    if open_person(act, facts.deputy).disabled_at is not None:
        raise NotThereError
    held = select(Post.role).where(
        Post.person_id == facts.deputy, overlapping(facts.from_on, facts.to_on)
    )
    roles: set[Role] = {post.role, *act.session.exec(held)}
    if roles & SEPARATE:
        raise NotAllowedError("系统管理员、安全管理员、审计员不代班，也不由别人代班。")


@verb(Deed.END_LEAVE, EndLeaveFacts)
def end_leave(act: Act, order: Order, _facts: EndLeaveFacts) -> dict[str, Any]:
    """Let whoever was away be back today: the deputy stood in until yesterday.

    Raises:
        NotThereError: No such deputy.
        ConflictError: Somebody has changed it meanwhile.
        FactsError: It is over already.
    """
    demand(act, Deed.END_LEAVE)
    deputy = open_post(act, id_of(order.subject))
    if deputy.stands_in_for_id is None:
        raise NotThereError
    demand_version(order, deputy.version)
    yesterday = beijing_date(act.now) - timedelta(days=1)
    if deputy.to_on is not None and deputy.to_on <= yesterday:
        raise FactsError(fields={"post": "代班已经结束。"})
    deputy.to_on = yesterday
    deputy.version += 1
    holder = act.session.exec(
        select(Post.person_id).where(col(Post.id) == deputy.stands_in_for_id)
    ).one()
    write_audit(act, Deed.END_LEAVE, f"person:{holder}", post_id=deputy.id, deputy=deputy.person_id)
    return {"receipt": str(order.uid), "post": deputy.id, "version": deputy.version}
