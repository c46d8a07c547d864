"""``PUT /reports/{uuid}``: anyone reports a case, once under the id that the device made."""

from uuid import UUID

from fastapi import FastAPI, Request, Response

from gridapp.api.answers import receipt
from gridapp.api.routes import route, writes
from gridapp.api.who import address_of, anyone
from gridapp.guard.limits import Floodgates
from gridapp.services.cases.report import Reported, ReportFacts, report_case
from gridapp.services.desk import Act, the_desk
from gridapp.services.limits import hold_report, keys_of
from gridapp.services.pauses import pause_at
from gridapp.services.together import Together


def put_report(uuid: UUID, facts: ReportFacts, request: Request) -> Response:
    """Report a case: a place and a sentence are enough."""
    actor, state = anyone(request), request.app.state
    gates: Floodgates = state.gates
    together: Together = state.together

    def report(act: Act) -> Reported:
        reported = report_case(act, uuid, facts)
        hold_report(act, reported)
        if reported.is_new and not actor.device and actor.person_id is None:
            gates.address_reports.hold(address_of(request))
        return reported

    pause_at("after_parse")
    reported = together.do(the_desk(), actor, report, keys_of(actor, facts.at))
    pause_at("after_commit")
    return receipt(reported.body(), is_new=reported.is_new)


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "PUT", "/reports/{uuid}", put_report, "上报", writes())
