"""`assessment benchmark`: files of organisations that cannot be told apart, made, put together and compared with."""

import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from assessment.cli.printing import as_csv, as_table
from assessment.cli.telling import LANGUAGE, QUESTIONNAIRE, told, write
from assessment.document.benchmarks import among_others
from assessment.document.blocks import Paragraph, Table
from assessment.errors import AnswersError, Problem
from assessment.i18n import catalogue
from assessment.loader import pool_as_bytes, read_pool, read_questionnaire
from assessment.loader.sheets import read_report_or_sheet
from assessment.pooling import places, positions_of, put_together, quartiles_of, summed_up
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from assessment.values import Variety

OUTPUT = click.option("--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False))
FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=False))


@click.group("benchmark")
def benchmark() -> None:
    """Compare without a server: five organisations at least, no names, and always how many they are."""


@benchmark.command("make")
@FILES
@OUTPUT
@click.option(
    "--after",
    type=click.Path(path_type=Path, allow_dash=False),
    help="The file you gave away before: the new one takes its place, and is refused if both together gave somebody away.",
)
@QUESTIONNAIRE
@told
def make(files: tuple[Path, ...], output: Path, after: Path | None, questionnaire: str | None) -> None:
    """Make a benchmark of answers files, one for each organisation."""
    before = read_pool(after) if after else None
    known, organisations, short = _organisations(files, questionnaire)
    if before is not None and len(before.sources) != 1:
        raise AnswersError(
            [
                Problem(
                    "this file has {count} sources; the file before is the one that you made yourself.",
                    "Give your own file, not one that was put together.",
                    file=str(after),
                    values={"count": len(before.sources)},
                )
            ]
        )
    pool = summed_up(
        known,
        organisations,
        short=short,
        source=before.sources[0].id if before else secrets.token_hex(16),
        month=f"{date.today():%Y-%m}",  # noqa: DTZ011 - the day on the wall
        after=before,
    )
    write(pool_as_bytes(pool), output)
    click.echo(f"{output}: written, {pool.organisations} organisations.", err=True)


@benchmark.command("pool")
@FILES
@OUTPUT
@told
def pool_(files: tuple[Path, ...], output: Path) -> None:
    """Put several benchmark files together; of each source the latest."""
    pool = put_together([read_pool(file) for file in files])
    write(pool_as_bytes(pool), output)
    click.echo(
        f"{output}: written, {pool.organisations} organisations from {len(pool.sources)} sources.", err=True
    )


@benchmark.command("show")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=False))
@click.argument("answers", required=False, type=click.Path(path_type=Path, allow_dash=False))
@click.option("--format", "form", type=click.Choice(["table", "csv"]), default="table", show_default=True)
@QUESTIONNAIRE
@LANGUAGE
@told
def show(file: Path, answers: Path | None, form: str, questionnaire: str | None, language: Variety) -> None:
    """Show how organisations are spread, and with ANSWERS where one of them stands."""
    pool = read_pool(file)
    if answers is None:
        head: tuple[str, ...] = ("section", "organisations", "lower", "median", "upper")
        rows: list[tuple[str, ...]] = [
            (found.of, str(found.organisations), f"{found.lower:g}", f"{found.median:g}", f"{found.upper:g}")
            for found in quartiles_of(pool)
        ]
        click.echo(as_csv(head, rows) if form == "csv" else as_table(head, rows), nl=False)
        return
    known, [own], short = _organisations([answers], questionnaire)
    found = places(pool, known, own, short=short)
    if form == "csv":
        head = ("section", "position", "where", "organisations", "lower", "median", "upper")
        exact: list[tuple[str, ...]] = [
            (
                *(place.of, "" if place.position is None else f"{place.position:.2f}", place.where or ""),
                str(place.among.organisations),
                *(f"{place.among.lower:g}", f"{place.among.median:g}", f"{place.among.upper:g}"),
            )
            for place in found
        ]
        click.echo(as_csv(head, exact), nl=False)
        return
    for block in among_others(pool, found, known, catalogue(language)):
        match block:
            case Table():
                heads = tuple(column.head for column in block.columns)
                cells = [tuple(" ".join(line.text for line in cell) for cell in row) for row in block.rows]
                click.echo(as_table(heads, cells))
            case Paragraph():
                click.echo(block.text + "\n")


def _organisations(
    files: Sequence[Path], questionnaire: str | None
) -> tuple[Questionnaire, list[dict[str, float]], bool]:
    """Read the files as organisations.

    Raises:
        AnswersError: one cannot be read, is of another questionnaire, version or edition, or is an organisation's second one.
    """
    own = read_questionnaire(questionnaire) if questionnaire else None
    found: list[dict[str, float]] = []
    first: tuple[Questionnaire, bool] | None = None
    names: dict[str, Path] = {}
    for file in files:
        known, sheet, subject = read_report_or_sheet(file, questionnaire=own)
        first = first or (known, sheet.short)
        if (known.id, known.version, sheet.short) != (first[0].id, first[0].version, first[1]):
            raise AnswersError(
                [
                    Problem(
                        "this file answers another questionnaire, version or edition than the first one.",
                        "Make one benchmark for each of them.",
                        file=str(file),
                    )
                ]
            )
        name = subject.organisation.strip().casefold()
        if name and name in names:
            raise AnswersError(
                [
                    Problem(
                        "“{name}” is in {other} already: an organisation counts once.",
                        "Give its latest assessment only, or put its sites together first.",
                        file=str(file),
                        values={"name": subject.organisation, "other": names[name]},
                    )
                ]
            )
        names[name] = file
        found.append(positions_of(score(known, sheet)))
    assert first is not None  # click asks for one file at least
    return first[0], found, first[1]
