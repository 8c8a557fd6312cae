"""Short codes that open an assessment on another device, and the private links that such devices get."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the tables of codes and of further links."""
    op.create_table(
        "link",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column(
            "assessment", sa.String(32), sa.ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("link_assessment", "link", ["assessment"])
    op.create_table(
        "code",
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column(
            "assessment", sa.String(32), sa.ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("code_assessment", "code", ["assessment"])


def downgrade() -> None:
    """Refuse: going back would throw answers away. Restore a backup instead."""
    raise RuntimeError("This database goes forward only: restore a backup instead.")
