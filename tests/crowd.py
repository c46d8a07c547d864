"""So many at the decoders that no one more is let in."""

from collections.abc import Iterator
from contextlib import contextmanager

from gridapp.services.decoding.pool import Pool


@contextmanager
def crowded(pool: Pool) -> Iterator[None]:
    places = pool.kind.at_once + pool.kind.waiting
    for _ in range(places):
        assert pool._queue.acquire(timeout=10)
    yield
    pool._queue.release(places)
