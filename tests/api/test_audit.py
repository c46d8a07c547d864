"""The auditor takes the rows along as CSV; nobody else does, and the taking is written down."""

import pytest

from gridapp.services.desk import Desk
from tests.api.conftest import SignIn
from tests.services.people.signing import audited

pytestmark = pytest.mark.both_databases


def test_the_auditor_takes_the_rows_along(desk: Desk, sign_in: SignIn) -> None:
    said = sign_in("audit").get("/audit.csv?deed=session.sign_in")
    assert (said.status_code, said.headers["cache-control"]) == (200, "no-store")
    assert "冯雪" in said.content.decode("utf-8-sig")
    assert audited(desk)[-1][0] == "audit.export"


@pytest.mark.parametrize("login", ["admin", "sec", "wang", "li"])
def test_nobody_else_does(sign_in: SignIn, login: str) -> None:
    assert sign_in(login).get("/audit.csv").status_code == 403


def test_days_that_are_none_are_named(sign_in: SignIn) -> None:
    assert sign_in("audit").get("/audit.csv?from_on=soon").status_code == 422
