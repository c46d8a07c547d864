"""The form of a role's titles, with what is offered now."""

from typing import Any

import reflex as rx

from gridapp.screens.people.asking import AskState
from gridapp.screens.people.fields import field


def titles_form(titles: Any) -> list[rx.Component]:
    """Ask for the titles of the role whose label the sheet is about."""
    return [rx.foreach(titles, _of_role)]


def _of_role(row: Any) -> rx.Component:
    area = rx.el.textarea(
        id="titles", name="titles", rows=3, max_length=1000, required=True,
        default_value=row.titles, class_name="field-input",
    )  # fmt: skip
    return rx.cond(
        AskState.about == row.label,
        rx.el.div(
            rx.el.input(type="hidden", name="role", value=row.role, read_only=True),
            field("职务名称", area, name="titles", help_words="用顿号分开，最多 30 个。"),
            key=row.role,
        ),
        rx.fragment(),
    )
