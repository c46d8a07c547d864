"""Chinese search: an index over the character bigrams of a case.

Revision: 0002_chinese_search, after 0001_first_ledger.

SQLite keeps an FTS5 table beside the cases and three triggers; PostgreSQL a GIN index over
``to_tsvector('simple', grams)``. A batch migration that rebuilds ``case`` on SQLite drops the
triggers with the old table: it must make them again.
"""

from alembic import op

revision = "0002_chinese_search"
down_revision = "0001_first_ledger"
branch_labels = None
depends_on = None

_SQLITE_UP = [
    "CREATE VIRTUAL TABLE case_search USING fts5("
    "grams, content='case', content_rowid='id', tokenize='unicode61')",
    'CREATE TRIGGER case_search_insert AFTER INSERT ON "case" BEGIN '
    "INSERT INTO case_search(rowid, grams) VALUES (new.id, new.grams); END",
    'CREATE TRIGGER case_search_delete AFTER DELETE ON "case" BEGIN '
    "INSERT INTO case_search(case_search, rowid, grams) VALUES ('delete', old.id, old.grams); END",
    'CREATE TRIGGER case_search_update AFTER UPDATE OF grams ON "case" BEGIN '
    "INSERT INTO case_search(case_search, rowid, grams) VALUES ('delete', old.id, old.grams); "
    "INSERT INTO case_search(rowid, grams) VALUES (new.id, new.grams); END",
    "INSERT INTO case_search(case_search) VALUES ('rebuild')",
]
_SQLITE_DOWN = [
    "DROP TRIGGER case_search_insert",
    "DROP TRIGGER case_search_delete",
    "DROP TRIGGER case_search_update",
    "DROP TABLE case_search",
]


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in _SQLITE_UP:
            op.execute(statement)
    else:
        op.execute("CREATE INDEX ft_case_grams ON \"case\" USING gin (to_tsvector('simple', grams))")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in _SQLITE_DOWN:
            op.execute(statement)
    else:
        op.execute("DROP INDEX ft_case_grams")
