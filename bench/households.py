"""Measures the import of households: ``python -m bench.households [COUNT]``, 50,000 unless told.

Twice: as new, and once more as they are; into a street of 2,000 buildings on a database of its own.
"""

import csv
import resource
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Final

from bench.street import build_street
from gridapp.services.database.engine import open_engine
from gridapp.services.desk import Desk
from gridapp.services.exchange.imports import import_table
from gridapp.services.exchange.kind import Wishes
from gridapp.services.file_store import FileStore
from gridapp.services.people.actor import SYSTEM
from gridapp.settings import Settings

_BUILDINGS: Final = 2_000
_NOW: Final = datetime(2026, 6, 10, 4, tzinfo=UTC)


def main() -> None:
    """Write the table, take it in twice, and tell how long and how much memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        desk, codes = _street(Path(folder))
        table = Path(folder) / "households.csv"
        _write(table, codes, count)
        before = _peak_mb()
        for turn in ("new", "again"):
            began = perf_counter()
            with desk.acting(SYSTEM) as act:
                report = import_table(act, "households", table, Wishes())
            took = perf_counter() - began
            rate = report.row_count / took
            print(
                f"{turn}: {report.row_count} rows in {took:.1f} s, {rate:.0f}/s; "
                f"new {report.new_count}, same {report.same_count}, bad {report.bad_count}; "
                f"peak {_peak_mb():.0f} MB (before {before:.0f} MB)"
            )


def _street(folder: Path) -> tuple[Desk, list[str]]:
    settings = Settings(data_dir=folder, secret_key="s" * 40, _env_file=None)
    files = FileStore(Path(settings.files_url))
    codes = build_street(settings.database_url, files, _BUILDINGS)
    return Desk(open_engine(settings.database_url), files, settings, lambda: _NOW), codes


def _write(path: Path, codes: list[str], count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["楼栋码", "单元", "门牌", "户主", "电话", "人数", "居住性质"])
        for number in range(count):
            building, home = number % len(codes), number // len(codes)
            room = f"{home // 2 + 1}0{home % 2 + 1}"
            phone = f"138{number:08d}"
            writer.writerow([codes[building], "1", room, "张秀兰", phone, "3", "自住"])


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
