"""How many rows of a table stayed as they are on record, although the table says otherwise.

Revision: 0031_kept_rows, after 0028_set_aside.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031_kept_rows"
down_revision = "0028_set_aside"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Files that were checked before have none: nobody counted them.
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kept_count", sa.Integer(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.alter_column("kept_count", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.drop_column("kept_count")
