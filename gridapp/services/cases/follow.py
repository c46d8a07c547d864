"""Shows a matter to somebody who met it too: how it stands, never what another wrote of it."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.clockwords import due_words
from gridapp.domain.errors import NotThereError
from gridapp.domain.labels import STATUS_FOR_REPORTER
from gridapp.domain.vocabulary import Deed, Status
from gridapp.services.cases.cards import as_named, card_of, due_for_reporter, named_cases
from gridapp.services.cases.history import steps_for_reporter
from gridapp.services.cases.views import StepView
from gridapp.services.desk import Act
from gridapp.tables import Case, MeToo

# What the reporter alone does says something of the reporter.
_REPORTERS_OWN = frozenset({Deed.RATE, Deed.ADD_WORDS, Deed.REOPEN, Deed.THANK})


@dataclass(frozen=True)
class FollowView:
    """A case for one who said "me too": no words, no photos, no number of the reporter's."""

    place: str
    category: str
    status: str
    status_label: str
    due_words: str
    due_state: str
    promise_words: str
    me_too_count: int
    steps: tuple[StepView, ...]


def follow_case(act: Act) -> FollowView:
    """Show the matter that the actor's token follows.

    Raises:
        NotThereError: Nobody follows anything by this token.
    """
    followed = select(col(MeToo.case_id)).where(col(MeToo.track) == act.actor.track)
    found = act.session.execute(named_cases().where(col(Case.id).in_(followed))).first()
    if found is None:
        raise NotThereError
    named = as_named(found)
    row, card = named.row, card_of(act, named, "")
    assert row.id is not None
    due_state, words_of_due = due_for_reporter(card)
    return FollowView(
        place=card.place,
        category=card.category,
        status=card.status,
        status_label=STATUS_FOR_REPORTER[Status(row.status)],
        due_words=words_of_due,
        due_state=due_state,
        promise_words=due_words(act.now, row.due_at),
        me_too_count=row.me_too_count,
        steps=_bare(steps_for_reporter(act, row.id)),
    )


def _bare(steps: tuple[StepView, ...]) -> tuple[StepView, ...]:
    """Leave of each step that it happened; a reporter is "somebody" to everyone else."""
    return tuple(
        replace(step, words="", photos=(), actor="" if step.actor == "您" else step.actor)
        for step in steps
        if step.deed not in _REPORTERS_OWN
    )
