"""Issues the codes of a whole area, some at a time: each step stays, and is counted once."""

from typing import Any, Final

from gridapp.jobs.hand import Hand, Made
from gridapp.services.desk import Desk
from gridapp.services.register.issuing import IssueWorkFacts, issue_some

_STEP: Final = 200
_ISSUING: Final = "发码"


def issue_asked(desk: Desk, hand: Hand) -> Made:
    """Give codes to the buildings that were confirmed and still have none.

    A step of some buildings is one transaction with the count of how far it has come, so that an
    attempt after a cancel or a killed process begins where the last one ended.
    """
    facts = IssueWorkFacts.model_validate(hand.facts)
    seen_count = int(hand.so_far.get("seen_count", 0))
    issued_count = int(hand.so_far.get("issued_count", 0))
    total_count = len(facts.buildings)
    while seen_count < total_count:
        hand.tell(_ISSUING, seen_count, total_count)
        hand.demand_going_on()
        some = facts.buildings[seen_count : seen_count + _STEP]
        with desk.acting(hand.actor) as act:
            issued_count += len(issue_some(act, some, facts.grid))
            seen_count += len(some)
            hand.keep(act, _result(facts, seen_count, issued_count))
    hand.tell(_ISSUING, total_count, total_count)
    return Made(result=_result(facts, total_count, issued_count))


def _result(facts: IssueWorkFacts, seen_count: int, issued_count: int) -> dict[str, Any]:
    return {"grid": facts.grid, "seen_count": seen_count, "issued_count": issued_count}
