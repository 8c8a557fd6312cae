"""Indexes by which seats find their votes, and codes that have ended are found."""

from alembic import op

revision = "0011"
down_revision: str | None = "0010"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add indexes to what was looked for by reading a whole table."""
    op.create_index("vote_seat", "vote", ["seat"])
    op.create_index("dissent_seat", "dissent", ["seat"])
    op.create_index("code_until", "code", ["until"])


def downgrade() -> None:
    """Refuse: this database goes forward only. Restore a backup instead."""
    raise RuntimeError("This database goes forward only: restore a backup instead.")
