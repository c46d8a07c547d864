"""Imports a table, all or nothing, and reports every row that is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.exchange.areas import AREAS
from gridapp.services.exchange.buildings import BUILDINGS
from gridapp.services.exchange.cases import CASES
from gridapp.services.exchange.categories import CATEGORIES
from gridapp.services.exchange.columns import TableRefusedError
from gridapp.services.exchange.contacts import CONTACTS, VISIT_KINDS
from gridapp.services.exchange.hanging import FOCUSES, LINE_CONTACTS, PAIRS
from gridapp.services.exchange.households import HOUSEHOLDS
from gridapp.services.exchange.kind import Kind, Taken, Wishes
from gridapp.services.exchange.people import PEOPLE
from gridapp.services.exchange.plans import Plan, plan_of
from gridapp.services.exchange.premises import ENTERPRISES, PLACES, RISK_CLASSES, SHOPS
from gridapp.services.exchange.taking import BadRow, Batches, Fate
from gridapp.services.exchange.units import UNITS
from gridapp.services.permit import demand

KINDS: Final[Mapping[str, Kind]] = {
    "areas": AREAS,
    "buildings": BUILDINGS,
    "units": UNITS,
    "people": PEOPLE,
    "households": HOUSEHOLDS,
    "cases": CASES,
    "contacts": CONTACTS,
    "visit-kinds": VISIT_KINDS,
    "shops": SHOPS,
    "enterprises": ENTERPRISES,
    "places": PLACES,
    "risk-classes": RISK_CLASSES,
    "categories": CATEGORIES,
    "line-contacts": LINE_CONTACTS,
    "focuses": FOCUSES,
    "pairs": PAIRS,
}
# Whoever has more wrong rows than this mends the table before reading on.
BAD_ROWS_MAX_COUNT: Final = 1_000

Watch = Callable[[Fate], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import came to, or would come to.

    Args:
        kept_count: Rows that are on record otherwise than they say, and stay so.
        noted_rows: The first thousand of which something does not come in, with what.
        bad_rows: The first thousand that are wrong; ``bad_count`` counts all.
        applied: Whether it was kept: nothing is when a row is wrong, or on a dry run.
    """

    row_count: int
    new_count: int
    changed_count: int
    same_count: int
    bad_count: int
    bad_rows: tuple[BadRow, ...]
    applied: bool
    kept_count: int = 0
    noted_rows: tuple[BadRow, ...] = ()


def import_table(  # noqa: PLR0913 - what, from where, how, and whom to tell
    act: Act,
    kind: str,
    path: Path,
    wishes: Wishes,
    *,
    plan: Plan | None = None,
    sheet: str = "",
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
    watch: Watch | None = None,
) -> ImportReport:
    """Import a table, all or nothing; on a dry run only tell what would come of it.

    Args:
        act: The transaction; nothing of the table stays in it when a row is wrong.
        kind: The kind's name.
        path: The file.
        wishes: What is wished for the whole table.
        plan: How the file is read; without one it is found, or remembered from last time.
        sheet: The sheet, where no plan names one; empty for the first that has what is needed.
        dry_run: Whether to write nothing.
        progress: Told how many rows were read, now and then; what it raises ends the import.
        watch: Told what became of each row.

    Raises:
        SignInNeededError: Nobody is signed in.
        NotAllowedError: Not for this role.
        TableRefusedError: The file cannot be read as this kind of table, or there is none.
    """
    demand(act, Deed.IMPORT)
    table = kind_of(kind)
    plan = plan or plan_of(act, kind, table, path, sheet)
    attempt = act.session.begin_nested()
    try:
        counted = _take_all(act, table, path, wishes, plan, progress, watch)
    except BaseException:
        attempt.rollback()
        raise
    applied = not counted.bad_count and not dry_run
    if not applied:
        attempt.rollback()
        return counted
    attempt.commit()
    write_audit(act, Deed.IMPORT, kind, rows=counted.row_count, new=counted.new_count)
    return replace(counted, applied=True)


def kind_of(kind: str) -> Kind:
    """Give a kind of table by its name.

    Raises:
        TableRefusedError: There is no such kind.
    """
    if kind not in KINDS:
        raise TableRefusedError(f"没有这种表，可选：{'、'.join(KINDS)}。")
    return KINDS[kind]


def _take_all(  # noqa: PLR0913, PLR0917 - what import_table was given
    act: Act,
    table: Kind,
    path: Path,
    wishes: Wishes,
    plan: Plan,
    progress: Callable[[int], None] | None,
    watch: Watch | None,
) -> ImportReport:
    counts = dict.fromkeys(Taken, 0)
    bad: list[BadRow] = []
    noted: list[BadRow] = []
    bad_count = row_count = 0
    for batch in Batches(act, table, wishes, plan).taken_from(path):
        for fate in batch:
            if fate.bad is None:
                counts[fate.taken] += 1
                if fate.notes and len(noted) < BAD_ROWS_MAX_COUNT:
                    noted.append(BadRow(fate.line, "", "；".join(fate.notes)))
            else:
                bad_count += 1
                bad += [fate.bad] if bad_count <= BAD_ROWS_MAX_COUNT else []
            if watch:
                watch(fate)
        row_count += len(batch)
        if progress:
            progress(row_count)
    return ImportReport(
        row_count, counts[Taken.NEW], counts[Taken.CHANGED], counts[Taken.SAME],
        bad_count, tuple(bad), applied=False, kept_count=counts[Taken.KEPT],
        noted_rows=tuple(noted),
    )  # fmt: skip
