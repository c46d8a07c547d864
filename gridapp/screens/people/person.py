"""One person with every post, the portrait's consent and the account: ``/admin/person``."""

from typing import Final

import reflex as rx

from gridapp.domain.vocabulary import Deed
from gridapp.screens.people.asking import AskState
from gridapp.screens.people.fields import line
from gridapp.screens.people.person_state import PLACE, ConsentRow, PersonState, PostRow
from gridapp.screens.people.sheets import ask_button, ask_sheet, said_line
from gridapp.screens.staff import PRODUCT, entered, notice_bar, staff_tabs
from gridapp.ui.blanks import empty
from gridapp.ui.frame import staff_frame, top_bar

_TITLE: Final = "人员"
_MISSING: Final = "没有找到这个人"
_MISSING_WHY: Final = "地址可能不完整，请从人员列表里打开。"
_BACK: Final = "回到人员列表"
_NO_POST: Final = "还没有岗位"
_NO_POST_WHY: Final = "安排岗位后才能开始工作。"
_WAITING: Final = "等安全管理员确认："
_SELF: Final = "这是您自己的账号：停用和结束岗位要由另一位管理员办理。"
_DEEDS: Final = [
    Deed.CHANGE_PERSON, Deed.DISABLE_PERSON, Deed.ENABLE_PERSON, Deed.SHOW_FACE, Deed.HIDE_FACE,
    Deed.GIVE_POST, Deed.END_POST, Deed.HAND_OVER, Deed.GIVE_LEAVE, Deed.END_LEAVE,
    Deed.RESET_PASSWORD, Deed.UNLOCK, Deed.END_SESSIONS,
]  # fmt: skip

_PERSON = PersonState.person


def _fact(label: str, value: rx.Var[str] | str) -> rx.Component:
    return rx.fragment(rx.el.dt(label), rx.el.dd(value))


def _ask(deed: Deed, look: str = "button plain short") -> rx.Component:
    return ask_button(PLACE, deed, _PERSON.id, _PERSON.version, _PERSON.name, look)


def _head() -> rx.Component:
    return rx.el.section(
        rx.cond(
            _PERSON.portrait != "",
            rx.el.img(src=_PERSON.portrait, alt=f"{_PERSON.name}的照片", class_name="person-face"),
        ),
        rx.el.div(
            rx.el.h2(
                _PERSON.name, rx.el.span(_PERSON.standing, class_name="badge"),
                class_name="person-name",
            ),
            rx.el.dl(
                _fact("账号", _PERSON.login),
                rx.cond(_PERSON.phone != "", _fact("手机", _PERSON.phone)),
                rx.cond(_PERSON.duty_phone != "", _fact("值班电话", _PERSON.duty_phone)),
                class_name="facts",
            ),
            class_name="person-told",
        ),
        rx.cond(PersonState.keeps, _keeper_buttons()),
        class_name="card person-head",
    )  # fmt: skip


def _keeper_buttons() -> rx.Component:
    return rx.cond(
        _PERSON.is_disabled,
        rx.el.div(_ask(Deed.ENABLE_PERSON), class_name="row wrap"),
        rx.el.div(
            _ask(Deed.CHANGE_PERSON),
            _ask(Deed.SHOW_FACE),
            rx.cond(_PERSON.portrait != "", _ask(Deed.HIDE_FACE)),
            rx.cond(
                _PERSON.is_self,
                rx.el.p(_SELF, class_name="quiet small"),
                _ask(Deed.DISABLE_PERSON, "button plain short grave-word"),
            ),
            class_name="row wrap",
        ),
    )


def _post(row: PostRow) -> rx.Component:
    def ask(deed: Deed) -> rx.Component:
        about = f"{_PERSON.name}：{row.grid} · {row.title}"
        return ask_button(PLACE, deed, row.id, row.version, about)

    buttons = rx.cond(
        row.may_hand_over,
        rx.el.div(
            ask(Deed.HAND_OVER), ask(Deed.GIVE_LEAVE), ask(Deed.END_POST), class_name="row wrap"
        ),
        rx.el.div(ask(Deed.END_POST), class_name="row wrap"),
    )
    return rx.el.li(
        rx.el.p(
            f"{row.grid} · {row.title}", rx.el.span(row.when, class_name="badge"),
            class_name="timeline-what",
        ),
        rx.el.p(row.days, class_name="timeline-when"),
        rx.cond(row.notes != "", rx.el.p(row.notes, class_name="quiet small")),
        rx.cond(
            PersonState.keeps & ~row.is_past & ~_PERSON.is_self & ~_PERSON.is_disabled, buttons
        ),
        key=row.id,
        class_name=rx.cond(row.is_past, "post past", rx.cond(row.is_now, "post now", "post")),
    )  # fmt: skip


def _posts() -> rx.Component:
    return rx.el.section(
        rx.el.h2("岗位", class_name="cells-title"),
        rx.cond(
            PersonState.waiting.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.div(
                rx.foreach(PersonState.waiting, lambda words: rx.el.p(_WAITING, words, key=words)),
                class_name="notice",
            ),
        ),
        rx.cond(
            PersonState.posts.length() > 0,  # type: ignore[attr-defined]  # likewise
            rx.el.ol(rx.foreach(PersonState.posts, _post), class_name="card posts"),
            empty(_NO_POST, _NO_POST_WHY),
        ),
        class_name="stack",
    )


def _consent(row: ConsentRow) -> rx.Component:
    return rx.el.li(
        row.words,
        key=row.words,
    )  # fmt: skip


def _consents() -> rx.Component:
    return rx.cond(
        PersonState.consents.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
        rx.el.section(
            rx.el.h2("照片公示的同意记录", class_name="cells-title"),
            rx.el.ul(rx.foreach(PersonState.consents, _consent), class_name="card work-lines"),
            class_name="stack",
        ),
    )


def _account() -> rx.Component:
    account = PersonState.account
    return rx.cond(
        account.is_shown,
        rx.el.section(
            rx.el.h2("账号安全", class_name="cells-title"),
            rx.el.div(
                rx.el.dl(
                    _fact("未退出的登录", account.sessions),
                    _fact("最近使用", account.last_seen),
                    rx.cond(account.locked_until != "", _fact("锁定到", account.locked_until)),
                    class_name="facts",
                ),
                rx.el.div(
                    rx.cond(
                        _PERSON.is_self | _PERSON.is_disabled,
                        rx.fragment(),
                        _ask(Deed.RESET_PASSWORD),
                    ),
                    rx.cond(account.locked_until != "", _ask(Deed.UNLOCK)),
                    _ask(Deed.END_SESSIONS),
                    class_name="row wrap",
                ),
                class_name="card stack",
            ),
            rx.cond(
                PersonState.failures.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
                rx.el.details(
                    rx.el.summary("登录失败的记录"),
                    rx.el.ul(
                        rx.foreach(PersonState.failures, lambda words: rx.el.li(words, key=words)),
                        class_name="work-lines",
                    ),
                    class_name="card fold",
                ),
            ),
            class_name="stack",
        ),
    )


def _page() -> rx.Component:
    back = rx.el.a(_BACK, href="/admin/people", class_name="button short")
    return rx.cond(
        PersonState.is_missing,
        empty(_MISSING, _MISSING_WHY, back),
        rx.el.div(
            notice_bar(),
            said_line(),
            _head(),
            _account(),
            _posts(),
            _consents(),
            class_name="stack",
        ),
    )


def _change() -> list[rx.Component]:
    return [
        line("name", "姓名", _PERSON.name, needed=True, is_first=True),
        line("phone", "手机", _PERSON.phone, kind="tel", help_words="也可以用来登录，不公示。"),
        line(
            "duty_phone", "值班电话", _PERSON.duty_phone, kind="tel",
            help_words="公示在楼栋页和公示牌上。",
        ),
    ]  # fmt: skip


@rx.page(route="/admin/person", title=f"{_TITLE} · {PRODUCT}", on_load=PersonState.load)
def person() -> rx.Component:
    """Show one person."""
    may_give = PersonState.keeps & ~_PERSON.is_disabled & ~PersonState.is_missing
    return staff_frame(
        entered(_page, is_ready=PersonState.is_ready),
        head=top_bar(_TITLE, back="/admin/people"),
        tabs=staff_tabs("/admin"),
        bottom=rx.cond(may_give, _ask(Deed.GIVE_POST, "button primary"), rx.fragment()),
        over=ask_sheet(_DEEDS, {Deed.CHANGE_PERSON: _change}),
        is_covered=AskState.deed != "",
    )
