"""`assessment report`: the report of an answers file, or of a folder of them, in any format, language and brand."""

from functools import partial
from pathlib import Path

import click

from assessment.answers import AnswerSheet
from assessment.brand import UNBRANDED, Brand
from assessment.cli.reporting_many import write_reports
from assessment.cli.telling import ANSWERS, LANGUAGE, QUESTIONNAIRE, told, write
from assessment.cli.terms import NOTHING_ASKED, Asked, terms_options
from assessment.document.parts import PARTS, Parts, parts_without
from assessment.errors import Problem, ReportError, did_you_mean
from assessment.exports import EXPORTERS, Exporter
from assessment.loader import followed_in, read_brand, read_questionnaire, read_sheet, read_workshop
from assessment.loader.places import Place, is_portfolio
from assessment.loader.sheets import read_report_or_sheet
from assessment.questionnaire import Questionnaire
from assessment.report import Earlier, Report, Subject, assess, with_trade_off
from assessment.roadmap import Terms
from assessment.values import Variety, language_of
from assessment.workshop import Workshop

FORMATS = {exporter.format: exporter for exporter in EXPORTERS}


@click.command()
@ANSWERS
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path),
    help=f"The suffix says the format: {', '.join(exporter.suffix for exporter in EXPORTERS)}. For many sheets: a folder.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMATS)),
    default="pdf",
    show_default=True,
    help="The format of many reports.",
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
    help="Whether to say what fewer and more days would buy; takes a second or two.",
)
@click.option(
    "--without",
    "left_out",
    metavar="CHAPTERS",
    default="",
    help=f"Chapters to leave out, with commas between them: {', '.join(PARTS)}.",
)
@terms_options
@QUESTIONNAIRE
@LANGUAGE
@told
def report(
    answers: Path,
    output: Path,
    form: str,
    branded: Path | None,
    since: Path | None,
    trading: bool,
    left_out: str,
    asked: Asked,
    language: Variety,
    questionnaire: str | None,
) -> None:
    """Write the report of an answers file; of each, for a folder of them or a file with one in each line (.jsonl)."""
    brand = read_brand(branded) if branded else UNBRANDED
    parts = parts_without(left_out.split(","))
    if is_portfolio(answers):
        if since is not None:
            raise click.BadParameter(
                "compares one assessment with one before; give its answers file", param_hint="--since"
            )
        exporter = FORMATS[form]
        make = partial(
            _made,
            form=form,
            brand=brand,
            parts=parts,
            trading=trading,
            asked=asked,
            language=language,
            questionnaire=questionnaire,
        )
        count = write_reports(answers, output, exporter.suffix, make=make)
        click.echo(f"{output}: {count} reports.")
        _say_what_stays(exporter, parts)
        return
    exporter = _by_suffix(output)
    made = report_of(answers, language, questionnaire, asked, since=since)
    if trading:
        made = with_trade_off(made)
    body = exporter.render(made, language, brand=brand, parts=parts)
    write(body, output)
    click.echo(f"{output}: {len(body) / 1000:.0f} kB.")
    if notice := exporter.notice(made, language, parts):
        click.echo(f"Note: {notice}", err=True)
    _say_what_stays(exporter, parts)


def _say_what_stays(exporter: Exporter, parts: Parts) -> None:
    """Tell which chapters were to be left out and cannot be in this format."""
    staying = [part for part in parts.without if part in exporter.keeps]
    if staying:
        click.echo(f"Note: {exporter.suffix} always has {', '.join(staying)}.", err=True)


def _by_suffix(output: Path) -> Exporter:
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
    return exporter


def _made(
    place: Place,
    *,
    form: str,
    brand: Brand,
    parts: Parts,
    trading: bool,
    asked: Asked,
    language: Variety,
    questionnaire: str | None,
) -> bytes:
    """Return the report's file of one sheet of many."""
    own = read_questionnaire(questionnaire) if questionnaire else None
    made = _assessed(*place.read(own), language=language, asked=asked)
    made = with_trade_off(made) if trading else made
    return FORMATS[form].render(made, language, brand=brand, parts=parts)


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
    found = read_sheet(answers, questionnaire=own)
    return _assessed(
        *found,
        language=language,
        asked=asked,
        earlier=_earlier(since) if since else None,
        followed=followed_in(since) if since else None,
        workshop=read_workshop(answers),
    )


def _assessed(
    known: Questionnaire,
    sheet: AnswerSheet,
    subject: Subject,
    *,
    language: Variety,
    asked: Asked | None,
    earlier: Earlier | None = None,
    workshop: Workshop | None = None,
    followed: Terms | None = None,
) -> Report:
    if language_of(language) not in known.languages:
        values: dict[str, object] = {"language": language, "hint": did_you_mean(language, known.languages)}
        raise ReportError([Problem("the questionnaire has no language “{language}”. {hint}", values=values)])
    terms = (asked or NOTHING_ASKED).for_(known, subject.held_on, followed=followed)
    return assess(
        known,
        sheet,
        subject=subject,
        capacity=terms.capacity,
        wishes=terms.wishes,
        earlier=earlier,
        workshop=workshop,
        tracking=terms.tracking,
    )


def _earlier(path: Path) -> Earlier:
    questionnaire, sheet, subject = read_report_or_sheet(path)
    return Earlier(questionnaire=questionnaire, sheet=sheet, subject=subject)
