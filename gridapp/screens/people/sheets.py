"""The form of each deed on people, posts and departments, over the page that opened it."""

from collections.abc import Callable
from typing import Final

import reflex as rx

from gridapp.domain.labels import DEED, ROLE
from gridapp.domain.vocabulary import Deed, Role
from gridapp.screens.people.asking import AskState
from gridapp.screens.people.faces import portrait_field
from gridapp.screens.people.fields import field, line, search_choice, tick, why
from gridapp.screens.staff import event_of, sheet_refusal
from gridapp.ui.sheet import sheet

_FIELDS_ROLES: Final = tuple(role for role in Role if role is not Role.RESIDENT)
_GRAVE: Final = frozenset(
    {Deed.DISABLE_PERSON, Deed.END_POST, Deed.RETIRE_UNIT, Deed.HIDE_FACE, Deed.END_SESSIONS}
)
_PHONE_HELP: Final = "也可以用来登录，不公示。"
_DUTY_HELP: Final = "公示在楼栋页和公示牌上。"
_LOGIN_HELP: Final = "工号或简称，2 到 32 位字母、数字，以后不能改。不要用手机号。"
_NEW_HELP: Final = "新增后先安排岗位，再请安全管理员给首次密码。"
_RESET_HELP: Final = "一次性密码只显示这一次。原来的登录会全部退出，首次登录须修改。"
_TWO_HELP: Final = (
    "管理员、派单员、核查员、网格长、领导的密码，要另一位管理员在「岗位」页的「待确认」里确认。"
    "密码分两段，您和确认的人各告诉本人一段。"
)
_ONE_TIME: Final = {
    0: ("一次性密码", "请当面或电话告诉本人。关闭后不再显示，首次登录须修改。"),
    1: ("密码的前半段", "请告诉本人。另一位管理员7天内确认后生效，由那位告诉后半段。"),
    2: ("密码的后半段", "请告诉本人：接在前半段后面，中间加一个减号。首次登录须修改。"),
}
_GRID_HINT: Final = "网格名称或编码"
_PERSON_HINT: Final = "姓名、账号或手机"

Fields = Callable[[], list[rx.Component]]


def _add_person() -> list[rx.Component]:
    return [
        line("login", "账号", needed=True, help_words=_LOGIN_HELP, is_first=True),
        line("name", "姓名", needed=True),
        line("phone", "手机", kind="tel", help_words=_PHONE_HELP),
        line("duty_phone", "值班电话", kind="tel", help_words=_DUTY_HELP),
        rx.el.p(_NEW_HELP, class_name="field-help"),
    ]


def _about_work(then: str) -> rx.Component:
    return rx.el.div(
        rx.el.p("现在手上的工作", class_name="field-label"),
        rx.cond(
            AskState.work.length() > 0,  # type: ignore[attr-defined]  # a Var at run time
            rx.el.ul(
                rx.foreach(AskState.work, lambda words: rx.el.li(words, key=words)),
                class_name="work-lines",
            ),
            rx.el.p("没有在任的岗位。", class_name="quiet"),
        ),
        rx.el.p(then, class_name="field-help"),
        class_name="field",
    )


def _disable() -> list[rx.Component]:
    return [
        _about_work(
            "停用后立即退出登录，岗位到今天为止，排好的夜巡转为请人顶班。账号和历史记录都保留。"
        ),
        why("停用原因", needed=True),
    ]


def _enable() -> list[rx.Component]:
    return [
        rx.el.p("恢复后没有岗位和密码：请重新安排岗位，并请安全管理员给首次密码。"),
        why("说明"),
    ]


def _role_choice() -> rx.Component:
    options = [rx.el.option(ROLE[role], value=role.value) for role in _FIELDS_ROLES]
    control = rx.el.select(
        *options, id="role", name="role", value=AskState.role,
        on_change=AskState.choose_role, class_name="field-input",
    )  # fmt: skip
    return field(
        "岗位", control, name="role",
        help_words="系统管理员、安全管理员、审计员，以及给自己的岗位，要等安全管理员确认。",
    )  # fmt: skip


def _unit_choice(name: str, label: str, nothing: str) -> rx.Component:
    control = rx.el.select(
        rx.el.option(nothing, value=""),
        rx.foreach(
            AskState.units, lambda one: rx.el.option(one.label, value=one.code, key=one.code)
        ),
        id=name, name=name, class_name="field-input",
    )  # fmt: skip
    return field(label, control, name=name)


def _give_post() -> list[rx.Component]:
    titles = rx.el.datalist(
        rx.foreach(AskState.titles, lambda one: rx.el.option(value=one.code, key=one.code)),
        id="post-titles",
    )
    title = rx.el.input(
        id="title", name="title", type="text", max_length=40, auto_complete="off",
        list="post-titles", class_name="field-input",
    )  # fmt: skip
    return [
        _role_choice(),
        search_choice("grid", "网格", _GRID_HINT, AskState.look_for_grid),
        field("职务名称", rx.fragment(title, titles), name="title", needed=False),
        rx.cond(AskState.role == Role.UNIT_OFFICER.value, _unit_choice("unit", "部门", "请选择")),
        tick("accountable", "是这个网格的责任人"),
        rx.el.div(
            line("from_on", "从哪天起", AskState.today, kind="date", needed=True),
            line("to_on", "到哪天为止", kind="date"),
            class_name="pair",
        ),
    ]


def _end_post() -> list[rx.Component]:
    return [
        _about_work(
            "网格的工作留给网格里其他人，已接单的事件不会自己转走；要连同事件和夜巡交给别人，请用「交接岗位」。"
        ),
        line("last_on", "最后一天", AskState.today, kind="date", needed=True, is_first=True),
        why("说明"),
    ]


def _hand_over() -> list[rx.Component]:
    return [
        _about_work("事件、联系户、走访和随手记随网格，由接任的人接着办。"),
        search_choice("to", "接任的人", _PERSON_HINT, AskState.look_for_person),
        line(
            "first_on", "从哪天起接任", AskState.tomorrow, kind="date", needed=True,
            help_words="原任到前一天为止。", on_change=AskState.choose_first_on,
        ),
        rx.el.p(AskState.when, aria_live="polite", class_name="notice"),
        why("说明"),
    ]  # fmt: skip


def _give_leave() -> list[rx.Component]:
    return [
        rx.el.p("这几天代班的人有同样的权限，楼栋页显示代班人的电话，到期自动结束。不用写原因。"),
        search_choice("deputy", "代班的人", _PERSON_HINT, AskState.look_for_person),
        rx.el.div(
            line("from_on", "从哪天起", AskState.today, kind="date", needed=True),
            line("to_on", "到哪天为止", kind="date", needed=True),
            class_name="pair",
        ),
    ]


def _show_face() -> list[rx.Component]:
    return [
        portrait_field(),
        line("agreed_on", "本人哪天同意", AskState.today, kind="date", needed=True),
        line("how", "怎样同意的", "本人当面同意", needed=True, help_words="例如：签了书面同意书。"),
        rx.el.p("本人可以随时撤回，不需要理由。原图不保留，只留小头像。", class_name="field-help"),
    ]


def _add_unit() -> list[rx.Component]:
    return [
        line("name", "部门名称", needed=True, is_first=True),
        line("code", "部门编码", needed=True, help_words="字母、数字，导入和派单用，以后不能改。"),
        line("phone", "电话", kind="tel"),
        line("street", "街道编码", help_words="只有一个街道时不用填。"),
    ]


def _retire_unit() -> list[rx.Component]:
    return [
        _about_work("事件、默认分类和包联的网格转给接手的部门，期限不变；经办人的岗位今天结束。"),
        _unit_choice("to", "由哪个部门接手", "没有未办结的事，不用接手"),
        why("撤销原因", needed=True),
    ]


def _said(words: str, *more: rx.Component) -> Fields:
    return lambda: [rx.el.p(words), *more]


_FORMS: Final[dict[Deed, Fields]] = {
    Deed.ADD_PERSON: _add_person,
    Deed.DISABLE_PERSON: _disable,
    Deed.ENABLE_PERSON: _enable,
    Deed.SHOW_FACE: _show_face,
    Deed.HIDE_FACE: _said("照片从楼栋页上撤下，并记下本人已撤回同意。"),
    Deed.GIVE_POST: _give_post,
    Deed.END_POST: _end_post,
    Deed.HAND_OVER: _hand_over,
    Deed.GIVE_LEAVE: _give_leave,
    Deed.END_LEAVE: _said("本人今天回岗，代班到昨天为止。"),
    Deed.CONFIRM_POST: _said("确认后按日期上岗，双方都记入审计。"),
    Deed.REFUSE_POST: lambda: [why("不同意的理由", needed=True)],
    Deed.RESET_PASSWORD: lambda: [
        rx.el.p(_RESET_HELP),
        rx.el.p(_TWO_HELP, class_name="field-help"),
        why("原因", needed=True, help_words="本人会看到，也记入审计。例如：本人来电，忘记密码。"),
    ],
    Deed.CONFIRM_RESET: _said("请先向本人核实。确认后给出密码的后半段，只显示这一次。"),
    Deed.REFUSE_RESET: lambda: [why("不同意的理由", needed=True)],
    Deed.UNLOCK: lambda: [why("说明", help_words="例如：本人来电核实。")],
    Deed.END_SESSIONS: lambda: [
        rx.el.p("这个人在所有手机和电脑上立即退出登录。"),
        why("说明"),
    ],
    Deed.ADD_UNIT: _add_unit,
    Deed.RETIRE_UNIT: _retire_unit,
}


def ask_button(  # noqa: PLR0913, PLR0917 - what an order is made of
    place: str,
    deed: Deed,
    subject: rx.Var[str] | str,
    version: rx.Var[int] | int,
    about: rx.Var[str] | str,
    look: str = "button plain short",
    word: str = "",
) -> rx.Component:
    """Show the button that opens a deed's form; ``word`` where the deed's own name is too long."""
    return rx.el.button(
        word or DEED[deed],
        rx.el.span(about, class_name="unseen"),
        type="button",
        on_click=event_of(AskState.open_form, place, deed.value, subject, version, about),
        class_name=look,
    )


def ask_sheet(deeds: list[Deed], extra: dict[Deed, Fields] | None = None) -> rx.Component:
    """Show the form that is open, of the deeds that this page knows."""
    forms = {deed: (extra or {}).get(deed) or _FORMS[deed] for deed in deeds}
    shown = [(deed.value, _form(deed, fields())) for deed, fields in forms.items()]
    return rx.cond(
        AskState.deed != "",
        sheet(
            AskState.label,
            rx.cond(AskState.about != "", rx.el.p(AskState.about, class_name="sheet-about")),
            sheet_refusal(),
            rx.cond(
                AskState.password != "",
                _password(),
                rx.match(AskState.deed, *shown, rx.fragment()),
            ),
            on_close=AskState.close_form,
        ),
    )


def _form(deed: Deed, fields: list[rx.Component]) -> rx.Component:
    kind = "grave" if deed in _GRAVE else "primary"
    return rx.el.form(
        *fields,
        rx.el.button(
            f"确认{DEED[deed]}", type="submit", disabled=AskState.busy, class_name=f"button {kind}"
        ),
        on_submit=AskState.submit,
        class_name="form",
    )


def _password() -> rx.Component:
    return rx.el.div(
        _by_half(0, "field-label"),
        rx.el.p(AskState.password, class_name="one-time", aria_live="polite"),
        _by_half(1, "field-help"),
        rx.el.button(
            "已告诉本人，关闭", type="button", on_click=AskState.close_form,
            class_name="button primary",
        ),
        class_name="stack",
    )  # fmt: skip


def _by_half(part: int, look: str) -> rx.Component:
    """Say what the shown words are, the whole password or one half of it."""
    cases = [(half, rx.el.p(words[part], class_name=look)) for half, words in _ONE_TIME.items()]
    return rx.match(AskState.half, *cases, rx.fragment())


def said_line() -> rx.Component:
    """Say what has just been done."""
    return rx.el.p(AskState.said, role="status", class_name="note said")
