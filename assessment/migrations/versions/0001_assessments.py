"""Assessments, their answers, and the earlier values of their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the first schema."""
    op.create_table(
        "assessment",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("questionnaire", sa.String(80), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("short", sa.Boolean, nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("plan", sa.Text),
    )
    op.create_table(
        "answer",
        sa.Column(
            "assessment", sa.String(32), sa.ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("question", sa.String(80), primary_key=True),
        *_content(),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_table(
        "answer_history",
        sa.Column(
            "assessment", sa.String(32), sa.ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("question", sa.String(80), primary_key=True),
        *_content(),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    )


def downgrade() -> None:
    """Refuse: going back would throw answers away. Restore a backup instead."""
    raise RuntimeError("This database goes forward only: restore a backup instead.")


def _content() -> tuple["sa.Column[object]", ...]:
    return (
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("evidence", sa.String(20), nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("writer", sa.String(64), nullable=False),
    )
