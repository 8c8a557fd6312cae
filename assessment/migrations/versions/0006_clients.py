"""Consultants' desks: clients, their sites, the assessments of each; and which assessment follows which."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables of desks, clients, sites, of what is filed where, and of what follows what."""
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("pools", sa.Text),
    )
    op.create_table(
        "client",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "workspace", sa.String(32), sa.ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("brand", sa.Text),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("archived_at", MOMENT),
    )
    op.create_index("client_workspace", "client", ["workspace"])
    op.create_table(
        "site",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("client", sa.String(32), sa.ForeignKey("client.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("contacts", sa.Integer),
        sa.Column("heads", sa.Integer),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("site_client", "site", ["client"])
    op.create_table(
        "filed",
        sa.Column(
            "assessment", sa.String(32), sa.ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("site", sa.String(32), sa.ForeignKey("site.id", ondelete="CASCADE"), nullable=False),
        sa.Column("next_step", sa.Text, nullable=False),
        sa.Column("next_on", sa.Date),
        sa.Column("archived_at", MOMENT),
    )
    op.create_index("filed_site", "filed", ["site"])
    op.create_table(
        "follow_up",
        sa.Column(
            "assessment", sa.String(32), sa.ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("follows", sa.String(32), nullable=False),
        sa.Column("questions", sa.Text),
    )
    op.add_column("workshop", sa.Column("brought", sa.Integer))


def downgrade() -> None:
    """Refuse: going back would throw answers away. Restore a backup instead."""
    raise RuntimeError("This database goes forward only: restore a backup instead.")
