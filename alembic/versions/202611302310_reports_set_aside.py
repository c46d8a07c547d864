"""Reports that are set aside to be looked at first.

Revision: 0028_set_aside, after 0026_password_resets.

What is held back by a block today and not yet looked at goes to where everything stands that waits
to be looked at; nothing else changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028_set_aside"
down_revision = "0026_password_resets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case", sa.Column("aside_for", sa.String(length=32), nullable=True))
    is_aside = sa.text("aside_for IS NOT NULL")
    op.create_index(
        "ix_case_aside_for",
        "case",
        ["aside_for", "status", "received_at"],
        sqlite_where=is_aside,
        postgresql_where=is_aside,
    )
    op.execute(
        "UPDATE \"case\" SET aside_for = 'blocked' WHERE is_held AND status = 'reported'"
        " AND urgency NOT IN ('critical', 'urgent')"
    )


def downgrade() -> None:
    op.drop_index("ix_case_aside_for", table_name="case")
    op.drop_column("case", "aside_for")
