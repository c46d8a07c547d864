"""How long it takes to find the grid of a position, among 1,000 boundaries.

``python -m bench.locate`` prints the milliseconds of a look-up, the database asked each time as in
service, and of building the index anew after a change; the target is 1 ms for a look-up.
"""

import tempfile
import time
from pathlib import Path
from random import Random
from typing import Final

import shapely

from gridapp.domain.bounding import BoundarySource
from gridapp.domain.vocabulary import GridLevel
from gridapp.services.boundaries.ledger import Drawn, next_edition, write
from gridapp.services.boundaries.locate import locate
from gridapp.services.database.engine import open_engine
from gridapp.services.desk import Act, Desk
from gridapp.services.file_store import FileStore
from gridapp.services.people.actor import SYSTEM
from gridapp.services.store.migrate import migrate
from gridapp.settings import Settings
from gridapp.tables import Grid

COUNT: Final = 1_000
ROUNDS: Final = 5_000
_WEST, _SOUTH, _SIDE = 121.39, 31.24, 0.002
_PER_ROW: Final = 40
_CORNERS: Final = 60


def seed(act: Act) -> None:
    """Lay so many grids side by side, each with a round border."""
    drawn = []
    for number in range(COUNT):
        row, column = divmod(number, _PER_ROW)
        middle = shapely.Point(_WEST + (column + 0.5) * _SIDE, _SOUTH + (row + 0.5) * _SIDE)
        shape = shapely.buffer(middle, _SIDE / 2, quad_segs=_CORNERS // 4)
        grid = Grid(code=f"B{number:04d}", name=f"第{number}网格", level=GridLevel.GRID)
        act.session.add(grid)
        act.session.flush()
        assert grid.id is not None
        grid.path = f"/{grid.id}/"
        drawn.append(Drawn(grid.id, shape, BoundarySource.DRAWN))
    next_edition(act)
    write(act, drawn)


def measure(desk: Desk) -> None:
    """Print the figures."""
    chance, times, found = Random("ask"), [], 0  # noqa: S311 - the chance of a bench is no secret
    with desk.looking(SYSTEM) as act:
        begun = time.perf_counter()
        locate(act, _WEST, _SOUTH)
        print(f"index of {COUNT} boundaries: {(time.perf_counter() - begun) * 1e3:.1f} ms")
        for _ in range(ROUNDS):
            lng = _WEST + chance.random() * _PER_ROW * _SIDE
            lat = _SOUTH + chance.random() * COUNT / _PER_ROW * _SIDE
            begun = time.perf_counter()
            found += locate(act, lng, lat) is not None
            times.append((time.perf_counter() - begun) * 1e3)
    times.sort()
    middle, p95, p99 = (times[ROUNDS * share // 100] for share in (50, 95, 99))
    print(f"{ROUNDS} look-ups, {found} found")
    print(f"median {middle:.3f} ms, p95 {p95:.3f} ms, p99 {p99:.3f} ms")


def main() -> None:
    """Seed a town of its own and measure in it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), secret_key="b" * 40, _env_file=None)
        engine = open_engine(settings.database_url)
        migrate(engine)
        desk = Desk(engine, FileStore(settings.files_url), settings)
        with desk.acting(SYSTEM) as act:
            seed(act)
        measure(desk)
        engine.dispose()


if __name__ == "__main__":
    main()
