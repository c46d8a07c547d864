"""What the reporter does after reporting: add words, rate, reopen (补充 评价 重开)."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from gridapp.domain.errors import TooLateError
from gridapp.domain.vocabulary import Deed, PhotoKind, Satisfaction
from gridapp.domain.workflow import REOPEN_WITHIN_DAYS
from gridapp.services.calendar.promises import promise_case
from gridapp.services.cases.centre import category_of
from gridapp.services.cases.events import LIMIT
from gridapp.services.cases.handle import Photos
from gridapp.services.cases.lives import FRESH, ended_life
from gridapp.services.cases.move import moment_of, move_case, open_for, reply_of
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, NeededWords, Order, Words
from gridapp.services.verbs import verb
from gridapp.tables import Case


class RateFacts(Facts):
    """What the reporter says of it; only the satisfaction is needed."""

    contacted: bool | None = None
    solved: bool | None = None
    satisfaction: Satisfaction
    words: Words = ""


class AddWordsFacts(Facts):
    """More words or photos for a case; staff may keep theirs from the reporter."""

    words: NeededWords
    photos: Photos = ()
    is_public: bool = True


class ReopenFacts(Facts):
    """Why it is not settled."""

    words: NeededWords
    source: Annotated[str, Field(max_length=16)] = ""


@verb(Deed.RATE, RateFacts)
def rate_case(act: Act, order: Order, facts: RateFacts) -> dict[str, Any]:
    """Rate a closed case; a later rating replaces the earlier, both stay in the history."""
    row = open_for(act, order, Deed.RATE).row
    move_case(
        act, row, Deed.RATE, order, words=facts.words, is_public=True,
        facts={"satisfaction": facts.satisfaction.value},
        contacted=facts.contacted, solved=facts.solved,
        satisfaction=facts.satisfaction, rated_at=act.now,
    )  # fmt: skip
    return reply_of(row, order.uid)


@verb(Deed.ADD_WORDS, AddWordsFacts)
def add_words(act: Act, order: Order, facts: AddWordsFacts) -> dict[str, Any]:
    """Add words and photos to an open case."""
    row = open_for(act, order, Deed.ADD_WORDS).row
    move_case(
        act, row, Deed.ADD_WORDS, order, words=facts.words, is_public=facts.is_public,
        photos=[(PhotoKind.WORDS, sha256) for sha256 in facts.photos],
    )  # fmt: skip
    return reply_of(row, order.uid)


def may_reopen(row: Case, act: Act) -> bool:
    """Tell whether a closed case is still young enough to be reopened."""
    closed_at = row.closed_at
    return closed_at is not None and act.now <= closed_at + timedelta(days=REOPEN_WITHIN_DAYS)


@verb(Deed.REOPEN, ReopenFacts)
def reopen_case(act: Act, order: Order, facts: ReopenFacts) -> dict[str, Any]:
    """Reopen a case within 15 days; it goes to the operations centre with a new promise.

    What it was closed with stays in the figures of its days.

    Raises:
        TooLateError: The 15 days are over.
    """
    row = open_for(act, order, Deed.REOPEN).row
    if not may_reopen(row, act):
        raise TooLateError(f"办结超过 {REOPEN_WITHIN_DAYS} 天，请重新上报。")
    at = moment_of(act, row, order)
    due = promise_case(act, category_of(act, row), row.urgency, at)
    life = ended_life(row)
    fresh = FRESH | {
        "reopen_count": row.reopen_count + 1,
        "reopened_at": at,
        "reopened_due_at": due.due_at,
        "due_at": due.due_at,
        "due_limit": str(due.limit),
        "due_provisional": due.provisional,
        "step_due_at": due.step_due_at,
    }
    move_case(
        act, row, Deed.REOPEN, order, words=facts.words, is_public=True,
        facts={LIMIT: str(due.limit)}, **fresh,
    )  # fmt: skip
    act.session.add(life)
    return reply_of(row, order.uid)
