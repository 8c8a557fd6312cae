"""The whole database: into a file, out of it, from one kind into another, and looked at."""

from pathlib import Path

import click

from assessment.cli.printing import as_table
from assessment.cli.telling import Suggesting, told
from assessment.errors import Problem, StoreError
from assessment.store import backup as whole

DATABASE = click.option(
    "--database",
    metavar="URL",
    help="Default: DATABASE_URL, else the SQLite file in the folder ASSESSMENT_DATA, else in data.",
)
FORCE = click.option("--force", is_flag=True, help="Empty the database before, if it has data.")


@click.group(cls=Suggesting)
def db() -> None:
    """Back up, restore, move and check the whole database, SQLite or PostgreSQL."""


@db.command("backup")
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False))
@DATABASE
@click.option("--force", is_flag=True, help="Replace the file, if it is there.")
@told
def backup_(output: Path, database: str | None, force: bool) -> None:
    """Write everything to a file, while the program goes on. The file fits both kinds of database."""
    made = whole.backup(_the(database), output, replace=force)
    _tell(made)
    click.echo(f"{output}: written, schema {made.schema}.", err=True)


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--database", metavar="URL", required=True, help="An empty one; a SQLite file is made.")
@FORCE
@told
def restore(file: Path, database: str, force: bool) -> None:
    """Put a backup into an empty database, all or nothing, and bring it to the present schema."""
    made = whole.restore(file, database, force=force)
    _tell(made)
    click.echo(f"{made.where}: restored from {file}, read again and compared.", err=True)


@db.command()
@click.option("--from", "source", metavar="URL", required=True, help="Stays as it is.")
@click.option("--to", "target", metavar="URL", required=True, help="An empty one; a SQLite file is made.")
@FORCE
@told
def move(source: str, target: str, force: bool) -> None:
    """Copy everything into another database, for example from SQLite to PostgreSQL, and compare both table by table."""
    moved = whole.move(source, target, force=force)
    rows = [
        (before.table, str(before.rows), str(after.rows), before.sha256[:16], after.sha256[:16], "same")
        for before, after in zip(moved.source.tables, moved.target.tables, strict=True)
    ]
    click.echo(as_table(("table", "rows", "rows there", "sha256", "sha256 there", ""), rows), nl=False)
    click.echo(f"{moved.target.where}: everything of {moved.source.where} is there.", err=True)


@db.command()
@DATABASE
@told
def check(database: str | None) -> None:
    """Read every row and say whether the database is in order; nothing is changed."""
    seen = whole.check(_the(database))
    _tell(seen.found)
    schema = "the present one" if seen.is_current else "brought to the present one at the next start"
    click.echo(f"{seen.found.where}: schema {seen.found.schema}, {schema}.", err=True)
    if seen.faults:
        raise StoreError(
            Problem(
                "the database is damaged: {reason}",
                "Stop the program, move the file away, keep it, and restore the latest backup: assessment db restore FILE --database URL.",
                file=seen.found.where,
                values={"reason": fault},
            )
            for fault in seen.faults
        )
    click.echo("Everything is in order.", err=True)


def _the(database: str | None) -> str:
    from assessment.ui.opening import address

    return database or address()


def _tell(kept: whole.Kept) -> None:
    rows = [(each.table, str(each.rows), each.sha256[:16]) for each in kept.tables]
    click.echo(as_table(("table", "rows", "sha256"), rows), nl=False)
