"""The street's own duties and promises: printed from their day on, kept by an administrator."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import Field

from gridapp.domain.errors import FactsError
from gridapp.domain.printed_words import (
    DEFAULT_LINES,
    DUTIES_OF,
    Wording,
    joined,
    lines_of,
    wording_fault,
)
from gridapp.domain.ruling import RuleKind
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.prints.glyphs import covered
from gridapp.services.rules.book import the_book
from gridapp.services.rules.change import Target, change_rule
from gridapp.services.times import Day
from gridapp.services.verbs import verb

_MOST_SENT: Final = 2000
_NAMED_MOST: Final = 5


class WordingFacts(Facts):
    """The words, a line for each duty or promise; empty goes back to those the program brings."""

    words: Annotated[str, Field(max_length=_MOST_SENT)]
    from_on: Day | None = None


@dataclass(frozen=True)
class WordingView:
    """Words on a print as they stand today.

    Args:
        lines: A duty or promise each.
        is_own: Whether the street wrote them.
        ahead_count: How many changes lie ahead.
    """

    wording: Wording
    version: int
    lines: tuple[str, ...]
    is_own: bool
    ahead_count: int


def own_lines(act: Act, wording: Wording) -> tuple[str, ...]:
    """Give what the street says of its own today; none for the program's words."""
    told = the_book(act).state(RuleKind.WORDING, wording, act.now)
    lines = lines_of(str(told["words"])) if told else ()
    return () if wording_fault(wording, lines) else lines


def duties_today(act: Act) -> dict[Role, str]:
    """Say what residents may turn to a post for, by its role."""
    return {
        role: joined(own_lines(act, wording) or DEFAULT_LINES[wording])
        for role, wording in DUTIES_OF.items()
    }


def printing_fault(wording: Wording, lines: tuple[str, ...]) -> str:
    """Tell why words cannot be printed; empty when they can."""
    return wording_fault(wording, lines) or _glyph_fault(lines)


@verb(Deed.CHANGE_WORDING, WordingFacts)
def change_wording(act: Act, order: Order, facts: WordingFacts) -> dict[str, Any]:
    """Write words for prints; what is printed from their day on says them.

    Raises:
        FactsError: There is no such place for words, they do not fit, our fonts cannot write them,
            the day has passed, or nothing changes.
        ConflictError: Somebody has changed them meanwhile.
    """
    demand(act, Deed.CHANGE_WORDING)
    if order.subject not in set(Wording):
        raise FactsError("没有这一项。", fields={"subject": "没有这一项"})
    wording = Wording(order.subject)
    lines = lines_of(facts.words)
    if fault := printing_fault(wording, lines):
        raise FactsError(fault, fields={"words": fault})
    words = "" if lines == DEFAULT_LINES[wording] else "\n".join(lines)
    target = Target(RuleKind.WORDING, wording, {"words": ""})
    return change_rule(act, order, target, {"words": words}, from_on=facts.from_on)


def list_wordings(act: Act) -> tuple[WordingView, ...]:
    """List the words that a street may write for its prints.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.CHANGE_WORDING)
    return tuple(_view(act, wording) for wording in Wording)


def _view(act: Act, wording: Wording) -> WordingView:
    own, book = own_lines(act, wording), the_book(act)
    return WordingView(
        wording=wording, version=book.version(RuleKind.WORDING, wording),
        lines=own or DEFAULT_LINES[wording], is_own=bool(own),
        ahead_count=book.ahead(RuleKind.WORDING, wording, act.now),
    )  # fmt: skip


def _glyph_fault(lines: tuple[str, ...]) -> str:
    missing = tuple(dict.fromkeys(_missing(lines)))
    if not missing:
        return ""
    told = "、".join(f"「{sign}」（U+{ord(sign):04X}）" for sign in missing[:_NAMED_MOST])
    more = f"等{len(missing)}个" if len(missing) > _NAMED_MOST else ""
    return f"字库里没有{told}{more}，印出来会是方框，请换个字。"


def _missing(lines: tuple[str, ...]) -> Iterator[str]:
    have = covered()
    return (sign for line in lines for sign in line if ord(sign) not in have)
