"""`assessment rollup`: several sites put together, each by what it weighs."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from assessment.cli.printing import as_csv, as_table
from assessment.cli.telling import LANGUAGE, QUESTIONNAIRE, each_file, told
from assessment.document.blocks import Block, Bullets, Heading, Paragraph, Table
from assessment.document.rollups import Group, legal, sections, standing, to_do
from assessment.errors import MOST_WRONG, AnswersError, Problem, ReportError, did_you_mean
from assessment.i18n import catalogue
from assessment.loader import read_questionnaire
from assessment.loader.marks import read_text
from assessment.loader.sheets import read_report_or_sheet
from assessment.questionnaire import Questionnaire
from assessment.rollup import Measure, Site, roll_up
from assessment.values import Variety, language_of

HEAD = (
    "section",
    "title",
    "index",
    "low",
    "high",
    "known",
    "coverage",
    "lowest",
    "moves_most",
    "by",
    "spread",
    "apart",
)
COLUMNS = ("site", "contacts", "heads")
MOST = 2_000_000_000
LONGEST = 10
"""Digits that a number has at most."""


class Weight(NamedTuple):
    """What a site weighs."""

    contacts: int | None = None
    heads: int | None = None


@click.command("rollup")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=False))
@click.option(
    "--weights",
    type=click.Path(path_type=Path, allow_dash=False),
    help="A table (CSV) with the columns site, contacts and heads; a site is called as its file, without the suffix.",
)
@click.option("--by", type=click.Choice(["contacts", "heads"]), default="contacts", show_default=True)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
@QUESTIONNAIRE
@LANGUAGE
@told
def rollup(
    files: tuple[Path, ...],
    weights: Path | None,
    by: Measure,
    form: str,
    questionnaire: str | None,
    language: Variety,
) -> None:
    """Put the answers files (or folders of them) of several sites together: no mean of means, no mean of levels.

    Each site counts by its contacts (or heads). What is not known at a site makes the range wider.
    """
    own = read_questionnaire(questionnaire) if questionnaire else None
    weighed = _weights(weights) if weights else {}
    known, sites = _sites(each_file(files), weighed, own)
    _refuse_strangers(weights, weighed, [site.id for site in sites])
    if language_of(language) not in known.languages:
        values: dict[str, object] = {"language": language, "hint": did_you_mean(language, known.languages)}
        raise ReportError([Problem("the questionnaire has no language “{language}”. {hint}", values=values)])
    found = roll_up(known, sites, by=by)
    if form == "json":
        click.echo(found.model_dump_json(indent=2))
        return
    group = Group(found, known, {site.id: site.name for site in sites}, catalogue(language))
    rows = [_row(group, section.of) for section in found.sections]
    click.echo(as_csv(HEAD, rows) if form == "csv" else _said(group), nl=False)


def _sites(
    files: Sequence[Path], weights: Mapping[str, Weight], own: Questionnaire | None
) -> tuple[Questionnaire, list[Site]]:
    """Read each file as a site; the latest of their versions is the one by which the group is told.

    Raises:
        AnswersError: a file cannot be read, answers another questionnaire than the first, or is named as another.
    """
    sites: list[Site] = []
    read_by: list[Questionnaire] = []
    for file in files:
        read, sheet, _ = read_report_or_sheet(file, questionnaire=own)
        if read_by and read.id != read_by[0].id:
            raise AnswersError(
                [
                    Problem(
                        "this site answered “{other}”, the first one “{first}”: they cannot be put together.",
                        "Give files by the same questionnaire; its versions may differ.",
                        file=str(file),
                        values={"other": read.id, "first": read_by[0].id},
                    )
                ]
            )
        if file.stem in {site.id for site in sites}:
            raise AnswersError(
                [
                    Problem(
                        "two files are called “{name}”, and a site is called as its file.",
                        "Give one of them another name.",
                        file=str(file),
                        values={"name": file.stem},
                    )
                ]
            )
        weight = weights.get(file.stem, Weight())
        sites.append(Site(file.stem, file.stem, sheet, weight.contacts, weight.heads, read))
        read_by.append(read)
    return max(read_by, key=lambda one: tuple(map(int, one.version.split(".")))), sites


def _weights(path: Path) -> dict[str, Weight]:
    """Read what the sites weigh, by comma or semicolon.

    Raises:
        AnswersError: with every line that cannot be understood.
    """
    read = read_text(path)
    if isinstance(read, Problem):
        raise AnswersError([read])
    text = read.removeprefix("\ufeff")
    delimiter = ";" if ";" in next(iter(text.splitlines()), "") else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return _each_weight(rows, path)
    except csv.Error as error:
        raise AnswersError(
            [
                Problem(
                    "this is no table: {reason}.",
                    "Save it as CSV, with the columns site, contacts and heads.",
                    file=str(path),
                    line=rows.line_num,
                    values={"reason": error},
                )
            ]
        ) from None


def _each_weight(rows: "csv.DictReader[str]", path: Path) -> dict[str, Weight]:
    """Return what each site weighs.

    Raises:
        AnswersError: with every line that cannot be understood.
    """
    if "site" not in (rows.fieldnames or ()):
        message = "the first line has no column “site”."
        raise AnswersError(
            [Problem(message, "Begin with the line: site,contacts,heads", file=str(path), line=1)]
        )
    found: dict[str, Weight] = {}
    problems: list[Problem] = []
    for line, row in enumerate(rows, start=2):
        if len(problems) >= MOST_WRONG:
            break
        numbers = {}
        for column in COLUMNS[1:]:
            said = (row.get(column) or "").strip()
            number = int(said) if said.isdecimal() and len(said) <= LONGEST else None
            if said and (number is None or number > MOST):
                problems.append(
                    Problem(
                        "“{said}” is no number of {column}.",
                        "Write a whole number without separators, or leave it empty.",
                        file=str(path),
                        line=line,
                        values={"said": said, "column": column},
                    )
                )
            numbers[column] = number
        found[(row["site"] or "").strip()] = Weight(**numbers)
    if problems:
        raise AnswersError(problems)
    return found


def _refuse_strangers(path: Path | None, weights: Mapping[str, Weight], sites: Sequence[str]) -> None:
    strangers = [name for name in weights if name not in sites]
    if strangers:
        raise AnswersError(
            Problem(
                "there is no file for the site “{name}”.",
                "{hint} A site is called as its file, without the suffix.",
                file=str(path),
                values={"name": name, "hint": did_you_mean(name, sites)},
            )
            for name in strangers
        )


def _row(group: Group, of: str) -> tuple[str, ...]:
    section = group.rollup.of(of)
    worst, driver = section.worst, section.driver if section.certain else None
    drive = driver.drive if driver else None
    apart = [group.names[one.site] for one in section.apart]

    def exact(value: float | None) -> str:
        return "" if value is None else f"{value:.4f}"

    return (
        of,
        group.title(of),
        exact(section.value if section.certain else None),
        exact(section.low),
        exact(section.high),
        exact(section.known),
        exact(section.coverage),
        group.names[worst.site] if worst else "",
        group.names[driver.site] if driver else "",
        exact(drive),
        exact(section.spread),
        " ".join(apart),
    )


def _said(group: Group) -> str:
    blocks = (*standing(group), *sections(group), *legal(group), *to_do(group))
    return "\n".join(text for block in blocks if (text := _told(block)))


def _told(block: Block) -> str:
    match block:
        case Table():
            return _drawn(block)
        case Bullets():
            return "".join(f"- {line.text}\n" for line in block.items)
        case Heading() | Paragraph():
            return f"{block.text}\n"
        case _:
            return ""  # a chart says what the table says


def _drawn(table: Table) -> str:
    head = tuple(column.head for column in table.columns)
    return as_table(head, [tuple(" ".join(line.text for line in cell) for cell in row) for row in table.rows])
