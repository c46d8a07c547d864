"""Codes for all buildings of an area that have none: asked, confirmed, told what came of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

import reflex as rx

from gridapp.domain.permissions import may_at_all
from gridapp.domain.vocabulary import Deed, WorkKind, WorkState
from gridapp.guard.allow import allow
from gridapp.screens.register.doing import REFRESH
from gridapp.screens.session import SessionState, do, look
from gridapp.screens.who import REGISTER_READERS
from gridapp.services.deeds import Done, do_deed
from gridapp.services.desk import Act, Actor
from gridapp.services.orders import Order, uid_of
from gridapp.services.prints.views import Sheet
from gridapp.services.register.issuing import BareView, count_bare, see_bare
from gridapp.services.register.refusals import BareChangedError
from gridapp.services.register.scope import ScopeView, see_scope
from gridapp.services.works.views import WorkView, see_last_work

_NOTHING: Final = BareView("", 0, "", is_long=False)
_NONE_LEFT: Final = "这个范围的楼都有楼栋码了。"
# What came of long work is told for so long to whoever opens the page again.
_TOLD_FOR: Final = timedelta(days=1)


@dataclass(frozen=True)
class Last:
    """The asker's last long issuing, and the area that it was for."""

    work: WorkView
    scope: ScopeView


class IssueState(SessionState):
    """How many buildings have no code; the sheet that asks; the long work; what was done.

    The deed's id is made with the question, so that a second tap on the answer does nothing more.
    """

    count: int = 0
    is_asking: bool = False
    is_busy: bool = False
    is_working: bool = False
    bare: BareView = _NOTHING
    works: list[str] = []
    said: str = ""
    print_at: str = ""
    _scope: ScopeView = ScopeView()
    _may_issue: bool = False
    _may_print: bool = False
    _uid: str = ""
    _last: str = ""
    _heard: str = ""

    async def open_for(self, actor: Actor, scope: ScopeView) -> None:
        """Begin anew for a page that opens, narrowed to an area or not."""
        self._scope, self.is_asking, self.is_busy, self.said = scope, False, False, ""
        self._may_issue = may_at_all(Deed.ISSUE_CODE, actor.roles)
        self._may_print = may_at_all(Deed.ORDER_PRINT, actor.roles)
        await self.read()
        await self.tell_last()

    async def read(self) -> None:
        """Count anew how many buildings have no code."""
        is_counted = self._may_issue and self._scope.is_there
        self.count = await look(self, count_bare, self._scope.code) or 0 if is_counted else 0

    async def tell_last(self) -> None:
        """Show the last long work until it is done, and then what came of it."""
        last = await look(self, _see_last) if self._may_issue else None
        self.works = [last.work.uid] if last and last.work.state != WorkState.DONE else []
        self.is_working = last is not None and last.work.is_open
        self._last = last.work.uid if last else ""
        if last and not self.works and self._last != self._heard:
            self._say(_done_words(last.work.result), last.scope)

    def _say(self, words: str, scope: ScopeView) -> None:
        self.said = words
        self.print_at = _print_address(scope) if self._may_print and scope.is_there else ""

    @rx.event
    @allow(*REGISTER_READERS)
    async def ask(self) -> None:
        """Ask whether all that have no code shall get one; says how many they are now."""
        await self._clear()
        bare = await look(self, see_bare, self._scope.code)
        if bare is None:
            return
        self.bare, self._uid, self.is_asking = bare, str(uuid4()), bare.count > 0
        if not self.is_asking:
            self._say(_NONE_LEFT, self._scope)
            await REFRESH["list"](self)

    @rx.event
    @allow(*REGISTER_READERS)
    async def put_away(self) -> None:
        """Put the question away."""
        await self._clear()
        self.is_asking = False

    @rx.event
    @allow(*REGISTER_READERS)
    async def confirm(self) -> AsyncIterator[Any]:
        """Do what was asked; when it is another number by now, ask again with that one."""
        if not self.is_asking or self.is_busy:
            return
        self.is_busy = True
        yield
        await self._clear()
        done = await do(self, _issue, self._scope.code, self.bare.mark, self._uid)
        self.is_busy = False
        if done is None:
            await self._ask_again()
            return
        self.is_asking = False
        if "work" in done.reply:
            self.works, self.is_working, self.said = [str(done.reply["work"])], True, ""
        else:
            self._say(f"已给{done.reply['count']}栋楼发了楼栋码。", self._scope)
        await REFRESH["list"](self)

    async def _ask_again(self) -> None:
        session = await self.get_state(SessionState)
        if session.notice_code == BareChangedError.code:
            bare = await look(self, see_bare, self._scope.code)
            self.bare, self._uid = bare or self.bare, str(uuid4())

    @rx.event
    @allow(*REGISTER_READERS)
    async def hear(self) -> None:
        """Put away what was said, and do not say it again of the same long work."""
        self.said, self._heard = "", self._last

    @rx.event
    @allow(*REGISTER_READERS)
    async def refresh(self) -> None:
        """Read again, when long work has ended."""
        await self.tell_last()
        await REFRESH["list"](self)

    async def _clear(self) -> None:
        session = await self.get_state(SessionState)
        session.notice = session.notice_code = ""


def _issue(act: Act, grid: str, mark: str, uid: str) -> Done:
    where = {"grid": grid} if grid else {"everywhere": True}
    return do_deed(act, Order(Deed.ISSUE_CODE, facts={**where, "mark": mark}, uid=uid_of(uid)))


def _see_last(act: Act) -> Last | None:
    """Give what the actor asked for last, while it is open and for a day."""
    work = see_last_work(act, WorkKind.ISSUE_CODES)
    if work is None or not (work.is_open or work.asked_at > act.now - _TOLD_FOR):
        return None
    return Last(work, see_scope(act, str(work.result.get("grid", ""))))


def _done_words(result: dict[str, Any]) -> str:
    issued = int(result.get("issued_count", 0))
    others = int(result.get("seen_count", 0)) - issued
    more = f"另有{others}栋已经有码或不再使用，没有再发。" if others else ""
    return f"已给{issued}栋楼发了楼栋码。{more}"


def _print_address(scope: ScopeView) -> str:
    """Give where the posters of what has changed or was never printed are printed."""
    where = {"grid": scope.code, "place": scope.name} if scope.code else {}
    told = {"sheet": Sheet.POSTER.value, "changed": "1", **where}
    return f"/admin/print?{urlencode(told)}"
