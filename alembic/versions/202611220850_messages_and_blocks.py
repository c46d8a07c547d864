"""Reporters are told by push and may have enough; what is abused is held back and reviewed.

Revision: 0009_messages_and_blocks, after 0008_visits.

New columns have defaults of the database's own, so that rows are written as before and SQLite adds
them without rebuilding ``case``.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_messages_and_blocks"
down_revision = "0008_visits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    held = sa.Column("is_held", sa.Boolean(), server_default=sa.false(), nullable=False)
    quiet = sa.Column("is_quiet", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("case", held)
    op.add_column("case", quiet)
    op.add_column("case", sa.Column("public_text", sa.Text(), server_default="", nullable=False))
    track = sa.Column("track", sa.String(length=32), server_default="", nullable=False)
    op.add_column("outbox_message", track)
    op.create_index("ix_outbox_message_address_made_at", "outbox_message", ["address", "made_at"])
    _subscriptions()
    _blocks()


def _subscriptions() -> None:
    op.create_table(
        "push_subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(length=100), nullable=False),
        sa.Column("auth", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_push_subscription_case_id_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscription")),
        sa.UniqueConstraint("uid", name=op.f("uq_push_subscription_uid")),
    )
    op.create_index(op.f("ix_push_subscription_case_id"), "push_subscription", ["case_id"])


def _blocks() -> None:
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("street_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lift_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["street_id"], ["grid.id"], name=op.f("fk_block_street_id_grid")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_block_case_id_case")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_block_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["person.id"], name=op.f("fk_block_lifted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
    )
    op.create_index("ix_block_kind_key", "block", ["kind", "key"])
    op.create_index(op.f("ix_block_street_id"), "block", ["street_id"])


def downgrade() -> None:
    op.drop_table("block")
    op.drop_table("push_subscription")
    op.drop_index("ix_outbox_message_address_made_at", "outbox_message")
    for table, column in (
        ("outbox_message", "track"),
        ("case", "public_text"),
        ("case", "is_quiet"),
        ("case", "is_held"),
    ):
        op.drop_column(table, column)
