"""``python -m bench.chaos [COUNT] [SEED]``: the chaos run at length, and how it ended."""

import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.run import run_chaos

_COUNT = 300


def main() -> None:
    """Run it and print what happened; ends with 1 when anything was lost, doubled or mixed up."""
    count, seed = (*map(int, sys.argv[1:]), *(_COUNT, 1)[len(sys.argv) - 1 :])
    begun_s = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        run = run_chaos(Path(folder), count, seed)
    print(f"{count} captures, seed {seed}, {time.monotonic() - begun_s:.0f} s")
    for what, times in sorted(run.happened.items()):
        print(f"  {what}: {times}")
    print(run.verdict.sentence())
    sys.exit(not run.verdict.is_right)


if __name__ == "__main__":
    main()
