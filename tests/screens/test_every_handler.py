"""Every handler that Reflex has registered, called over a raw socket by everyone there is.

Which handlers there are comes from Reflex, not from a list of ours: a new one is tried on the day
it is written.
"""

from typing import Any, Final

import pytest

from gridapp.domain.vocabulary import Role
from tests.screens.conftest import Serve, Served
from tests.screens.wire import Wire

_STATE: Final = "reflex___state____state"
_FRONTEND_ERRORS: Final = f"{_STATE}.reflex___state____frontend_event_exception_state"
_ON_LOAD: Final = f"{_STATE}.reflex___state____on_load_internal_state"

# What a page needs of Reflex itself, drawn by hand: nothing else of Reflex answers anybody.
_FRAMEWORK: Final[dict[str, dict[str, Any]]] = {
    f"{_STATE}.hydrate": {},
    f"{_STATE}.hydrate_and_load": {},
    f"{_ON_LOAD}.on_load_internal": {},
    f"{_ON_LOAD}.set_is_hydrated": {"value": True},
    f"{_FRONTEND_ERRORS}.handle_frontend_exception": {"info": "x", "component_stack": ""},
}
_EVERYONE: Final = ["", *(role.value for role in Role if role is not Role.RESIDENT)]
# Fewer than the gate lets through at once (``guard.gate.Limits``).
_AT_ONCE: Final = 40
_DOORS: Final = "tests.screens.house_of_doors:app"
_APPS: Final = [_DOORS, "gridapp.gridapp:app"]


def _expected(name: str, who: list[str] | str | None, role: str) -> str:
    if name in _FRAMEWORK or who == "anyone":
        return "reached"
    if who is None:
        return "not_allowed"
    if not role:
        return "reached" if Role.RESIDENT in who else "session.needed"
    return "reached" if who == "signed in" or role in who else "not_allowed"


def _surprises(served: Served, role: str) -> dict[str, str]:
    """Call every handler as one role; give what came of those that did not go as drawn."""
    found = {}
    for handlers in _portions(served):
        wire = Wire.as_role(served.port, role)
        for name, handler in handlers:
            wire.send(name, **_FRAMEWORK.get(name, handler["payload"]))
            fate = wire.fate(name)
            if fate != _expected(name, handler["who"], role):
                found[name] = fate
        wire.close()
    return found


def _portions(served: Served) -> list[list[tuple[str, Any]]]:
    """Give the handlers in portions: one socket may not say everything in one breath."""
    handlers = list(served.handlers.items())
    return [handlers[at : at + _AT_ONCE] for at in range(0, len(handlers), _AT_ONCE)]


@pytest.mark.parametrize("app", _APPS)
def test_each_handler_answers_those_it_is_marked_for_and_nobody_else(
    app: str, serve: Serve
) -> None:
    with serve(app, record="1") as served:
        surprises = {role: _surprises(served, role) for role in _EVERYONE}
    assert set(_FRAMEWORK) < set(served.handlers)
    assert surprises == {role: {} for role in _EVERYONE}


@pytest.mark.parametrize("app", _APPS)
def test_without_the_guard_anybody_reaches_every_handler(app: str, serve: Serve) -> None:
    with serve(app, record="1", guard="off") as served:
        surprises = _surprises(served, "")
    assert set(surprises.values()) == {"reached"}
    assert any(name.endswith(".setvar") for name in surprises)
