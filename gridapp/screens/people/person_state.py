"""What the page of one person holds: the person, their posts, their account."""

from dataclasses import dataclass

import reflex as rx

from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed
from gridapp.guard.allow import allow
from gridapp.screens.people.asking import AskState, reloads
from gridapp.screens.people.standing import STANDING
from gridapp.screens.session import SessionState, look_by_id
from gridapp.screens.staff import greet
from gridapp.screens.who import KEEPERS
from gridapp.services.people.directory import Standing
from gridapp.services.people.see_person import ConsentView, PersonView, PostView, see_person

PLACE = "person"
_WHEN = {"now": "在任", "ahead": "待上岗", "past": "已结束"}


@dataclass(frozen=True)
class PostRow:
    """A post in the time-line."""

    id: str
    version: int
    title: str
    grid: str
    days: str
    when: str
    is_now: bool
    is_past: bool
    notes: str
    may_hand_over: bool


@dataclass(frozen=True)
class ConsentRow:
    """Consent to the portrait."""

    words: str
    stands: bool


@dataclass(frozen=True)
class Known:
    """What is known of the person."""

    id: str = ""
    version: int = 0
    name: str = ""
    login: str = ""
    phone: str = ""
    duty_phone: str = ""
    standing: str = ""
    is_disabled: bool = False
    is_self: bool = False
    portrait: str = ""


@dataclass(frozen=True)
class Account:
    """How the person signs in."""

    is_shown: bool = False
    locked_until: str = ""
    sessions: str = ""
    last_seen: str = ""


class PersonState(SessionState):
    """One person."""

    is_ready: bool = False
    is_missing: bool = False
    keeps: bool = False
    guards: bool = False
    person: Known = Known()
    posts: list[PostRow] = []
    waiting: list[str] = []
    consents: list[ConsentRow] = []
    account: Account = Account()
    failures: list[str] = []
    _id: str = ""

    @rx.event
    @allow(*KEEPERS)
    async def load(self) -> None:
        """Open the person whom the address names."""
        actor = await greet(self)
        self.keeps = may_at_all(Deed.CHANGE_PERSON, actor.roles)
        self.guards = may_at_all(Deed.SEE_ACCOUNT, actor.roles)
        self._id = self.router.url.query_parameters.get("id", "")[:9]
        ask = await self.get_state(AskState)
        ask.deed = ask.password = ""
        if self.person.id != self._id:
            self.is_ready = False
            ask.said = ""
        await read_person(self)


async def read_person(page: PersonState) -> None:
    """Read the person anew."""
    key = page._id  # noqa: SLF001 - its own, kept from the browser
    view = await look_by_id(page, see_person, key)
    page.is_missing = view is None
    if view is not None:
        _show(page, view)
    session = await page.get_state(SessionState)
    if session.notice_code == "not_there":
        session.notice = session.notice_code = ""
    page.is_ready = True


def _show(page: PersonState, view: PersonView) -> None:
    page.person = Known(
        id=str(view.id),
        version=view.version,
        name=view.name,
        login=view.login,
        phone=view.phone,
        duty_phone=view.duty_phone,
        standing=STANDING[view.standing],
        is_disabled=view.standing is Standing.DISABLED,
        is_self=view.is_self,
        portrait=view.portrait,
    )
    page.posts = [_post(post) for post in view.posts]
    page.waiting = list(view.waiting)
    page.consents = [_consent(one) for one in view.consents]
    told = view.account
    page.account = Account() if told is None else Account(
        is_shown=True, locked_until=told.locked_until,
        sessions=f"{told.session_count}处" if told.session_count else "没有",
        last_seen=told.last_seen or "还没有登录过",
    )  # fmt: skip
    page.failures = list(told.failures) if told else []


def _post(view: PostView) -> PostRow:
    notes = [view.unit, "责任人" if view.accountable else ""]
    notes.append(f"代{view.for_whom}的班" if view.is_leave else "")
    notes.append(view.handover)
    if view.title != view.role:
        notes.insert(0, view.role)
    return PostRow(
        id=str(view.id),
        version=view.version,
        title=view.title,
        grid=view.grid,
        days=view.days,
        when=_WHEN[view.when],
        is_now=view.when == "now",
        is_past=view.when == "past",
        notes=" · ".join(note for note in notes if note),
        may_hand_over=view.may_hand_over,
    )


def _consent(view: ConsentView) -> ConsentRow:
    return ConsentRow(view.words, view.stands)


async def _reload(ask: AskState) -> None:
    await read_person(await ask.get_state(PersonState))


reloads(PLACE, _reload)
