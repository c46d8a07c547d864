"""The state of a form that is open over a page: opened, tried, sent once, refused in place.

A page's own state mixes it in and says who may use it (``allowed``) and how it is begun and done.
The deed's id is made when the form opens, so that a double tap, or a tap whose answer was lost,
does it once.
"""

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from uuid import uuid4

import reflex as rx

from gridapp.domain.errors import FactsError
from gridapp.domain.fields import named
from gridapp.domain.vocabulary import Deed, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.guard.allow import Mark, put_mark
from gridapp.screens.session import SessionState, do, look
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of
from gridapp.ui.fields import Choice

FormFacts = dict[str, str | bool]
_TYPED_MAX_CHARACTERS = 2000


@dataclass(frozen=True)
class OpenForm:
    """The form that is open; without a deed there is none.

    Args:
        deed: What it does.
        label: Its title.
        code: Of what it is done to; empty for something new.
        fills: What its controls begin with, by their names.
        options: What may be chosen, by the name of the choice.
        key: Another with each opening, so that controls are drawn anew.
        is_retired: Whether what it shows is out of use.
        is_own: Whether the street wrote it, so that it can go back to what the program brings.
        notes: What is said above the controls.
    """

    deed: str = ""
    label: str = ""
    code: str = ""
    fills: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[Choice]] = field(default_factory=dict)
    key: str = ""
    today: str = ""
    is_retired: bool = False
    is_own: bool = False
    notes: list[str] = field(default_factory=list)


CLOSED = OpenForm()


@dataclass(frozen=True)
class Preview:
    """What would come of what is typed: what is wrong with it, or lines, and how it would look."""

    fault: str = ""
    lines: list[str] = field(default_factory=list)
    sample: str = ""


class FormState(rx.State, mixin=True):
    """What every state with a form over its page shares."""

    allowed: ClassVar[tuple[Role, ...]] = ()

    open: OpenForm = CLOSED
    preview: Preview = Preview()
    busy: bool = False
    said: str = ""
    _uid: str = ""
    _version: int | None = None
    _tried: dict[str, str] = {}

    def __init_subclass__(cls, **more: Any) -> None:
        """Let the handlers of the mixins be called by those whom the page names.

        Raises:
            TypeError: It names nobody.
        """
        super().__init_subclass__(**more)
        if cls._mixin:  # Reflex keeps the keyword ``mixin`` here and hands it on to nobody
            return
        if not cls.allowed:
            raise TypeError(f"{cls.__name__}: say which roles may use it")
        for handler in cls.event_handlers.values():
            if handler.fn.__module__.startswith("gridapp.screens.kit."):
                put_mark(handler, Mark(frozenset(cls.allowed)))

    @rx.event
    async def close_form(self) -> None:
        """Put the form away."""
        await self._quiet()
        self.open = CLOSED

    @rx.event
    async def try_value(self, name: str, value: str) -> None:
        """Say what would come of a value that is being typed."""
        if name in self.open.fills and len(value) <= _TYPED_MAX_CHARACTERS:
            self._tried = self._tried | {name: value.strip()}
            await self._weigh()

    async def _weigh(self) -> None:
        """Fill in the preview; a page without one leaves it."""

    async def _quiet(self) -> None:
        """Put away what was refused last."""
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""

    async def _begin(self, form: OpenForm, version: int | None) -> None:
        """Open a form with what stands now."""
        today = await look(self, _today) or ""
        self._uid, self._version, self._tried = str(uuid4()), version, dict(form.fills)
        self.preview = Preview()
        self.open = replace(form, key=self._uid, today=today)
        await self._weigh()

    async def _do(self, deed: Deed, facts: dict[str, Any], labels: dict[str, str]) -> Done | None:
        """Do a deed under the id that was made when its form opened; None when it is refused."""
        if self.busy:
            return None
        self.busy = True
        await self._quiet()
        order = Order(deed, self.open.code, facts, self._version, uid=uid_of(self._uid))
        done = await do(self, _deal, order, labels)
        self.busy = False
        return done


def _deal(act: Act, order: Order, labels: dict[str, str]) -> Done:
    try:
        return do_deed(act, order)
    except FactsError as refusal:
        raise named(refusal, labels) from refusal


def _today(act: Act) -> str:
    return beijing_date(act.now).isoformat()


def from_words(on: str, today: str) -> str:
    """Say from when something holds: 现在起, 2026年12月1日起."""
    if not on or on == today:
        return "现在起"
    year, month, day = on.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日起"
