"""How the command line tells a plan: as a table, as data, or in the formats of other programs."""

from pathlib import Path

import click

from assessment.charts.days import first_day, last_day
from assessment.cli.printing import as_table
from assessment.cli.telling import print_or_write, write
from assessment.errors import Problem, ReportError, did_you_mean
from assessment.report import Report
from assessment.roadmap import Postponed, Slot
from assessment.values import Variety

SUFFIXES = {".csv": "csv", ".ics": "ics", ".mmd": "mermaid", ".xml": "msproject", ".json": "json"}
FORMS = ("table", "json", "csv", "ics", "mermaid", "msproject")


def form_of(named: str | None, output: Path | None) -> str:
    """Return the format that is asked for: by its name, else by the file's suffix, else a table.

    Raises:
        ReportError: no format has the file's suffix.
    """
    if named is not None:
        return named
    if output is None:
        return "table"
    if output.suffix.lower() in SUFFIXES:
        return SUFFIXES[output.suffix.lower()]
    values: dict[str, object] = {"suffix": output.suffix, "hint": did_you_mean(output.suffix, SUFFIXES)}
    raise ReportError(
        [
            Problem(
                "there is no format of a plan “{suffix}”. {hint}",
                "Name the file with one of these suffixes, or give --format.",
                values=values,
            )
        ]
    )


def tell_plan(report: Report, form: str, *, output: Path | None, language: Variety) -> None:
    """Print the plan, or write it to a file if there is one."""
    if form == "table":
        print_or_write(_table(report, language), output)
        return
    if form == "json":
        print_or_write(report.roadmap.model_dump_json(indent=2) + "\n", output)
        return
    from assessment.exports.plan import PLAN_EXPORTERS

    exporter = next(each for each in PLAN_EXPORTERS if each.format == form)
    body = exporter.render(report, language)
    if output is None:
        click.echo(body, nl=False)
    else:
        write(body, output)
        click.echo(f"{output}: written.", err=True)


def _table(report: Report, language: Variety) -> str:
    head = ("measure", "title", "begin", "end", "person_days", "why", "waits_for", "slack")
    rows = [_planned(report, slot, language) for slot in report.roadmap.slots]
    rows += [_postponed(report, item, language) for item in report.roadmap.postponed]
    return as_table(head, rows)


def _planned(report: Report, slot: Slot, language: Variety) -> tuple[str, ...]:
    start = report.roadmap.capacity.start
    return (
        slot.measure,
        _title(report, slot.measure, language),
        first_day(start, slot.begin).isoformat(),
        last_day(start, slot.end).isoformat(),
        f"{slot.effort:.1f}",
        slot.why,
        " ".join(slot.waits_for),
        f"{slot.slack / 2:.1f} months" if slot.slack else "none",
    )


def _postponed(report: Report, item: Postponed, language: Variety) -> tuple[str, ...]:
    title, why = _title(report, item.measure, language), f"not in the plan: {item.reason}"
    return item.measure, title, "", "", "", why, " ".join(item.waits_for), ""


def _title(report: Report, measure: str, language: Variety) -> str:
    return report.questionnaire.measures_by_id[measure].title.localize(language)
