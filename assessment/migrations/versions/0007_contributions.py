"""What named people answered apart from the assessment: in forms that came back, or by a personal link."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables of contributions and their answers."""
    op.create_table(
        "contribution",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "assessment", sa.String(32), sa.ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("respondent", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("token_hash", sa.String(64), unique=True),
        sa.Column("until", MOMENT),
    )
    op.create_index("contribution_assessment", "contribution", ["assessment"])
    op.create_table(
        "contributed",
        sa.Column(
            "contribution",
            sa.String(32),
            sa.ForeignKey("contribution.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("question", sa.String(80), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("evidence", sa.String(20), nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("confidence", sa.String(10)),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("settled", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Refuse: going back would throw answers away. Restore a backup instead."""
    raise RuntimeError("This database goes forward only: restore a backup instead.")
