"""Pages of the area tree at a district of ten streets: 6,760 micro-grids, some 20,000 buildings.

``python -m bench.areas`` prints for each page its median and 95th percentile in milliseconds, and
the 95th percentile of the processor's time, which a busy machine lengthens less; a search has 50.
``GRID_BENCH_DIR`` names a folder in which the district is kept for the next time.
"""

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import col

from bench.lists import actor, p95
from bench.seed import desk_at, seed_street
from gridapp.demo.sizes import Size
from gridapp.domain.vocabulary import Deed, GridLevel
from gridapp.services.areas.change import see_preview
from gridapp.services.areas.read import see_area
from gridapp.services.areas.tree import AreaFilter, count_outside, list_areas
from gridapp.services.desk import Act, Actor, Desk
from gridapp.services.store.migrate import migrate
from gridapp.tables import Building, BuildingCode, Grid

ROUNDS: Final = 60
BUDGET_MS: Final = 50


def codes(act: Act) -> tuple[str, str, str, str]:
    """Give the code of a street, of a micro-grid, of its building, and a community's."""
    levels = (GridLevel.STREET, GridLevel.MICRO, GridLevel.COMMUNITY)
    street, micro, community = (
        act.session.execute(
            select(col(Grid.code)).where(col(Grid.level) == level).order_by(col(Grid.code).desc())
        )
        .scalars()
        .first()
        or ""
        for level in levels
    )
    hung = act.session.execute(select(col(BuildingCode.code))).scalars().first() or ""
    return street, micro, hung, community


def pages(street: str, micro: str, hung: str, community: str) -> dict[str, Callable[[Act], Any]]:
    """List what is measured; what begins with ``search`` has the budget."""
    asked = {
        "search by name 第三网格": AreaFilter(q="第三网格"),
        "search by name 微7": AreaFilter(q="微7"),
        "search by code": AreaFilter(q=micro),
        "search by code's beginning": AreaFilter(q=street),
        "search by building 兰溪 12号楼": AreaFilter(q="兰溪 12号楼"),
        "search by building's code": AreaFilter(q=hung),
        "search, nothing found": AreaFilter(q="没有这个地方"),
        "search outside the rule": AreaFilter(q="第二", show="outside"),
        "level: top": AreaFilter(),
        "level: a street": AreaFilter(under=street),
        "level: a community": AreaFilter(under=community),
        "filter: outside the rule": AreaFilter(show="outside"),
    }
    shown: dict[str, Callable[[Act], Any]] = {
        name: lambda act, one=one: list_areas(act, one) for name, one in asked.items()
    }
    return shown | {
        "count outside the rule": count_outside,
        "one grid: a street": lambda act: see_area(act, street),
        "one grid: a micro-grid": lambda act: see_area(act, micro),
        "preview: rename a street": lambda act: see_preview(
            act, Deed.RENAME_AREA, street, {"name": "另一条街道"}
        ),
    }


def once(desk: Desk, who: Actor, page: Callable[[Act], Any]) -> tuple[float, float]:
    """Give the milliseconds of one page: those that passed, and those that were worked."""
    begun, worked = time.perf_counter(), time.process_time()
    with desk.looking(who) as act:
        page(act)
    return (time.perf_counter() - begun) * 1_000, (time.process_time() - worked) * 1_000


def main() -> None:
    """Measure on SQLite."""
    with ExitStack() as stack:
        kept = os.environ.get("GRID_BENCH_DIR")
        folder = Path(kept or stack.enter_context(tempfile.TemporaryDirectory()))
        desk = desk_at(f"sqlite:///{folder / 'district.db'}", folder)
        if not (folder / "district.db").exists():
            seed_street(desk, Size.DISTRICT)
        migrate(desk.engine)
        who = actor(desk, "admin")
        with desk.looking(who) as act:
            counts = [
                act.session.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (Grid, Building)
            ]
            found = codes(act)
        print(f"{counts[0]:,} grids, {counts[1]:,} buildings")
        print(f"  {'':32}median     p95  worked")
        for name, page in pages(*found).items():
            taken = [once(desk, who, page) for _ in range(ROUNDS)][5:]
            passed, worked = ([row[n] for row in taken] for n in (0, 1))
            late = "  over budget" if name.startswith("search") and p95(passed) > BUDGET_MS else ""
            middle = sorted(passed)[len(passed) // 2]
            print(f"  {name:32}{middle:6.1f}  {p95(passed):6.1f}  {p95(worked):6.1f}{late}")
        desk.engine.dispose()


if __name__ == "__main__":
    main()
