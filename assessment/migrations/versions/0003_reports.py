"""What a report is compared with, and whose it is: the assessment before, and the brand."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the brand, and a table for the assessments before; those that are there have neither."""
    op.add_column("assessment", sa.Column("brand", sa.Text))
    op.add_column("assessment", sa.Column("earlier_on", sa.Date))
    op.create_table(
        "earlier",
        sa.Column(
            "assessment", sa.String(32), sa.ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("content", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Refuse: going back would throw answers away. Restore a backup instead."""
    raise RuntimeError("This database goes forward only: restore a backup instead.")
