"""What the people addressed do: take, return, handle (接单 退回 处置), and ask for more time."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from gridapp.domain.errors import FactsError
from gridapp.domain.vocabulary import Deed, Outcome, PhotoKind, Supervision
from gridapp.domain.workflow import RETURNS_BEFORE_SUPERVISION
from gridapp.services.calendar.promises import limits_at, started_at, step_due_for
from gridapp.services.cases.centre import WordsFacts, category_of, find_unit
from gridapp.services.cases.move import moment_of, move_case, open_for, reply_of
from gridapp.services.cases.report import PHOTOS_MAX_COUNT
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, NeededWords, Order, Sha256
from gridapp.services.times import Moment
from gridapp.services.verbs import verb

Photos = Annotated[tuple[Sha256, ...], Field(max_length=PHOTOS_MAX_COUNT)]


class ReturnFacts(Facts):
    """A return needs a reason and may name the unit that should have it."""

    words: NeededWords
    unit: Annotated[str, Field(max_length=32)] | None = None


class HandleFacts(Facts):
    """What came of it; ``words`` is the reporter's reply."""

    outcome: Outcome
    words: NeededWords
    before: Photos = ()
    after: Photos = ()


class AskExtensionFacts(Facts):
    """Until when more time is asked for, and why."""

    words: NeededWords
    to: Moment


def shots(before: Photos, after: Photos) -> list[tuple[PhotoKind, str]]:
    """Give before and after photos with their kinds."""
    return [(PhotoKind.BEFORE, sha) for sha in before] + [(PhotoKind.AFTER, sha) for sha in after]


@verb(Deed.TAKE, WordsFacts)
def take_case(act: Act, order: Order, facts: WordsFacts) -> dict[str, Any]:
    """Take a dispatched case: the taker holds it from now on."""
    row = open_for(act, order, Deed.TAKE).row
    limits = limits_at(act, category_of(act, row), row.urgency, started_at(row))
    move_case(
        act, row, Deed.TAKE, order, words=facts.words,
        holder_id=act.actor.person_id,
        step_due_at=step_due_for(act, row, limits.handle, moment_of(act, row, order)),
    )  # fmt: skip
    return reply_of(row, order.uid)


@verb(Deed.RETURN, ReturnFacts)
def return_case(act: Act, order: Order, facts: ReturnFacts) -> dict[str, Any]:
    """Return a case that is not ours; the second return goes to supervision.

    Raises:
        FactsError: The unit suggested does not exist.
    """
    opened = open_for(act, order, Deed.RETURN)
    row = opened.row
    suggested = find_unit(act, facts.unit, opened.grid_path).name if facts.unit else ""
    again = row.return_count + 1 >= RETURNS_BEFORE_SUPERVISION
    raised = again and row.supervision in {Supervision.NONE, Supervision.URGED}
    move_case(
        act, row, Deed.RETURN, order, words=facts.words,
        facts={"suggested_unit": suggested} if suggested else {},
        return_count=row.return_count + 1, holder_id=None, unit_id=None, step_due_at=None,
        supervision=Supervision.YELLOW_CARD if raised else row.supervision,
    )  # fmt: skip
    return reply_of(row, order.uid)


@verb(Deed.HANDLE, HandleFacts)
def handle_case(act: Act, order: Order, facts: HandleFacts) -> dict[str, Any]:
    """Handle a case: solved, explained or honestly not solved, with the reply and photos."""
    row = open_for(act, order, Deed.HANDLE).row
    move_case(
        act, row, Deed.HANDLE, order, words=facts.words, is_public=True,
        facts={"outcome": facts.outcome.value}, photos=shots(facts.before, facts.after),
        outcome=facts.outcome, reply=facts.words, handled_at=moment_of(act, row, order),
        holder_id=act.actor.person_id, step_due_at=None, extension_asked_to=None,
    )  # fmt: skip
    return reply_of(row, order.uid)


@verb(Deed.ASK_EXTENSION, AskExtensionFacts)
def ask_extension(act: Act, order: Order, facts: AskExtensionFacts) -> dict[str, Any]:
    """Ask the centre for more time; the due moment stays until it is granted."""
    row = open_for(act, order, Deed.ASK_EXTENSION).row
    _demand_later(facts.to, row.due_at)
    move_case(
        act, row, Deed.ASK_EXTENSION, order, words=facts.words,
        facts={"to": facts.to.isoformat()}, extension_asked_to=facts.to,
    )  # fmt: skip
    return reply_of(row, order.uid)


def _demand_later(moment: datetime, due_at: datetime) -> None:
    if moment <= due_at:
        raise FactsError("延期要晚于现在的期限。", fields={"to": "要晚于现在的期限"})
