"""An order for a deed: what a client PUTs, whoever the client is."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)
from pydantic_core import PydanticCustomError

from gridapp.domain.visible import shown_count, shows_nothing

TEXT_MAX_CHARACTERS = 10_000

# A row's id as far as its column goes; SQLite's driver fails on a number of more than 64 bits.
RowId = Annotated[int, Field(ge=1, le=2**31 - 1)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=TEXT_MAX_CHARACTERS)]
NeededWords = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_MAX_CHARACTERS)
]


def shown(least: int) -> AfterValidator:
    """Demand that so many signs of a text are seen; stands in ``Annotated``, as for a reason."""

    def demand_shown(text: str) -> str:
        if shown_count(text) < least:
            raise PydanticCustomError("text_too_short", "too few signs", {"least": least})
        return text

    return AfterValidator(demand_shown)


def uid_of(given: str) -> UUID:
    """Read the id that was made with a page; whoever spoilt it, or had none yet, gets a new one."""
    try:
        return UUID(given)
    except ValueError:
        return uuid4()


_LEVELS = 8
_UNWANTED = {code: None for code in range(32) if chr(code) not in "\n\t"} | {127: None}


def clean_text(text: str) -> str:
    """Give text without control characters and half surrogates, which no database keeps.

    A text of which nobody would see anything is empty; what joins or tunes visible signs stays.
    """
    plain = text.replace("\r\n", "\n").translate(_UNWANTED)
    whole = plain.encode("utf-8", "replace").decode("utf-8")
    return "" if shows_nothing(whole) else whole


def _cleaned(value: Any, depth: int) -> Any:
    """Clean the texts in what JSON can hold; no facts are made of more than some levels."""
    if isinstance(value, str):
        return clean_text(value)
    if not depth:
        return value
    if isinstance(value, list | tuple):
        # A plain list, whatever kind of list it was: a page's own lists are made otherwise.
        return [_cleaned(one, depth - 1) for one in value]
    if isinstance(value, dict):
        return {_cleaned(k, 0): _cleaned(v, depth - 1) for k, v in value.items()}
    return value


class Facts(BaseModel):
    """The facts of a deed; a field that is not known is refused, every text is cleaned."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _clean(cls, value: Any) -> Any:
        return _cleaned(value, _LEVELS)


@dataclass(frozen=True)
class Order:
    """One deed to be done once.

    Args:
        deed: The deed's name, e.g. ``case.accept``.
        subject: A case's public number, a note's id, or empty for something new.
        facts: What the deed's own ``Facts`` asks for.
        version: The version of the subject that the doer looked at.
        done_at: The moment by the doer's own clock.
        uid: The client's id; one deed is done once under it.
    """

    deed: str
    subject: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    version: int | None = None
    done_at: datetime | None = None
    uid: UUID = field(default_factory=uuid4)

    def digest(self) -> str:
        """Tell two contents apart: SHA-256 of what is to be done, the clock and version apart."""
        return digest_of({"deed": self.deed, "subject": self.subject, "facts": self.facts})


def digest_of(content: dict[str, Any]) -> str:
    """Give the SHA-256 of a JSON content, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
