"""Households, shops, enterprises, places, their checks, their verification; what codes became.

Revision: 0019_register, after 0018_imports.
"""

import sqlalchemy as sa
from alembic import op


revision = "0019_register"
down_revision = "0018_imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "risk_class",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_class")),
        sa.UniqueConstraint("code", name=op.f("uq_risk_class_code")),
    )
    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_verification_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
        sa.UniqueConstraint("uid", name=op.f("uq_verification_uid")),
    )
    op.create_table(
        "code_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("successor", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_code_change_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_code_change_building_id_building")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_change")),
    )
    with op.batch_alter_table("code_change", schema=None) as batch_op:
        batch_op.create_index("ix_code_change_building_id", ["building_id"], unique=False)

    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=True),
        sa.Column("door", sa.String(length=40), nullable=False),
        sa.Column("position", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=False),
        sa.Column("tenure", sa.String(length=32), nullable=False),
        sa.Column("remarks", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_household_building_id_building")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("uid", name=op.f("uq_household_uid")),
    )
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.create_index(
            "ix_household_building_id_position", ["building_id", "position", "id"], unique=False
        )
        batch_op.create_index(
            "uq_household_building_id_unit_door",
            ["building_id", "unit", "door"],
            unique=True,
            sqlite_where=sa.text("retired_at IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL"),
        )

    op.create_table(
        "premises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("spot", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("trade", sa.String(length=40), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=False),
        sa.Column("contact", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("risk_id", sa.Integer(), nullable=False),
        sa.Column("remarks", sa.String(length=200), nullable=False),
        sa.Column("last_check_on", sa.Date(), nullable=True),
        sa.Column("next_check_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_premises_building_id_building")
        ),
        sa.ForeignKeyConstraint(
            ["risk_id"], ["risk_class.id"], name=op.f("fk_premises_risk_id_risk_class")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_premises")),
        sa.UniqueConstraint("uid", name=op.f("uq_premises_uid")),
    )
    with op.batch_alter_table("premises", schema=None) as batch_op:
        batch_op.create_index(
            "ix_premises_building_id_next_check_on", ["building_id", "next_check_on"], unique=False
        )
        batch_op.create_index("ix_premises_credit_code", ["credit_code"], unique=False)

    op.create_table(
        "verification_grid",
        sa.Column("verification_id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grid_id"], ["grid.id"], name=op.f("fk_verification_grid_grid_id_grid")
        ),
        sa.ForeignKeyConstraint(
            ["verification_id"],
            ["verification.id"],
            name=op.f("fk_verification_grid_verification_id_verification"),
        ),
        sa.PrimaryKeyConstraint("verification_id", "grid_id", name=op.f("pk_verification_grid")),
    )
    with op.batch_alter_table("verification_grid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verification_grid_grid_id"), ["grid_id"], unique=False)

    op.create_table(
        "verification_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verification_id", sa.Integer(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("premises_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_why", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_verification_item_building_id_building")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_verification_item_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_verification_item_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["premises_id"], ["premises.id"], name=op.f("fk_verification_item_premises_id_premises")
        ),
        sa.ForeignKeyConstraint(
            ["verification_id"],
            ["verification.id"],
            name=op.f("fk_verification_item_verification_id_verification"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_item")),
    )
    with op.batch_alter_table("verification_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_verification_item_building_id"), ["building_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_verification_item_household_id"), ["household_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_verification_item_premises_id"), ["premises_id"], unique=False
        )
        batch_op.create_index(
            "ix_verification_item_verification_id_building_id",
            ["verification_id", "building_id", "status"],
            unique=False,
        )
        batch_op.create_index(
            "uq_verification_item_verification_id_household_id",
            ["verification_id", "household_id"],
            unique=True,
        )
        batch_op.create_index(
            "uq_verification_item_verification_id_premises_id",
            ["verification_id", "premises_id"],
            unique=True,
        )

    op.create_table(
        "premises_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("premises_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_premises_check_case_id_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_premises_check_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["premises_id"], ["premises.id"], name=op.f("fk_premises_check_premises_id_premises")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_premises_check")),
        sa.UniqueConstraint("uid", name=op.f("uq_premises_check_uid")),
    )
    with op.batch_alter_table("premises_check", schema=None) as batch_op:
        batch_op.create_index(
            "ix_premises_check_premises_id_checked_on", ["premises_id", "checked_on"], unique=False
        )

    op.create_table(
        "verification_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("seen_version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("is_applied", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["verification_item.id"],
            name=op.f("fk_verification_finding_item_id_verification_item"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_verification_finding_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_finding")),
        sa.UniqueConstraint("uid", name=op.f("uq_verification_finding_uid")),
    )
    with op.batch_alter_table("verification_finding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_verification_finding_item_id"), ["item_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("verification_finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_finding_item_id"))

    op.drop_table("verification_finding")
    with op.batch_alter_table("premises_check", schema=None) as batch_op:
        batch_op.drop_index("ix_premises_check_premises_id_checked_on")

    op.drop_table("premises_check")
    with op.batch_alter_table("verification_item", schema=None) as batch_op:
        batch_op.drop_index("uq_verification_item_verification_id_premises_id")
        batch_op.drop_index("uq_verification_item_verification_id_household_id")
        batch_op.drop_index("ix_verification_item_verification_id_building_id")
        batch_op.drop_index(batch_op.f("ix_verification_item_premises_id"))
        batch_op.drop_index(batch_op.f("ix_verification_item_household_id"))
        batch_op.drop_index(batch_op.f("ix_verification_item_building_id"))

    op.drop_table("verification_item")
    with op.batch_alter_table("verification_grid", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_grid_grid_id"))

    op.drop_table("verification_grid")
    with op.batch_alter_table("premises", schema=None) as batch_op:
        batch_op.drop_index("ix_premises_credit_code")
        batch_op.drop_index("ix_premises_building_id_next_check_on")

    op.drop_table("premises")
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_household_building_id_unit_door",
            sqlite_where=sa.text("retired_at IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL"),
        )
        batch_op.drop_index("ix_household_building_id_position")

    op.drop_table("household")
    with op.batch_alter_table("code_change", schema=None) as batch_op:
        batch_op.drop_index("ix_code_change_building_id")

    op.drop_table("code_change")
    op.drop_table("verification")
    op.drop_table("risk_class")
