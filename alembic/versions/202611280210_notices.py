"""What a grid tells its residents on their home page.

Revision: 0021_notices, after 0020_lines_and_pairs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_notices"
down_revision = "0020_lines_and_pairs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_down_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_notice_grid_id_grid")),
        sa.ForeignKeyConstraint(
            ["posted_by_id"], ["person.id"], name=op.f("fk_notice_posted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["taken_down_by_id"], ["person.id"], name=op.f("fk_notice_taken_down_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_grid_id"), "notice", ["grid_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_notice_grid_id"), "notice")
    op.drop_table("notice")
