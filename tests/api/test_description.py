"""The description of the API is a contract: it changes only on purpose, and only by additions.

``GRID_KEEP_OPENAPI=1`` writes the present one down; look at the difference before it is committed.
"""

import json
import os
from pathlib import Path

from gridapp.api.app import make_api

KEPT = Path(__file__).with_name("openapi.json")


def test_the_description_is_the_one_agreed_on() -> None:
    now = json.dumps(make_api().openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("GRID_KEEP_OPENAPI"):
        KEPT.write_text(now, encoding="utf-8")
    assert now == KEPT.read_text(encoding="utf-8")


def test_every_address_of_the_contract_is_there() -> None:
    paths = make_api().openapi()["paths"]
    told = {f"{m.upper()} {p.removeprefix('/api/v1')}" for p, ways in paths.items() for m in ways}
    assert told >= {
        "GET /places/{code}", "PUT /photos/{sha256}", "GET /photos/{sha256}",
        "PUT /reports/{uuid}", "GET /cases/{track}", "GET /cases/{track}/photos/{sha256}",
        "PUT /cases/{track}/rating", "PUT /cases/{track}/words/{uuid}",
        "PUT /cases/{track}/reopening/{uuid}", "POST /session", "DELETE /session", "GET /me",
        "POST /me/password", "GET /me/snapshot", "PUT /deeds/{uuid}", "GET /cases",
        "GET /cases/by-no/{no}", "GET /stats/overview", "GET /map", "GET /health", "GET /metrics",
        "GET /print/posters.pdf", "GET /print/cards.pdf", "GET /print/boards.pdf",
        "GET /print/poster.png", "PUT /boundary-files/{sha256}", "GET /boundaries/map.svg",
        "GET /boundaries/check.svg", "GET /boundaries/file.geojson",
        "GET /boundaries/plan.svg", "GET /locate",
    }  # fmt: skip
