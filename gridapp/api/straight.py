"""The busiest address, answered without the framework in between: same rules, same answers.

In a storm a street reports within minutes. What the framework does for each request, of which a
report needs nothing, costs as much as the report itself (``python -m bench.intake``). The
description of the API still comes from the route, and whatever is unusual goes that way.
"""

import re
from typing import Final
from uuid import UUID

from fastapi import FastAPI, Request, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from gridapp.api.bodies import JSON_MAX_BYTES, demand_type, read_json, take_body
from gridapp.api.reports import PATH, put_report
from gridapp.api.routes import PREFIX
from gridapp.domain.errors import FactsError
from gridapp.services.cases.report import ReportFacts
from gridapp.services.fieldwords import field_words

_ID: Final = r"(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_ADDRESS: Final = re.compile(re.escape(PREFIX + PATH).replace(r"\{uuid\}", _ID))


class Straight:
    """Answers ``PUT /reports/{uuid}`` under an id as devices make it; all else is the API's."""

    def __init__(self, api: FastAPI) -> None:
        self._api = api
        self._route = route_of(api, PREFIX + PATH)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_put = scope["type"] == "http" and scope["method"] == "PUT"
        found = _ADDRESS.fullmatch(scope["path"]) if is_put else None
        if found is None:
            await self._api(scope, receive, send)
            return
        request = Request({**scope, "app": self._api}, receive)
        scope["route"] = self._route  # by which the door in front counts it
        try:
            answer = await _report(request, UUID(found["uuid"]))
        except Exception as error:  # noqa: BLE001 - the last net in front logs what is ours
            answer = self._answer_to(request, error)
        await answer(scope, receive, send)

    def _answer_to(self, request: Request, error: Exception) -> Response:
        """Answer as the API answers this error.

        Raises:
            Exception: It is a fault of ours, for the last net in front.
        """
        for kind in type(error).__mro__:
            answer_to = self._api.exception_handlers.get(kind)
            if answer_to is not None and kind is not Exception:
                return answer_to(request, error)  # type: ignore[return-value]  # none is async
        raise error


async def _report(request: Request, uid: UUID) -> Response:
    demand_type(request, ("application/json",))
    content = read_json(await take_body(request, JSON_MAX_BYTES))
    try:
        facts = ReportFacts.model_validate(content)
    except ValidationError as error:
        raise FactsError(fields=field_words(error.errors(include_url=False))) from error
    return await run_in_threadpool(put_report, uid, facts, request)


def route_of(api: FastAPI, path: str) -> BaseRoute:
    """Give the API's route of this address template, by which requests are counted."""
    return next(route for route in api.routes if getattr(route, "path", "") == path)
