"""Moves what is a leaver's own to their successor: cases they have taken, turns at night."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update
from sqlmodel import col, select

from gridapp.domain.clockwords import day_words
from gridapp.domain.handovers import message_to_leaver, message_to_successor
from gridapp.domain.labels import ROLE
from gridapp.domain.vocabulary import Deed
from gridapp.services.cases.readdress import readdress_cases
from gridapp.services.desk import Act
from gridapp.services.outbox import promise_sms
from gridapp.services.people.open_work import FIELD, addressed_to, duties_ahead
from gridapp.tables import Case, Grid, PatrolDuty, PatrolNight, Person, Post


@dataclass(frozen=True)
class Change:
    """Who follows whom.

    Args:
        post: The leaver's.
        grid: Where it is held now.
        leaver: Who goes.
        successor: Who comes; their row is held.
        first_on: The successor's first day.
    """

    post: Post
    grid: Grid
    leaver: Person
    successor: Person
    first_on: date

    @property
    def post_words(self) -> str:
        """Name the post as its people do."""
        return f"{self.grid.name}{self.post.title or ROLE[self.post.role]}"


def move_cases(act: Act, change: Change) -> int:
    """Give the open cases that the leaver has taken to the successor; gives how many."""
    where = addressed_to(change.post, change.grid)
    if not where:
        return 0
    mine = [*where, col(Case.holder_id) == change.leaver.id]
    words = f"岗位交接给{change.successor.name}"
    return readdress_cases(act, Deed.HAND_OVER, mine, words, holder_id=change.successor.id)


def move_nights(act: Act, change: Change) -> int:
    """Give the turns from the first day on to the successor, each once a night."""
    if change.post.role not in FIELD:
        return 0
    ahead = duties_ahead(act, change.post, change.grid, change.first_on)
    found = act.session.execute(ahead).all()
    nights = [night.id for _, night in found]
    successor = change.successor
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
            assert successor.id is not None
            duty.person_id, duty.name = successor.id, successor.name
            duty.cover_wanted_at = None
    act.session.execute(
        update(PatrolNight)
        .where(col(PatrolNight.id).in_(nights))
        .values(version=PatrolNight.version + 1)
        .execution_options(synchronize_session=False)
    )
    return len(nights)


def tell_both(act: Act, change: Change, cases_count: int, nights_count: int) -> None:
    """Promise both a message that it is done; who has no account any more is not told."""
    day, post = day_words(act.now, change.first_on), change.post_words
    came = message_to_successor(day, post, cases_count, nights_count)
    tell(act, change.successor, came)
    tell(act, change.leaver, message_to_leaver(day, post, change.successor.name, cases_count))


def tell(act: Act, person: Person, words: str) -> None:
    """Promise a person of the house a short message."""
    if person.disabled_at is None:
        promise_sms(act, person.duty_phone or person.phone, words, case_id=None)
