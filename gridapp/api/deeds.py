"""``PUT /deeds/{uuid}``: the one door for every deed of staff."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from gridapp.api.answers import receipt
from gridapp.api.routes import route, writes
from gridapp.api.who import staff
from gridapp.services.deeds import VERSION_MAX, do_deed
from gridapp.services.desk import acting
from gridapp.services.orders import Order
from gridapp.services.pauses import pause_at
from gridapp.services.times import DeviceMoment


class DeedBody(BaseModel):
    """A deed to be done: its name, its subject, its facts.

    ``version`` is that of the subject which the doer looked at; ``done_at`` by the doer's clock.
    """

    model_config = ConfigDict(extra="forbid")

    deed: Annotated[str, Field(max_length=32)]
    subject: Annotated[str, Field(max_length=64)] = ""
    facts: dict[str, Any] = Field(default_factory=dict)
    version: Annotated[int, Field(ge=1, le=VERSION_MAX)] | None = None
    done_at: DeviceMoment | None = None


def put_deed(uuid: UUID, body: DeedBody, request: Request) -> Response:
    """Do a deed once under the id that the device made."""
    order = Order(
        body.deed,
        subject=body.subject,
        facts=body.facts,
        version=body.version,
        done_at=body.done_at,
        uid=uuid,
    )
    actor = staff(request)
    pause_at("after_parse")
    with acting(actor) as act:
        done = do_deed(act, order)
    pause_at("after_commit")
    return receipt(done.reply, is_new=done.is_new)


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "PUT", "/deeds/{uuid}", put_deed, "办理", writes())
