"""Keeps a contact household's last and next day right, after a visit and after its correction."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlmodel import col

from gridapp.domain.errors import FactsError
from gridapp.domain.visiting import IN_TOUCH
from gridapp.domain.workcalendar import beijing_date
from gridapp.services.desk import Act
from gridapp.tables import ContactHousehold, Visit


def day_told(act: Act, told: date) -> date:
    """Take the day of a visit as it was told.

    Raises:
        FactsError: It lies ahead.
    """
    if told > beijing_date(act.now):
        sentence = "走访日期不能晚于今天。"
        raise FactsError(sentence, fields={"on": sentence})
    return told


def next_told(on: date, told: date) -> date:
    """Take the day of the next visit as it was told.

    Raises:
        FactsError: It lies before this one.
    """
    if told < on:
        sentence = "下次走访不能早于这一次。"
        raise FactsError(sentence, fields={"next_on": sentence})
    return told


def move_on(act: Act, visit: Visit) -> None:
    """Move the household's days on, unless a later visit has done so already.

    A visit that comes late out of a basement must not bring the list back to an older day.
    """
    later = exists().where(
        col(Visit.household_id) == visit.household_id, col(Visit.visited_on) > visit.visited_on
    )
    last_on = col(ContactHousehold.last_on)
    moves: list[tuple[ColumnElement[bool], dict[str, Any]]] = [(~later, {"next_on": visit.next_on})]
    if visit.outcome in IN_TOUCH:
        is_newest = or_(last_on.is_(None), last_on < visit.visited_on)
        moves.append((is_newest, {"last_on": visit.visited_on}))
    for when, moved in moves:
        act.session.execute(
            update(ContactHousehold)
            .where(col(ContactHousehold.id) == visit.household_id, when)
            .values(**moved)
            .execution_options(synchronize_session=False)
        )


def restate_days(act: Act, household_id: int) -> None:
    """Work the days of a household out from all its visits, after one of them was put right.

    A household without any visit is due on the day on which it was taken in.
    """
    mine = col(Visit.household_id) == household_id
    last_on = act.session.execute(
        select(func.max(col(Visit.visited_on))).where(mine, col(Visit.outcome).in_(IN_TOUCH))
    ).scalar_one()
    latest = act.session.execute(
        select(col(Visit.next_on))
        .where(mine)
        .order_by(col(Visit.visited_on).desc(), col(Visit.id).desc())
        .limit(1)
    ).first()
    row = act.session.get_one(ContactHousehold, household_id)
    row.last_on = last_on
    row.next_on = latest[0] if latest else beijing_date(row.added_at)
    act.session.flush()
