"""Writes reports down: each a case, its first step and its photos, by ready-made statements.

Like ``intake`` it is made for the hour in which a whole street reports.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Integer, bindparam, delete, exists, false, insert, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import SQLModel

from gridapp.domain.errors import PhotosMissingError
from gridapp.domain.vocabulary import PhotoKind, Status, Supervision
from gridapp.services.desk import Act
from gridapp.services.store.ready import Ready
from gridapp.tables import Case, CasePhoto, CaseStep, Photo, PhotoSender

_CASE: Final = SQLModel.metadata.tables[str(Case.__tablename__)]
_STEP: Final = SQLModel.metadata.tables[str(CaseStep.__tablename__)]
_HUNG: Final = SQLModel.metadata.tables[str(CasePhoto.__tablename__)]
_PHOTO: Final = SQLModel.metadata.tables[str(Photo.__tablename__)]
_SENDER: Final = SQLModel.metadata.tables[str(PhotoSender.__tablename__)]
_BROUGHT: Final = exists().where(
    _SENDER.c.photo_id == _PHOTO.c.id,
    _SENDER.c.sender.in_(bindparam("senders", expanding=True)),
)

# What every case is born with, beside what its report says.
_BORN: Final = {
    "version": 1,
    "status": Status.REPORTED,
    "settled": False,
    "supervision": Supervision.NONE,
    "source_ref": "",
    "reply": "",
    "is_quiet": False,
    "public_text": "",
    "dispatch_count": 0,
    "return_count": 0,
    "redo_count": 0,
    "reopen_count": 0,
    "extension_count": 0,
    "me_too_count": 0,
}
# What a report says of it, whoever brings it: a phone, a form, a table.
REPORT_COLUMNS: Final = (
    "uid", "digest", "track", "source", "category_id", "urgency", "grid_id", "building_id",
    "place", "text", "grams", "lng_wgs84", "lat_wgs84", "accuracy_m", "reporter_name",
    "reporter_phone", "reporter_id", "device", "is_held", "aside_for", "made_at", "received_at",
    "reported_at", "due_at", "first_due_at", "due_limit", "due_provisional", "step_due_at",
)  # fmt: skip
_STEP_SAID: Final = (
    "deed", "status_to", "actor_id", "at", "done_at", "words", "is_public", "facts",
)  # fmt: skip
_KIND: Final = bindparam("kind", type_=_HUNG.c.kind.type)
_HUNG_SAID: Final = ("case_id", "step_id", "photo_id", "kind", "is_public")

# SQLite: one statement after the other, which costs it little.
_INSERT: Final = Ready(
    {
        "sqlite": sqlite_insert(_CASE)
        .on_conflict_do_nothing(index_elements=["uid"])
        .returning(_CASE.c.id)
    },
    [*_BORN, *REPORT_COLUMNS],
)
_INSERT_STEP: Final = Ready(
    {"sqlite": insert(_STEP).returning(_STEP.c.id)}, ("case_id", *_STEP_SAID)
)
_HANG: Final = (
    insert(_HUNG)
    .from_select(
        _HUNG_SAID,
        select(
            bindparam("case_id", type_=Integer),
            bindparam("step_id", type_=Integer),
            _PHOTO.c.id,
            _KIND,
            false(),
        ).where(_PHOTO.c.sha256.in_(bindparam("hashes", expanding=True)), _BROUGHT),
    )
    .returning(_HUNG.c.photo_id)
)
_USE_UP: Final = delete(_SENDER).where(
    _SENDER.c.photo_id.in_(bindparam("photo_ids", expanding=True)),
    _SENDER.c.sender.in_(bindparam("senders", expanding=True)),
)


def _listed(names: Sequence[str], of: str = "") -> str:
    return ", ".join(f"{of}{name}" for name in names)


# PostgreSQL: one statement for all reports of a transaction, since each one more would be one more
# way there and back. Written by hand: SQLAlchemy knows no json_populate_record, by which the rows
# come as one value, each in the columns' own types.
_WRITE: Final = f"""
WITH said AS (
    SELECT row -> 'case' AS c, row -> 'step' AS s, row -> 'hashes' AS hashes,
        ARRAY(SELECT json_array_elements_text(row -> 'senders')) AS senders
    FROM json_array_elements(%(rows)s::json) AS row
), born AS (
    INSERT INTO "case" ({_listed((*_BORN, *REPORT_COLUMNS))})
    SELECT {_listed((*_BORN, *REPORT_COLUMNS), "r.")}
    FROM said, json_populate_record(NULL::"case", said.c) AS r
    ON CONFLICT (uid) DO NOTHING
    RETURNING id, uid
), first AS (
    INSERT INTO case_step (case_id, {_listed(_STEP_SAID)})
    SELECT born.id, {_listed(_STEP_SAID, "r.")}
    FROM said JOIN born ON born.uid = (said.c ->> 'uid')::uuid,
        json_populate_record(NULL::case_step, said.s) AS r
    RETURNING id, case_id
), hung AS (
    INSERT INTO case_photo ({_listed(_HUNG_SAID)})
    SELECT born.id, first.id, photo.id, '{PhotoKind.REPORT}', false
    FROM said JOIN born ON born.uid = (said.c ->> 'uid')::uuid
        JOIN first ON first.case_id = born.id,
        json_array_elements_text(said.hashes) AS wanted
        JOIN photo ON photo.sha256 = wanted
    WHERE EXISTS (
        SELECT FROM photo_sender AS s WHERE s.photo_id = photo.id AND s.sender = ANY(said.senders)
    )
    RETURNING case_id, photo_id
), used AS (
    DELETE FROM photo_sender AS s USING hung, born, said
    WHERE born.id = hung.case_id AND born.uid = (said.c ->> 'uid')::uuid
        AND s.photo_id = hung.photo_id AND s.sender = ANY(said.senders)
)
SELECT born.uid, born.id, (SELECT count(*) FROM hung WHERE hung.case_id = born.id) FROM born
"""  # noqa: S608 - made of our own columns' names


class Report(NamedTuple):
    """What is written of one report: columns of its case and first step, its photos.

    Args:
        case: Columns of the case.
        step: Columns of its first step.
        hashes: The photos it names.
        senders: By which of them it may have been brought (``photos.senders``).
    """

    case: Mapping[str, Any]
    step: Mapping[str, Any]
    hashes: tuple[str, ...]
    senders: tuple[str, ...]


def write_reports(act: Act, reports: Sequence[Report]) -> list[int | None]:
    """Write cases under their unique ids, first steps and photos; None where the id is taken.

    The key from a hung photo to its row locks that row until the deed is done, so that it is not
    swept meanwhile.

    Args:
        act: The transaction.
        reports: No two with the same id.

    Raises:
        PhotosMissingError: Some have not arrived; it lists those of the first such report.
    """
    connection = act.session.connection()
    is_postgres = connection.dialect.name == "postgresql"
    written = (_write_at_once if is_postgres else _write_in_steps)(connection, reports)
    for report in reports:
        wanted = set(report.hashes)
        if written.get(report.case["uid"], (0, len(wanted)))[1] < len(wanted):
            raise PhotosMissingError(missing=_missing(connection, report))
    return [written.get(report.case["uid"], (None, 0))[0] for report in reports]


_Written = dict[UUID, tuple[int, int]]  # by its own id, a case's row and how many photos it has


def _write_at_once(connection: Connection, reports: Sequence[Report]) -> _Written:
    rows = [
        {
            "case": {**_BORN, **report.case},
            "step": report.step,
            "hashes": list(dict.fromkeys(report.hashes)),
            "senders": report.senders,
        }
        for report in reports
    ]
    values = {"rows": json.dumps(rows, default=str, ensure_ascii=False)}
    return {row[0]: (row[1], row[2]) for row in connection.exec_driver_sql(_WRITE, values)}


def _write_in_steps(connection: Connection, reports: Sequence[Report]) -> _Written:
    written = {}
    for report in reports:
        wanted = list(dict.fromkeys(report.hashes))
        values = {
            **_BORN,
            **report.case,
            **report.step,
            "hashes": wanted,
            "senders": report.senders,
            "kind": PhotoKind.REPORT,
        }
        row = _INSERT.run(connection, values).first()
        if row is not None:
            written[report.case["uid"]] = (row[0], _add_step(connection, row[0], values))
    return written


def _add_step(connection: Connection, case_id: int, values: dict[str, Any]) -> int:
    """Add the first step and hang the photos; gives how many there were."""
    values["case_id"] = case_id
    values["step_id"] = _INSERT_STEP.run(connection, values).scalar_one()
    if not values["hashes"]:
        return 0
    names = ("case_id", "step_id", "hashes", "senders", "kind")
    hung = connection.execute(_HANG, {name: values[name] for name in names}).scalars().all()
    connection.execute(_USE_UP, {"photo_ids": hung, "senders": values["senders"]})
    return len(hung)


def _missing(connection: Connection, report: Report) -> list[str]:
    """List what has not arrived; what arrived just now, too late for this statement, as well."""
    wanted = list(report.hashes)
    here = select(_PHOTO.c.sha256).where(_PHOTO.c.sha256.in_(wanted), _BROUGHT)
    found = set(connection.execute(here, {"senders": report.senders}).scalars())
    return [sha256 for sha256 in wanted if sha256 not in found] or wanted
