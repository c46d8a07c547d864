"""``PUT /reports/{uuid}``: anyone reports a case, once under the id that the device made."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from fastapi import FastAPI, Request, Response

from gridapp.api.answers import receipt
from gridapp.api.routes import route, writes
from gridapp.api.who import anyone
from gridapp.guard.device_cookie import remember_report
from gridapp.guard.limits import is_crowded
from gridapp.guard.visitors import address_of
from gridapp.services.cases.report import Reported, ReportFacts
from gridapp.services.desk import Act, the_desk
from gridapp.services.limits import Sent, take_reports
from gridapp.services.pauses import pause_at
from gridapp.services.together import Asked, Together

PATH: Final = "/reports/{uuid}"


def reporting() -> Together[Sent, Reported]:
    """Gather reports that come at once into one transaction."""

    def report_all(act: Act, asked: Sequence[Asked[Sent]]) -> list[Reported]:
        return take_reports(act, [one.what for one in asked])

    return Together(report_all)


def put_report(uuid: UUID, facts: ReportFacts, request: Request) -> Response:
    """Report a case: a place and a sentence are enough."""
    desk, actor = the_desk(), anyone(request)
    together: Together[Sent, Reported] = request.app.state.together
    is_flood = actor.person_id is None and is_crowded(actor.known_device, address_of(request))
    sent = Sent(actor, uuid, facts, is_flood)
    pause_at("after_parse")
    reported = together.do(desk, actor, sent)
    pause_at("after_commit")
    return remember_report(request, receipt(reported.body(), is_new=reported.is_new))


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "PUT", PATH, put_report, "上报", writes())
