"""What every page's state shares: who is here, what was refused, and the one way to do a deed."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Concatenate, Final, ParamSpec, TypeVar
from urllib.parse import quote

import reflex as rx
from reflex.istate.proxy import StateProxy
from reflex.state import BaseState, StateUpdate
from reflex_base.event import EventSpec
from reflex_base.event.processor.base_state_processor import chain_updates

from gridapp.domain.errors import GridappError
from gridapp.guard.allow import allow_anyone
from gridapp.guard.failures import log_failure
from gridapp.guard.middleware import actor_of_event
from gridapp.services.desk import Act, Actor, acting, looking
from gridapp.services.subjects import id_of

TROUBLE: Final = GridappError()
SIGN_IN: Final = "/sign-in"

P = ParamSpec("P")
T = TypeVar("T")

logger = logging.getLogger(__name__)


class SessionState(rx.State):
    """The base of every page's state: tiny, because it is sent at each opening of a page.

    A notice is what the last refusal said; ``notice_count`` grows with each, so that the same
    words said twice are noticed twice.
    """

    notice: str = ""
    notice_code: str = ""
    notice_count: int = 0
    sign_in_at: str = SIGN_IN

    @rx.event
    @allow_anyone
    async def close_notice(self) -> None:
        """Put the notice away."""
        self.notice = ""
        self.notice_code = ""

    @rx.event
    @allow_anyone
    async def tell_trouble(self) -> None:
        """Tell that something broke; the log has the rest."""
        _put_notice(self, TROUBLE)


async def do(
    state: rx.State, deed: Callable[Concatenate[Act, P], T], *args: P.args, **kwargs: P.kwargs
) -> T | None:
    """Do a deed in the name of whoever sent the event; gives its view, or None when refused.

    The deed runs in a thread, because a plain function on the event loop makes everybody wait.
    A refusal becomes the notice that the page shows; anything else that goes wrong is logged and
    becomes the notice of trouble. Nothing is ever raised.
    """
    return await _perform(state, acting, deed, *args, **kwargs)


async def look(
    state: rx.State, reader: Callable[Concatenate[Act, P], T], *args: P.args, **kwargs: P.kwargs
) -> T | None:
    """Read in the name of whoever sent the event, without a transaction that writes; see ``do``."""
    return await _perform(state, looking, reader, *args, **kwargs)


async def look_by_id(
    state: rx.State, reader: Callable[Concatenate[Act, int, P], T], subject: str, *args: P.args,
    **kwargs: P.kwargs,
) -> T | None:  # fmt: skip
    """Read a row by its number from an address or a page; what is no number is not there."""

    def read(act: Act) -> T:
        return reader(act, id_of(subject), *args, **kwargs)

    return await _perform(state, looking, read)


async def _perform(
    state: rx.State,
    desk: Callable[[Actor], AbstractContextManager[Act]],
    deed: Callable[Concatenate[Act, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T | None:
    def at_the_desk(actor: Actor) -> T:
        with desk(actor) as act:
            return deed(act, *args, **kwargs)

    try:
        return await asyncio.to_thread(at_the_desk, actor_of_event())
    except GridappError as refusal:
        logger.info("%s refused: %s", deed.__qualname__, refusal.code)
        await _notify(state, refusal)
    except Exception:
        logger.exception("%s failed", deed.__qualname__)
        await _notify(state, TROUBLE)
    return None


async def _notify(state: rx.State, refusal: GridappError) -> None:
    if isinstance(state, StateProxy) and not state._is_mutable():  # noqa: SLF001 - no public way
        # A background event holds the state only while it changes it.
        async with state:
            _put_notice(await state.get_state(SessionState), refusal)
    else:
        _put_notice(await state.get_state(SessionState), refusal)


def _put_notice(session: SessionState, refusal: GridappError) -> None:
    session.notice = _words_of(refusal)
    session.notice_code = refusal.code
    session.notice_count += 1


def _words_of(refusal: GridappError) -> str:
    """Say what was refused; of wrong fields, what is wrong with each that says it in a sentence."""
    fields = refusal.facts.get("fields")
    values = fields.values() if isinstance(fields, dict) else ()
    told = [str(words) for words in values if str(words).endswith("。")]
    is_vague = refusal.sentence == type(refusal).sentence
    return "".join(told) if told and is_vague else refusal.sentence


def _sign_in_at(state: BaseState) -> str:
    """Give the address of the sign-in page that comes back to where the reader is.

    A redirect by Reflex would look for it among Reflex's own pages: the page links to it instead.
    """
    here = state.router.url
    path = here.path or "/"
    place = f"{path}?{here.query}" if here.query else path
    return f"{SIGN_IN}?next={quote(place, safe='/')}"


async def tell_refusal(state: BaseState, refusal: GridappError) -> StateUpdate:
    """Answer an event that the guard has refused: the notice, and the way to sign in."""
    session = await state.get_state(SessionState)
    _put_notice(session, refusal)
    session.sign_in_at = _sign_in_at(state)
    root = state._get_root_state()  # noqa: SLF001 - no public way
    await chain_updates(None, tell_refusal.__qualname__, root_state=root)
    return StateUpdate()


def on_backend_error(exception: Exception) -> EventSpec | None:
    """Log an exception that a handler let slip, and tell the page of trouble."""
    log_failure(exception)
    return SessionState.event_handlers["tell_trouble"]()
