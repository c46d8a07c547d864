"""The sheet that asks before a deed on people, posts or departments, whichever page opened it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta
from typing import Any, Final
from uuid import uuid4

import reflex as rx

from gridapp.domain.labels import DEED, ROLE
from gridapp.domain.vocabulary import Deed, Role
from gridapp.domain.workcalendar import beijing_date
from gridapp.guard.allow import allow
from gridapp.screens.people.telling import Form, facts_of
from gridapp.screens.people.work import unit_work_lines, work_lines
from gridapp.screens.session import SessionState, do, look, look_by_id
from gridapp.screens.who import ADMINISTRATORS
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act
from gridapp.services.orders import Order, uid_of
from gridapp.services.people.choices import find_grids, list_departments
from gridapp.services.people.directory import find_people
from gridapp.services.people.handovers import see_when_moved
from gridapp.services.people.open_work import see_open_work, see_post_work
from gridapp.services.people.resets import OneTime, ask_or_reset, confirm_reset
from gridapp.services.people.titles import list_titles
from gridapp.services.subjects import id_of
from gridapp.services.units.retire import see_unit_work
from gridapp.ui.fields import Choice

_WAITS: Final = "已提交，等安全管理员确认后生效。"

Reload = Callable[["AskState"], Awaitable[None]]
_RELOADS: Final[dict[str, Reload]] = {}


def reloads(place: str, reload: Reload) -> None:
    """Say how a page reads itself anew after a deed that was asked for on it."""
    _RELOADS[place] = reload


class AskState(SessionState):
    """The open form. Its deed's id is made when it opens, so that a double tap does it once."""

    deed: str = ""
    label: str = ""
    about: str = ""
    busy: bool = False
    said: str = ""
    password: str = ""
    half: int = 0
    found: list[Choice] = []
    is_nothing: bool = False
    titles: list[Choice] = []
    units: list[Choice] = []
    role: str = ""
    work: list[str] = []
    today: str = ""
    tomorrow: str = ""
    when: str = ""
    _told: tuple[str, str, int, str] = ("", "", 0, "")

    @rx.event
    @allow(*ADMINISTRATORS)
    async def open_form(
        self, place: str, deed: str, subject: str, version: int, about: str
    ) -> None:
        """Open the form of a deed on a person, a post or a department."""
        if deed not in set(Deed) or place not in _RELOADS:
            return
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = self.said = self.password = ""
        self.half = 0
        self._told = (place, subject, version, str(uuid4()))
        self.deed, self.label, self.about = deed, DEED[Deed(deed)], about[:120]
        self.found, self.work, self.busy, self.is_nothing = [], [], False, False
        today = await look(self, _today) or date.min
        self.today = today.isoformat()
        self.tomorrow = (today + timedelta(days=1)).isoformat()
        await self._offer(Deed(deed), subject)

    async def _offer(self, deed: Deed, subject: str) -> None:
        """Read what the form shows and lets choose from."""
        if deed is Deed.GIVE_POST:
            departments = await look(self, list_departments) or ()
            self.units = [Choice(one.code, one.name) for one in departments]
            await self._choose_role(Role.GRID_WORKER)
        elif deed is Deed.HAND_OVER:
            one = await look_by_id(self, see_post_work, subject)
            self.work = work_lines([one]) if one else []
            await self._say_when(self.tomorrow)
        elif deed is Deed.END_POST:
            one = await look_by_id(self, see_post_work, subject)
            self.work = work_lines([one]) if one else []
        elif deed is Deed.DISABLE_PERSON:
            self.work = work_lines(await look_by_id(self, see_open_work, subject) or ())
        elif deed is Deed.RETIRE_UNIT:
            work = await look_by_id(self, see_unit_work, subject)
            self.work = unit_work_lines(work) if work else []
            departments = await look(self, list_departments) or ()
            self.units = [Choice(d.code, d.name) for d in departments if d.name != self.about]

    async def _choose_role(self, role: Role) -> None:
        views = await look(self, list_titles) or ()
        self.role = role.value
        self.titles = [
            Choice(title, title) for view in views if view.role is role for title in view.titles
        ]

    @rx.event
    @allow(*ADMINISTRATORS)
    async def choose_role(self, role: str) -> None:
        """Offer the titles of another role."""
        if role in ROLE:
            await self._choose_role(Role(role))

    async def _say_when(self, first_on: str) -> None:
        try:
            day = date.fromisoformat(first_on)
        except ValueError:
            self.when = ""
        else:
            self.when = await look(self, see_when_moved, day) or ""

    @rx.event
    @allow(*ADMINISTRATORS)
    async def choose_first_on(self, first_on: str) -> None:
        """Say when the work goes along if somebody takes over from a day on."""
        await self._say_when(first_on[:10])

    @rx.event
    @allow(*ADMINISTRATORS)
    async def look_for_person(self, words: str) -> None:
        """Offer the people who are called so."""
        people = await look(self, find_people, words[:64]) or ()
        self.found = [
            Choice(str(one.id), f"{one.name}（{'，'.join(one.posts) or one.login}）")
            for one in people
        ]
        self.is_nothing = bool(words.strip()) and not people

    @rx.event
    @allow(*ADMINISTRATORS)
    async def look_for_grid(self, words: str) -> None:
        """Offer the grids that are called so."""
        grids = await look(self, find_grids, words[:64]) or ()
        self.found = [
            Choice(one.code, f"{one.name}（{one.context}）" if one.context else one.name)
            for one in grids
        ]
        self.is_nothing = bool(words.strip()) and not grids

    @rx.event
    @allow(*ADMINISTRATORS)
    async def close_form(self) -> None:
        """Put the form away, and a one-time password with it."""
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        self.deed = self.password = ""

    @rx.event
    @allow(*ADMINISTRATORS)
    async def submit(self, form: dict[str, str | bool | None]) -> AsyncIterator[Any]:
        """Do the deed whose form is open; a second tap finds the form closed."""
        if not self.deed or self.password:
            return
        self.busy = True
        yield
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""
        place, subject, version, uid = self._told
        deed = Deed(self.deed)
        if deed in {Deed.RESET_PASSWORD, Deed.CONFIRM_RESET}:
            shown = await do(self, _show_once, deed, subject, version, str(form.get("words") or ""))
            if shown is not None:
                self.password, self.half = shown.password, shown.half
            await _RELOADS[place](self)
        else:
            done = await do(self, _do_once, deed, subject, version, uid, form)
            if done is not None:
                self.said = _WAITS if done.reply.get("is_waiting") else f"已{self.label}。"
                self.deed = ""
                await _RELOADS[place](self)
                if deed in _OPENS:
                    yield rx.redirect(_OPENS[deed].format(**done.reply))
        self.busy = False


# What is new is opened at once.
_OPENS: Final = {
    Deed.ADD_PERSON: "/admin/person?id={person}",
    Deed.ADD_UNIT: "/admin/unit?id={unit}",
}


def _do_once(  # noqa: PLR0913, PLR0917 - what an order is made of
    act: Act, deed: Deed, subject: str, version: int, uid: str, form: Form
) -> Done:
    order = Order(
        deed, subject, facts_of(deed, form), version if version >= 0 else None, uid=uid_of(uid)
    )
    return do_deed(act, order)


def _today(act: Act) -> date:
    return beijing_date(act.now)


def _show_once(act: Act, deed: Deed, subject: str, version: int, words: str) -> OneTime:
    """Do what gives a password, or half of one: no receipt of it is kept."""
    if deed is Deed.CONFIRM_RESET:
        return confirm_reset(act, id_of(subject), version)
    return ask_or_reset(act, id_of(subject), words)
