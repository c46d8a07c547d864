"""Long work, why a print is out of date, and what was seen on its wall.

Revision: 0012_works, after 0011_prints.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012_works"
down_revision = "0011_prints"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
        sa.Column("broken_count", sa.Integer(), nullable=False),
        sa.Column("doing", sa.String(length=40), nullable=False),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("total_count", sa.Integer(), nullable=False),
        sa.Column("left_s", sa.Integer(), nullable=True),
        sa.Column("fault", sa.String(length=1000), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("file_type", sa.String(length=80), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("file_bytes", sa.BigInteger(), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_work_person_id_person")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_work_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
        sa.UniqueConstraint("uid", name=op.f("uq_work_uid")),
    )
    op.create_index("ix_work_state_asked_at", "work", ["state", "asked_at"])
    op.create_index("ix_work_person_id_kind", "work", ["person_id", "kind", "id"])
    op.create_index("ix_work_grid_id_kind", "work", ["grid_id", "kind", "id"])
    op.add_column(
        "print_record", sa.Column("parts", sa.JSON(), server_default="{}", nullable=False)
    )
    op.create_table(
        "hang_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("hung_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_hang_record_actor_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hang_record")),
    )
    op.create_index("ix_hang_record_sheet_subject", "hang_record", ["sheet", "subject", "id"])


def downgrade() -> None:
    op.drop_index("ix_hang_record_sheet_subject", "hang_record")
    op.drop_table("hang_record")
    op.drop_column("print_record", "parts")
    for index in ("ix_work_grid_id_kind", "ix_work_person_id_kind", "ix_work_state_asked_at"):
        op.drop_index(index, "work")
    op.drop_table("work")
