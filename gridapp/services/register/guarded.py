"""Changes a record unless somebody has been faster, or it has been struck."""

from typing import Any

from sqlalchemy import CursorResult, update
from sqlmodel import col

from gridapp.domain.errors import ConflictError
from gridapp.services.desk import Act
from gridapp.tables import Household, Premises

CHANGED = "这条登记刚刚有人改过，请看最新内容再决定。"
STRUCK = "这条登记已经注销。"


def write_record(
    act: Act, row: Household | Premises, version: int | None, changes: dict[str, Any]
) -> int:
    """Write changes on the version that the doer looked at; gives the new one.

    Raises:
        ConflictError: It has been changed or struck meanwhile; ``current`` tells its version.
    """
    table: Any = type(row)
    seen = row.version if version is None else version
    done = act.session.execute(
        update(table)
        .where(
            col(table.id) == row.id, col(table.version) == seen, col(table.retired_at).is_(None)
        )
        .values(version=seen + 1, changed_at=act.now, **changes)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    assert isinstance(done, CursorResult)
    act.session.refresh(row)
    if done.rowcount != 1:
        sentence = STRUCK if row.retired_at else CHANGED
        raise ConflictError(sentence, current={"version": row.version})
    return seen + 1
