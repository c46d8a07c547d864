"""Rules with effect dates: heads, changes, care colours, and a category's own step limits.

Revision: 0017_rules, after 0023_boundaries.
"""

import sqlalchemy as sa
from alembic import op


revision = "0017_rules"
down_revision = "0023_boundaries"
branch_labels = None
depends_on = None

_STEP_LIMITS = ("accept_limit", "take_limit", "handle_limit")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_rule_kind_key")),
    )
    op.create_table(
        "rule_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("starts_at", moment, nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("cancelled_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", moment, nullable=True),
        sa.Column("applied_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["cancelled_by_id"], ["person.id"], name=op.f("fk_rule_change_cancelled_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_rule_change_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["rule.id"], name=op.f("fk_rule_change_rule_id_rule")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_change")),
    )
    with op.batch_alter_table("rule_change", schema=None) as batch_op:
        batch_op.create_index("ix_rule_change_rule_id", ["rule_id"], unique=False)
        batch_op.create_index(
            "ix_rule_change_applied_at_starts_at", ["applied_at", "starts_at"], unique=False
        )
    op.create_table(
        "care_colour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("hue", sa.String(length=32), nullable=False),
        sa.Column("shape", sa.String(length=32), nullable=False),
        sa.Column("word", sa.String(length=4), nullable=False),
        sa.Column("meaning", sa.String(length=40), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("triggers", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("retired_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_colour")),
        sa.UniqueConstraint("code", name=op.f("uq_care_colour_code")),
    )
    for name in _STEP_LIMITS:
        op.add_column(
            "category",
            sa.Column(name, sa.String(length=16), nullable=False, server_default=""),
        )


def downgrade() -> None:
    with op.batch_alter_table("category", schema=None) as batch_op:
        for name in _STEP_LIMITS:
            batch_op.drop_column(name)
    op.drop_table("care_colour")
    op.drop_table("rule_change")
    op.drop_table("rule")
