"""Deputies, posts that wait for a second person, consent to be shown, grids looked after.

Revision: 0022_people_and_posts, after 0021_notices.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022_people_and_posts"
down_revision = "0021_notices"
branch_labels = None
depends_on = None

_VERSIONED = ("unit", "person", "post")


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    for table in _VERSIONED:
        op.add_column(
            table, sa.Column("version", sa.Integer(), server_default="1", nullable=False)
        )
    # The same words on both databases, without a batch: SQLite would rebuild the table for it.
    op.execute(
        "ALTER TABLE post ADD COLUMN stands_in_for_id INTEGER"
        " CONSTRAINT fk_post_stands_in_for_id_post REFERENCES post (id)"
    )
    op.create_index("ix_post_stands_in_for_id", "post", ["stands_in_for_id"])
    op.create_index(op.f("ix_audit_row_subject"), "audit_row", ["subject"])
    _requests()
    _consents()
    op.create_table(
        "unit_grid",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        _moment("made_at"),
        _refers("unit_grid", "unit_id", "unit"),
        _refers("unit_grid", "grid_id", "grid"),
        sa.PrimaryKeyConstraint("unit_id", "grid_id", name=op.f("pk_unit_grid")),
    )
    op.create_index(op.f("ix_unit_grid_grid_id"), "unit_grid", ["grid_id"])


def _requests() -> None:
    op.create_table(
        "post_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("accountable", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        _moment("asked_at"),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        _moment("decided_at", nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        _refers("post_request", "person_id", "person"),
        _refers("post_request", "grid_id", "grid"),
        _refers("post_request", "unit_id", "unit"),
        _refers("post_request", "asked_by_id", "person"),
        _refers("post_request", "decided_by_id", "person"),
        _refers("post_request", "post_id", "post"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_request")),
        sa.UniqueConstraint("uid", name=op.f("uq_post_request_uid")),
    )
    op.create_index(op.f("ix_post_request_person_id"), "post_request", ["person_id"])


def _consents() -> None:
    op.create_table(
        "portrait_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(length=200), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        _moment("recorded_at"),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        _moment("withdrawn_at", nullable=True),
        _refers("portrait_consent", "person_id", "person"),
        _refers("portrait_consent", "recorded_by_id", "person"),
        _refers("portrait_consent", "withdrawn_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portrait_consent")),
    )
    op.create_index(op.f("ix_portrait_consent_person_id"), "portrait_consent", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_row_subject"), "audit_row")
    for table in ("unit_grid", "portrait_consent", "post_request"):
        op.drop_table(table)
    op.execute("DELETE FROM post WHERE stands_in_for_id IS NOT NULL")
    op.drop_index("ix_post_stands_in_for_id", "post")
    if op.get_bind().dialect.name == "sqlite":
        _forget_deputies_on_sqlite()
    else:
        op.drop_column("post", "stands_in_for_id")
    for table in _VERSIONED:
        op.drop_column(table, "version")


def _forget_deputies_on_sqlite() -> None:
    """Rebuild the table: SQLite drops no column that refers to another table."""
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_column("stands_in_for_id")
