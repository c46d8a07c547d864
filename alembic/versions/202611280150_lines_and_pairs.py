"""Business lines and their contacts, pairings, the year's question and theme of a grid.

Revision: 0020_lines_and_pairs, after 0019_register.
"""

import sqlalchemy as sa
from alembic import op


revision = "0020_lines_and_pairs"
down_revision = "0019_register"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "business_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_line")),
        sa.UniqueConstraint("name", name=op.f("uq_business_line_name")),
    )
    op.create_table(
        "line_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_line_contact_grid_id_grid")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["business_line.id"], name=op.f("fk_line_contact_line_id_business_line")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_contact")),
    )
    with op.batch_alter_table("line_contact", schema=None) as batch_op:
        batch_op.create_index("ix_line_contact_grid_id", ["grid_id"], unique=False)
        batch_op.create_index(
            "uq_line_contact_line_id_grid_id", ["line_id", "grid_id"], unique=True
        )
    op.create_table(
        "grid_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dedicated_id", sa.Integer(), nullable=False),
        sa.Column("micro_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dedicated_id"], ["grid.id"], name=op.f("fk_grid_pair_dedicated_id_grid")
        ),
        sa.ForeignKeyConstraint(["micro_id"], ["grid.id"], name=op.f("fk_grid_pair_micro_id_grid")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_grid_pair_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_grid_pair_ended_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_pair")),
    )
    with op.batch_alter_table("grid_pair", schema=None) as batch_op:
        batch_op.create_index("ix_grid_pair_dedicated_id", ["dedicated_id"], unique=False)
        batch_op.create_index("ix_grid_pair_micro_id", ["micro_id"], unique=False)
        batch_op.create_index(
            "uq_grid_pair_standing",
            ["dedicated_id", "micro_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
    op.create_table(
        "grid_focus",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_grid_focus_changed_by_id_person")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_grid_focus_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_focus")),
    )
    with op.batch_alter_table("grid_focus", schema=None) as batch_op:
        batch_op.create_index(
            "uq_grid_focus_grid_id_year_kind", ["grid_id", "year", "kind"], unique=True
        )


def downgrade() -> None:
    op.drop_table("grid_focus")
    op.drop_table("grid_pair")
    op.drop_table("line_contact")
    op.drop_table("business_line")
