"""Who gave each answer, where that is known."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the respondent; of the answers that are already there, nobody knows whose they are."""
    for table in ("answer", "answer_history"):
        op.add_column(table, sa.Column("respondent", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Refuse: going back would throw answers away. Restore a backup instead."""
    raise RuntimeError("This database goes forward only: restore a backup instead.")
