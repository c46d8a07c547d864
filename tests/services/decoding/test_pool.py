"""Foreign bytes are decoded where they can hurt nobody, a few at a time."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gridapp.domain.errors import BusyError
from gridapp.services.boundaries.files.reading import boundary_pool
from gridapp.services.decoding.confine import GUARDS
from gridapp.services.decoding.frames import RefusedError
from gridapp.services.decoding.pool import Pool, one_on_this_machine
from gridapp.services.exchange.reading import table_pool
from gridapp.services.photos.clean import photo_pool
from tests.crowd import crowded
from tests.services.photos.drawn_photos import a_picture, saved

PHOTO = saved(a_picture())
WISH: dict[str, Any] = {"least_libheif": [0]}


@pytest.fixture
def pool() -> Iterator[Pool]:
    with closing(Pool(photo_pool().kind)) as found:
        yield found


@pytest.mark.parametrize("kind", [photo_pool, table_pool, boundary_pool])
def test_a_decoder_reaches_neither_files_nor_network_nor_others(
    kind: Callable[[], Pool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRID_SECRET_KEY", "not for a decoder")
    with closing(Pool(kind().kind)) as pool:
        assert json.loads(pool.ask(b"", probe=True)) == dict.fromkeys(GUARDS, True)
        with pytest.raises(RefusedError):  # with a thread's freedom too
            pool.ask(b"", threads=True, what="nothing")
        assert json.loads(pool.ask(b"", probe=True, threads=True)) == dict.fromkeys(GUARDS, True)


def test_where_too_many_wait_one_more_is_refused_at_once(pool: Pool) -> None:
    with crowded(pool), pytest.raises(BusyError) as refusal:
        pool.ask(PHOTO, **WISH)
    assert refusal.value.facts["retry_after_s"] > 0
    assert pool.ask(PHOTO, **WISH)


def test_who_waits_too_long_is_told_to_come_again(pool: Pool) -> None:
    impatient = Pool(replace(pool.kind, at_once=1, wait_s=0.01))
    with impatient._turn(), pytest.raises(BusyError):
        impatient.ask(PHOTO, **WISH)


def test_a_forkserver_that_was_killed_is_started_again(pool: Pool) -> None:
    first = pool.ask(PHOTO, **WISH)
    assert pool._server is not None
    pool._server[0].kill()
    pool._server[0].wait()
    assert pool.ask(PHOTO, **WISH) == first


def test_what_takes_more_memory_than_it_may_ends_alone(pool: Pool) -> None:
    large = saved(a_picture(size=(3000, 3000)), "PNG")
    with pytest.raises(RefusedError, match=r"large|memory"):
        pool.ask(large, 1_000_000, **WISH)
    assert pool.ask(PHOTO, **WISH)


def test_only_one_of_this_machine_decodes_a_large_one() -> None:
    with one_on_this_machine(0), pytest.raises(BusyError), one_on_this_machine(0):
        pass
    with one_on_this_machine(0):
        pass


def open_count() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_nothing_is_left_open_behind_an_answer(pool: Pool) -> None:
    pool.ask(PHOTO, **WISH)
    before = open_count(), threading.active_count()
    for body in (PHOTO, b"no photo", PHOTO[:300]):
        try:
            pool.ask(body, **WISH)
        except RefusedError:
            continue
    assert (open_count(), threading.active_count()) == before
