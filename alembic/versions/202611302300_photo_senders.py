"""Who brought a photo: only they may name it.

Revision: 0025_photo_senders, after 0024_handovers. What was received and hangs nowhere yet is given
to whom it was received from, so that reports on their way find their photos.
"""

import sqlalchemy as sa
from alembic import op


revision = "0025_photo_senders"
down_revision = "0024_handovers"
branch_labels = None
depends_on = None

_LOOSE = """
    NOT EXISTS (SELECT 1 FROM case_photo WHERE case_photo.photo_id = photo.id)
    AND NOT EXISTS (SELECT 1 FROM note_photo WHERE note_photo.photo_id = photo.id)
    AND NOT EXISTS (SELECT 1 FROM visit_photo WHERE visit_photo.photo_id = photo.id)
"""
_SENDERS = {
    "'person:' || person_id": "person_id IS NOT NULL",
    "'device:' || device": "device <> ''",
    "'place:' || place_code": "person_id IS NULL AND device = ''",
}


def upgrade() -> None:
    op.create_table(
        "photo_sender",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=96), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"],
            ["photo.id"],
            name=op.f("fk_photo_sender_photo_id_photo"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("photo_id", "sender", name=op.f("pk_photo_sender")),
    )
    for sender, known in _SENDERS.items():
        op.execute(
            f"INSERT INTO photo_sender (photo_id, sender)"  # noqa: S608 - our own words
            f" SELECT id, {sender} FROM photo WHERE {known} AND {_LOOSE}"
        )


def downgrade() -> None:
    op.drop_table("photo_sender")
