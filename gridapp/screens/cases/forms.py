"""The sheet over a case: the form of each deed, or the list of further deeds."""

from collections.abc import Callable
from typing import Final

import reflex as rx

from gridapp.domain.labels import BLOCK_KIND, DEED, SUPERVISION, URGENCY
from gridapp.domain.vocabulary import BlockKind, Deed, Supervision, Urgency
from gridapp.screens.cases.deeds import AT_ONCE, DeedButton
from gridapp.screens.cases.doing import MORE, DeedState
from gridapp.screens.cases.state import CaseState
from gridapp.screens.session import SessionState
from gridapp.screens.staff import event_of
from gridapp.ui.fields import Choice, choice_field, line_field, moment_field, words_field
from gridapp.ui.links import whole_page_link
from gridapp.ui.sheet import sheet

_WORDS = "说明"
_REASON = "理由"
_KEEP = "不变："
_OWN_GRID = "本网格（网格员和网格长）"
_URGENCIES = [Choice(urgency.value, URGENCY[urgency]) for urgency in Urgency]
_LEVELS = [
    Choice(level.value, SUPERVISION[level] or "解除督办")
    for level in (Supervision.YELLOW_CARD, Supervision.RED_CARD, Supervision.NONE)
]
_BLOCK_KINDS = [Choice(kind.value, BLOCK_KIND[kind]) for kind in BlockKind]
_BLOCK_DAYS = [Choice(days, f"{days}天") for days in ("7", "30", "90")]

Fields = Callable[[], list[rx.Component]]


def _words() -> list[rx.Component]:
    return [words_field("words", _WORDS, is_first=True)]


def _reason(help_words: str = "") -> Fields:
    return lambda: [
        words_field("words", _REASON, needed=True, help_words=help_words, is_first=True)
    ]


def _accept() -> list[rx.Component]:
    case = CaseState.case
    return [
        choice_field(
            "category", "分类", DeedState.categories, nothing=_KEEP + case.category, is_first=True
        ),
        choice_field("urgency", "紧急程度", _URGENCIES, nothing=_KEEP + case.urgency),
        words_field("words", _WORDS),
    ]


def _dispatch() -> list[rx.Component]:
    return [
        choice_field("unit", "派给", DeedState.units, nothing=_OWN_GRID, is_first=True),
        words_field("words", "交办要求"),
    ]


def _return() -> list[rx.Component]:
    return [
        words_field("words", "退回理由", needed=True, is_first=True),
        choice_field("unit", "建议转给", DeedState.units, nothing="不清楚"),
    ]


def _pause() -> list[rx.Component]:
    return [
        words_field("words", "挂起理由", needed=True, help_words="居民会看到。", is_first=True),
        moment_field("resume_at", "何时恢复", DeedState.due_default),
    ]


def _ask_extension() -> list[rx.Component]:
    return [
        moment_field("to", "延到何时", DeedState.due_default, is_first=True),
        words_field("words", _REASON, needed=True),
    ]


def _extend() -> list[rx.Component]:
    return [
        moment_field("to", "延到何时", DeedState.due_default, is_first=True),
        words_field("words", _WORDS, help_words="居民会看到。"),
    ]


def _supervise() -> list[rx.Component]:
    return [
        choice_field("level", "督办级别", _LEVELS, is_first=True),
        words_field("words", "督办意见", needed=True),
    ]


def _merge() -> list[rx.Component]:
    return [
        line_field("into", "并入哪件事（事件编号）", needed=True, is_first=True),
        words_field("words", _WORDS),
    ]


def _add_words() -> list[rx.Component]:
    return [
        words_field("words", "补充内容", needed=True, is_first=True),
        rx.el.label(
            rx.el.input(type="checkbox", name="is_private"),
            rx.el.span("只给工作人员看"),
            class_name="row check",
        ),
    ]


def _publish() -> list[rx.Component]:
    return [
        words_field(
            "words", "公开的文字", is_first=True,
            help_words="不填就用居民的原话，其中的电话和证件号会自动遮住。请不要写姓名和门牌。",
        ),
        rx.el.label(
            rx.el.input(type="checkbox", name="all_photos"),
            rx.el.span("照片也公开（已看过，没有人脸、门牌和车牌）"),
            class_name="row check",
        ),
    ]  # fmt: skip


def _block() -> list[rx.Component]:
    return [
        choice_field("kind", "屏蔽什么", _BLOCK_KINDS, is_first=True),
        choice_field("days", "屏蔽多久", _BLOCK_DAYS, chosen="30"),
        words_field(
            "words", _REASON, needed=True,
            help_words="之后的上报照常收下，先由派单员甄别。理由会留存备查，可以随时解除。",
        ),
    ]  # fmt: skip


_FIELDS: Final[dict[Deed, Fields]] = {
    Deed.ACCEPT: _accept,
    Deed.DECLINE: _reason("这段话会作为答复发给居民。"),
    Deed.DISPATCH: _dispatch,
    Deed.RETURN: _return,
    Deed.VERIFY: _words,
    Deed.REDO: _reason("写清哪里没有做好。"),
    Deed.CLOSE: _words,
    Deed.REOPEN: _reason(),
    Deed.PAUSE: _pause,
    Deed.RESUME: _words,
    Deed.ASK_EXTENSION: _ask_extension,
    Deed.EXTEND: _extend,
    Deed.LET_IN: _words,
    Deed.URGE: _words,
    Deed.SUPERVISE: _supervise,
    Deed.MERGE: _merge,
    Deed.ADD_WORDS: _add_words,
    Deed.REVEAL: _reason("查看记录会留存备查。"),
    Deed.PUBLISH: _publish,
    Deed.UNPUBLISH: _reason(),
    Deed.BLOCK: _block,
}
_GRAVE: Final = {Deed.DECLINE, Deed.RETURN, Deed.REDO, Deed.MERGE, Deed.BLOCK}


def _form(deed: Deed, fields: Fields) -> rx.Component:
    kind = "grave" if deed in _GRAVE else "primary"
    return rx.el.form(
        *fields(),
        rx.el.button(
            f"确认{DEED[deed]}", type="submit", disabled=DeedState.busy,
            class_name=f"button {kind}",
        ),
        on_submit=DeedState.submit,
        class_name="form",
    )  # fmt: skip


def _refusal() -> rx.Component:
    """Show why it was not done, and how the case stands now."""
    return rx.el.div(
        rx.cond(
            SessionState.notice != "",
            rx.el.div(
                rx.el.p(SessionState.notice),
                rx.el.p(f"现在的状态：{CaseState.case.status}"),
                key=f"{SessionState.notice_count}",
                class_name="notice error",
            ),
        ),
        role="alert",
    )


def deed_button(button: DeedButton, look: str) -> rx.Component:
    """Show a button for a deed: done at once, opened as a form, or led to its own page."""
    return rx.cond(
        button.href != "",
        whole_page_link(button.label, href=button.href, class_name=look),
        rx.cond(
            _is_one_of(button.deed, [deed.value for deed in AT_ONCE]),
            _press(button.label, event_of(DeedState.do_at_once, button.deed), look),
            _press(button.label, event_of(DeedState.open_form, button.deed), look),
        ),
    )


def _is_one_of(deed: str, deeds: list[str]) -> bool:
    wanted = deed == deeds[0]
    for other in deeds[1:]:
        wanted = wanted | (deed == other)
    return wanted


def _press(label: str, event: object, look: str) -> rx.Component:
    return rx.el.button(
        label, type="button", on_click=event, disabled=DeedState.busy, class_name=look
    )


def _further_deeds() -> rx.Component:
    return rx.el.div(
        rx.foreach(
            CaseState.more,
            lambda button: deed_button(
                button, rx.cond(button.is_grave, "button grave", "button plain")
            ),
        ),
        class_name="stack",
    )


def deed_sheet() -> rx.Component:
    """Show the form of the deed that is being done, over the page."""
    forms = [(deed.value, _form(deed, fields)) for deed, fields in _FIELDS.items()]
    return rx.cond(
        (DeedState.deed != "") & (DeedState.label != ""),
        sheet(
            DeedState.label,
            _refusal(),
            rx.match(DeedState.deed, (MORE, _further_deeds()), *forms, rx.fragment()),
            on_close=DeedState.close_form,
        ),
    )
