"""Faults of ours: logged, answered without their inside, and a database away is no loss."""

import logging
from dataclasses import replace
from uuid import uuid4

import pytest

from gridapp.api.app import make_api
from gridapp.api.front import Front
from gridapp.api.routes import reads, route
from gridapp.services.database.engine import open_engine
from gridapp.services.desk import Desk, use_desk
from tests.api.client import Client

SECRET = "the inside of the house"


def test_a_fault_is_logged_and_its_inside_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> None:
        raise RuntimeError(SECRET)

    api = make_api()
    route(api, "GET", "/broken/{token}", broken, "坏的", reads(str))
    client = Client(Front(api, api.state.figures))
    with caplog.at_level(logging.ERROR):
        said = client.get("/broken/a-secret-token")
    client.close()
    assert (said.status_code, said.json()["code"]) == (500, "gridapp.error")
    assert SECRET not in said.text
    assert SECRET in caplog.text
    assert "a-secret-token" not in caplog.messages[0]


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
def test_while_the_database_is_away_the_phone_is_asked_to_come_again(
    own_desk: Desk, own_zhang: Client
) -> None:
    nobody_there = open_engine("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2")
    use_desk(replace(own_desk, engine=nobody_there))
    said = own_zhang.put(f"/reports/{uuid4()}", {"at": "23456789", "text": "路灯不亮"})
    assert (said.status_code, said.json()["code"]) == (503, "database.away")
    assert int(said.headers["retry-after"]) > 0
    assert own_zhang.get("/health").status_code == 503
