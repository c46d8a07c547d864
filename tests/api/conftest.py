"""The API over the test's desk, and a client for whoever plays."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from gridapp.api.app import api_app
from gridapp.api.front import Front
from gridapp.services.desk import Desk
from tests.api.client import Client
from tests.cast import PASSWORD

SignIn = Callable[[str], Client]


@pytest.fixture
def app(desk: Desk) -> Front:
    """The API over the desk whose writes are undone."""
    assert desk
    return api_app()


@pytest.fixture
def sign_in(app: Front) -> Iterator[SignIn]:
    """Give a client for a member of the cast; ``zhang`` and strangers need no account."""
    with ExitStack() as stack:

        def client_of(login: str) -> Client:
            client = stack.enter_context(closing(Client(app, f"phone-of-{login}")))
            if login != "zhang":
                said = client.post("/session", {"login": login, "password": PASSWORD})
                assert said.status_code == 200, said.text
            return client

        yield client_of


@pytest.fixture
def zhang(sign_in: SignIn) -> Client:
    """A resident's phone."""
    return sign_in("zhang")


@pytest.fixture
def own_zhang(own_desk: Desk) -> Iterator[Client]:
    """A resident's phone that talks to a database with real commits."""
    assert own_desk
    with closing(Client(api_app())) as client:
        yield client


@pytest.fixture
def li(sign_in: SignIn) -> Client:
    """The phone of grid 1's worker, signed in."""
    return sign_in("li")


@pytest.fixture
def wang(sign_in: SignIn) -> Client:
    """The dispatcher's computer, signed in."""
    return sign_in("wang")


@pytest.fixture(scope="session")
def jpeg() -> bytes:
    """A small photo: a lamp post at night."""
    return draw_photo("night")


def draw_photo(words: str) -> bytes:
    """Draw a small JPEG that is another one for other words."""
    picture = Image.new("RGB", (160, 120), "navy")
    ImageDraw.Draw(picture).text((20, 50), words, fill="yellow")
    out = BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def sha256(body: bytes) -> str:
    """The name under which a photo is sent."""
    return hashlib.sha256(body).hexdigest()
