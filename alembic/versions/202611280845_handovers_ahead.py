"""Handovers that are dated ahead.

Revision: 0024_handovers, after 0017_rules.
"""

import sqlalchemy as sa
from alembic import op


revision = "0024_handovers"
down_revision = "0017_rules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("new_post_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end", sa.String(length=32), nullable=True),
        sa.Column("cases_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"], ["person.id"], name=op.f("fk_handover_agreed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["new_post_id"], ["post.id"], name=op.f("fk_handover_new_post_id_post")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_handover_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        for column in ("post_id", "new_post_id", "done_at"):
            batch_op.create_index(f"ix_handover_{column}", [column], unique=False)


def downgrade() -> None:
    op.drop_table("handover")
