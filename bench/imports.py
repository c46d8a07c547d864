"""Tables of many rows, in and back out: seconds, and the most memory that the process took.

``python -m bench.imports [KIND ROWS]``; without words it goes through the usual ones. Each runs in
a process and a database of its own (SQLite), so that its memory is its own: reading and checking
as the browser does it, importing with what undoing needs, exporting, undoing.
"""

import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from gridapp.domain.codes import BUILDING_ALPHABET, building_code
from gridapp.domain.importing import ImportState
from gridapp.domain.vocabulary import Deed, Role
from gridapp.services.audit import write_audit
from gridapp.services.desk import Actor, Desk, open_desk
from gridapp.services.exchange.exports import export_table
from gridapp.services.exchange.imports import import_table
from gridapp.services.exchange.kind import Wishes
from gridapp.services.exchange.layout import arranged
from gridapp.services.exchange.unrolled import unroll
from gridapp.services.exchange.writing import write_table
from gridapp.services.founding import found_town
from gridapp.services.imports.access import change_import, open_import
from gridapp.services.imports.apply import apply_import, undo_import
from gridapp.services.imports.bring import bring_file
from gridapp.services.imports.check import run_table
from gridapp.services.imports.planning import plan_facts
from gridapp.services.people.actor import SYSTEM
from gridapp.services.people.engage import Place, engage_person
from gridapp.services.people.persons import NewPerson
from gridapp.services.store.migrate import migrate
from gridapp.settings import Settings

USUAL = (("buildings", 5_000), ("cases", 10_000), ("households", 50_000))
_BASE = "310107022001"


def rows_of(kind: str, count: int, codes: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Make up the rows of a table; households live by fifty in the buildings of these codes."""
    for n in range(count):
        if kind == "buildings":
            yield f"{n}号楼", f"兰溪路{n // 40}弄{n}号", f"{_BASE}{n % 97 + 1:03}", 2, 6, 48
        elif kind == "households":
            yield codes[n // 50], n % 50 + 101, "张秀兰", "13800008000", 3, "自住"
        elif kind == "cases":
            yield f"H{n}", "2026-06-10 09:00", f"路灯不亮，第{n}盏", f"兰溪路{n}号", "13800008000"
        else:
            raise SystemExit(f"no rows are made up for {kind}")


HEADS = {
    "buildings": ("楼号", "坐落", "所属网格编码", "单元数", "层数", "总户数"),
    "households": ("楼栋码", "房号", "户主姓名", "联系电话", "常住人数", "居住类型"),
    "cases": ("工单编号", "来电时间", "诉求内容", "事发地点", "联系电话"),
}


def timed(name: str, do: Callable[[], Any]) -> Any:
    """Do it and print how long it took, how much of a processor, and the most memory so far."""
    began, busy = time.perf_counter(), time.process_time()
    came = do()
    most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took_s, busy_s = time.perf_counter() - began, time.process_time() - busy
    print(f"  {name:<8}{took_s:7.1f} s {busy_s:7.1f} s busy {most_mb:6.0f} MB", flush=True)
    return came


def town(folder: Path) -> Desk:
    """Make a street of 97 grids with an administrator."""
    desk = open_desk(Settings(data_dir=folder, secret_key="x" * 40))
    migrate(desk.engine)
    areas = folder / "areas.csv"
    grids = [("310107022", "真如镇街道", "街道", ""), (_BASE, "南大街社区", "社区", "310107022")]
    grids += [(f"{_BASE}{n + 1:03}", f"第{n + 1}网格", "网格", _BASE) for n in range(97)]
    write_table(areas, ("网格编码", "名称", "层级", "上级编码"), grids)
    with desk.acting(SYSTEM) as act:
        found_town(act)
        import_table(act, "areas", areas, Wishes())
    return desk


def buildings_for(desk: Desk, folder: Path, count: int) -> list[str]:
    """Build where households live; gives the buildings' codes."""
    path = folder / "buildings.csv"
    codes = [building_code(_seven_signs(n)) for n in range(count)]
    rows = ((code, f"{n}号楼", f"{_BASE}{n % 97 + 1:03}") for n, code in enumerate(codes))
    write_table(path, ("楼栋码", "名称", "网格编码"), rows)
    with desk.acting(SYSTEM) as act:
        report = import_table(act, "buildings", path, Wishes())
    assert report.applied
    return codes


def _seven_signs(number: int) -> str:
    signs = ""
    for _ in range(7):
        number, sign = divmod(number, len(BUILDING_ALPHABET))
        signs += BUILDING_ALPHABET[sign]
    return signs


def administrator(desk: Desk) -> Actor:
    """Take an administrator on."""
    with desk.acting(SYSTEM) as act:
        engaged = engage_person(act, NewPerson("admin", "管理员"), Place(Role.ADMINISTRATOR))
    # With everything that is to be done before a first password's change.
    return Actor(engaged.person_id, "管理员", SYSTEM.posts)


def main(kind: str, count: int) -> None:
    """Go through one table."""
    print(f"{kind}, {count} rows")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk, path, uid = town(folder), folder / "table.xlsx", uuid4()
        admin = administrator(desk)
        codes = buildings_for(desk, folder, count // 50 + 1) if kind == "households" else ()
        write_table(path, HEADS[kind], rows_of(kind, count, codes))
        with desk.acting(admin) as act:
            timed("look", lambda: bring_file(act, uid, kind, path.name, path, "0" * 64))
            plan = plan_facts(open_import(act, uid, Deed.IMPORT).plan)
        with desk.acting(admin) as act:
            lines = folder / "lines"
            run = lambda: run_table(act, kind, path, plan, _quiet, lines)  # noqa: E731 - to be timed
            report, mark = timed("check", run)
            assert report.new_count == count, report.bad_rows[:3]
        with desk.acting(admin) as act:
            row = open_import(act, uid, Deed.IMPORT)
            change_import(act, row, row.version, state=ImportState.CHECKED, checked=mark)
        rows = timed("read", lambda: unroll(arranged(path, plan.layout()), folder))
        # All that a report has to wait for on SQLite, which has one writer.
        with others_write(desk), desk.acting(admin) as act:
            timed("import", lambda: apply_import(act, uid, rows, _quiet))
        out = folder / "out.xlsx"
        if kind != "cases":  # no administrator sees those
            with desk.acting(admin) as act:
                timed("export", lambda: export_table(act, kind, out, Wishes()))
        with others_write(desk), desk.acting(admin) as act:
            timed("undo", lambda: undo_import(act, uid))


@contextmanager
def others_write(desk: Desk) -> Iterator[None]:
    """Write a note on the town now and then meanwhile, and print the longest wait for it."""
    waits, done = [0.0], threading.Event()

    def write() -> None:
        while not done.wait(0.05):
            began = time.perf_counter()
            with desk.acting(SYSTEM) as act:
                write_audit(act, Deed.SEE_AUDIT, "bench")
            waits.append(time.perf_counter() - began)

    other = threading.Thread(target=write)
    other.start()
    try:
        yield
    finally:
        done.set()
        other.join()
        print(f"    others waited for their turn at most {max(waits):.1f} s", flush=True)


def _quiet(_count: int) -> None:
    """Tell nobody."""


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1], int(sys.argv[2]))
    else:
        for kind, count in USUAL:
            subprocess.run([sys.executable, "-m", "bench.imports", kind, str(count)], check=True)  # noqa: S603 - our own words
