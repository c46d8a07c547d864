"""Takes a brought file in, once: read as far as its headings, so that what is none is refused."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from gridapp.domain.errors import OtherContentError
from gridapp.domain.vocabulary import Deed
from gridapp.services.audit import write_audit
from gridapp.services.desk import Act
from gridapp.services.exchange.columns import lacking
from gridapp.services.exchange.headings import guess_columns, heading_mark
from gridapp.services.exchange.imports import kind_of
from gridapp.services.exchange.layout import Layout, arranged, find_tables
from gridapp.services.exchange.plans import remembered
from gridapp.services.exchange.reading import merged_in
from gridapp.services.imports.planning import PlanFacts
from gridapp.services.orders import clean_text
from gridapp.services.permit import demand
from gridapp.tables import ImportFile

_NAME_CHARACTERS: Final = 120
_SAMPLES: Final = 20


def known_import(act: Act, uid: UUID, sha256: str) -> bool:
    """Tell whether the same file was brought under this id before.

    Raises:
        OtherContentError: Another one was, or by somebody else.
    """
    demand(act, Deed.IMPORT)
    row: ImportFile | None = act.session.execute(
        select(ImportFile).where(col(ImportFile.uid) == uid)
    ).scalar_one_or_none()
    if row is None:
        return False
    if (row.sha256, row.person_id) != (sha256, act.actor.person_id):
        raise OtherContentError
    return True


def bring_file(act: Act, uid: UUID, kind: str, name: str, arrived: Path, sha256: str) -> None:  # noqa: PLR0913, PLR0917 - what a file is
    """Take a file in, with a first guess at how it is read.

    Raises:
        NotAllowedError: Not for this role.
        StorageFullError: The disk has too little left for files.
        TableRefusedError: There is no such kind, or the file cannot be read; it tells the mend.
    """
    demand(act, Deed.IMPORT)
    act.files.demand_room()
    plan = guessed_plan(act, kind, arrived, "")
    person_id = act.actor.person_id
    assert person_id is not None
    told = clean_text(name).strip()[-_NAME_CHARACTERS:] or "未命名"
    act.session.add(
        ImportFile(
            uid=uid, kind=kind, name=told, sha256=sha256, byte_count=arrived.stat().st_size,
            person_id=person_id, brought_at=act.now, plan=plan.model_dump(mode="json"),
        )
    )  # fmt: skip
    act.session.flush()
    write_audit(act, "data.import_bring", f"import:{uid}", kind=kind, bytes=arrived.stat().st_size)


def guessed_plan(act: Act, kind: str, path: Path, sheet: str) -> PlanFacts:
    """Guess how a sheet is read; what was told of the same headings before is no guess.

    Raises:
        TableRefusedError: There is no such kind, or the file cannot be read.
    """
    columns = kind_of(kind).columns
    best: tuple[Layout, dict[int, str]] | None = None
    for layout in find_tables(path, columns, sheet):
        places = places_for(act, kind, path, layout)
        if best is None or len(places) > len(best[1]):
            best = (layout, places)
        if not lacking(columns, places.values()):
            break
    assert best is not None
    return planned(*best)


def places_for(act: Act, kind: str, path: Path, layout: Layout) -> dict[int, str]:
    """Tell which place of a row holds which column: as told before, else as guessed."""
    rows = arranged(path, layout)
    _, headings = next(rows)
    told = remembered(act, kind, heading_mark(headings))
    columns = kind_of(kind).columns
    if told is not None:
        known = {column.name for column in columns}
        return {place: name for place, name in told.items() if name in known}
    return guess_columns(columns, headings, [cells for _, cells in islice(rows, _SAMPLES)])


def planned(layout: Layout, places: Mapping[int, str], **wishes: Any) -> PlanFacts:
    """Give a plan for keeping."""
    return PlanFacts(
        sheet=layout.sheet, header_line=layout.header_line, header_rows=layout.header_rows,
        fill_merged=layout.fill_merged, places={str(n): name for n, name in places.items()},
        **wishes,
    )  # fmt: skip


def has_tall_merges(path: Path, layout: Layout) -> bool:
    """Tell whether cells below the headings are merged over several rows."""
    last_heading = layout.header_line + layout.header_rows - 1
    merges = merged_in(path, layout.sheet)
    return any(m.bottom > m.top and m.bottom > last_heading for m in merges)
