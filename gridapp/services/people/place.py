"""The deeds of giving and ending a post (安排岗位 结束岗位)."""

from typing import Annotated, Any

from pydantic import Field
from sqlmodel import col, select

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.people.posts import NewPost, end_post, open_post
from gridapp.services.people.register import Why
from gridapp.services.people.requests import place_post
from gridapp.services.permit import demand
from gridapp.services.subjects import demand_version, id_of
from gridapp.services.times import Day
from gridapp.services.verbs import verb
from gridapp.tables import Grid, Unit

Code = Annotated[str, Field(max_length=32)]


class GivePostFacts(Facts):
    """Where and as what, from which day to which; ``unit`` for a department's officer."""

    grid: Code
    role: Role
    title: Annotated[str, Field(max_length=40)] = ""
    unit: Code = ""
    accountable: bool = False
    from_on: Day
    to_on: Day | None = None


class EndPostFacts(Facts):
    """The post's last day, and why."""

    last_on: Day
    words: Why = ""


@verb(Deed.GIVE_POST, GivePostFacts)
def give(act: Act, order: Order, facts: GivePostFacts) -> dict[str, Any]:
    """Give the person whom the order names a post, or ask for it (``is_waiting``).

    Raises:
        NotAllowedError: Not for this role.
        NotThereError: No such person, or disabled.
        FactsError: A code is unknown, the days do not fit, or the post is taken.
        SeparateDutiesError: The person holds another of the three separate duties then.
    """
    demand(act, Deed.GIVE_POST)
    new = NewPost(
        person_id=id_of(order.subject),
        grid_id=grid_id_of(act, facts.grid),
        role=facts.role,
        from_on=facts.from_on,
        to_on=facts.to_on,
        title=facts.title,
        accountable=facts.accountable,
        unit_id=_unit_id(act, facts.unit) if facts.unit else None,
    )
    placed = place_post(act, new, order.uid)
    return {
        "receipt": str(order.uid),
        "post": placed.post_id,
        "request": placed.request_id,
        "is_waiting": placed.post_id is None,
    }


@verb(Deed.END_POST, EndPostFacts)
def end(act: Act, order: Order, facts: EndPostFacts) -> dict[str, Any]:
    """End the post that the order names.

    Raises:
        NotAllowedError: One's own post, or the only security administrator's.
        NotThereError: No such post.
        ConflictError: Somebody has changed it meanwhile.
        FactsError: It ends earlier already.
    """
    demand(act, Deed.END_POST)
    post = open_post(act, id_of(order.subject))
    demand_version(order, post.version)
    end_post(act, id_of(order.subject), facts.last_on, facts.words.strip())
    return {"receipt": str(order.uid), "post": post.id, "version": post.version}


def grid_id_of(act: Act, code: str) -> int:
    """Find a grid in use by its code.

    Raises:
        FactsError: There is none.
    """
    found = act.session.exec(
        select(Grid.id).where(Grid.code == code.strip(), col(Grid.retired_at).is_(None))
    ).first()
    if found is None:
        raise FactsError(fields={"grid": f"没有编码为{code}的网格。"})
    return found


def _unit_id(act: Act, code: str) -> int:
    found = act.session.exec(
        select(Unit.id).where(Unit.code == code, col(Unit.retired_at).is_(None))
    ).first()
    if found is None:
        raise FactsError(fields={"unit": f"没有编码为{code}的部门。"})
    return found
