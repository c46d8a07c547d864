"""A small app behind the guard: one handler of each kind. Served by ``tests.screens.serving``."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from reflex_components_core.core.upload import Upload

from gridapp.domain.errors import ConflictError
from gridapp.domain.vocabulary import Role
from gridapp.guard.allow import allow, allow_anyone, allow_signed_in
from gridapp.guard.headers import security_headers
from gridapp.guard.install import gate, guard_events
from gridapp.screens.session import SessionState, do, on_backend_error, tell_refusal
from gridapp.services.desk import Act, open_desk
from gridapp.settings import load_settings
from tests.screens.people import identify


@dataclass
class Wish:
    words: str
    count: int = 1


def wish(act: Act, words: str) -> str:
    return f"{act.actor.name}: {words}"


def refuse(act: Act) -> None:
    raise ConflictError(current=act.actor.name)


def break_down(act: Act) -> None:
    raise ZeroDivisionError(act.actor.name)


class DoorState(SessionState):
    said: str = ""
    kept: str = ""

    @rx.event
    async def unmarked(self) -> None:
        self.said = "unmarked"

    @rx.event
    @allow_anyone
    async def ask(self, words: str) -> None:
        self.said = words

    @allow_signed_in
    @rx.event
    async def wish(self, words: str) -> None:
        self.said = await do(self, wish, words) or ""

    @rx.event
    @allow(Role.DISPATCHER)
    async def dispatch(self, case: int, unit: UUID | None = None) -> None:
        self.said = f"{case} {unit}"

    @rx.event
    @allow(Role.LEADER, Role.VERIFIER)
    async def order(self, wish: Wish, roles: list[Role]) -> None:
        self.said = f"{type(wish).__name__} {roles}"

    @rx.event(background=True)
    @allow(Role.GRID_WORKER)
    async def count(self, upto: int) -> None:
        async with self:
            self.said = f"counted {upto}"

    @rx.event(background=True)
    @allow_signed_in
    async def refuse_later(self) -> None:
        await do(self, refuse)

    @rx.event
    @allow_anyone
    async def send_form(self, form: dict[str, str]) -> None:
        self.said = form["words"]

    @rx.event
    @allow_anyone
    async def keep(self, words: str) -> None:
        self.kept = words

    @rx.event
    @allow_anyone
    async def chain(self) -> Any:
        return DoorState.event_handlers["dispatch"](7)

    @rx.event
    @allow_anyone
    async def be_refused(self) -> None:
        await do(self, refuse)

    @rx.event
    @allow_anyone
    async def break_down(self) -> None:
        await do(self, break_down)

    @rx.event
    @allow_anyone
    async def slip(self) -> None:
        raise ZeroDivisionError("slip")


# Opens the framework's own upload door, so that the gate has something to close.
Upload.is_used = True

settings = load_settings()
open_desk(settings)

app = rx.App(
    api_transformer=[gate(settings, identify), security_headers(settings)],
    backend_exception_handler=on_backend_error,
)
guard_events(app, settings.origin, identify=identify, tell=tell_refusal)
