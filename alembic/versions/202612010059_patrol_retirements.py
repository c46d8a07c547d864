"""Retired patrol points, and what a correction of a visit changes.

Patrol points that are out of use: who took them out, when and why, and when they came back.

A point that was retired before has a row too, without a reason: nobody was asked for one. What was
overdue by then was not written down, so nothing is counted as missed for it.

Revision: 0032_register, after 0039_sign_in_locks.
"""

import sqlalchemy as sa
from alembic import op


revision = "0032_register"
down_revision = "0039_sign_in_locks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "patrol_retirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("missed_on", sa.Date(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_by_id", sa.Integer(), nullable=True),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("restored_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["point_id"], ["patrol_point.id"],
            name=op.f("fk_patrol_retirement_point_id_patrol_point"),
        ),
        sa.ForeignKeyConstraint(
            ["retired_by_id"], ["person.id"],
            name=op.f("fk_patrol_retirement_retired_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["restored_by_id"], ["person.id"],
            name=op.f("fk_patrol_retirement_restored_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_retirement")),
    )
    with op.batch_alter_table("patrol_retirement", schema=None) as batch_op:
        batch_op.create_index("ix_patrol_retirement_point_id", ["point_id"], unique=False)
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("case_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_check_in_case_id_case"), "case", ["case_id"], ["id"]
        )
    with op.batch_alter_table("visit_correction", schema=None) as batch_op:
        for name in ("before", "after"):
            batch_op.add_column(sa.Column(name, sa.JSON(), server_default="{}", nullable=False))
    op.execute(
        "INSERT INTO patrol_retirement (point_id, why, retired_at) "
        "SELECT id, '', retired_at FROM patrol_point WHERE retired_at IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_check_in_case_id_case"), type_="foreignkey")
        batch_op.drop_column("case_id")
    with op.batch_alter_table("visit_correction", schema=None) as batch_op:
        for name in ("after", "before"):
            batch_op.drop_column(name)
    op.drop_table("patrol_retirement")
