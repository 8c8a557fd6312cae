"""How the command line tells a plan: as a table, as data, or in the formats of other programs."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from assessment.charts.days import first_day, last_day
from assessment.cli.printing import as_table
from assessment.cli.telling import print_or_write, write
from assessment.errors import Problem, ReportError, did_you_mean
from assessment.report import Report
from assessment.roadmap import Postponed, Slot, Terms
from assessment.values import Variety

SUFFIXES = {".csv": "csv", ".ics": "ics", ".mmd": "mermaid", ".xml": "msproject", ".json": "json"}
FORMS = ("table", "json", "csv", "ics", "mermaid", "msproject", "terms")
"""`terms` is what the plan is made under and how it is followed up: what --terms takes in again."""


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
    if form == "terms":
        plan = report.roadmap
        terms = Terms(capacity=plan.capacity, wishes=plan.wishes, tracking=report.tracking)
        print_or_write(terms.model_dump_json(indent=2) + "\n", output)
        return
    from assessment.exports.plan import PLAN_EXPORTERS

    exporter = next(each for each in PLAN_EXPORTERS if each.format == form)
    body = exporter.render(report, language)
    if output is None:
        click.echo(body, nl=False)
    else:
        write(body, output)
        click.echo(f"{output}: written.", err=True)


def proven_report(report: Report, *, seconds: float) -> Report:
    """Return the report with a plan at least as good and the proof of how good it is; tells the progress.

    Raises:
        ReportError: the solver is not installed.
    """
    from assessment.proving import available
    from assessment.report import with_roadmap

    if not available():
        raise ReportError(
            [
                Problem(
                    "the exact solver is not installed, so nothing can be proven.",
                    "Install it: `make proof`, or the dependency group `proof` of this package.",
                )
            ]
        )
    from assessment.roadmap.exact import Standing
    from assessment.roadmap.proving import proven

    with click.progressbar(length=round(seconds), label="proving", file=sys.stderr) as bar:

        def watch(standing: Standing) -> bool:
            bar.update(max(0, min(round(standing.seconds), round(seconds)) - bar.pos))
            return True

        made = proven(
            report.questionnaire, report.sheet, present=report.roadmap, seconds=seconds, watch=watch
        )
    return with_roadmap(report, made)


def tell_outlook(report: Report, *, language: Variety) -> None:
    """Print what more or fewer days buy, and which measures are planned whatever the goal."""
    from assessment.roadmap.outlook import everything, trade_off, under_goals

    plan = report.roadmap
    bought = trade_off(report.questionnaire, report.sheet, capacity=plan.capacity, wishes=plan.wishes)
    rows: list[tuple[str, ...]] = [
        (
            f"{point.days:.0f}",
            "" if point.index is None else f"{point.index:.2f}",
            "" if point.level is None else str(point.level),
            str(point.caps),
            str(point.measures),
            f"{point.gain:.0%}",
            "knee" if point.days == bought.knee else "",
        )
        for point in bought.points
    ]
    head = ("person_days", "index", "level", "caps_left", "measures", "share_of_gain", "")
    click.echo()
    click.echo(as_table(head, rows), nl=False)
    whole = everything(report.questionnaire, report.sheet, capacity=plan.capacity, wishes=plan.wishes)
    about = "" if whole.proven else "about "
    click.echo()
    click.echo(
        f"Everything that helps, {whole.measures} measures, would take {about}{whole.months:.1f} months with these people "
        f"(no order takes less than {whole.least:.1f}). This chain decides: {' '.join(whole.chain)}."
    )
    goals = under_goals(report.questionnaire, report.sheet, capacity=plan.capacity, wishes=plan.wishes)
    named: list[tuple[str, ...]] = [
        (name, _title(report, name, language), "under every goal") for name in goals.always
    ]
    named += [
        (name, _title(report, name, language), f"only if the goal is {goal}")
        for goal, names in goals.only.items()
        for name in names
    ]
    click.echo()
    click.echo(as_table(("measure", "title", "planned"), named), nl=False)


def _table(report: Report, language: Variety) -> str:
    head = ("measure", "title", "begin", "end", "person_days", "why", "waits_for", "slack")
    rows = [_planned(report, slot, language) for slot in report.roadmap.slots]
    rows += [_postponed(report, item, language) for item in report.roadmap.postponed]
    return as_table(head, rows) + "".join(f"\n{line}\n" for line in _beside(report, language))


def _beside(report: Report, language: Variety) -> Iterator[str]:
    """Yield what was asked for and cannot be, what became of the plan so far, and how good the plan is known to be."""
    from assessment.document.obstacles import obstacle
    from assessment.document.planned import proof_line, teller
    from assessment.document.pursuit import claim

    tell = teller(report, language)
    yield from (obstacle(tell, item) for item in report.roadmap.obstacles)
    if report.pursuit is not None:
        yield f"{claim(tell, report.pursuit)}\n\n{_progress(report, language)}".rstrip()
    if line := proof_line(tell):
        yield line


def _plain(text: str) -> str:
    """Return what somebody wrote in one line, without what would steer a terminal."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _progress(report: Report, language: Variety) -> str:
    """Return what is followed up, as a table."""
    head = ("measure", "title", "stage", "owner", "planned_end", "begun", "finished", "days_behind", "note")
    found = report.pursuit
    rows = [
        (
            row.measure,
            _title(report, row.measure, language),
            row.stage,
            _plain(row.owner),
            *("" if day is None else day.isoformat() for day in (row.aimed_end, row.begin, row.end)),
            "" if row.late is None else str(row.late),
            _plain(row.note),
        )
        for row in (found.rows if found else ())
    ]
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
