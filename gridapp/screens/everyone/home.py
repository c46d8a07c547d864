"""The home page: type the code from the door and go on to the report."""

import reflex as rx

from gridapp.domain.codes import BUILDING_CODE_LENGTH, is_building_code, normalise
from gridapp.guard.allow import allow_anyone
from gridapp.screens.everyone import words
from gridapp.ui.cells import link_cell
from gridapp.ui.links import whole_page_link
from gridapp.ui.shell import phone_page


class HomeState(rx.State):
    """What the visitor has typed so far, judged."""

    hint: str = ""
    report_address: str = ""

    @rx.event
    @allow_anyone
    def type_code(self, typed: str) -> None:
        """Judge the building code while it is typed; a right one opens the way to the report."""
        code = normalise(typed)
        self.report_address = f"/q/{code}" if is_building_code(code) else ""
        self.hint = _hint(code)


def _hint(code: str) -> str:
    if not code:
        return ""
    missing = BUILDING_CODE_LENGTH - len(code)
    if missing > 0:
        return words.short_by(missing)
    if missing < 0:
        return words.CODE_TOO_LONG
    return words.CODE_RIGHT if is_building_code(code) else words.CODE_WRONG


_TYPED_ALREADY: rx.Var[str] = rx.Var("document.getElementById('code').value", _var_type=str)


def _code_field() -> rx.Component:
    return rx.el.div(
        rx.el.label(words.CODE_LABEL, html_for="code", class_name="field-label"),
        rx.el.p(words.CODE_HELP, id="code-help", class_name="field-help"),
        rx.el.input(
            id="code",
            name="code",
            type="text",
            placeholder=words.CODE_EXAMPLE,
            auto_complete="off",
            auto_capitalize="characters",
            spell_check=False,
            max_length=24,
            aria_describedby="code-help code-hint",
            class_name="field-input code-input",
            on_change=HomeState.type_code,
            # Whoever types before the script has arrived is judged when it does.
            on_mount=HomeState.type_code(_TYPED_ALREADY),  # type: ignore[operator] # made at run time
        ),
        rx.el.p(HomeState.hint, id="code-hint", role="status", class_name="field-hint"),
        class_name="field",
    )


def _report_button() -> rx.Component:
    return rx.cond(
        HomeState.report_address != "",
        whole_page_link(words.REPORT, href=HomeState.report_address, class_name="button primary"),
        rx.el.button(words.REPORT, type="button", disabled=True, class_name="button primary"),
    )


@rx.page(route="/", title=words.TAB_TITLE)
def home() -> rx.Component:
    """Show the way to a report, and the two doors beside it."""
    return phone_page(
        rx.el.header(
            rx.el.p(words.BRAND, class_name="brand"),
            rx.el.h1(words.TITLE),
            rx.el.p(words.LEAD, class_name="lead"),
            class_name="hero",
        ),
        _code_field(),
        rx.el.nav(
            link_cell(words.REPORT_AT_PLACE, words.REPORT_AT_PLACE_HINT, "/report"),
            link_cell(words.STAFF, words.STAFF_HINT, "/sign-in"),
            class_name="cells",
        ),
        rx.el.p(words.EMERGENCY, class_name="note"),
        bottom=_report_button(),
    )
