"""One value of each type that a handler's argument may have, as it would come over the wire."""

import inspect
import types
from collections.abc import Callable
from enum import Enum
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter

_PLAIN: Final[dict[Any, Any]] = {
    str: "x",
    int: 1,
    float: 1.0,
    bool: True,
    dict: {},
    list: [],
    Any: "x",
}


def sample_payload(function: Callable[..., Any], mark: object) -> dict[str, Any]:
    """Give arguments that a marked handler accepts; an unmarked one is refused before."""
    if mark is None:
        return {}
    hints = get_type_hints(function)
    names = list(inspect.signature(function).parameters)[1:]
    payload = {name: _sample(hints[name]) for name in names}
    for name in names:
        TypeAdapter(hints[name]).validate_python(payload[name])
    return payload


def _sample(hint: Any) -> Any:
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return None if type(None) in get_args(hint) else _sample(get_args(hint)[0])
    if origin is Literal:
        return get_args(hint)[0]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint)).value
    if (origin or hint) in _PLAIN:
        return _PLAIN[origin or hint]
    members = get_type_hints(hint)
    if members:
        return {name: _sample(member) for name, member in members.items()}
    raise TypeError(f"say in samples.py what a {hint} looks like on the wire")
