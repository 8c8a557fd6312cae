"""The schema's history. The program runs it itself whenever a database is opened; nobody needs an alembic.ini."""
