"""The trail: who saw, changed, exported, shared and deleted what, and when. Rows are only added."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None

STAYS = "the trail is only added to"

SQLITE = (
    f"CREATE TRIGGER trail_is_not_changed BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, '{STAYS}'); END",
    "CREATE TRIGGER trail_is_kept BEFORE DELETE ON trail WHEN old.at > datetime('now', '-30 days')"
    f" BEGIN SELECT RAISE(ABORT, '{STAYS}'); END",
)
POSTGRESQL = (
    f"""
    CREATE OR REPLACE FUNCTION trail_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND old.at <= now() - interval '30 days' THEN
            RETURN old;
        END IF;
        RAISE EXCEPTION '{STAYS}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    "CREATE TRIGGER trail_stays BEFORE UPDATE OR DELETE ON trail FOR EACH ROW EXECUTE FUNCTION trail_stays()",
)


def upgrade() -> None:
    """Add the trail; the database itself refuses to change a line of it, or to delete one of the last 30 days."""
    op.create_table(
        "trail",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(12), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("link", sa.String(64), nullable=False),
        sa.Column("assessment", sa.String(32), nullable=False),
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
    )
    op.create_index("trail_assessment", "trail", ["assessment", "id"])
    op.create_index("trail_workspace", "trail", ["workspace", "id"])
    op.create_index("trail_person", "trail", ["person", "id"])
    op.create_index("trail_at", "trail", ["at"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Refuse: going back would throw the trail away. Restore a backup instead."""
    raise RuntimeError("This database goes forward only: restore a backup instead.")
