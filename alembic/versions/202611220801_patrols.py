"""Patrols: points, what is found there, night rosters; a check-in counts for a Beijing day.

Revision: 0007_patrols, after 0006_lists_by_deadline.

A check-in may be at a named spot now, so its building may be empty. Check-ins that are there
already count for the day of the phone where that is near the day on which they came in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_patrols"
down_revision = "0006_lists_by_deadline"
branch_labels = None
depends_on = None

_BEIJING_DAY = {
    "sqlite": "date(made_at, '+8 hours')",
    "postgresql": "(made_at AT TIME ZONE 'Asia/Shanghai')::date",
}
_CREDIBLE = {
    "sqlite": "made_at BETWEEN datetime(received_at, '-14 days') AND datetime(received_at, '+1 day')",
    "postgresql": "made_at BETWEEN received_at - interval '14 days' AND received_at + interval '1 day'",
}


def upgrade() -> None:
    _make_points()
    _make_rosters()
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.add_column(sa.Column("point_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("words", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("seen_on", sa.Date(), nullable=True))
        batch_op.alter_column("building_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f("fk_check_in_point_id_patrol_point"), "patrol_point", ["point_id"], ["id"]
        )
    kind = op.get_bind().dialect.name
    day = _BEIJING_DAY[kind]
    op.execute(f"UPDATE check_in SET seen_on = {day} WHERE {_CREDIBLE[kind]}")
    came = day.replace("made_at", "received_at")
    op.execute(f"UPDATE check_in SET seen_on = {came} WHERE seen_on IS NULL")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.alter_column("seen_on", existing_type=sa.Date(), nullable=False)
        batch_op.alter_column("words", existing_type=sa.Text(), server_default=None)
        batch_op.create_index(batch_op.f("ix_check_in_point_id"), ["point_id"], unique=False)
        batch_op.create_index("ix_check_in_grid_id_seen_on", ["grid_id", "seen_on"], unique=False)


def _make_points() -> None:
    op.create_table(
        "patrol_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("building_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("spot", sa.String(length=200), nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("lng_wgs84", sa.Float(), nullable=True),
        sa.Column("lat_wgs84", sa.Float(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_patrol_point_grid_id_grid")),
        sa.ForeignKeyConstraint(
            ["building_id"], ["building.id"], name=op.f("fk_patrol_point_building_id_building")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_point")),
        sa.UniqueConstraint("uid", name=op.f("uq_patrol_point_uid")),
    )
    op.create_index(op.f("ix_patrol_point_grid_id"), "patrol_point", ["grid_id"])
    op.create_index(op.f("ix_patrol_point_building_id"), "patrol_point", ["building_id"])
    op.create_table(
        "patrol_finding",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_patrol_finding_case_id_case")),
        sa.ForeignKeyConstraint(
            ["point_id"], ["patrol_point.id"], name=op.f("fk_patrol_finding_point_id_patrol_point")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_patrol_finding")),
    )
    op.create_index(op.f("ix_patrol_finding_point_id"), "patrol_finding", ["point_id"])


def _make_rosters() -> None:
    op.create_table(
        "patrol_roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_patrol_roster_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_roster")),
        sa.UniqueConstraint("uid", name=op.f("uq_patrol_roster_uid")),
    )
    op.create_index(op.f("ix_patrol_roster_grid_id"), "patrol_roster", ["grid_id"])
    op.create_table(
        "patrol_night",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("night_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["roster_id"], ["patrol_roster.id"], name=op.f("fk_patrol_night_roster_id_patrol_roster")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_night")),
        sa.UniqueConstraint("uid", name=op.f("uq_patrol_night_uid")),
    )
    op.create_index(op.f("ix_patrol_night_night_on"), "patrol_night", ["night_on"])
    op.create_index(
        "uq_patrol_night_roster_id_night_on", "patrol_night", ["roster_id", "night_on"], unique=True
    )
    op.create_table(
        "patrol_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("night_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("cover_wanted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["night_id"], ["patrol_night.id"], name=op.f("fk_patrol_duty_night_id_patrol_night")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_patrol_duty_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_duty")),
        sa.UniqueConstraint("uid", name=op.f("uq_patrol_duty_uid")),
    )
    op.create_index(op.f("ix_patrol_duty_night_id"), "patrol_duty", ["night_id"])
    op.create_index(op.f("ix_patrol_duty_person_id"), "patrol_duty", ["person_id"])


def downgrade() -> None:
    op.execute("DELETE FROM check_in WHERE building_id IS NULL")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index("ix_check_in_grid_id_seen_on")
        batch_op.drop_index(batch_op.f("ix_check_in_point_id"))
        batch_op.drop_constraint(
            batch_op.f("fk_check_in_point_id_patrol_point"), type_="foreignkey"
        )
        batch_op.alter_column("building_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("seen_on")
        batch_op.drop_column("words")
        batch_op.drop_column("point_id")
    for table in (
        "patrol_duty", "patrol_night", "patrol_roster", "patrol_finding", "patrol_point"
    ):
        op.drop_table(table)
