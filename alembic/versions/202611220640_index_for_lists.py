"""Index for lists: a page of cases is narrowed and ordered without reading the rows.

Revision: 0004_index_for_lists, after 0003_indexes_for_figures.
"""

from alembic import op

revision = "0004_index_for_lists"
down_revision = "0003_indexes_for_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_case_grid_id_status", "case")
    op.create_index(
        "ix_case_grid_id_status_unit_id_due_at", "case", ["grid_id", "status", "unit_id", "due_at"]
    )


def downgrade() -> None:
    op.drop_index("ix_case_grid_id_status_unit_id_due_at", "case")
    op.create_index("ix_case_grid_id_status", "case", ["grid_id", "status"])
