"""Hands a post over: one's ends, the other's begins, and the open work goes along (交接)."""

from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import update
from sqlmodel import col, select

from gridapp.domain.errors import FactsError, NotAllowedError
from gridapp.domain.vocabulary import Deed
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.audit import write_audit
from gridapp.services.cases.readdress import readdress_cases
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.people.leaves import PersonId
from gridapp.services.people.open_work import FIELD, addressed_to, duties_ahead
from gridapp.services.people.persons import open_person
from gridapp.services.people.posts import SEPARATE, NewPost, close_post, give_post, open_post
from gridapp.services.people.register import Why
from gridapp.services.permit import demand
from gridapp.services.subjects import demand_version, id_of
from gridapp.tables import Case, Grid, PatrolDuty, PatrolNight, Person, Post

_A_DAY: Final = timedelta(days=1)


class HandOverFacts(Facts):
    """Who takes over, from which day on."""

    to: PersonId
    first_on: date
    words: Why = ""


def hand_over(act: Act, order: Order, facts: HandOverFacts) -> dict[str, Any]:
    """Hand a post over: its holder's last day is the day before the successor's first.

    Cases of the grid or unit, contact households, due visits and notes belong to the grid and stay
    there; what is the person's own goes along: cases they have taken and their turns at night.

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
    moved = _move_work(act, post, facts)
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


def _move_work(act: Act, post: Post, facts: HandOverFacts) -> dict[str, int]:
    """Move what is the person's own; gives how much of it."""
    grid = act.session.exec(select(Grid).where(Grid.id == post.grid_id)).one()
    successor = open_person(act, facts.to)
    cases_count = 0
    where = addressed_to(post, grid)
    # Until that day whoever has taken a case goes on with it; the grid's people see it anyway.
    if where and facts.first_on <= beijing_date(act.now):
        mine = [*where, col(Case.holder_id) == post.person_id]
        words = f"岗位交接给{successor.name}"
        cases_count = readdress_cases(act, Deed.HAND_OVER, mine, words, holder_id=successor.id)
    nights_count = _move_nights(act, post, grid, facts, successor) if post.role in FIELD else 0
    return {"cases": cases_count, "nights": nights_count}


def _move_nights(act: Act, post: Post, grid: Grid, facts: HandOverFacts, successor: Person) -> int:
    """Give the turns from the first day on to the successor, each once a night."""
    found = act.session.execute(duties_ahead(act, post, grid, facts.first_on)).all()
    nights = [night.id for _, night in found]
    taken = set(
        act.session.exec(
            select(PatrolDuty.night_id)
            .where(col(PatrolDuty.night_id).in_(nights))
            .where(PatrolDuty.person_id == successor.id)
        )
    )
    for duty, night in found:
        if night.id in taken:
            act.session.delete(duty)
        else:
            duty.person_id, duty.name = successor.id, successor.name
            duty.cover_wanted_at = None
    act.session.execute(
        update(PatrolNight)
        .where(col(PatrolNight.id).in_(nights))
        .values(version=PatrolNight.version + 1)
        .execution_options(synchronize_session=False)
    )
    return len(nights)
