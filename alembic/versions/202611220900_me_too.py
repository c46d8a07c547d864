"""Who else met a matter, how many they are, the reporter's thanks, and faces of contacts.

Revision: 0010_me_too, after 0009_messages_and_blocks.

Columns are added and dropped in place: a batch would rebuild ``case`` on SQLite and lose what hangs
on it (its search index, ``ft_case_place``).
"""

import sqlalchemy as sa
from alembic import op

revision = "0010_me_too"
down_revision = "0009_messages_and_blocks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "case", sa.Column("me_too_count", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("case", sa.Column("thanked_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "me_too",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("track", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_me_too_case_id_case")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_me_too")),
        sa.UniqueConstraint("track", name=op.f("uq_me_too_track")),
    )
    op.create_index("uq_me_too_case_id_device", "me_too", ["case_id", "device"], unique=True)


    op.create_table(
        "portrait",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("webp", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_portrait_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_portrait")),
    )


def downgrade() -> None:
    op.drop_table("portrait")
    op.drop_index("uq_me_too_case_id_device", "me_too")
    op.drop_table("me_too")
    op.drop_column("case", "thanked_at")
    op.drop_column("case", "me_too_count")
