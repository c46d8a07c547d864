"""A form that the browser itself sends; Reflex's own form always prevents that."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class NativeForm(BaseHTML):  # type: ignore[misc]  # Reflex leaves it untyped
    """The plain ``form`` element, sent as a whole page load."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]
    enc_type: rx.Var[str]


def native_form(*content: rx.Component, action: str, method: str, **props: Any) -> rx.Component:
    """Send fields to an address that the server answers itself."""
    return NativeForm.create(*content, action=action, method=method, **props)
