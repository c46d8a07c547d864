"""How long the demo of a whole street takes: 28,000 cases in an empty SQLite database.

``python -m bench.seed`` prints the seconds; the target is 180 on two cores.
"""

import sys
import tempfile
import time
from pathlib import Path

from gridapp.demo.fill import DEFAULT_SEED, fill_demo
from gridapp.demo.sizes import Size
from gridapp.services.database.engine import open_engine
from gridapp.services.desk import Desk
from gridapp.services.file_store import FileStore
from gridapp.services.people.actor import SYSTEM
from gridapp.services.store.migrate import migrate
from gridapp.settings import Settings

_NO_SECRET = "of no use to anybody outside the bench"  # noqa: S105 - and it is none


def desk_at(database_url: str, folder: Path) -> Desk:
    """Open a desk at a database, with its files in a folder."""
    settings = Settings(data_dir=folder, secret_key=_NO_SECRET, _env_file=None)
    return Desk(open_engine(database_url), FileStore(folder / "files"), settings)


def seed_street(desk: Desk, size: Size = Size.STREET) -> float:
    """Fill an empty database with the street; gives the seconds it took."""
    migrate(desk.engine)
    begun = time.perf_counter()
    with desk.acting(SYSTEM) as act:
        filled = fill_demo(act, size, seed=DEFAULT_SEED, password="of no use")  # noqa: S106 - likewise
    seconds = time.perf_counter() - begun
    print(f"  {size}: {filled.case_count} cases, {seconds:.0f} s")
    return seconds


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        made = desk_at(f"sqlite:///{name}/street.db", Path(name))
        seed_street(made, Size(sys.argv[1]) if sys.argv[1:] else Size.STREET)
        made.engine.dispose()
