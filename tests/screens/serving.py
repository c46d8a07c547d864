"""Serves a Reflex app's back end alone, for tests that talk to its socket.

A process of its own, because Reflex registers states and handlers once for a process. Everything
is told by variables: ``DOOR_APP`` names the app, ``DOOR_SURVEY`` a file for the list of handlers,
``DOOR_GUARD=off`` takes the guard away, ``DOOR_RECORD=1`` makes each handler only say that it was
reached.
"""

import functools
import importlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import reflex as rx
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext
from starlette.types import ASGIApp

from gridapp.guard.allow import Mark
from gridapp.guard.middleware import EventGuard, survey
from tests.screens.people import identify
from tests.screens.samples import sample_payload


def serve() -> ASGIApp:
    module, _, name = os.environ["DOOR_APP"].partition(":")
    app: rx.App = getattr(importlib.import_module(module), name)
    _change_guard(app)
    Path(os.environ["DOOR_SURVEY"]).write_text(json.dumps(_survey()), encoding="utf-8")
    if os.environ.get("DOOR_RECORD"):
        _record_only()
    return app()


def _change_guard(app: rx.App) -> None:
    guards = [part for part in app._middlewares if isinstance(part, EventGuard)]
    for guard in guards:
        guard.identify = identify
    if os.environ.get("DOOR_GUARD") == "off":
        app._middlewares[:] = []


def _survey() -> dict[str, dict[str, Any]]:
    handlers = RegistrationContext.get().event_handlers
    return {
        name: {"who": _who(mark), "payload": sample_payload(handlers[name].handler.fn, mark)}
        for name, mark in survey().items()
    }


def _who(mark: Mark | None) -> list[str] | str | None:
    if mark is None:
        return None
    if mark.is_public:
        return "anyone"
    return sorted(mark.roles) or "signed in"


def _record_only() -> None:
    for name, entry in RegistrationContext.get().event_handlers.items():
        object.__setattr__(entry.handler, "fn", _telling(name, entry.handler.fn))


def _telling(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    async def told(_state: Any, **_arguments: Any) -> Event:
        return Event(name="_reached", payload={"handler": name})

    return told
