"""Runs what reads the real clock at other hours and days: ``make test-hours``.

Everything else takes time as a parameter (``tests/house/test_clocks.py``). libfaketime comes from a
package that is installed for this command alone; Debian's 0.9.10 cannot leave the monotonic clock
alone, by which Python sleeps.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from gridapp.domain.workcalendar import BEIJING
from tests.served import ROOT
from tests.shifted import moved

# All lie ahead, where the posts of the cast and of the demo have begun and a calendar may not be
# known yet, as in life: the hours at which Beijing's day and UTC's differ or meet, on days that are
# easily forgotten.
MOMENTS: Final = {
    "the last day of the year, half past midnight": datetime(2026, 12, 31, 0, 30, tzinfo=BEIJING),
    "the last day of the year, before midnight": datetime(2026, 12, 31, 23, 59, tzinfo=BEIJING),
    "the first day after the Spring Festival": datetime(2027, 2, 13, 7, 59, tzinfo=BEIJING),
    "the leap day of 2028, noon": datetime(2028, 2, 29, 12, 0, tzinfo=BEIJING),
}
# Those that read the real clock.
FOLDERS: Final = ("journeys", "webkit", "screens", "cli", "jobs", "demo")


def _library() -> str:
    found = find_spec("libfaketime")
    assert found is not None, "run this by: make test-hours"
    assert found.origin is not None
    vendored = Path(found.origin).parent / "vendor" / "libfaketime" / "src" / "libfaketime.so.1"
    return str(vendored)


def _run_at(moment: datetime, words: list[str]) -> int:
    shift_s = round((moment - datetime.now(UTC)).total_seconds())
    pytest = [sys.executable, "-m", "pytest", "-p", "tests.shifted", *words]
    told = {**os.environ, "PYTHONPATH": str(ROOT), **moved(_library(), shift_s)}
    return subprocess.run(pytest, cwd=ROOT, env=told, check=False).returncode


def main() -> int:
    """Run the suite's clock-reading part once at each moment; further words go to pytest."""
    words = sys.argv[1:] or [f"tests/{folder}" for folder in FOLDERS]
    failed = []
    for name, moment in MOMENTS.items():
        print(f"== {name}: {moment.isoformat()}", flush=True)  # noqa: T201 - a command's output
        if _run_at(moment, ["-n", "2", "--dist", "loadscope", *words]):
            failed.append(name)
    print("failed at: " + "; ".join(failed) if failed else "green at every hour")  # noqa: T201 - likewise
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
