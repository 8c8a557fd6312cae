"""What the database knows about people, and what it has kept long enough: `assessment db person` and `assessment db purge`."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from assessment.cli.database import DATABASE
from assessment.cli.printing import as_table
from assessment.cli.telling import Suggesting, told
from assessment.errors import Problem, StoreError
from assessment.store import Store
from assessment.store.privacy import MONTH
from assessment.store.traces import Place

LABELS = {
    "assessments": "assessments that nobody has changed for so long",
    "people": "people who have not signed in for so long and belong to no desk",
    "links": "private links that ended more than 30 days ago",
    "codes": "short codes that have ended",
    "invitations": "invitations that have ended",
    "personal_links": "personal links that ended more than 30 days ago (the answers stay)",
    "workshops": "workshops left open for more than 30 days: closed, the votes forgotten",
    "trail": "lines of the trail",
}


@click.command()
@click.option(
    "--keep-months",
    type=click.IntRange(min=1),
    envvar="ASSESSMENT_KEEP_MONTHS",
    help="Delete assessments that nobody has changed for so many months. Default: none; also ASSESSMENT_KEEP_MONTHS.",
)
@click.option(
    "--trail-months",
    type=click.IntRange(min=2),
    default=12,
    show_default=True,
    envvar="ASSESSMENT_TRAIL_MONTHS",
    help="Keep the trail for so many months.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@DATABASE
@told
def purge(keep_months: int | None, trail_months: int, dry_run: bool, database: str | None) -> None:
    """Take away what has ended, and what nobody has touched for too long. Meant to run every night."""
    keep = None if keep_months is None else keep_months * MONTH
    with _opened(database) as store:
        found = store.privacy.purge(keep=keep, trail=trail_months * MONTH, really=not dry_run)
    rows = [(str(count), LABELS[name]) for name, count in found._asdict().items()]
    click.echo(as_table(("would go" if dry_run else "gone", ""), rows), nl=False)


@click.group(cls=Suggesting)
def person() -> None:
    """Find, export and erase what is stored about a person."""


@person.command()
@click.argument("name")
@DATABASE
@told
def find(name: str, database: str | None) -> None:
    """Say where a name or an address stands, alone or inside a text."""
    with _opened(database) as store:
        people, places = store.privacy.people(name), store.privacy.find(name)
    for one in people:
        click.echo(f"{one}: has signed in under this name or address.", err=True)
    if not people and not places:
        click.echo(f"Nothing stored says {name}.", err=True)
        return
    _tell(places)


@person.command()
@click.argument("name")
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace the file, if it is there.")
@DATABASE
@told
def export(name: str, output: Path, database: str | None, force: bool) -> None:
    """Write all that is stored about somebody who has signed in, named by address, name or id, to a JSON file."""
    with _opened(database) as store:
        text = store.privacy.about(_the_one(store, name)).model_dump_json(indent=2)
    try:
        output.touch(0o600, exist_ok=force)
        output.chmod(0o600)
        output.write_text(text + "\n", "utf-8")
    except FileExistsError as error:
        raise StoreError(
            [
                Problem(
                    "the file {file} is there already.",
                    "Name another one, or replace it with --force.",
                    values={"file": output},
                )
            ]
        ) from error
    except OSError as error:
        raise StoreError(
            [
                Problem(
                    "the file {file} cannot be written: {reason}",
                    "Name another one.",
                    values={"file": output, "reason": error},
                )
            ]
        ) from error
    click.echo(f"{output}: written.", err=True)


@person.command()
@click.argument("name")
@click.option("--sure", is_flag=True, help="Do it; without, only say what would go.")
@DATABASE
@told
def erase(name: str, sure: bool, database: str | None) -> None:
    """Erase a person: who they are to the sign-on, and their name wherever it stands alone. What stands in texts is listed."""
    with _opened(database) as store:
        if not sure:
            _tell(store.privacy.find(name))
            click.echo("Nothing was changed. Add --sure to erase what stands alone.", err=True)
            return
        people = [_the_one(store, name)] if store.privacy.people(name) or _is_id(name) else []
        for one in people:
            called = store.privacy.about(one)
            store.privacy.erase(one)
            for said in {called.name, called.email} - {"", name}:
                store.privacy.forget(said)
        store.privacy.forget(name)
        left = store.privacy.find(name)
    _tell(left)
    click.echo(
        f"Erased {len(people)} who had signed in, and the name where it stood alone."
        + (" What is listed stands in texts: change it in the app." if left else ""),
        err=True,
    )
    click.echo("Backups made before still hold it, and so do copies beside a SQLite file.", err=True)


def _is_id(name: str) -> bool:
    return re.fullmatch("[0-9a-f]{32}", name) is not None


def _the_one(store: Store, name: str) -> str:
    found = store.privacy.people(name) or (name,)
    if len(found) > 1:
        raise StoreError(
            [
                Problem(
                    "{count} people have signed in as {name}.",
                    "Name one by the id: {ids}.",
                    values={"count": len(found), "name": name, "ids": ", ".join(found)},
                )
            ]
        )
    return found[0]


def _tell(places: Iterable[Place]) -> None:
    rows = [
        (
            place.table,
            place.column,
            place.assessment,
            str(place.rows),
            "alone" if place.is_alone else "in a text",
        )
        for place in places
    ]
    click.echo(as_table(("table", "column", "assessment", "rows", ""), rows), nl=False)


@contextmanager
def _opened(database: str | None) -> Iterator[Store]:
    from assessment.ui.opening import address

    with Store(database or address(), may_be_missing=False) as store:
        yield store
