"""The command line: the whole line without a browser. Exit codes: 0 fine, 1 the input is wrong, 2 wrong usage."""

import json
import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

import click

from assessment.cli.printing import as_csv, as_table
from assessment.errors import MOST_TOLD, AnswersError, AssessmentError, Problem, ReportError, did_you_mean
from assessment.loader import (
    questionnaire_ids,
    read_questionnaire,
    read_sample,
    read_sheet,
    schema,
    sheet_as_data,
)
from assessment.loader.portfolio import is_portfolio
from assessment.report import ENGINE_VERSION, Report, assess
from assessment.roadmap import Capacity
from assessment.values import Language

PACKAGE = Path(__file__).resolve().parent.parent
P = ParamSpec("P")
R = TypeVar("R")

ANSWERS = click.argument("answers", type=click.Path(path_type=Path, allow_dash=False))
QUESTIONNAIRE = click.option(
    "--questionnaire",
    "-q",
    metavar="FOLDER",
    help="A questionnaire of your own; default: the shipped one that the answers name.",
)
LANGUAGE = click.option(
    "--language", "-l", default="en", show_default=True, help="Language of names and texts: en, de, nl."
)


class _Suggesting(click.Group):
    """Suggests the command that was probably meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(f"There is no command “{args[0]}”. {hint}".strip(), ctx) from error


def _told(command: Callable[P, R]) -> Callable[P, R]:
    """Tell every problem on standard error and end with 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except AssessmentError as error:
            count = len(error.problems)
            click.echo("\n".join(map(str, error.problems[:MOST_TOLD])), err=True)
            if count > 1:
                rest = f", of which the first {MOST_TOLD} are shown" if count > MOST_TOLD else ""
                click.echo(f"{count} problems{rest}.", err=True)
            raise SystemExit(1) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None

    return run


@click.group(cls=_Suggesting, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(ENGINE_VERSION, prog_name="assessment")
def main() -> None:
    """Assess how far a customer service's transformation has come, and plan what to do next."""


@main.command()
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option("--address", default="127.0.0.1", show_default=True, help="Interface to listen on.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the SQLite database; default: ASSESSMENT_DATA, else data. DATABASE_URL goes before both.",
)
@click.option(
    "--questionnaires",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder with questionnaires of your own, offered beside the shipped ones; default: ASSESSMENT_QUESTIONNAIRES.",
)
@_told
def serve(port: int, address: str, data: Path | None, questionnaires: Path | None) -> None:
    """Start the app in the browser."""
    from assessment.ui import offered, server, state

    script = PACKAGE / "app.py"
    if not script.is_file():
        script = PACKAGE.parent / "app.py"
    if data is not None:
        os.environ["ASSESSMENT_DATA"] = str(data)
    if questionnaires is not None:
        os.environ["ASSESSMENT_QUESTIONNAIRES"] = str(questionnaires.resolve())
    for own in offered.own():
        click.echo(own.told, err=bool(own.problems))
    state.store()  # a database that cannot be opened is told here, not in the browser
    click.echo(
        f"The app is on http://{'localhost' if address == '127.0.0.1' else address}:{port} (stop with Ctrl+C)."
    )
    server.serve(script, port=port, address=address)


@main.command()
@click.argument("paths", nargs=-1)
@_told
def validate(paths: tuple[str, ...]) -> None:
    """Check questionnaires: every problem at once. Without PATHS, the shipped ones."""
    problems: list[Problem] = []
    for where in paths or questionnaire_ids():
        try:
            questionnaire = read_questionnaire(where)
        except AssessmentError as error:
            problems += error.problems
            continue
        count = len(questionnaire.questions_by_id)
        click.echo(
            f"{questionnaire.id} {questionnaire.version}: {count} questions, {len(questionnaire.measures)} measures, "
            f"{len(questionnaire.caps)} caps, languages {', '.join(questionnaire.languages)}: fine."
        )
    if problems:
        raise AnswersError(problems)


@main.command("schema")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False))
@_told
def schema_(output: Path | None) -> None:
    """Write the JSON Schema of questionnaires, for editors that check while one types."""
    _print_or_write(json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n", output)


@main.command()
@click.argument("name", default="nordlicht")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False))
@LANGUAGE
@_told
def sample(name: str, output: Path | None, language: Language) -> None:
    """Write a worked, fictitious organisation's answers, to be used by the other commands."""
    _, sheet, subject = read_sample(name, language=language)
    head = {key: str(value) for key, value in subject.model_dump().items() if value}
    data = {**head, **sheet_as_data(sheet)}
    _print_or_write(json.dumps(data, ensure_ascii=False, indent=2) + "\n", output)


@main.command()
@ANSWERS
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
@click.option("--explain", metavar="SECTION", help="Open one section's score down to its answers.")
@QUESTIONNAIRE
@LANGUAGE
@_told
def score(
    answers: Path, form: str, explain: str | None, language: Language, questionnaire: str | None
) -> None:
    """Score an answers file: index, level, range and coverage of every section.

    ANSWERS may be many sheets: a folder of answers files, or a .jsonl file with one in each line.
    """
    if is_portfolio(answers):
        if explain is not None:
            raise click.BadParameter("opens the score of one sheet; give its answers file", param_hint="--explain")
        from assessment.cli.portfolio import score_portfolio

        score_portfolio(answers, form=form, language=language, questionnaire=questionnaire)
        return
    report = _report(answers, language, questionnaire)
    if explain is not None:
        known = report.questionnaire.sections_by_id
        if explain not in known:
            hint = did_you_mean(explain, known)
            raise AnswersError(
                [Problem("there is no section “{name}”. {hint}", values={"name": explain, "hint": hint})]
            )
        explanation = report.explanation(explain)
        shown = {
            "score": report.scorecard.of(explain).model_dump(mode="json", exclude={"parts"}),
            "explanation": explanation.model_dump(mode="json"),
        }
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
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


@main.command()
@ANSWERS
@click.option(
    "--capacity", default="12/month", show_default=True, help="Person-days, for example 12/month or 144/year."
)
@click.option("--horizon", default=18, show_default=True, type=click.IntRange(1, 60), help="Months.")
@click.option(
    "--start",
    type=click.DateTime(["%Y-%m-%d"]),
    help="First day of the plan; default: the first of the month after the assessment.",
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
@QUESTIONNAIRE
@LANGUAGE
@_told
def plan(
    answers: Path,
    capacity: str,
    horizon: int,
    start: datetime | None,
    form: str,
    language: Language,
    questionnaire: str | None,
) -> None:
    """Make the roadmap of an answers file under a capacity."""
    report = _report(answers, language, questionnaire, _settings(capacity, horizon, start))
    if form == "json":
        click.echo(report.roadmap.model_dump_json(indent=2))
        return
    measures = report.questionnaire.measures_by_id
    head = ("measure", "title", "begin", "end", "person_days", "why", "waits_for")
    rows: list[tuple[str, ...]] = [
        (
            s.measure,
            measures[s.measure].title.localize(language),
            f"month {s.begin / 2 + 1:.1f}",
            f"month {s.end / 2 + 1:.1f}",
            f"{s.effort:.1f}",
            s.why,
            " ".join(s.waits_for),
        )
        for s in report.roadmap.slots
    ]
    rows += [
        (
            p.measure,
            measures[p.measure].title.localize(language),
            "",
            "",
            "",
            f"not in the plan: {p.reason}",
            " ".join(p.waits_for),
        )
        for p in report.roadmap.postponed
    ]
    click.echo(as_csv(head, rows) if form == "csv" else as_table(head, rows), nl=False)


@main.command()
@ANSWERS
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The suffix says the format: .pdf, .json.",
)
@click.option(
    "--capacity", default="12/month", show_default=True, help="Person-days, for example 12/month or 144/year."
)
@click.option("--horizon", default=18, show_default=True, type=click.IntRange(1, 60), help="Months.")
@click.option(
    "--start",
    type=click.DateTime(["%Y-%m-%d"]),
    help="First day of the plan; default: the first of the month after the assessment.",
)
@QUESTIONNAIRE
@LANGUAGE
@_told
def report(
    answers: Path,
    output: Path,
    capacity: str,
    horizon: int,
    start: datetime | None,
    language: Language,
    questionnaire: str | None,
) -> None:
    """Write the report of an answers file."""
    from assessment.exports import EXPORTERS

    by_suffix = {exporter.suffix: exporter for exporter in EXPORTERS}
    exporter = by_suffix.get(output.suffix)
    if exporter is None:
        hint = did_you_mean(output.suffix, by_suffix)
        raise ReportError(
            [
                Problem(
                    "there is no report format “{suffix}”. {hint}",
                    "Name the file with one of these suffixes.",
                    values={"suffix": output.suffix, "hint": hint},
                )
            ]
        )
    made = _report(answers, language, questionnaire, _settings(capacity, horizon, start))
    body = exporter.render(made, language)
    _write(body, output)
    click.echo(f"{output}: {len(body) / 1000:.0f} kB.")


def _report(
    answers: Path, language: Language, questionnaire: str | None, plan: "Settings | None" = None
) -> Report:
    own = read_questionnaire(questionnaire) if questionnaire else None
    known, sheet, subject = read_sheet(answers, questionnaire=own)
    if language not in known.languages:
        values: dict[str, object] = {"language": language, "hint": did_you_mean(language, known.languages)}
        raise ReportError([Problem("the questionnaire has no language “{language}”. {hint}", values=values)])
    start = plan.start if plan and plan.start else _next_month(subject.held_on)
    settings = {"per_month": plan.per_month, "months": plan.months} if plan else {}
    return assess(
        known, sheet, subject=subject, capacity=Capacity.model_validate({"start": start, **settings})
    )


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


class Settings(NamedTuple):
    """The plan's options."""

    per_month: float
    months: int
    start: date | None


def _settings(capacity: str, horizon: int, start: datetime | None) -> Settings:
    amount, _, unit = capacity.partition("/")
    parts = {"": 1, "month": 1, "quarter": 3, "year": 12}
    try:
        per_month = float(amount) / parts[unit]
        day = start.date() if start else None
        Capacity(start=day or date(2000, 1, 1), per_month=per_month, months=horizon)
    except (ValueError, KeyError):
        raise click.BadParameter(
            "give person-days per month, quarter or year, for example 12/month, and a start between 2000 and 2199",
            param_hint="--capacity, --start",
        ) from None
    return Settings(per_month, horizon, day)


def _score_row(report: Report, section: str, language: Language) -> tuple[str, ...]:
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


def _write(body: bytes, output: Path) -> None:
    try:
        output.write_bytes(body)
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = "Choose a folder that exists, is yours and has room."
        values: dict[str, object] = {"reason": reason}
        raise ReportError(
            [Problem("the file cannot be written: {reason}.", remedy, file=str(output), values=values)]
        ) from None


def _print_or_write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(text.encode(), output)
        click.echo(f"{output}: written.", err=True)
