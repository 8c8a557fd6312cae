"""`assessment report`: the report of an answers file, in any format, language and brand."""

from pathlib import Path

import click

from assessment.brand import UNBRANDED
from assessment.cli.telling import ANSWERS, LANGUAGE, QUESTIONNAIRE, told, write
from assessment.cli.terms import NOTHING_ASKED, Asked, terms_options
from assessment.errors import Problem, ReportError, did_you_mean
from assessment.loader import read_brand, read_questionnaire, read_sheet
from assessment.loader.sheets import read_report_or_sheet
from assessment.report import Earlier, Report, assess, with_trade_off
from assessment.values import Variety, language_of


@click.command()
@ANSWERS
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The suffix says the format: .pdf, .json.",
)
@click.option(
    "--brand",
    "branded",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Whose report it is: a brand.yaml with name, colours, footer and logo.",
)
@click.option(
    "--since",
    metavar="OLD",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="An earlier assessment of the same organisation, as answers or as a report: adds what has changed.",
)
@click.option(
    "--trade-off/--no-trade-off",
    "trading",
    default=True,
    show_default=True,
    help="Whether to plan with fewer and more days, too; takes a few seconds.",
)
@terms_options
@QUESTIONNAIRE
@LANGUAGE
@told
def report(
    answers: Path,
    output: Path,
    branded: Path | None,
    since: Path | None,
    trading: bool,
    asked: Asked,
    language: Variety,
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
    made = report_of(answers, language, questionnaire, asked, since=since)
    if trading:
        made = with_trade_off(made)
    body = exporter.render(made, language, brand=read_brand(branded) if branded else UNBRANDED)
    write(body, output)
    click.echo(f"{output}: {len(body) / 1000:.0f} kB.")
    if notice := exporter.notice(made, language):
        click.echo(f"Note: {notice}", err=True)


def report_of(
    answers: Path,
    language: Variety,
    questionnaire: str | None,
    asked: Asked | None = None,
    *,
    since: Path | None = None,
) -> Report:
    """Return the report of an answers file, compared with an earlier assessment where one is given.

    Raises:
        AssessmentError: with every problem found.
    """
    own = read_questionnaire(questionnaire) if questionnaire else None
    known, sheet, subject = read_sheet(answers, questionnaire=own)
    if language_of(language) not in known.languages:
        values: dict[str, object] = {"language": language, "hint": did_you_mean(language, known.languages)}
        raise ReportError([Problem("the questionnaire has no language “{language}”. {hint}", values=values)])
    terms = (asked or NOTHING_ASKED).for_(known, subject.held_on)
    return assess(
        known,
        sheet,
        subject=subject,
        capacity=terms.capacity,
        wishes=terms.wishes,
        earlier=_earlier(since) if since else None,
    )


def _earlier(path: Path) -> Earlier:
    questionnaire, sheet, subject = read_report_or_sheet(path)
    return Earlier(questionnaire=questionnaire, sheet=sheet, subject=subject)
