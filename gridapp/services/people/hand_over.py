"""Hands a post over: one's ends, the other's begins, and the open work goes along (交接)."""

from datetime import timedelta
from typing import Any, Final

from sqlmodel import select

from gridapp.domain.errors import FactsError, NotAllowedError
from gridapp.domain.separation import SEPARATE
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.people.handovers import follow_post
from gridapp.services.people.leaves import PersonId
from gridapp.services.people.moving import Change, move_cases, move_nights, tell_both
from gridapp.services.people.persons import open_person
from gridapp.services.people.posts import NewPost, close_post, give_post, open_post
from gridapp.services.people.register import Why
from gridapp.services.permit import demand
from gridapp.services.subjects import demand_version, id_of
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.tables import Grid, Handover, Person, Post

_A_DAY: Final = timedelta(days=1)


class HandOverFacts(Facts):
    """Who takes over, from which day on."""

    to: PersonId
    first_on: Day
    words: Why = ""


@verb(Deed.HAND_OVER, HandOverFacts)
def hand_over(act: Act, order: Order, facts: HandOverFacts) -> dict[str, Any]:
    """Hand a post over: its holder's last day is the day before the successor's first.

    Cases of the grid or unit, contact households, due visits and notes belong to the grid and stay
    there; what is the person's own goes along: cases they have taken, on the successor's first
    day, and their turns at night from that day on.

    Raises:
        NotThereError: No such post, or the successor is unknown or disabled.
        NotAllowedError: One of the three separate duties, or oneself is in it.
        ConflictError: Somebody has changed the post meanwhile.
        FactsError: The days do not fit, or the successor has the post already.
    """
    demand(act, Deed.HAND_OVER)
    post = open_post(act, id_of(order.subject))
    demand_version(order, post.version)
    _check(act, post, facts)
    ended_on = post.to_on
    close_post(act, post, facts.first_on - _A_DAY)
    act.session.flush()
    new = NewPost(
        person_id=facts.to, grid_id=post.grid_id, role=post.role, from_on=facts.first_on,
        to_on=ended_on, title=post.title, accountable=post.accountable, unit_id=post.unit_id,
    )  # fmt: skip
    new_id = give_post(act, new)
    moved = _move_work(act, post, facts, new_id)
    write_audit(
        act, Deed.HAND_OVER, f"person:{post.person_id}", facts.words, to=facts.to,
        post_id=post.id, new_post_id=new_id, first_on=facts.first_on.isoformat(), **moved,
    )  # fmt: skip
    return {"receipt": str(order.uid), "post": new_id, "version": 1, **moved}


def _check(act: Act, post: Post, facts: HandOverFacts) -> None:
    if facts.to == post.person_id:
        raise FactsError(fields={"to": "请选择另一个人接任。"})
    if act.actor.person_id in {post.person_id, facts.to} or post.role in SEPARATE:
        raise NotAllowedError(
            "自己的岗位和系统管理员、安全管理员、审计员不能直接交接，请安排岗位并由安全管理员确认。"
        )
    if post.stands_in_for_id is not None:
        raise NotAllowedError("代班不能交接，请结束代班后另外安排。")
    if post.to_on is not None and post.to_on < facts.first_on:
        raise FactsError(fields={"first_on": "这个岗位在那之前已经结束。"})
    if facts.first_on <= post.from_on:
        raise FactsError(fields={"first_on": "接任日期要晚于这个岗位的开始日期。"})


def _move_work(act: Act, post: Post, facts: HandOverFacts, new_id: int) -> dict[str, Any]:
    """Move what is the person's own, or agree to it for its day; gives how much moved, and when.

    Turns at night of days ahead are the successor's at once: the roster is read before.
    """
    change = Change(
        post=post,
        grid=act.session.exec(select(Grid).where(Grid.id == post.grid_id)).one(),
        leaver=act.session.get_one(Person, post.person_id),
        successor=open_person(act, facts.to),
        first_on=facts.first_on,
    )
    nights_count = move_nights(act, change)
    # What was agreed of this post for later is now for the successor to hand over.
    assert post.id is not None
    follow_post(act, post.id, new_id, until=facts.first_on)
    if facts.first_on > beijing_date(act.now):
        _agree(act, post, facts, new_id)
        return {"cases": 0, "nights": nights_count, "moves_on": facts.first_on.isoformat()}
    cases_count = move_cases(act, change)
    tell_both(act, change, cases_count, nights_count)
    return {"cases": cases_count, "nights": nights_count}


def _agree(act: Act, post: Post, facts: HandOverFacts, new_id: int) -> None:
    """Write down that the work moves on the successor's first day (``jobs.handovers``)."""
    assert post.id is not None
    row = Handover(
        post_id=post.id, new_post_id=new_id, first_on=facts.first_on, words=facts.words,
        agreed_by_id=act.actor.person_id, agreed_at=act.now,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
