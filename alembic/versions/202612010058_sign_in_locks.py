"""Count wrong passwords by login and device, in a table of their own.

A lock that stands on a person is let go: it would have ended within half an hour.
"""

import sqlalchemy as sa
from alembic import op


revision = "0039_sign_in_locks"
down_revision = "0030_case_lives"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_lock",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_lock_person_id_person")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_lock")),
    )
    for column in ("person_id", "failed_at"):
        op.create_index(f"ix_sign_in_lock_{column}", "sign_in_lock", [column], unique=False)
    op.drop_column("person", "failed_count")
    op.drop_column("person", "locked_until")


def downgrade() -> None:
    # The default stays: SQLite would have to make the table anew, to which others refer.
    op.add_column(
        "person", sa.Column("failed_count", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("person", sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
    op.drop_table("sign_in_lock")
