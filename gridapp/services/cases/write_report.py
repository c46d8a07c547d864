"""Writes a report down: the case, its first step and its photos, by ready-made statements.

Like ``intake`` it is made for the hour in which a whole street reports.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    Connection,
    Integer,
    Select,
    String,
    bindparam,
    false,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import SQLModel

from gridapp.domain.errors import PhotosMissingError
from gridapp.domain.vocabulary import PhotoKind, Status, Supervision
from gridapp.services.desk import Act
from gridapp.services.store.ready import Ready
from gridapp.tables import Case, CasePhoto, CaseStep, Photo

_CASE: Final = SQLModel.metadata.tables[str(Case.__tablename__)]
_STEP: Final = SQLModel.metadata.tables[str(CaseStep.__tablename__)]
_HUNG: Final = SQLModel.metadata.tables[str(CasePhoto.__tablename__)]
_PHOTO: Final = SQLModel.metadata.tables[str(Photo.__tablename__)]

# What every case is born with, beside what its report says.
_BORN: Final = {
    "version": 1,
    "status": Status.REPORTED,
    "settled": False,
    "supervision": Supervision.NONE,
    "source_ref": "",
    "reply": "",
    "dispatch_count": 0,
    "return_count": 0,
    "redo_count": 0,
    "reopen_count": 0,
    "extension_count": 0,
}
_SAID: Final = (
    "uid", "digest", "track", "source", "category_id", "urgency", "grid_id", "building_id",
    "place", "text", "grams", "lng_wgs84", "lat_wgs84", "accuracy_m", "reporter_name",
    "reporter_phone", "reporter_id", "device", "made_at", "received_at", "reported_at", "due_at",
    "first_due_at", "due_limit", "due_provisional", "step_due_at",
)  # fmt: skip
_STEP_SAID: Final = (
    "deed", "status_to", "actor_id", "at", "done_at", "words", "is_public", "facts",
)  # fmt: skip
_HASHES: Final = bindparam("hashes", type_=ARRAY(String))
_KIND: Final = bindparam("kind", type_=_HUNG.c.kind.type)
_HUNG_SAID: Final = ("case_id", "step_id", "photo_id", "kind", "is_public")

# SQLite: one statement after the other, which costs it little.
_INSERT: Final = Ready(
    {
        "sqlite": sqlite_insert(_CASE)
        .on_conflict_do_nothing(index_elements=["uid"])
        .returning(_CASE.c.id)
    },
    [*_BORN, *_SAID],
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
        ).where(_PHOTO.c.sha256.in_(bindparam("hashes", expanding=True))),
    )
    .returning(_HUNG.c.photo_id)
)


def _all_at_once() -> Select[int, int]:
    """Make PostgreSQL's one statement: each one more would be one more way there and back."""
    born = (
        postgres_insert(_CASE)
        .values({name: bindparam(name, type_=_CASE.c[name].type) for name in (*_BORN, *_SAID)})
        .on_conflict_do_nothing(index_elements=["uid"])
        .returning(_CASE.c.id)
        .cte("born")
    )
    said = [bindparam(name, type_=_STEP.c[name].type) for name in _STEP_SAID]
    first = (
        insert(_STEP)
        .from_select(("case_id", *_STEP_SAID), select(born.c.id, *said))
        .returning(_STEP.c.id, _STEP.c.case_id)
        .cte("first")
    )
    named = select(first.c.case_id, first.c.id, _PHOTO.c.id, _KIND, false()).where(
        _PHOTO.c.sha256 == func.any(_HASHES)
    )
    hung = insert(_HUNG).from_select(_HUNG_SAID, named).returning(_HUNG.c.photo_id).cte("hung")
    return select(born.c.id, select(func.count()).select_from(hung).scalar_subquery())


_WRITE: Final = Ready(
    {"postgresql": _all_at_once()}, [*_BORN, *_SAID, *_STEP_SAID, "hashes", "kind"]
)


def write_report(
    act: Act, said: Mapping[str, Any], step: Mapping[str, Any], hashes: Sequence[str]
) -> int | None:
    """Write a case under its unique id, its first step and its photos; None when the id is taken.

    The key from a hung photo to its row locks that row until the deed is done, so that it is not
    swept meanwhile.

    Raises:
        PhotosMissingError: Some have not arrived; it lists them.
    """
    connection, wanted = act.session.connection(), list(dict.fromkeys(hashes))
    values = {**_BORN, **said, **step, "hashes": wanted, "kind": PhotoKind.REPORT}
    if connection.dialect.name == "postgresql":
        row = _WRITE.run(connection, values).first()
        case_id, hung_count = (row[0], row[1]) if row else (None, 0)
    else:
        case_id, hung_count = _write_in_steps(connection, values)
    if case_id is not None and hung_count < len(wanted):
        raise PhotosMissingError(missing=_missing(connection, wanted))
    return case_id


def _write_in_steps(connection: Connection, values: dict[str, Any]) -> tuple[int | None, int]:
    row = _INSERT.run(connection, values).first()
    if row is None:
        return None, 0
    values["case_id"] = row[0]
    values["step_id"] = _INSERT_STEP.run(connection, values).scalar_one()
    if not values["hashes"]:
        return row[0], 0
    hung = {name: values[name] for name in ("case_id", "step_id", "hashes", "kind")}
    return row[0], len(connection.execute(_HANG, hung).all())


def _missing(connection: Connection, wanted: list[str]) -> list[str]:
    """List what has not arrived; what arrived just now, too late for this statement, as well."""
    here = select(_PHOTO.c.sha256).where(_PHOTO.c.sha256.in_(wanted))
    found = set(connection.execute(here).scalars())
    return [sha256 for sha256 in wanted if sha256 not in found] or wanted
