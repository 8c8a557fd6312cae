"""The commands on answers: a sample, the score, the plan, the report."""

import json
from pathlib import Path

import click

from assessment.cli.planning import FORMS, form_of, proven_report, tell_outlook, tell_plan
from assessment.cli.printing import as_csv, as_table
from assessment.cli.reporting import report_of
from assessment.cli.telling import ANSWERS, LANGUAGE, QUESTIONNAIRE, print_or_write, told
from assessment.cli.terms import Asked, terms_options
from assessment.loader import read_sample, sheet_as_data
from assessment.loader.places import is_portfolio
from assessment.report import Report
from assessment.values import Variety


@click.command()
@click.argument("name", default="nordlicht")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False))
@LANGUAGE
@told
def sample(name: str, output: Path | None, language: Variety) -> None:
    """Write a worked, fictitious organisation's answers, to be used by the other commands."""
    _, sheet, subject = read_sample(name, language=language)
    head = {key: str(value) for key, value in subject.model_dump().items() if value}
    data = {**head, **sheet_as_data(sheet)}
    print_or_write(json.dumps(data, ensure_ascii=False, indent=2) + "\n", output)


@click.command()
@ANSWERS
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
@click.option("--explain", metavar="SECTION", help="Open one section's score down to its answers.")
@QUESTIONNAIRE
@LANGUAGE
@told
def score(
    answers: Path, form: str, explain: str | None, language: Variety, questionnaire: str | None
) -> None:
    """Score an answers file: index, level, range and coverage of every section.

    ANSWERS may be many sheets: a folder of answers files, or a .jsonl file with one in each line.
    """
    if is_portfolio(answers):
        from assessment.cli.portfolio import score_portfolio

        score_portfolio(answers, form=form, explain=explain, language=language, questionnaire=questionnaire)
        return
    report = report_of(answers, language, questionnaire)
    if explain is not None:
        from assessment.cli.explaining import explain_section

        explain_section(report, explain, form=form, language=language)
        return
    if form == "json":
        click.echo(report.scorecard.model_dump_json(indent=2))
        return
    head = (
        "section",
        "title",
        "level",
        "index",
        "low",
        "high",
        "level_low",
        "level_high",
        "coverage",
        "confirmed",
        "status",
    )
    rows = [_score_row(report, section.id, language) for section in report.questionnaire.whole.walk()]
    click.echo(as_csv(head, rows) if form == "csv" else as_table(head, rows), nl=False)


@click.command()
@ANSWERS
@terms_options
@click.option(
    "--prove",
    type=click.FloatRange(min=1),
    is_flag=False,
    flag_value=60.0,
    metavar="[SECONDS]",
    help="Look for a better plan with the exact solver, and say how much any plan could still gain.",
)
@click.option(
    "--around",
    is_flag=True,
    help="Also say what 50, 100, 200 and 400 days buy, and which measures every goal wants.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="Default: what the suffix of the file says; without a file, a table.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The suffix says the format: .csv, .ics (calendar), .mmd (Mermaid), .xml (Microsoft Project), .json.",
)
@QUESTIONNAIRE
@LANGUAGE
@told
def plan(
    answers: Path,
    asked: Asked,
    prove: float | None,
    around: bool,
    form: str | None,
    output: Path | None,
    language: Variety,
    questionnaire: str | None,
) -> None:
    """Make the roadmap of an answers file under a capacity."""
    chosen = form_of(form, output)
    report = report_of(answers, language, questionnaire, asked)
    if prove is not None:
        report = proven_report(report, seconds=prove)
    tell_plan(report, chosen, output=output, language=language)
    if around:
        tell_outlook(report, language=language)


def _score_row(report: Report, section: str, language: Variety) -> tuple[str, ...]:
    hit, confirmed = report.scorecard.of(section), report.scorecard.confirmed_of(section)

    def shown(value: float | None) -> str:
        return "" if value is None else f"{value:.2f}"

    def whole(level: int | None) -> str:
        return "" if level is None else str(level)

    title = report.questionnaire.sections_by_id[section].title.localize(language)
    headline = hit.value if hit.certain else None
    coverage = "" if hit.coverage is None else f"{hit.coverage:.0%}"
    return (
        section, title, whole(hit.level) if hit.certain else "", shown(headline), shown(hit.low), shown(hit.high),
        whole(hit.level_low), whole(hit.level_high), coverage, shown(confirmed.value), hit.status,
    )  # fmt: skip
