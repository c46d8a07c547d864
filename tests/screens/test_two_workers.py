"""Two workers that share Redis: a page that comes back to the other one keeps its state."""

from collections.abc import Iterator
from contextlib import closing
from typing import Final

import pytest
import redis

from tests.screens.conftest import Serve, Served
from tests.screens.wire import Wire

_REDIS: Final = "redis://127.0.0.1:6379/9"
_SHARED: Final = {
    "REFLEX_REDIS_URL": _REDIS,
    "REFLEX_STATE_MANAGER_MODE": "redis",
    "GRID_SECRET_KEY": "the same for both workers of a house",
}
_COOKIE: Final = "grid_session=leader"

Workers = tuple[Served, Served]


@pytest.fixture(scope="module")
def workers(serve: Serve) -> Iterator[Workers]:
    with redis.Redis.from_url(_REDIS) as client:
        try:
            client.ping()
        except redis.ConnectionError:
            pytest.skip("no Redis answers on this machine, so nothing is shared by workers")
    doors = "tests.screens.house_of_doors:app"
    with serve(doors, _SHARED) as one, serve(doors, _SHARED) as other:
        yield one, other


def _keep(served: Served, wire: Wire, words: str) -> None:
    wire.send(served.name(".keep"), words=words)
    assert wire.var("door_state", "kept") == words


def _kept(served: Served, wire: Wire) -> str:
    wire.send(served.name("state____state.hydrate"))
    return str(wire.var("door_state", "kept"))


def test_a_page_that_comes_back_to_another_worker_keeps_its_state(workers: Workers) -> None:
    one, other = workers
    with closing(Wire(one.port, cookie=_COOKIE)) as old:
        _keep(one, old, "草稿")
        with closing(Wire(other.port, cookie=_COOKIE, token=old.token)) as new:
            assert _kept(other, new) == "草稿"
            assert new.new_token == ""


def test_a_tab_duplicated_onto_another_worker_gets_a_state_of_its_own(workers: Workers) -> None:
    one, other = workers
    boot = {
        "event": {"name": one.name(".hydrate_and_load"), "payload": {"hashes": ["x"]}},
    }
    with closing(Wire(one.port, cookie=_COOKIE)) as first:
        _keep(one, first, "第一页")
        with closing(Wire(other.port, cookie=_COOKIE, token=first.token, boot=boot)) as second:
            assert second.new_token
            assert _kept(other, second) == ""
        assert _kept(one, first) == "第一页"


def test_another_worker_knows_a_stolen_token_no_better(workers: Workers) -> None:
    one, other = workers
    with closing(Wire(one.port, cookie=_COOKIE)) as owner:
        _keep(one, owner, "秘密")
        with closing(Wire(other.port, cookie="grid_session=auditor", token=owner.token)) as thief:
            assert _kept(other, thief) == ""
