"""`assessment validate` and `assessment release`: what is wrong with a questionnaire, and what a version of it fixes."""

from datetime import date

import click

from assessment.cli.findings import summary, told_findings
from assessment.cli.telling import told
from assessment.errors import AnswersError, AssessmentError, Problem
from assessment.inspection import SEVERITIES, Inspection, inspect
from assessment.loader import (
    questionnaire_ids,
    read_glossary,
    read_questionnaire,
    read_release,
    write_release,
)
from assessment.questionnaire import Questionnaire


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Tell notices, too.")
@click.option("--strict", is_flag=True, help="End with 1 if there is a warning.")
@told
def validate(paths: tuple[str, ...], everything: bool, strict: bool) -> None:
    """Check questionnaires: every problem at once, then what is probably not meant. Without PATHS, the shipped ones.

    Ends with 1 if something is wrong. A warning leaves it at 0, so that no day that passes breaks a build.
    """
    problems: list[Problem] = []
    inspections: list[Inspection] = []
    today = date.today()  # noqa: DTZ011 - the day on the wall
    for where in paths or questionnaire_ids():
        try:
            questionnaire = read_questionnaire(where)
            glossary, release = read_glossary(where), read_release(where)
        except AssessmentError as error:
            problems += [problem for problem in error.problems if problem not in problems]
            continue
        inspection = inspect(questionnaire, today=today, glossary=glossary, release=release)
        inspections.append(inspection)
        click.echo(_line(questionnaire, inspection, everything=everything))
        shown = [each for each in inspection.findings if everything or each.severity != "notice"]
        if shown:
            click.echo("\n" + "\n".join(told_findings(shown)))
    if problems:
        raise AnswersError(problems)
    ending = ("error", "warning") if strict else ("error",)
    if any(each.severity in ending for inspection in inspections for each in inspection.findings):
        raise SystemExit(1)


def _line(questionnaire: Questionnaire, inspection: Inspection, *, everything: bool) -> str:
    """Say what a questionnaire has and whether it is fine; the word stays while nothing worse than a warning is found."""
    counted = (
        f"{questionnaire.id} {questionnaire.version}: {len(questionnaire.questions_by_id)} questions, "
        f"{len(questionnaire.measures)} measures, {len(questionnaire.caps)} caps, "
        f"languages {', '.join(questionnaire.languages)}"
    )
    found = [severity for severity in SEVERITIES if inspection.count(severity)]
    told = summary(inspection.findings, inspection.accepted, severities=found)
    if "notice" in found and not everything:
        told += " (--all tells the notices)"
    said = [*([] if "error" in found else ["fine"]), *([told] if told else [])]
    return f"{counted}: {'; '.join(said)}."


@click.command()
@click.argument("questionnaire")
@told
def release(questionnaire: str) -> None:
    """Fix what stored answers rely on in this version of QUESTIONNAIRE, a folder or the name of a shipped one.

    Writes released.yaml beside it. From then on `assessment validate` tells every id that goes, comes or changes under a
    version that does not say so.
    """
    known = read_questionnaire(questionnaire)
    written = write_release(known, questionnaire)
    if written is None:
        click.echo(f"{known.id} {known.version} is released already; nothing has changed.")
    else:
        click.echo(f"{written}: {known.id} {known.version} is released.")
