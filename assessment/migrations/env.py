"""Alembic's entry: migrate over the connection and inside the transaction that `assessment.store.database` hands in."""

from alembic import context

options = context.config.attributes

context.configure(
    connection=options["connection"],
    version_table=options["version_table"],
    transactional_ddl=True,  # SQLite can, too, because the store begins the transaction itself
    render_as_batch=True,  # SQLite changes a column by copying its table
)
with context.begin_transaction():
    context.run_migrations()
