"""Where every deed is done: who acts, in which transaction, at which moment.

``acting`` holds the only commit and the only clock of the house. A service function takes the
``Act`` it is handed, so that a test can hand it a transaction to roll back and a moment of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from gridapp.domain.vocabulary import Role
from gridapp.services.database.engine import open_engine
from gridapp.services.file_store import FileStore
from gridapp.services.pauses import allow_pauses
from gridapp.services.process import begin_process
from gridapp.settings import Settings


@dataclass(frozen=True)
class HeldPost:
    """A post as the matrix needs it: the role, and the paths that its reaches cover.

    Args:
        grid_path: Path of the grid of the post; the reach "own grids" is everything below it.
        community_path: Path of its community, or of the grid itself when it stands higher.
        street_path: Path of its street, or of the grid itself when it stands higher.
        unit_id: The department for which a unit officer acts.
    """

    role: Role
    grid_id: int
    grid_path: str
    community_path: str
    street_path: str
    unit_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts. A resident is nobody in particular who may hold a case's tracking token.

    ``proof`` is the answer to a challenge (``domain.proof``), when the device has done one.
    ``device`` is the id that a client made for itself, ``known_device`` the one that the house
    signed for a device which has reported or signed in before (``services.devices``).

    Without a person and with posts it is the system itself (``people.actor.SYSTEM``).
    """

    person_id: int | None = None
    name: str = ""
    posts: tuple[HeldPost, ...] = ()
    track: str = ""
    device: str = ""
    must_change_password: bool = False
    proof: str = ""
    known_device: str = ""

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of the posts held; a stranger is a resident."""
        if self.person_id is None and not self.posts:
            return frozenset({Role.RESIDENT})
        return frozenset(post.role for post in self.posts)


RESIDENT = Actor()


@dataclass(frozen=True)
class Act:
    """One transaction of one actor at one moment; ``secret`` is the house's, for what is signed."""

    session: Session
    actor: Actor
    now: datetime
    files: FileStore
    kept: dict[str, Any] = field(default_factory=dict)
    secret: str = field(default="", repr=False)


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """The town's database and files, opened once for a process.

    Args:
        kept: What may be remembered between deeds, such as the work calendar.
    """

    engine: Engine
    files: FileStore
    settings: Settings
    clock: Callable[[], datetime] = field(default=_clock)
    kept: dict[str, Any] = field(default_factory=dict)

    def _act(self, session: Session, actor: Actor) -> Act:
        secret = self.settings.secret_key
        return Act(session, actor, self.clock(), self.files, self.kept, secret)

    @contextmanager
    def acting(self, actor: Actor) -> Iterator[Act]:
        """Do a deed: commits when the block ends well, rolls back when it does not."""
        with Session(self.engine.execution_options(writes=True)) as session:
            yield self._act(session, actor)
            session.commit()

    @contextmanager
    def looking(self, actor: Actor) -> Iterator[Act]:
        """Look only: nothing is committed, and SQLite's writers are not kept waiting."""
        with Session(self.engine) as session:
            yield self._act(session, actor)


_open: list[Desk] = []


def open_desk(settings: Settings) -> Desk:
    """Open the process's desk; called once at assembly, again only by tests."""
    begin_process(settings)
    files = FileStore(settings.files_url, settings.free_disk_mb * 1_000_000)
    desk = Desk(open_engine(settings.database_url), files, settings)
    _open[:] = [desk]
    allow_pauses(settings.test_pauses)
    return desk


def use_desk(desk: Desk) -> None:
    """Put a desk in the process's place; for assembly with a clock of one's own."""
    _open[:] = [desk]


def the_desk() -> Desk:
    """Give the process's desk.

    Raises:
        RuntimeError: Nobody has opened it.
    """
    if not _open:
        raise RuntimeError("open_desk() has not been called")
    return _open[0]


@contextmanager
def acting(actor: Actor) -> Iterator[Act]:
    """Do a deed at the process's desk; see ``Desk.acting``."""
    with the_desk().acting(actor) as act:
        yield act


@contextmanager
def looking(actor: Actor) -> Iterator[Act]:
    """Look from the process's desk; see ``Desk.looking``."""
    with the_desk().looking(actor) as act:
        yield act
