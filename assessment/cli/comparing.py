"""`assessment compare`: what has changed since, and how much of it is real."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import shorten

import click

from assessment.answers import Answer
from assessment.cli.printing import as_table, harmless
from assessment.cli.telling import LANGUAGE, QUESTIONNAIRE, told
from assessment.errors import AnswersError, Problem, ReportError, did_you_mean
from assessment.loader import read_questionnaire
from assessment.loader.sheets import read_report_or_sheet
from assessment.questionnaire import Questionnaire
from assessment.report import Subject
from assessment.trend import PARTS, AnswerChange, Movement, Occasion, SectionTrend, Trend, compare
from assessment.values import Variety, language_of, round_half_up

Cell = str | int | float | None

INDEX = ("section", "title", "old", "new", "change", *PARTS, "known", "level", "note")
FULL = (
    *("section", "title", "result", "old", "new", "change", *PARTS, "known", "within_range"),
    *("old_low", "old_high", "new_low", "new_high", "old_level", "new_level", "old_status", "new_status"),
    *("not_comparable", "rescaled"),
)
CHANGED = (
    *("question", "label", "became", "counts_in", "old_answer", "new_answer"),
    *("worth", "influence", "influence_confirmed"),
)
MISSING = {
    "then": "no index then",
    "now": "no index now",
    "by_the_new_questionnaire": "no old answer counts in the new version",
    "in_the_new_scope": "no old answer counts in the new scope",
    "with_the_new_people": "nothing known of what others answered",
}


@click.command("compare")
@click.argument("old", type=click.Path(path_type=Path, allow_dash=False))
@click.argument("new", type=click.Path(path_type=Path, allow_dash=False))
@click.option("--section", "-s", metavar="ID", help="Open one section down to the answers that changed.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
@QUESTIONNAIRE
@click.option(
    "--old-questionnaire",
    metavar="FOLDER",
    help="The version that the old answers were given to; default: the one inside an exported report, else as for the new.",
)
@LANGUAGE
@told
def comparison(
    old: Path,
    new: Path,
    section: str | None,
    form: str,
    questionnaire: str | None,
    old_questionnaire: str | None,
    language: Variety,
) -> None:
    """Compare two assessments: answers files, or reports exported as JSON.

    The change of each index is split, in this order, into what the questionnaire's new version, the scope (what applies
    now) and other people explain; the rest is real change. Known is the share of it that comes from answers not known at one
    of the two times.
    """
    own = read_questionnaire(questionnaire) if questionnaire else None
    own_then = read_questionnaire(old_questionnaire) if old_questionnaire else None
    version_then, sheet_then, whose_then = read_report_or_sheet(old, questionnaire=own_then, otherwise=own)
    version_now, sheet_now, whose_now = read_report_or_sheet(new, questionnaire=own)
    before, after = Occasion(version_then, sheet_then), Occasion(version_now, sheet_now)
    known = after.questionnaire.languages
    if language_of(language) not in known:
        values: dict[str, object] = {"language": language, "hint": did_you_mean(language, known)}
        raise ReportError([Problem("the questionnaire has no language “{language}”. {hint}", values=values)])
    trend = compare(before, after)
    for notice in _notices(trend, whose_then, whose_now):
        click.echo(f"Note: {notice}", err=True)
    if section is None:
        click.echo(_whole(trend, after.questionnaire, form, language), nl=False)
    else:
        click.echo(_opened(trend, section, before, after, form, language), nl=False)


def _notices(trend: Trend, then: Subject, now: Subject) -> Iterator[str]:
    """Yield what makes a comparison doubtful and does not forbid it."""
    if (then.organisation, then.unit) != (now.organisation, now.unit):
        one, other = (
            ", ".join(filter(None, (s.organisation, s.unit))) or "nobody named" for s in (then, now)
        )
        yield f"the old assessment is of “{one}”, the new one of “{other}”."
    if then.held_on > now.held_on:
        yield f"the old assessment was held later ({then.held_on}) than the new one ({now.held_on})."
    versions = trend.versions
    if versions.old_answered != versions.old:
        yield (
            f"the old answers were given to version {versions.old_answered} and are scored by version {versions.old}; "
            "with the report exported at that time, or with --old-questionnaire, its own version is used."
        )
    if versions.answers_left_out:
        yield f"left out, because the questions are gone: {', '.join(versions.answers_left_out)}."
    if versions.values_left_out:
        yield f"left out, because the questions admit other values now: {', '.join(versions.values_left_out)}."
    if versions.profile_left_out:
        yield f"left out of the old profile, because it is gone: {', '.join(versions.profile_left_out)}."


def _whole(trend: Trend, questionnaire: Questionnaire, form: str, language: Variety) -> str:
    if form == "json":
        return trend.model_dump_json(indent=2) + "\n"
    titles = {part.id: part.title.localize(language) for part in questionnaire.whole.walk()}
    if form == "csv":
        return _csv(
            FULL,
            [
                (found.of, titles[found.of], result, *(_value(movement, name) for name in FULL[3:]))
                for found in trend.sections
                for result, movement in (("self-rated", found.self_rated), ("confirmed", found.confirmed))
            ],
        )
    rows = [(found.of, titles[found.of], *_shown(found.self_rated)) for found in trend.sections]
    return as_table(INDEX, rows)


def _value(movement: Movement, name: str) -> Cell:
    found: Cell = getattr(movement, name)
    return ("yes" if found else "no") if isinstance(found, bool) else found


def _shown(movement: Movement) -> tuple[str, ...]:
    notes = [MISSING[movement.not_comparable]] if movement.not_comparable else []
    if movement.change and movement.within_range:
        notes.append("inside the ranges")
    if movement.rescaled:
        notes.append(f"was {_number(movement.reported)} on another range")
    return (
        _number(movement.old),
        _number(movement.new),
        *(_signed(value) for value in (movement.change, *map(movement.part, PARTS))),
        _signed(movement.known) if movement.known else "",
        _levels(movement),
        ", ".join(notes),
    )


def _levels(movement: Movement) -> str:
    one, other = ("–" if level is None else str(level) for level in (movement.old_level, movement.new_level))
    return one if one == other else f"{one} → {other}"


def _opened(
    trend: Trend, section: str, before: Occasion, after: Occasion, form: str, language: Variety
) -> str:
    """Show one section down to its answers.

    Raises:
        AnswersError: it is not in both versions.
    """
    opened = next((found for found in trend.sections if found.of == section), None)
    if opened is None:
        hint = did_you_mean(section, [found.of for found in trend.sections])
        values: dict[str, object] = {"name": section, "hint": hint}
        raise AnswersError(
            [Problem("there is no section “{name}” in both assessments. {hint}", values=values)]
        )
    changes = [trend.answer(found.question) for found in opened.answers]
    if form == "json":
        data = {
            "section": opened.model_dump(mode="json"),
            "answers": [change.model_dump(mode="json") for change in changes],
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    labels = {
        question.id: question.label.localize(language)
        for side in (before, after)
        for question in side.questionnaire.questions_by_id.values()
    }
    rows: list[tuple[Cell, ...]] = [
        (*told_of(change, labels), change.by, found.self_rated, found.confirmed)
        for change, found in zip(changes, opened.answers, strict=True)
    ]
    if form == "csv":
        return _csv(CHANGED, rows)
    texts = [tuple(shorten(c, 60) if isinstance(c, str) else _signed(c) for c in row) for row in rows]
    answers = as_table(CHANGED, texts) if texts else "No answer changed.\n"
    return f"{as_table(('result', *INDEX[2:]), _both(opened))}\n{''.join(_limits(opened))}{answers}"


def _both(opened: SectionTrend) -> list[tuple[str, ...]]:
    return [("self-rated", *_shown(opened.self_rated)), ("confirmed", *_shown(opened.confirmed))]


def _limits(opened: SectionTrend) -> Iterator[str]:
    """Yield what holds the level, and the caps that came and went; then an empty line."""
    movement = opened.self_rated
    lines = [f"Cap {change.cap}: {change.change} ({change.part})." for change in movement.caps]
    for when, holds in (("then", movement.old_holds), ("now", movement.new_holds)):
        if holds:
            names = ", ".join(f"{limit.kind} {limit.source} (level {limit.level})" for limit in holds)
            lines.append(f"The level is limited {when} by: {names}.")
    if lines:
        yield "\n".join(lines) + "\n\n"


def told_of(change: AnswerChange, labels: dict[str, str]) -> tuple[str, ...]:
    became = change.kind.replace("_", " ")
    return (
        change.question,
        labels[change.question],
        became,
        change.part,
        _said(change.old),
        _said(change.new),
    )


def _said(answer: Answer | None) -> str:
    if answer is None:
        return "open"
    match answer.value:
        case None:
            return answer.state.replace("_", " ")
        case bool(truth):
            return "yes" if truth else "no"
        case tuple(words):
            return ", ".join(words) or "none of them"
        case value:
            return str(value)


def _number(value: float | None) -> str:
    return "" if value is None else f"{round_half_up(value, 2):.2f}"


def _signed(value: float | None) -> str:
    if value is None:
        return ""
    rounded = round_half_up(value, 2)
    return f"{rounded:+.2f}" if rounded else "0.00"


def _csv(head: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> str:
    """Write rows for a spreadsheet: texts are kept from being formulas, numbers stay numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: Cell) -> Cell:
    if isinstance(value, float):
        return round_half_up(value, 4)
    return harmless(value) if isinstance(value, str) else value
