"""Settles a case on the spot: report to closing in one deed (随手清)."""

from typing import Annotated, Any

from pydantic import Field

from gridapp.domain.errors import FactsError
from gridapp.domain.offline import counted_at
from gridapp.domain.vocabulary import Deed, Outcome
from gridapp.services.case_access import open_case
from gridapp.services.cases.centre import category_of
from gridapp.services.cases.handle import Photos, shots
from gridapp.services.cases.move import moment_of, move_case, open_for, reply_of
from gridapp.services.cases.report import PlacedFacts, ReportFacts, report_case
from gridapp.services.desk import Act
from gridapp.services.orders import NeededWords, Order, Words
from gridapp.services.verbs import verb
from gridapp.tables import Case


class SettleFacts(PlacedFacts):
    """What was found and what was done; ``at`` and ``text`` when there is no case yet."""

    at: Annotated[str, Field(max_length=64)] | None = None
    text: Words = ""
    category: Annotated[str, Field(max_length=32)] | None = None
    words: NeededWords
    outcome: Outcome = Outcome.SOLVED
    before: Photos = ()
    after: Photos = ()


@verb(Deed.SETTLE, SettleFacts)
def settle_case(act: Act, order: Order, facts: SettleFacts) -> dict[str, Any]:
    """Settle what a worker found, or a case just reported, in the own grid.

    Raises:
        FactsError: The place or the text of a new case is missing, or the category may not be
            settled on the spot.
        NotThereError: The place lies outside the own grids.
    """
    row = open_for(act, order, Deed.SETTLE).row if order.subject else _new_case(act, order, facts)
    category = category_of(act, row)
    if category and not category.may_settle:
        sentence = f"「{category.name}」不能当场办结，请上报。"
        raise FactsError(sentence, fields={"category": sentence})
    at = moment_of(act, row, order)
    move_case(
        act, row, Deed.SETTLE, order, words=facts.words, is_public=True,
        facts={"outcome": facts.outcome.value}, photos=shots(facts.before, facts.after),
        settled=True, is_held=False, aside_for=None, outcome=facts.outcome, reply=facts.words,
        holder_id=act.actor.person_id, handled_at=at, closed_at=at, step_due_at=None,
    )  # fmt: skip
    return reply_of(row, order.uid)


def _new_case(act: Act, order: Order, facts: SettleFacts) -> Case:
    missing = {
        name: "请填写" for name, given in (("at", facts.at), ("text", facts.text)) if not given
    }
    if missing:
        raise FactsError("请写明地点和情况。", fields=missing)
    report = ReportFacts(
        at=facts.at or "", text=facts.text, category=facts.category, made_at=order.done_at,
        lng_wgs84=facts.lng_wgs84, lat_wgs84=facts.lat_wgs84, accuracy_m=facts.accuracy_m,
    )  # fmt: skip
    # Found and settled in one: what was done without a network counts when it was done.
    found_at = counted_at(order.done_at, act.now)
    reported = report_case(act, order.uid, report, found_at)
    return open_case(act, reported.no, Deed.SETTLE).row
