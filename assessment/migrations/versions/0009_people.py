"""People who sign in: who they are, what they are at which desk, invitations; links that end or let do less."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables of people, memberships and invitations, and what a link lets one do."""
    op.create_table(
        "person",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("issuer", sa.String(250), nullable=False),
        sa.Column("subject", sa.String(250), nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.UniqueConstraint("issuer", "subject", name="person_known"),
    )
    op.create_table(
        "membership",
        _to("workspace", primary_key=True),
        _to("person", primary_key=True),
        sa.Column("role", sa.String(12), nullable=False),
        _to("client"),
        sa.Column("since", MOMENT, nullable=False),
    )
    op.create_index("membership_person", "membership", ["person"])
    op.create_index("membership_client", "membership", ["client"])
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        _to("workspace", nullable=False),
        _to("client"),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
    )
    op.create_index("invitation_workspace", "invitation", ["workspace"])
    op.create_index("invitation_client", "invitation", ["client"])
    op.add_column("link", sa.Column("role", sa.String(12), nullable=False, server_default="consultant"))
    op.add_column("link", sa.Column("label", sa.Text, nullable=False, server_default=""))
    op.add_column("link", sa.Column("until", MOMENT))


def _to(table: str, **more: Any) -> sa.Column[str]:
    """Return a column that names a row of another table, and goes with it."""
    return sa.Column(table, sa.String(32), sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), **more)


def downgrade() -> None:
    """Refuse: going back would throw away who may do what. Restore a backup instead."""
    raise RuntimeError("This database goes forward only: restore a backup instead.")
