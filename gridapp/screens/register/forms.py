"""The sheet over the register's pages: one form for each deed."""

from typing import Any, Final

import reflex as rx

from gridapp.domain.labels import DEED
from gridapp.domain.registering import CHECK_OUTCOME, PREMISES_KIND, RECORD_KIND, TENURE
from gridapp.domain.vocabulary import Deed
from gridapp.screens.register.doing import PREMISES, RegisterFormState
from gridapp.screens.session import SessionState
from gridapp.screens.staff import event_of, sheet_refusal
from gridapp.ui.fields import Choice, choice_field, day_field, line_field, words_field
from gridapp.ui.sheet import sheet

_GRAVE: Final = {
    Deed.RETIRE_BUILDING, Deed.RETIRE_CODE, Deed.STRIKE_HOUSEHOLD, Deed.STRIKE_PREMISES,
    Deed.END_VERIFICATION,
}  # fmt: skip
_CONFIRM: Final = {Deed.VERIFY_RECORD: "登记新发现"}
_ONLY_NEW: Final = "只填要改的，其余留空；要删去原来的内容，写「无」。"
_KEEP: Final = "保持不变"
_FOUND: Final = "登记簿里没有、上门才发现的。会写入登记簿，并计入「新发现」。"
_TWIN: Final = "building.twin"
_OTHER: Final = "确实是另一栋"
_TENURES: Final = [Choice(key.value, word) for key, word in TENURE.items()]
_KINDS: Final = [Choice(key.value, word) for key, word in PREMISES_KIND.items()]
_OUTCOMES: Final = [Choice(key.value, word) for key, word in CHECK_OUTCOME.items()]


def press(
    deed: Deed, subject: Any, look: str = "button plain short", label: Any = "", version: Any = 0
) -> rx.Component:
    """Show the button that opens a deed's form."""
    return rx.el.button(
        DEED[deed] if isinstance(label, str) and not label else label,
        type="button", class_name=look,
        on_click=event_of(RegisterFormState.open_form, deed.value, subject, version),
    )  # fmt: skip


def number_field(name: str, label: str, *, needed: bool = False) -> rx.Component:
    """Ask for a whole number, with the digits' keyboard of a phone."""
    mark = [] if needed else [rx.el.span("（可不填）", class_name="optional")]
    return rx.el.div(
        rx.el.label(label, *mark, html_for=name, class_name="field-label"),
        rx.el.input(
            id=name, name=name, type="text", input_mode="numeric", required=needed, max_length=6,
            auto_complete="off", class_name="field-input",
        ),
        class_name="field",
    )  # fmt: skip


def tick(name: str, label: str) -> rx.Component:
    """Ask for yes or no."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name), rx.el.span(label), class_name="choice"
    )


def household_fields(*, is_new: bool) -> list[rx.Component]:
    """Ask who lives where; of a record that is there only what is new."""
    return [
        line_field(
            "unit", "单元", help_words="整栋楼一个单元的可以留空。", is_first=True, longest=8
        ),
        line_field("door", "门牌", needed=is_new, help_words="例如302。", longest=20),
        line_field("name", "户主"),
        line_field("phone", "电话", longest=32, kind="tel"),
        number_field("head_count", "人数"),
        choice_field("tenure", "居住性质", _TENURES, nothing="不清楚" if is_new else _KEEP),
        line_field("remarks", "备注", longest=200),
    ]


def premises_fields(*, is_new: bool) -> list[rx.Component]:
    """Ask what it is and who answers for it; of a record that is there only what is new."""
    kind = [choice_field("kind", "类型", _KINDS, chosen="shop")] if is_new else []
    return [
        *kind,
        line_field("name", "名称", needed=is_new, is_first=True, longest=80),
        line_field("spot", "位置", help_words="在楼里哪个位置，例如一层临街。", longest=40),
        line_field("trade", "业态", help_words="例如小餐饮、理发、仓储。", longest=40),
        choice_field(
            "risk", "风险等级", RegisterFormState.choices, nothing="一般" if is_new else _KEEP
        ),
        line_field("contact", "负责人"),
        line_field("phone", "电话", longest=32, kind="tel"),
        line_field("credit_code", "统一社会信用代码", help_words="18位，没有就留空。", longest=20),
        line_field("remarks", "备注", longest=200),
    ]


def _building_fields(*, is_new: bool) -> list[rx.Component]:
    grid = line_field("grid", "网格编码", needed=True, help_words="楼栋所在的最低一级网格。")
    return [
        *([grid] if is_new else []),
        line_field("name", "名称", needed=is_new, help_words="例如兰溪苑3号楼。"),
        line_field("address", "地址"),
        number_field("unit_count", "单元数"),
        number_field("floor_count", "层数"),
        number_field("household_count", "户数"),
        *([rx.cond(SessionState.notice_code == _TWIN, tick("is_other", _OTHER))] if is_new else []),
    ]


def _why(label: str, help_words: str) -> list[rx.Component]:
    return [words_field("words", label, needed=True, help_words=help_words, is_first=True)]


def _check_fields() -> list[rx.Component]:
    return [
        choice_field("outcome", "结果", _OUTCOMES, chosen="fine", is_first=True),
        words_field(
            "text", "发现了什么", help_words="不要写人名和电话。", when="（发现问题或上报时必填）"
        ),
        tick("report", "同时上报为事件"),
        day_field("next_on", "下次检查", help_words="不填就按风险等级推算。"),
    ]


def _start_fields() -> list[rx.Component]:
    ticks = [tick(kind.value, label) for kind, label in RECORD_KIND.items()]
    return [
        line_field("name", "名称", needed=True, help_words="例如冬季人户核查。", is_first=True),
        line_field(
            "grids", "网格编码", needed=True, help_words="社区或网格的编码，几个之间用空格分开。"
        ),
        rx.el.fieldset(
            rx.el.legend("核查哪些登记", class_name="field-label"),
            rx.el.div(*ticks, class_name="choices"),
            class_name="field",
        ),
        day_field("ends_on", "到哪天结束", needed=True),
    ]


def _only_new(fields: list[rx.Component]) -> list[rx.Component]:
    return [rx.el.p(_ONLY_NEW, class_name="quiet"), *fields]


def _fields() -> dict[Deed, list[rx.Component]]:
    return {
        Deed.ADD_BUILDING: _building_fields(is_new=True),
        Deed.CHANGE_BUILDING: _only_new(_building_fields(is_new=False)),
        Deed.RETIRE_BUILDING: _why("为什么停用", "楼栋码一起停用，以前的事件和记录都还在。"),
        Deed.ISSUE_CODE: [rx.el.p("给这栋楼发一个新码，发完就可以打印。")],
        Deed.REPLACE_CODE: _why(
            "为什么更换", "例如海报被撕走。扫旧码的人会被带到新码，新海报要重新打印。"
        ),
        Deed.RETIRE_CODE: _why("为什么停用", "停用后扫这个码的人，可以自己选择地点上报。"),
        Deed.ENTER_HOUSEHOLD: household_fields(is_new=True),
        Deed.AMEND_HOUSEHOLD: _only_new(household_fields(is_new=False)),
        Deed.STRIKE_HOUSEHOLD: _why("为什么注销", "门牌会空出来，可以再登记别的户。"),
        Deed.ENTER_PREMISES: premises_fields(is_new=True),
        Deed.AMEND_PREMISES: _only_new(premises_fields(is_new=False)),
        Deed.STRIKE_PREMISES: _why("为什么注销", "以前的检查记录都还在。"),
        Deed.CHECK_PREMISES: _check_fields(),
        Deed.ADD_HOUSEHOLD: [
            rx.el.p("姓名、电话和门牌用登记的，不用再填。", class_name="quiet"),
            choice_field("kind", "走访类别", RegisterFormState.choices, is_first=True),
        ],
        Deed.START_VERIFICATION: _start_fields(),
        Deed.VERIFY_RECORD: [
            rx.el.p(_FOUND, class_name="quiet"),
            rx.cond(
                RegisterFormState.subject.endswith(PREMISES),
                rx.fragment(*premises_fields(is_new=True)),
                rx.fragment(*household_fields(is_new=True)),
            ),
        ],
        Deed.END_VERIFICATION: [rx.el.p("结束后不能再记核查，已经记下的都还在。")],
    }


def _form(deed: Deed, fields: list[rx.Component]) -> rx.Component:
    return rx.el.form(
        *fields,
        rx.el.button(
            _CONFIRM.get(deed, f"确认{DEED[deed]}"), type="submit", disabled=RegisterFormState.busy,
            class_name=f"button {'grave' if deed in _GRAVE else 'primary'}",
        ),
        on_submit=RegisterFormState.submit,
        class_name="form",
    )  # fmt: skip


def said_bar() -> rx.Component:
    """Say what was done last; it takes no room when there is nothing to say."""
    return rx.el.div(
        rx.cond(RegisterFormState.said != "", rx.el.p(RegisterFormState.said, class_name="notice")),
        role="status",
        class_name="notice-place",
    )


def register_sheet() -> rx.Component:
    """Show the form that is open, over the page."""
    forms = [(deed.value, _form(deed, fields)) for deed, fields in _fields().items()]
    return rx.cond(
        RegisterFormState.deed != "",
        sheet(
            RegisterFormState.label,
            sheet_refusal(),
            rx.match(RegisterFormState.deed, *forms, rx.fragment()),
            on_close=RegisterFormState.close_form,
        ),
    )
