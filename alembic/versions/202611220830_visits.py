"""Contact households, the visits paid to them, and the reasons to visit.

Revision: 0008_visits, after 0007_patrols.
"""

import sqlalchemy as sa
from alembic import op


revision = "0008_visits"
down_revision = "0007_patrols"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_kind")),
        sa.UniqueConstraint("code", name=op.f("uq_visit_kind_code")),
    )
    op.create_table(
        "contact_household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_contact_household_added_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_contact_household_building_id_building")
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["visit_kind.id"], name=op.f("fk_contact_household_kind_id_visit_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_household")),
        sa.UniqueConstraint("uid", name=op.f("uq_contact_household_uid")),
    )
    with op.batch_alter_table("contact_household", schema=None) as batch_op:
        batch_op.create_index(
            "ix_contact_household_building_id_next_on", ["building_id", "next_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contact_household_ended_at"), ["ended_at"], unique=False
        )

    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_visit_case_id_case")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_visit_grid_id_grid")),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["contact_household.id"],
            name=op.f("fk_visit_household_id_contact_household"),
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["visit_kind.id"], name=op.f("fk_visit_kind_id_visit_kind")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_visit_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("uid", name=op.f("uq_visit_uid")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_grid_id"), ["grid_id"], unique=False)
        batch_op.create_index(
            "ix_visit_household_id_visited_on", ["household_id", "visited_on"], unique=False
        )
        batch_op.create_index(
            "ix_visit_person_id_visited_on", ["person_id", "visited_on"], unique=False
        )

    op.create_table(
        "visit_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_visit_correction_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_visit_correction_visit_id_visit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_correction")),
        sa.UniqueConstraint("uid", name=op.f("uq_visit_correction_uid")),
    )
    with op.batch_alter_table("visit_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_visit_correction_visit_id"), ["visit_id"], unique=False
        )

    op.create_table(
        "visit_photo",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_visit_photo_photo_id_photo")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_visit_photo_visit_id_visit")
        ),
        sa.PrimaryKeyConstraint("visit_id", "photo_id", name=op.f("pk_visit_photo")),
    )


def downgrade() -> None:
    op.drop_table("visit_photo")
    with op.batch_alter_table("visit_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_correction_visit_id"))

    op.drop_table("visit_correction")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index("ix_visit_person_id_visited_on")
        batch_op.drop_index("ix_visit_household_id_visited_on")
        batch_op.drop_index(batch_op.f("ix_visit_grid_id"))

    op.drop_table("visit")
    with op.batch_alter_table("contact_household", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_household_ended_at"))
        batch_op.drop_index("ix_contact_household_building_id_next_on")

    op.drop_table("contact_household")
    op.drop_table("visit_kind")
