"""``/audit.csv``: what the auditor takes along; the taking is written down too."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import FastAPI, Query, Request, Response

from gridapp.api.routes import reads, route
from gridapp.api.who import demand_own_site, staff
from gridapp.services.auditing.export import export_audit
from gridapp.services.auditing.search import AuditFilter
from gridapp.services.desk import acting
from gridapp.services.times import Day

_Words = Annotated[str, Query(max_length=64)]


def get_audit(  # noqa: PLR0913, PLR0917 - the query of an address
    request: Request,
    who: _Words = "",
    deed: _Words = "",
    words: _Words = "",
    from_on: Day | None = None,
    to_on: Day | None = None,
) -> Response:
    """Export audit rows as CSV, for the auditor alone."""
    demand_own_site(request)
    asked = AuditFilter(who, deed, words, from_on, to_on)
    with TemporaryDirectory() as folder, acting(staff(request)) as act:
        path = Path(folder) / "audit.csv"
        export_audit(act, asked, path)
        body = path.read_bytes()
    headers = {
        "cache-control": "no-store",
        "content-disposition": 'attachment; filename="audit.csv"',
    }
    return Response(body, headers=headers, media_type="text/csv; charset=utf-8")


def register(api: FastAPI) -> None:
    """Add the routes of this module."""
    route(api, "GET", "/audit.csv", get_audit, "导出审计记录", reads(bytes, 401, 403, 422))
