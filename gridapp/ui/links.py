"""Links out of Reflex: a sign-in, a report form, a file; the browser loads them as a whole page.

``rx.el.a`` is React Router's link: it looks for the address among the Reflex pages only.
"""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A


def whole_page_link(
    *content: rx.Component | rx.Var[str] | str, href: rx.Var[str] | str, **props: Any
) -> rx.Component:
    """Link to an address that the server answers itself, without React Router in between."""
    return A.create(*content, href=href, **props)
