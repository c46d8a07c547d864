"""Indexes for figures: a period's cases are counted by grid without reading the rows.

Revision: 0003_indexes_for_figures, after 0002_chinese_search.
"""

from alembic import op

revision = "0003_indexes_for_figures"
down_revision = "0002_chinese_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_case_reported_at", "case")
    op.drop_index("ix_case_closed_at", "case")
    op.create_index("ix_case_reported_at_grid_id", "case", ["reported_at", "grid_id"])
    op.create_index(
        "ix_case_closed_at_status", "case", ["closed_at", "status", "grid_id", "reported_at"]
    )


def downgrade() -> None:
    op.drop_index("ix_case_closed_at_status", "case")
    op.drop_index("ix_case_reported_at_grid_id", "case")
    op.create_index("ix_case_closed_at", "case", ["closed_at"])
    op.create_index("ix_case_reported_at", "case", ["reported_at"])
