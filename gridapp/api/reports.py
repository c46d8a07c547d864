"""``PUT /reports/{uuid}``: anyone reports a case, once under the id that the device made."""

from uuid import UUID

from fastapi import FastAPI, Request, Response

from gridapp.api.answers import receipt
from gridapp.api.routes import route, writes
from gridapp.api.who import address_of, anyone
from gridapp.guard.limits import Floodgates
from gridapp.services.cases.report import ReportFacts, report_case
from gridapp.services.desk import acting
from gridapp.services.limits import hold_report


def put_report(uuid: UUID, facts: ReportFacts, request: Request) -> Response:
    """Report a case: a place and a sentence are enough."""
    actor = anyone(request)
    with acting(actor) as act:
        reported = report_case(act, uuid, facts)
        if reported.is_new:
            hold_report(act, reported)
            if not actor.device and actor.person_id is None:
                gates: Floodgates = request.app.state.gates
                gates.address_reports.hold(address_of(request))
    return receipt(reported.body(), is_new=reported.is_new)


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "PUT", "/reports/{uuid}", put_report, "上报", writes())
