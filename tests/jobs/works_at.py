"""A workbench that does what a test tells it, and a street that may print."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gridapp.domain.vocabulary import WorkKind
from gridapp.jobs.hand import Hand, Made
from gridapp.jobs.works import Workbench
from gridapp.services.desk import Desk
from gridapp.services.store.lease import FileLease
from tests.printing.sheets import public_at


def bench_of(desk: Desk, do: Callable[[Desk, Hand], Made] | None = None) -> Workbench:
    lease = FileLease(desk.settings.data_dir / "works.lock")
    return Workbench(desk, lease, {WorkKind.PRINT: do}) if do else Workbench(desk, lease)


@contextmanager
def public(desk: Desk) -> Iterator[Desk]:
    with public_at(desk, "https://grid.example.cn") as reachable:
        yield reachable


def a_file(hand: Hand, words: str = "done") -> Path:
    path = hand.bench / "made.txt"
    path.write_text(words, encoding="utf-8")
    return path
