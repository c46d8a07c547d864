"""``PUT /reports/{uuid}``: anyone reports a case, once under the id that the device made."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple
from uuid import UUID

from fastapi import FastAPI, Request, Response

from gridapp.api.answers import receipt
from gridapp.api.routes import route, writes
from gridapp.api.who import address_of, anyone
from gridapp.guard.limits import Floodgates
from gridapp.services.cases.report import Asking, Reported, ReportFacts, report_cases
from gridapp.services.desk import Act, the_desk
from gridapp.services.limits import hold_report, keys_of
from gridapp.services.pauses import pause_at
from gridapp.services.together import Asked, Together

PATH: Final = "/reports/{uuid}"


class Sent(NamedTuple):
    """A report as it came in: its id, what it says, and from where."""

    uid: UUID
    facts: ReportFacts
    address: str


def reporting(gates: Floodgates) -> Together[Sent, Reported]:
    """Gather reports that come at once into one transaction."""

    def report_all(act: Act, asked: Sequence[Asked[Sent]]) -> list[Reported]:
        sent = [Asking(one.actor, one.what.uid, one.what.facts) for one in asked]
        reported = report_cases(act, sent)
        for one, told in zip(asked, reported, strict=True):
            hold_report(replace(act, actor=one.actor), told)
            if told.is_new and not one.actor.device and one.actor.person_id is None:
                gates.address_reports.hold(one.what.address)
        return reported

    return Together(report_all)


def put_report(uuid: UUID, facts: ReportFacts, request: Request) -> Response:
    """Report a case: a place and a sentence are enough."""
    actor = anyone(request)
    together: Together[Sent, Reported] = request.app.state.together
    sent = Sent(uuid, facts, address_of(request))
    pause_at("after_parse")
    reported = together.do(the_desk(), actor, sent, keys_of(actor, facts.at))
    pause_at("after_commit")
    return receipt(reported.body(), is_new=reported.is_new)


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "PUT", PATH, put_report, "上报", writes())
