"""Facts made of a record's fields: the bounds of ``domain.fields`` as pydantic checks them."""

from collections.abc import Iterable
from enum import Enum
from typing import Annotated, Any, Literal

from pydantic import Field as Bounds
from pydantic import StringConstraints, create_model

from gridapp.domain.fields import (
    Chosen,
    Day,
    Field,
    Limit,
    Line,
    OneOf,
    Questions,
    Several,
    Whole,
    Words,
    YesNo,
)
from gridapp.services import times
from gridapp.services.orders import Facts

_LIMIT_MAX_CHARACTERS = 24


def facts_model(
    name: str, about: str, fields: Iterable[Field], *, is_new: bool = False, **more: Any
) -> type[Facts]:
    """Make the facts of a deed that makes a record, or changes one.

    Args:
        name: Of the class, for descriptions and tracebacks.
        about: Its docstring.
        fields: Of the record.
        is_new: Whether what a record needs must be said; else every field may be left out, and
            what never changes has none.
        more: Fields besides, as ``create_model`` takes them: a type and a default.
    """
    asked: dict[str, Any] = {}
    for field in fields:
        if field.is_fixed and not is_new:
            continue
        kind = _type_of(field)
        must = is_new and field.needed and field.unsaid is None
        asked[field.name] = (kind, ...) if must else (kind | None, None)
    return create_model(name, __base__=Facts, __doc__=about, **(asked | more))


def told_of(facts: Facts, *without: str) -> dict[str, Any]:
    """Give what facts say, as JSON keeps it; what was left out is not there."""
    return facts.model_dump(mode="json", exclude={*without}, exclude_none=True)


def _text(longest: int, *, needed: bool) -> Any:
    return Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=int(needed), max_length=longest),
    ]


def _type_of(field: Field) -> Any:  # noqa: PLR0911 - one way for each kind of field
    match field.kind:
        case Line(longest=longest) | Words(longest=longest) | Chosen(longest=longest):
            return _text(longest, needed=field.needed)
        case Limit():
            return _text(_LIMIT_MAX_CHARACTERS, needed=False)
        case Whole(least=least, most=most):
            return Annotated[int, Bounds(ge=least, le=most)]
        case OneOf(words=words):
            vocabulary = type(next(iter(words)))
            return vocabulary if issubclass(vocabulary, Enum) else Literal[*words]
        case Several(most=most, longest=longest) | Questions(most=most, longest=longest):
            return Annotated[list[_text(longest, needed=True)], Bounds(max_length=most)]  # type: ignore[misc]  # made of bounds
        case Day():
            return times.Day
        case YesNo():
            return bool
