"""`assessment score --explain`: one section's score opened down to its answers, to read or as data."""

import json
from collections.abc import Iterable, Iterator
from textwrap import wrap

import click

from assessment.cli.printing import as_csv
from assessment.document.answers import standing
from assessment.document.blocks import Block, Bullets, Heading, Paragraph, Table
from assessment.document.formula import name_of
from assessment.document.opened import opened
from assessment.document.telling import Teller
from assessment.errors import AnswersError, Problem, did_you_mean
from assessment.i18n import catalogue
from assessment.report import Report
from assessment.values import Variety

WIDTH = 110
"""So many signs a line has at most."""
COLUMN = 46
"""So many signs a column has at most; a longer text goes on in the next line."""
BETWEEN = "  "


def explain_section(report: Report, section: str, *, form: str, language: Variety) -> None:
    """Print what a section's score is made of and what it hangs on: a text (`table`), everything (`json`), the parts (`csv`).

    Raises:
        AnswersError: the questionnaire has no such section.
    """
    known = report.questionnaire.sections_by_id
    if section not in known:
        hint = did_you_mean(section, known)
        raise AnswersError(
            [Problem("there is no section “{name}”. {hint}", values={"name": section, "hint": hint})]
        )
    match form:
        case "json":
            shown = {
                "score": report.scorecard.of(section).model_dump(mode="json", exclude={"parts"}),
                "explanation": report.explanation(section).model_dump(mode="json"),
            }
            click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        case "csv":
            click.echo(_parts(report, section, language), nl=False)
        case _:
            click.echo("\n".join(page(report, section, language=language)))


def page(report: Report, section: str, *, language: Variety) -> Iterator[str]:
    """Yield the lines of the text: where the section stands, then all that the report says of it."""
    tell = Teller(report, language, catalogue(language))
    title = name_of(tell, section)
    yield from (title, "═" * len(title))
    yield from wrap(standing(tell, section), WIDTH)
    before = title
    for line in (line for block in opened(tell, section) for line in _lines(block)):
        if line or before:
            yield line
        before = line


def _parts(report: Report, section: str, language: Variety) -> str:
    tell = Teller(report, language, catalogue(language))
    head = ("part", "title", "weight", "value", "left_out")
    return as_csv(
        head,
        [
            (
                part.of,
                tell.question(part.of)
                if part.of in report.questionnaire.questions_by_id
                else tell.section(part.of),
                f"{part.weight:g}",
                "" if part.value is None else f"{part.value:.6g}",
                part.left_out,
            )
            for part in report.explanation(section).parts
        ],
    )


def _lines(block: Block) -> Iterator[str]:
    """Yield one block as lines; of blocks that are drawn, nothing."""
    match block:
        case Heading():
            yield from ("", *wrap(block.text, WIDTH), "─" * min(len(block.text), WIDTH))
        case Paragraph():
            yield from wrap(block.text, WIDTH)
        case Bullets():
            for item in block.items:
                yield from wrap(item.text, WIDTH, initial_indent="- ", subsequent_indent="  ")
        case Table():
            yield from _table(
                [column.head for column in block.columns],
                [[" / ".join(line.text for line in one) for one in row] for row in block.rows],
                right=[column.align == "right" for column in block.columns],
            )
            yield ""
        case _:
            pass


def _table(head: list[str], rows: list[list[str]], *, right: list[bool]) -> Iterator[str]:
    """Yield a table whose long texts go on in the next line of their own column."""
    widths = [min(COLUMN, max(map(len, column))) for column in zip(head, *rows, strict=True)]
    yield from _row(head, widths, right)
    yield BETWEEN.join("─" * width for width in widths)
    for row in rows:
        yield from _row(row, widths, right)


def _row(row: Iterable[str], widths: list[int], right: list[bool]) -> Iterator[str]:
    cells = [wrap(text, width) or [""] for text, width in zip(row, widths, strict=True)]
    for number in range(max(map(len, cells))):
        texts = [lines[number] if number < len(lines) else "" for lines in cells]
        yield BETWEEN.join(
            text.rjust(width) if ends else text.ljust(width)
            for text, width, ends in zip(texts, widths, right, strict=True)
        ).rstrip()
