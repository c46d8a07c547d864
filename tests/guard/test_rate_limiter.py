"""One count for all processes where they share Redis; without Redis nobody is shut out."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
import redis

from gridapp.domain.errors import TooManyError
from gridapp.guard.limits import Limit, RateLimiter

REDIS = os.environ.get("GRID_TEST_REDIS", "redis://127.0.0.1:6379/3")
NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def limit() -> Iterator[Limit]:
    """A limit of two that no other test knows."""
    limit = Limit(f"test {uuid4()}", 2)
    yield limit
    try:
        with redis.Redis.from_url(REDIS) as kept:
            for key in kept.scan_iter(f"*{limit.name}*"):
                kept.delete(key)
    except redis.ConnectionError:
        pass


def taken(limiter: RateLimiter, limit: Limit, *key: str) -> bool:
    try:
        limiter.take(limit, *key)
    except TooManyError as refusal:
        return not 1 <= refusal.facts["retry_after_s"] <= limit.window_s
    return True


def test_each_key_has_its_allowance_and_nobodys_is_not_counted(limit: Limit) -> None:
    limiter = RateLimiter("")
    assert [taken(limiter, limit, "a") for _ in range(3)] == [True, True, False]
    assert [taken(limiter, limit, "b", "a"), taken(limiter, limit, "b")] == [True, True]
    assert [taken(limiter, limit, "a", "") for _ in range(3)] == [True] * 3


def test_a_look_takes_nothing_and_a_count_refuses_nobody(limit: Limit) -> None:
    limiter = RateLimiter("")
    for _ in range(3):
        limiter.demand(limit, "a")
    for _ in range(3):
        limiter.count(limit, "a")
    with pytest.raises(TooManyError):
        limiter.demand(limit, "a")


def test_two_processes_count_together(limit: Limit) -> None:
    try:
        redis.Redis.from_url(REDIS).ping()
    except redis.ConnectionError:
        pytest.skip(f"no Redis answers at {REDIS}")
    one, other = RateLimiter(REDIS), RateLimiter(REDIS)
    assert [taken(who, limit, "a") for who in (one, other, one, other)] == [True] * 2 + [False] * 2


def test_without_redis_each_counts_alone_and_asks_again_later(
    limit: Limit, caplog: pytest.LogCaptureFixture
) -> None:
    now = [0.0]
    limiter = RateLimiter(NOBODY, stopwatch=lambda: now[0])
    assert [taken(limiter, limit, "a") for _ in range(3)] == [True, True, False]
    assert len(caplog.records) == 1
    now[0] = 5.0
    assert not taken(limiter, limit, "a")
    assert len(caplog.records) == 2
