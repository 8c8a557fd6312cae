"""Questionnaires in and out of workbooks."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assessment.cli.telling import told
from assessment.errors import Problem, QuestionnaireError

if TYPE_CHECKING:
    from assessment.authoring import BroughtIn

MOST_SHOWN = 12
"""So many notices of each kind are shown; of the others, the number."""


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=False))
@click.option(
    "--output",
    "-o",
    required=True,
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Folder of the questionnaire; its name is the questionnaire's id.",
)
@click.option("--force", is_flag=True, help="Replace the questionnaire that is in the folder.")
@click.option(
    "--all", "everything", is_flag=True, help="Show every notice, and not only the first of each kind."
)
@told
def import_(file: Path, output: Path, force: bool, everything: bool) -> None:
    """Read a questionnaire from FILE: a workbook of our own template, an XLSForm (.xlsx), or JSON.

    Every fault is told by sheet, row and column, and so is what was changed, added or left behind.
    """
    from assessment.authoring import bring_in, refuse_folder, write_folder

    folder = output.resolve()
    refuse_folder(folder, force=force)
    brought = bring_in(file, folder.name)
    files = write_folder(brought.questionnaire, folder, force=force)
    _tell(brought, file, everything=everything)
    made = brought.questionnaire
    count = sum(1 for _ in made.whole.walk()) - 1
    click.echo(
        f"{output}: {_counted(len(made.questions_by_id), 'question')}, {_counted(count, 'section')}, "
        f"{_counted(len(made.measures), 'measure')}, languages {', '.join(made.languages)}; "
        f"{_counted(len(files), 'file')}: fine."
    )


def _tell(brought: "BroughtIn", file: Path, *, everything: bool) -> None:
    taken = ", ".join(
        f"{_counted(count, 'row')} of {sheet}" for sheet, count in brought.taken.items() if count
    )
    click.echo(f"{file}: {brought.kind}." + (f" Taken: {taken}." if taken else ""))
    for handling in ("changed", "added", "not carried"):
        mine = [notice for notice in brought.notices if notice.handling == handling]
        if not mine:
            continue
        click.echo(f"{handling} ({len(mine)}):")
        for notice in mine if everything else mine[:MOST_SHOWN]:
            click.echo(f"  {notice}")
        if len(mine) > MOST_SHOWN and not everything:
            click.echo(f"  … and {len(mine) - MOST_SHOWN} more: --all shows them.")


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


@click.command("export")
@click.argument("questionnaire", required=False)
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The workbook, .xlsx.",
)
@click.option(
    "--empty", is_flag=True, help="A template with an example to write over, instead of a questionnaire."
)
@click.option(
    "--languages", default="en", show_default=True, metavar="en,de", help="Languages of the empty template."
)
@click.option("--force", is_flag=True, help="Replace the file, if it is there.")
@told
def export_(questionnaire: str | None, output: Path, empty: bool, languages: str, force: bool) -> None:
    """Write QUESTIONNAIRE (a shipped id or a folder) as a workbook; `assessment import` reads it back without a loss."""
    from assessment.authoring import an_example, write_workbook
    from assessment.authoring.languages import language_in
    from assessment.loader import read_questionnaire

    if empty == (questionnaire is not None):
        raise click.UsageError("Give a questionnaire, or --empty for a template to start from.")
    if output.suffix.lower() != ".xlsx":
        raise click.BadParameter("the workbook's name ends in .xlsx", param_hint="--output")
    codes = [language_in(each) for each in languages.split(",")]
    if empty and None in codes:
        raise click.BadParameter("give codes of two letters, for example en,de", param_hint="--languages")
    if output.exists() and not force:
        message, remedy = "there is a file of this name.", "Give another name, or say --force to replace it."
        raise QuestionnaireError([Problem(message, remedy, file=str(output))])
    known = tuple(dict.fromkeys(code for code in codes if code is not None))
    made = an_example(known) if questionnaire is None else read_questionnaire(questionnaire)
    body = write_workbook(made)
    try:
        output.write_bytes(body)
    except OSError as error:
        message, remedy = (
            "the file cannot be written: {reason}.",
            "Choose a folder that exists, is yours and has room.",
        )
        values: dict[str, object] = {"reason": error.strerror or str(error)}
        raise QuestionnaireError([Problem(message, remedy, file=str(output), values=values)]) from None
    click.echo(f"{output}: {len(body) / 1000:.0f} kB.")
