"""The town's own words for messages: read when one is promised, changed by an administrator."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import Field

from gridapp.domain.errors import FactsError
from gridapp.domain.message_words import (
    DEFAULT_TEXTS,
    PLACEHOLDERS,
    message_words,
    sms_parts,
    text_fault,
    with_link,
)
from gridapp.domain.ruling import RuleKind
from gridapp.domain.telling import TOLD, Occasion
from gridapp.domain.vocabulary import Deed
from gridapp.services.desk import Act
from gridapp.services.orders import Facts, Order
from gridapp.services.permit import demand
from gridapp.services.rules.book import the_book
from gridapp.services.rules.change import Target, change_rule
from gridapp.services.verbs import verb

_MOST_SENT: Final = 2000
_SAMPLE: Final = {
    "no": "26112800042", "due": "12月4日17:30前", "reply": "物业已更换楼道灯泡，今晚起恢复照明。",
    "outcome": "已解决", "resume": "12月8日09:00", "words": "等待厂家配件到货。",
    "into": "26112700031",
}  # fmt: skip
_SAMPLE_TRACK: Final = "n3Yw0vWq8mKc5TzR1bXeSA"


class TextFacts(Facts):
    """The words for an occasion; empty goes back to those the program brings."""

    words: Annotated[str, Field(max_length=_MOST_SENT)]


@dataclass(frozen=True)
class TextView:
    """The words for an occasion, as they stand and as they come from the program.

    Args:
        deed: After which deed they are sent.
        sample: A message as a reporter would read it, signature and link included.
        sign_count: How many signs the sample has; ``part_count`` is what is paid for.
    """

    occasion: str
    deed: Deed
    version: int
    words: str
    default: str
    is_own: bool
    placeholders: tuple[str, ...]
    sample: str
    sign_count: int
    part_count: int


def text_for(act: Act, occasion: Occasion) -> str:
    """Give the town's own words for an occasion, or none."""
    told = the_book(act).state(RuleKind.TEXT, occasion, act.now)
    return str(told["words"]) if told else ""


@verb(Deed.CHANGE_TEXT, TextFacts)
def change_text(act: Act, order: Order, facts: TextFacts) -> dict[str, Any]:
    """Write the words for an occasion; they hold from the next message on.

    Raises:
        FactsError: No such occasion, a blank that it does not know, or too long.
        ConflictError: Somebody has changed them meanwhile.
    """
    demand(act, Deed.CHANGE_TEXT)
    if order.subject not in set(Occasion):
        raise FactsError("没有这种短信。", fields={"subject": "没有这种短信"})
    occasion = Occasion(order.subject)
    words = " ".join(facts.words.split())
    if fault := text_fault(occasion, words):
        raise FactsError(fault, fields={"words": fault})
    words = "" if words == DEFAULT_TEXTS[occasion] else words
    target = Target(RuleKind.TEXT, occasion, {"words": ""})
    return change_rule(act, order, target, {"words": words})


def list_texts(act: Act, signature: str, public_url: str) -> tuple[TextView, ...]:
    """List the words of every occasion, in the order of a case's life.

    Raises:
        NotAllowedError: Not for this role.
    """
    demand(act, Deed.CHANGE_TEXT)
    return tuple(
        _view(act, occasion, deed, signature, public_url) for deed, occasion in TOLD.items()
    )


def sample_of(occasion: Occasion, words: str, signature: str, public_url: str) -> str:
    """Write a message as a reporter would read it."""
    body = message_words(occasion, words, **_SAMPLE)
    return with_link(body, f"{public_url}/c/{_SAMPLE_TRACK}", signature)


def _view(act: Act, occasion: Occasion, deed: Deed, signature: str, public_url: str) -> TextView:
    own = text_for(act, occasion)
    sample = sample_of(occasion, own, signature, public_url)
    signs, parts = sms_parts(sample)
    return TextView(
        occasion=occasion.value, deed=deed, version=the_book(act).version(RuleKind.TEXT, occasion),
        words=own or DEFAULT_TEXTS[occasion], default=DEFAULT_TEXTS[occasion], is_own=bool(own),
        placeholders=PLACEHOLDERS[occasion], sample=sample, sign_count=signs, part_count=parts,
    )  # fmt: skip
