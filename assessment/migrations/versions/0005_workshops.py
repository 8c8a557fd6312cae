"""Workshops on an assessment: who sits there, blind votes, dissent."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables of workshops, of their seats, of votes and of dissent."""
    op.create_table(
        "workshop",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "assessment", sa.String(32), sa.ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("code", sa.String(9), unique=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("smallest", sa.Integer, nullable=False),
        sa.Column("phase", sa.String(12), nullable=False),
        sa.Column("question", sa.String(80), nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("until", MOMENT),
        sa.Column("left", sa.Integer),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("agenda", sa.Text, nullable=False),
        sa.Column("topic", sa.Text),
        sa.Column("topics", sa.Text, nullable=False),
    )
    op.create_index("workshop_assessment", "workshop", ["assessment"])
    op.create_table(
        "seat",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "workshop", sa.String(32), sa.ForeignKey("workshop.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
    )
    op.create_index("seat_workshop", "seat", ["workshop"])
    op.create_table(
        "vote",
        sa.Column(
            "workshop", sa.String(32), sa.ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("question", sa.String(80), primary_key=True),
        sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seat", sa.String(32), sa.ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("value", sa.Text),
    )
    op.create_table(
        "dissent",
        sa.Column(
            "workshop", sa.String(32), sa.ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("question", sa.String(80), primary_key=True),
        sa.Column("seat", sa.String(32), sa.ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("signed", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Refuse: going back would throw answers away. Restore a backup instead."""
    raise RuntimeError("This database goes forward only: restore a backup instead.")
