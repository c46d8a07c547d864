"""List pages at 28,000 cases against the same pages at 280, in turns within one run.

``python -m bench.lists [sqlite] [postgresql]`` prints for each page the 95th percentile of both in
milliseconds and their ratio; the target is 2. The street is the demo's; the small one is the same
town with one case in a hundred.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import Engine, Index, delete, insert, select, update
from sqlmodel import SQLModel, col

from bench.seed import desk_at, seed_street
from gridapp.domain.vocabulary import Status
from gridapp.services.cases.lists import CaseFilter, list_cases
from gridapp.services.cases.tally import tally_open
from gridapp.services.desk import Actor, Desk
from gridapp.services.people.actor import SYSTEM, actor_of
from gridapp.services.store.migrate import migrate
from gridapp.tables import Case, CaseLife, CasePhoto, CaseStep, Grid, Note, Person

POSTGRES = os.environ.get("GRID_TEST_POSTGRES", "postgres@127.0.0.1:5432")
ROUNDS: Final = 60
ONE_IN: Final = 100
BATCH: Final = 2_000
_TABLES: Final = SQLModel.metadata.tables
_OPEN_TASKS: Final = (Status.DISPATCHED, Status.TAKEN, Status.PAUSED)


def pages(grid: str) -> dict[str, tuple[str, CaseFilter]]:
    """List the pages that are measured: who looks, and at what."""
    return {
        "desk newest": ("wang", CaseFilter()),
        "desk by deadline": ("wang", CaseFilter(sort="due")),
        "desk reported": ("wang", CaseFilter(statuses=(Status.REPORTED,), sort="due")),
        "desk late": ("wang", CaseFilter(due="late", sort="due")),
        "desk search 路灯": ("wang", CaseFilter(q="路灯")),
        "desk search 漏": ("wang", CaseFilter(q="漏")),
        "desk search 3号楼道灯": ("wang", CaseFilter(q="3号楼道灯")),
        "desk one grid": ("wang", CaseFilter(grid=grid)),
        "worker tasks": ("li", CaseFilter(statuses=_OPEN_TASKS, mine=True, sort="due")),
        "worker newest": ("li", CaseFilter()),
        "worker search 路灯": ("li", CaseFilter(q="路灯")),
        "leader newest": ("sun", CaseFilter()),
        "leader search 垃圾": ("sun", CaseFilter(q="垃圾")),
    }


def thin_out(engine: Engine) -> None:
    """Leave one case in a hundred."""
    few = select(col(Case.id)).where(col(Case.id) % ONE_IN == 0)
    # Each case that goes is looked for among those who may point at it.
    pointers = [
        Index(f"bench_{c.name}", c)
        for c in (_TABLES["case"].c.merged_into_id, _TABLES["note"].c.case_id)
    ]
    with engine.execution_options(writes=True).begin() as connection:
        for pointer in pointers:
            pointer.create(connection)
        connection.execute(update(Note).values(case_id=None))
        connection.execute(update(Case).values(merged_into_id=None))
        for table in (CasePhoto, CaseLife, CaseStep):
            connection.execute(delete(table).where(col(table.case_id).not_in(few)))
        connection.execute(delete(Case).where(col(Case.id) % ONE_IN != 0))
        for pointer in pointers:
            pointer.drop(connection)


def tidy(engine: Engine) -> None:
    """Let the database clean up and count, as its own housekeeping does in time."""
    with closing(engine.raw_connection()) as raw:
        driver: Any = raw.driver_connection
        if engine.dialect.name == "sqlite":
            driver.execute("VACUUM")
        else:
            driver.autocommit = True
            driver.execute("VACUUM ANALYZE")
    engine.dispose()


def copy_rows(source: Engine, target: Engine) -> None:
    """Copy every table from one database into another of any kind."""
    with source.connect() as reading, target.begin() as writing:
        for table in SQLModel.metadata.sorted_tables:
            writing.execute(delete(table))
            for rows in reading.execute(select(table)).mappings().partitions(BATCH):
                writing.execute(insert(table), [dict(row) for row in rows])


@contextmanager
def sqlite_street(folder: Path) -> Iterator[Desk]:
    """Give the whole street."""
    desk = desk_at(f"sqlite:///{folder / 'street.db'}", folder)
    if not (folder / "street.db").exists():
        seed_street(desk)
    migrate(desk.engine)
    yield desk
    desk.engine.dispose()


@contextmanager
def sqlite_pair(folder: Path, street: Desk) -> Iterator[tuple[Desk, Desk]]:
    """Give the street and its small twin."""
    street.engine.dispose()  # its log is folded in
    shutil.copyfile(folder / "street.db", folder / "small.db")
    small = desk_at(f"sqlite:///{folder / 'small.db'}", folder)
    thin_out(small.engine)
    tidy(small.engine)
    yield street, small
    small.engine.dispose()


@contextmanager
def postgresql_pair(folder: Path, street: Desk) -> Iterator[tuple[Desk, Desk]]:
    """Give the street and its small twin in two databases that are gone afterwards."""
    names = [f"gridapp_bench_{os.getpid()}_{size}" for size in ("street", "small")]
    with psycopg.connect(f"postgresql://{POSTGRES}/postgres", autocommit=True) as server:
        try:
            server.execute(f"CREATE DATABASE {names[0]} TEMPLATE template0".encode())
            desks = [desk_at(f"postgresql+psycopg://{POSTGRES}/{name}", folder) for name in names]
            migrate(desks[0].engine)
            copy_rows(street.engine, desks[0].engine)
            desks[0].engine.dispose()
            server.execute(f"CREATE DATABASE {names[1]} TEMPLATE {names[0]}".encode())
            thin_out(desks[1].engine)
            for desk in desks:
                tidy(desk.engine)
            yield desks[0], desks[1]
        finally:
            for name in names:
                server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def actor(desk: Desk, login: str) -> Actor:
    """Give a demo person as an actor."""
    with desk.looking(SYSTEM) as act:
        found = select(col(Person.id)).where(col(Person.login) == login)
        made = actor_of(act.session, act.session.execute(found).scalar_one(), act.now)
        assert made is not None
        return made


def once(desk: Desk, who: Actor, asked: CaseFilter) -> float:
    """Give the milliseconds of one page with the counts of its tabs."""
    begun = time.perf_counter()
    with desk.looking(who) as act:
        list_cases(act, asked)
    with desk.looking(who) as act:
        tally_open(act)
    return (time.perf_counter() - begun) * 1_000


def card_count(desk: Desk, who: Actor, asked: CaseFilter) -> int:
    """Give how many cards the page has: one with more costs more, however many cases there are."""
    with desk.looking(who) as act:
        return len(list_cases(act, asked).items)


def p95(taken: list[float]) -> float:
    """Give the 95th percentile."""
    return sorted(taken)[int(len(taken) * 0.95)]


def measure(kind: str, street: Desk, small: Desk) -> None:
    """Measure every page on both, in turns."""
    with street.looking(SYSTEM) as act:
        lowest = select(col(Grid.code)).join(Case, col(Case.grid_id) == col(Grid.id)).limit(1)
        grid = act.session.execute(lowest).scalar_one()
    print(f"{kind}\n  {'':26}28,000     280   ratio   cards")
    for name, (login, asked) in pages(grid).items():
        who = actor(street, login)
        taken: tuple[list[float], list[float]] = ([], [])
        for _ in range(ROUNDS):
            taken[0].append(once(street, who, asked))
            taken[1].append(once(small, who, asked))
        large, little = p95(taken[0][5:]), p95(taken[1][5:])
        cards = "/".join(str(card_count(desk, who, asked)) for desk in (street, small))
        print(
            f"  {name:24} {large:7.1f} {little:7.1f} {large / little:7.2f} {cards:>7}", flush=True
        )


def main(kinds: list[str]) -> None:
    """Measure on these kinds of database."""
    with ExitStack() as stack:
        kept = os.environ.get("GRID_BENCH_DIR")  # a folder in which the street is kept for later
        folder = Path(kept or stack.enter_context(tempfile.TemporaryDirectory()))
        street = stack.enter_context(sqlite_street(folder))
        for kind in kinds:
            pair = sqlite_pair if kind == "sqlite" else postgresql_pair
            with pair(folder, street) as (large, small):
                measure(kind, large, small)


if __name__ == "__main__":
    main(sys.argv[1:] or ["sqlite", "postgresql"])
