"""Forms to fill in without this program, and what came back put together with the answers that there are."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import click

from assessment.answers import Answer
from assessment.cli.telling import ANSWERS, LANGUAGE, QUESTIONNAIRE, told, write
from assessment.contributions import Contribution, Difference, differences, uncontested
from assessment.document.saying import saying
from assessment.errors import AnswersError, Problem, did_you_mean
from assessment.i18n import catalogue
from assessment.loader import read_questionnaire, read_sheet, read_workshop, sheet_as_data, workshop_as_data
from assessment.questionnaire import Questionnaire
from assessment.values import Variety


@click.command()
@click.argument("questionnaire")
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The form, .xlsx."
)
@click.option("--short", is_flag=True, help="Only the questions of the short edition.")
@click.option("--force", is_flag=True, help="Replace the file, if it is there.")
@LANGUAGE
@told
def form(questionnaire: str, output: Path, short: bool, force: bool, language: Variety) -> None:
    """Write QUESTIONNAIRE (a shipped id or a folder) as a workbook that people fill in without this program."""
    from assessment.exports.form import render_form

    if output.suffix.lower() != ".xlsx":
        raise click.BadParameter("the form's name ends in .xlsx", param_hint="--output")
    _refuse_existing(output, force=force)
    known = read_questionnaire(questionnaire)
    body = render_form(known, language, on=date.today(), short=short)  # noqa: DTZ011 - the day on the wall
    write(body, output)
    click.echo(f"{output}: {len(body) / 1000:.0f} kB.")


@click.command()
@ANSWERS
@click.argument("forms", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=False))
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The answers put together, .json.",
)
@click.option(
    "--take",
    "names",
    multiple=True,
    metavar="NAME",
    help="Where answers differ, take those of this person; several names: the first of them who answered.",
)
@click.option("--keep", is_flag=True, help="Where answers differ, keep what stands in ANSWERS.")
@click.option("--force", is_flag=True, help="Replace the output, if it is there.")
@QUESTIONNAIRE
@LANGUAGE
@told
def merge(
    answers: Path,
    forms: tuple[Path, ...],
    output: Path,
    names: tuple[str, ...],
    keep: bool,
    force: bool,
    questionnaire: str | None,
    language: Variety,
) -> None:
    """Put the answers of filled-in FORMS together with ANSWERS.

    Answers to questions that are open are taken over. Where somebody says otherwise than what stands there, or two
    people differ, nothing is taken over before --take or --keep says what to do: each such question is told, and nothing
    is written.
    """
    if output.suffix.lower() != ".json":
        raise click.BadParameter("the name of the file ends in .json", param_hint="--output")
    _refuse_existing(output, force=force)
    own = read_questionnaire(questionnaire) if questionnaire else None
    known, sheet, subject = read_sheet(answers, questionnaire=own)
    contributions = _read(forms, known)
    people = {one.respondent for one in contributions}
    for name in names:
        if name not in people:
            raise click.BadParameter(
                f"nobody called “{name}” filled in a form. {did_you_mean(name, people)}".rstrip(),
                param_hint="--take",
            )
    new = uncontested(known, sheet, contributions)
    for answer in new:
        sheet = sheet.with_answer(answer)
    found = differences(known, sheet, contributions)
    taken, left = _decided(found, names, keep=keep)
    for answer in taken:
        sheet = sheet.with_answer(answer)
    _tell(found, known, language)
    if left:
        count = len(left)
        click.echo(
            f"{count} {'question has' if count == 1 else 'questions have'} answers that differ; nothing was written. "
            "Say --take NAME or --keep.",
            err=True,
        )
        raise SystemExit(1)
    head = {key: str(value) for key, value in subject.model_dump().items() if value}
    data = {**head, **sheet_as_data(sheet), **workshop_as_data(read_workshop(answers))}
    write((json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode(), output)
    click.echo(
        f"{output}: {_counted(len(new), 'answer')} taken over, {len(taken)} replaced, "
        f"{sum(each.kind == 'conflict' for each in found) - len(taken)} kept."
    )


def _refuse_existing(output: Path, *, force: bool) -> None:
    if output.exists() and not force:
        message, remedy = "there is a file of this name.", "Give another name, or say --force to replace it."
        raise AnswersError([Problem(message, remedy, file=str(output))])


def _read(forms: Iterable[Path], known: Questionnaire) -> list[Contribution]:
    """Read every form.

    Raises:
        AnswersError: with everything that was not understood, in all of them.
    """
    from assessment.returned import read_form_file

    now, problems, found = datetime.now(UTC), list[Problem](), list[Contribution]()
    for number, path in enumerate(forms):
        try:
            back = read_form_file(path, questionnaire=known, received_at=now)
        except AnswersError as error:
            problems += error.problems
            continue
        problems += back.problems
        for notice in back.notices:
            click.echo(f"Note: {notice}", err=True)
        found.append(back.contribution.model_copy(update={"id": str(number)}))
    if problems:
        raise AnswersError(problems)
    return found


def _decided(
    found: Iterable[Difference], names: tuple[str, ...], *, keep: bool
) -> tuple[list[Answer], list[Difference]]:
    """Return the answers that are taken in place of others, and the conflicts that nobody has decided."""
    taken, left = [], []
    for each in found:
        if each.kind != "conflict":
            continue
        by_name = {one.answer.respondent: one.answer for one in each.offered}
        chosen = next((by_name[name] for name in names if name in by_name), None)
        if chosen is not None and each.stored is not None and _says(each.stored) == _says(chosen):
            continue
        if chosen is not None:
            taken.append(chosen)
        elif not keep:
            left.append(each)
    return taken, left


def _says(answer: Answer) -> tuple[object, object]:
    return answer.state, answer.value


def _tell(found: Iterable[Difference], known: Questionnaire, language: Variety) -> None:
    for each in found:
        if each.kind not in ("conflict", "not_asked"):
            continue
        label = known.questions_by_id[each.question].label.localize(language)
        told_as = "differs" if each.kind == "conflict" else "is not asked as things stand, so it was left out"
        click.echo(f"{each.question} {told_as}: {label}", err=True)
        if each.stored is not None and each.stored.state != "open":
            click.echo(f"  there: {_said(each.stored, known, language)}", err=True)
        for one in each.offered:
            sure = f", {one.confidence}" if one.confidence else ""
            day = f", {one.answer.at.date()}" if one.answer.at else ""
            click.echo(
                f"  {one.answer.respondent}: {_said(one.answer, known, language)}"
                f" ({one.answer.evidence}{sure}{day})",
                err=True,
            )


def _said(answer: Answer, known: Questionnaire, language: Variety) -> str:
    if answer.value is None:
        return answer.state.replace("_", " ") + (f": {answer.reason}" if answer.reason else "")
    question = known.questions_by_id[answer.question]
    return saying(question, answer.value, c=catalogue(language), language=language).line


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
