"""Arguments of an event as the handler's annotations promise them, or a refusal.

Reflex itself passes on the raw value when a coercion fails, so a handler would meet a list where it
declared a number.
"""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, NotRequired, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config
from reflex_base.utils.form import transform_form_data
from typing_extensions import TypedDict

from gridapp.domain.errors import FactsError

_LONGEST_TEXT_CHARACTERS: Final = 20_000
_CONFIG: Final = ConfigDict(
    extra="forbid", allow_inf_nan=False, str_max_length=_LONGEST_TEXT_CHARACTERS
)


def checked_arguments(function: Callable[..., Any], payload: Mapping[str, Any]) -> dict[str, Any]:
    """Give the payload of an event in the types that the handler's function declares.

    Raises:
        FactsError: An argument is missing, unknown or of the wrong kind; ``fields`` names them.
    """
    hints, shape = _shape(function)
    try:
        plain = {
            name: transform_form_data(value, hints.get(name)) for name, value in payload.items()
        }
        arguments = shape.validate_python(plain)
    except ValidationError as error:
        raise FactsError(
            fields=[str(part["loc"][0]) for part in error.errors() if part["loc"]]
        ) from None
    except (TypeError, ValueError, KeyError):
        # What a forged form does to Reflex's own decoding of forms.
        raise FactsError(fields=list(payload)) from None
    if any(_holds_nul(value) for value in plain.values()):
        raise FactsError(fields=list(payload))
    return dict(arguments)


@cache
def _shape(function: Callable[..., Any]) -> tuple[dict[str, Any], TypeAdapter[dict[str, Any]]]:
    """Build, once for each handler, what its arguments must look like."""
    hints = get_type_hints(function, include_extras=True)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    fields = {
        parameter.name: hints[parameter.name]
        if parameter.default is parameter.empty
        else NotRequired[hints[parameter.name]]
        for parameter in parameters
    }
    shape: Any = TypedDict("Arguments", fields)  # type: ignore[misc]  # made from a signature
    adapter: TypeAdapter[dict[str, Any]] = TypeAdapter(with_config(_CONFIG)(shape))  # type: ignore[arg-type]  # likewise
    return hints, adapter


def _holds_nul(value: Any) -> bool:
    """Tell whether a NUL hides in the value: PostgreSQL stores none, so it is refused here."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, Mapping):
        return any(_holds_nul(key) or _holds_nul(part) for key, part in value.items())
    return isinstance(value, list | tuple) and any(_holds_nul(part) for part in value)
