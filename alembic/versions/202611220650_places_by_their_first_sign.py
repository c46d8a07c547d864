"""Places by their first sign: one typed character finds the places that begin with it.

Revision: 0005_places_by_first_sign, after 0004_index_for_lists.

On SQLite only: PostgreSQL reads 28,000 places in a few milliseconds, and its index would have to be
of another kind (``text_pattern_ops``). A batch migration that rebuilds ``case`` on SQLite drops
the index with the old table: it must make it again.
"""

from alembic import op

revision = "0005_places_by_first_sign"
down_revision = "0004_index_for_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute('CREATE INDEX ft_case_place ON "case" (place)')


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP INDEX ft_case_place")
