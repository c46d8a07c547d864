"""``python -m bench.chaos [COUNT] [SEED] [MINUTES]``: the chaos run at length, and how it ended."""

import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.run import run_chaos

_COUNT, _SEED, _MINUTES = 300, 1, 120
_TELL_EVERY = 30


def main() -> None:
    """Run it and print what happened; ends with 1 when anything was lost, doubled or mixed up."""
    count, seed, minutes = (
        *map(int, sys.argv[1:]),
        *(_COUNT, _SEED, _MINUTES)[len(sys.argv) - 1 :],
    )
    begun_s = time.monotonic()

    def is_over(turn: int) -> bool:
        """Tell how far it has come; when the time is over, what was captured is still delivered."""
        passed_s = time.monotonic() - begun_s
        if turn % _TELL_EVERY == 0:
            print(f"{turn} of {count} captured after {passed_s:.0f} s", flush=True)
        return passed_s > minutes * 60

    with tempfile.TemporaryDirectory() as folder:
        run = run_chaos(Path(folder), count, seed, is_over)
    verdict = run.verdict
    print(f"seed {seed}, {time.monotonic() - begun_s:.0f} s")
    print(f"{verdict.arrived_count} of {verdict.captured_count} captures arrived")
    for what, times in sorted(run.happened.items()):
        print(f"  {what}: {times}")
    print(verdict.sentence())
    sys.exit(not verdict.is_right)


if __name__ == "__main__":
    main()
