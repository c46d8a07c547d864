"""The one middleware that every event passes: sent, chained, on_load and background alike."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from reflex.middleware.middleware import Middleware
from reflex.state import (
    BaseState,
    FrontendEventExceptionState,
    OnLoadInternalState,
    State,
    StateUpdate,
)
from reflex_base.event import Event, EventHandler
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from gridapp.domain.errors import GridappError, NotAllowedError
from gridapp.guard.allow import Mark, mark_of
from gridapp.guard.arguments import checked_arguments
from gridapp.guard.cookies import SESSION_COOKIE, read_cookie
from gridapp.services.desk import RESIDENT, Actor

if TYPE_CHECKING:
    from reflex.app import App

logger = logging.getLogger(__name__)

Identify = Callable[[str | None], Actor | None]
TellRefusal = Callable[[BaseState, GridappError], Awaitable[StateUpdate]]

_actor: ContextVar[Actor] = ContextVar("actor of the event that has passed the guard")


def _framework_handlers() -> dict[str, EventHandler]:
    """Name exactly what a page needs of Reflex to come alive; ``setvar`` is not among it."""
    needed = (
        State.event_handlers["hydrate"],
        State.event_handlers["hydrate_and_load"],
        OnLoadInternalState.event_handlers["on_load_internal"],
        OnLoadInternalState.event_handlers["set_is_hydrated"],
        FrontendEventExceptionState.event_handlers["handle_frontend_exception"],
    )
    return {format_event_handler(handler): handler for handler in needed}


def actor_of_event() -> Actor:
    """Give who sent the event that is being handled.

    Raises:
        LookupError: The event has not passed the guard, so nothing may be done in its name.
    """
    return _actor.get()


class EventGuard(Middleware):
    """Lets marked handlers be called by those whom the mark names, and nothing else.

    Args:
        identify: Tells who holds a session cookie; asked anew for each event, so that a session
            that was ended, a post that was taken away and a locked account count at once.
        tell: Puts a refusal where the page shows it.
    """

    def __init__(self, identify: Identify, tell: TellRefusal) -> None:
        self.identify = identify
        self.tell = tell
        self.refused_count: Counter[str] = Counter()
        self._framework = _framework_handlers()

    async def preprocess(self, app: "App", state: BaseState, event: Event) -> StateUpdate | None:
        """Let the event go on (None), or answer it with the refusal."""
        del app  # part of Reflex's interface
        try:
            await self._admit(state, event)
        except GridappError as refusal:
            self.refused_count[refusal.code] += 1
            # The name is one of ours (unknown ones never get here); the arguments stay unlogged.
            logger.warning("refused %s: %s", event.name, refusal.code)
            if event.name in self._framework:
                return StateUpdate()
            return await self.tell(state, refusal)
        return None

    async def _admit(self, state: BaseState, event: Event) -> None:
        framework = self._framework.get(event.name)
        if framework is not None:
            await self._admit_framework(state, event, framework)
            return
        function = RegistrationContext.get().event_handlers[event.name].handler.fn
        mark = mark_of(function)
        if mark is None:
            logger.error("%s has no mark: nobody may call it", event.name)
            raise NotAllowedError
        actor = await self._who()
        mark.check(actor)
        _replace_arguments(event, function)
        _actor.set(actor)

    async def _admit_framework(self, state: BaseState, event: Event, handler: EventHandler) -> None:
        # Values for browser storage: the house keeps none there, so none are taken from there.
        event.payload.pop("vars", None)
        _replace_arguments(event, handler.fn)
        is_snapshot = event.name.rpartition(".")[2].startswith("hydrate")
        if is_snapshot and _session() is not None and (await self._who()).person_id is None:
            # The session has ended: what its holder saw must not be sent once more.
            state.reset()  # type: ignore[no-untyped-call]  # Reflex leaves it untyped

    async def _who(self) -> Actor:
        cookie = _session()
        if cookie is None:
            return RESIDENT
        return await asyncio.to_thread(self.identify, cookie) or RESIDENT


def survey() -> dict[str, Mark | None]:
    """List every handler that Reflex has registered, each with its mark."""
    registered = RegistrationContext.get().event_handlers
    return {name: mark_of(entry.handler.fn) for name, entry in registered.items()}


def _session() -> str | None:
    headers = EventContext.get().router_data.get("headers", {})
    return read_cookie(headers.get("cookie", ""), SESSION_COOKIE)


def _replace_arguments(event: Event, function: Callable[..., Any]) -> None:
    arguments = checked_arguments(function, event.payload)
    event.payload.clear()
    event.payload.update(arguments)
