"""What was printed for which place.

Revision: 0011_prints, after 0010_me_too.
"""

import sqlalchemy as sa
from alembic import op


revision = "0011_prints"
down_revision = "0010_me_too"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "print_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_print_record_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_print_record_building_id_building")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_print_record_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_record")),
    )
    with op.batch_alter_table("print_record", schema=None) as batch_op:
        batch_op.create_index("ix_print_record_building_id", ["building_id"], unique=False)
        batch_op.create_index(
            "ix_print_record_sheet_subject", ["sheet", "subject", "id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("print_record")
