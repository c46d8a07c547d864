"""Lists by deadline are walked in order; PostgreSQL finds places and numbers by their first sign.

Revision: 0006_lists_by_deadline, after 0005_places_by_first_sign.

PostgreSQL's own indexes are in the ``C`` collation: a beginning is then a range, whatever the
database's language. A batch migration that rebuilds ``case`` on SQLite keeps
``ix_case_due_at_id``; it is one of the table's own.
"""

from alembic import op

revision = "0006_lists_by_deadline"
down_revision = "0005_places_by_first_sign"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_due_at_id", "case", ["due_at", "id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute('CREATE INDEX ft_case_place ON "case" (place COLLATE "C")')
        op.execute('CREATE INDEX ft_case_source_ref ON "case" (source_ref COLLATE "C")')


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ft_case_source_ref")
        op.execute("DROP INDEX ft_case_place")
    op.drop_index("ix_case_due_at_id", "case")
