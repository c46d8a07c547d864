"""Keeps a case from being forgotten: urge, supervise (催办 督办)."""

from typing import Any

from gridapp.domain.vocabulary import Deed, Supervision
from gridapp.services.cases.centre import WordsFacts
from gridapp.services.cases.move import move_case, open_for, reply_of
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, NeededWords, Order
from gridapp.services.verbs import verb

_CARDS = [Supervision.NONE, Supervision.URGED, Supervision.YELLOW_CARD, Supervision.RED_CARD]


class SuperviseFacts(Facts):
    """Why the case is watched, and how closely."""

    words: NeededWords
    level: Supervision = Supervision.YELLOW_CARD


@verb(Deed.URGE, WordsFacts)
def urge_case(act: Act, order: Order, facts: WordsFacts) -> dict[str, Any]:
    """Urge those who have the case; a higher supervision stays."""
    row = open_for(act, order, Deed.URGE).row
    level = max(row.supervision, Supervision.URGED, key=_CARDS.index)
    move_case(act, row, Deed.URGE, order, words=facts.words, supervision=level)
    return reply_of(row, order.uid)


@verb(Deed.SUPERVISE, SuperviseFacts)
def supervise_case(act: Act, order: Order, facts: SuperviseFacts) -> dict[str, Any]:
    """Put a case under supervision, or end it with the level ``none``."""
    row = open_for(act, order, Deed.SUPERVISE).row
    move_case(
        act, row, Deed.SUPERVISE, order, words=facts.words,
        facts={"level": facts.level.value}, supervision=facts.level,
    )  # fmt: skip
    return reply_of(row, order.uid)
