"""Boundaries of grids in every version, the imports they came by, and the count of changes.

Revision: 0023_boundaries, after 0022_people_and_posts.
"""

import sqlalchemy as sa
from alembic import op


revision = "0023_boundaries"
down_revision = "0022_people_and_posts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "boundary_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("datum", sa.String(length=32), nullable=False),
        sa.Column("top_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("grid_count", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_boundary_batch_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["top_id"], ["grid.id"], name=op.f("fk_boundary_batch_top_id_grid")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_boundary_batch_undone_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boundary_batch")),
    )
    with op.batch_alter_table("boundary_batch", schema=None) as batch_op:
        batch_op.create_index("ix_boundary_batch_top_id", ["top_id"], unique=False)
    op.create_table(
        "boundary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wkb", sa.LargeBinary(), nullable=True),
        sa.Column("area_m2", sa.Float(), nullable=False),
        sa.Column("point_count", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("datum", sa.String(length=32), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_boundary_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["boundary_batch.id"], name=op.f("fk_boundary_batch_id_boundary_batch")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_boundary_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boundary")),
    )
    with op.batch_alter_table("boundary", schema=None) as batch_op:
        batch_op.create_index("ix_boundary_batch_id", ["batch_id"], unique=False)
        batch_op.create_index("ix_boundary_grid_id_version", ["grid_id", "version"], unique=True)
        batch_op.create_index(
            "ix_boundary_standing",
            ["grid_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
    op.create_table(
        "boundary_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boundary_edition")),
    )


def downgrade() -> None:
    op.drop_table("boundary_edition")
    op.drop_table("boundary")
    op.drop_table("boundary_batch")
