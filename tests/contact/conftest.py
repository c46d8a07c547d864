"""The pages over the test's desk, and who opens them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from io import BytesIO

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.types import ASGIApp

from gridapp.contact.routes import contact_routes
from gridapp.services.desk import Desk
from tests.cast import PASSWORD
from tests.contact.visitor import Visitor

SignedIn = Callable[[str], Visitor]


@pytest.fixture
def app(desk: Desk) -> ASGIApp:
    """The pages over the desk whose writes are undone."""
    assert desk
    return Starlette(routes=contact_routes())


@pytest.fixture
def zhang(app: ASGIApp) -> Iterator[Visitor]:
    """A resident's phone."""
    with closing(Visitor(app)) as visitor:
        yield visitor


@pytest.fixture
def signed_in(app: ASGIApp) -> Iterator[SignedIn]:
    """Give the phone of a member of the cast, signed in."""
    with ExitStack() as stack:

        def phone_of(login: str) -> Visitor:
            visitor = stack.enter_context(closing(Visitor(app)))
            answer = visitor.post("/sign-in", data={"login": login, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
            return visitor

        yield phone_of


def jpeg(colour: str = "navy") -> bytes:
    """Draw a small photo, another one for another colour."""
    out = BytesIO()
    Image.new("RGB", (160, 120), colour).save(out, "JPEG")
    return out.getvalue()
