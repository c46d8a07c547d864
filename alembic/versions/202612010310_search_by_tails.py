"""A case is found by what was answered, by its reporter's name, and by the end of a number.

The words of all steps join the search column, in chunks, so that no list of a whole street stands
in memory. An index is walked for the end of a phone, instead of every row.

Revision: 0033_search_tails, after 0032_register.
"""

import sqlalchemy as sa
from alembic import op

from gridapp.domain.searching import grams


revision = "0033_search_tails"
down_revision = "0032_register"
branch_labels = None
depends_on = None

_CHUNK = 500
_HEARD_MAX_CHARACTERS = 500
def upgrade() -> None:
    for name in ("reporter_name", "reporter_phone"):
        op.create_index(f"ix_case_{name}", "case", [name])
    bind, last = op.get_bind(), 0
    while said := _said_after(bind, last):
        for case_id, words in said.items():
            heard = bind.execute(
                sa.text('SELECT grams FROM "case" WHERE id = :id'), {"id": case_id}
            ).scalar_one()
            # Down and up again, nothing is written twice.
            for each in words:
                more = grams(each[:_HEARD_MAX_CHARACTERS])
                heard = heard if more in heard else f"{heard} {more}".strip()
            bind.execute(
                sa.text('UPDATE "case" SET grams = :heard WHERE id = :id'),
                {"heard": heard, "id": case_id},
            )
        last = max(said)


def _said_after(bind: sa.Connection, last: int) -> dict[int, list[str]]:
    """Give what was said of the next cases, in the order in which it was said."""
    ids = bind.execute(
        sa.text(
            "SELECT DISTINCT case_id FROM case_step WHERE case_id > :last AND words <> '' "
            "ORDER BY case_id LIMIT :chunk"
        ),
        {"last": last, "chunk": _CHUNK},
    ).scalars().all()
    if not ids:
        return {}
    found = bind.execute(
        sa.text(
            "SELECT case_id, words FROM case_step WHERE case_id > :last AND case_id <= :end "
            "AND words <> '' ORDER BY id"
        ),
        {"last": last, "end": ids[-1]},
    )
    said: dict[int, list[str]] = {}
    for case_id, words in found:
        said.setdefault(case_id, []).append(words)
    return said


def downgrade() -> None:
    for name in ("reporter_name", "reporter_phone"):
        op.drop_index(f"ix_case_{name}", "case")
