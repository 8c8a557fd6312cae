"""Many sheets on the command line: a row for each sheet and section, a line of JSON for each sheet, or their distribution."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np

from assessment.cli.printing import as_table, harmless
from assessment.errors import Problem, ReportError, did_you_mean
from assessment.loader import read_questionnaire
from assessment.loader.portfolio import Portfolio, read_portfolio
from assessment.questionnaire import Questionnaire
from assessment.scoring.portfolio import Scores, SheetScore, score_table
from assessment.scoring.table import Floats
from assessment.values import Variety, language_of

HEAD = (
    "sheet", "section", "title", "level", "index", "low", "high", "level_low", "level_high", "coverage",
    "confirmed", "status",
)  # fmt: skip


class Scored(NamedTuple):
    """A batch of sheets with both results."""

    names: tuple[str, ...]
    self_rated: Scores
    confirmed: Scores


def score_portfolio(
    path: Path, *, form: str, explain: str | None, language: Variety, questionnaire: str | None
) -> None:
    """Print the scores of a folder of answers files, or of a file with one in each line.

    Raises:
        AnswersError: with every problem of the first batch that has one; batches before it are printed.
    """
    if explain is not None:
        rule = "opens the score of one sheet; give its answers file"
        raise click.BadParameter(rule, param_hint="--explain")
    portfolio = read_portfolio(
        path, questionnaire=read_questionnaire(questionnaire) if questionnaire else None
    )
    known = portfolio.questionnaire
    if language_of(language) not in known.languages:
        values: dict[str, object] = {"language": language, "hint": did_you_mean(language, known.languages)}
        raise ReportError([Problem("the questionnaire has no language “{language}”. {hint}", values=values)])
    match form:
        case "csv":
            _print_rows(portfolio, language)
        case "json":
            _print_lines(portfolio)
        case _:
            _print_distribution(portfolio, language)


def _scored(portfolio: Portfolio) -> Iterator[Scored]:
    """Yield the scores batch by batch; a terminal is shown how far it has come."""
    known = portfolio.questionnaire
    with click.progressbar(
        length=portfolio.size, label="Scoring", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        for batch in portfolio.batches:
            self_rated = score_table(known, batch.table)
            confirmed = self_rated
            if known.unproven_counts_as is not None:
                confirmed = score_table(known, batch.table, confirmed=True)
            yield Scored(tuple(batch.names), self_rated, confirmed)
            bar.update(batch.size)


def _sections(questionnaire: Questionnaire) -> tuple[str, ...]:
    return tuple(section.id for section in questionnaire.whole.walk())


# ── a row for each sheet and section ─────────────────────────────────────────────────────────────────────────────────


def _print_rows(portfolio: Portfolio, language: Variety) -> None:
    known = portfolio.questionnaire
    titles = {
        name: harmless(known.sections_by_id[name].title.localize(language)) for name in _sections(known)
    }
    click.echo(",".join(HEAD))
    for batch in _scored(portfolio):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        both = [
            zip(batch.self_rated.of(name).rows(), batch.confirmed.of(name).rows(), strict=True)
            for name in titles
        ]
        for sheet, *scores in zip(batch.names, *both, strict=True):
            for (name, title), (score, confirmed) in zip(titles.items(), scores, strict=True):
                writer.writerow((harmless(sheet), name, title, *_cells(score, confirmed)))
        click.echo(out.getvalue(), nl=False)


def _cells(score: SheetScore, confirmed: SheetScore) -> tuple[str, ...]:
    """Return the cells as for a single sheet: an index and a level only where enough is answered."""
    certain = score.status == "scored"
    return (
        _whole(score.level) if certain else "",
        _shown(score.value) if certain else "",
        _shown(score.low),
        _shown(score.high),
        _whole(score.level_low),
        _whole(score.level_high),
        "" if score.coverage is None else f"{score.coverage:.0%}",
        _shown(confirmed.value),
        score.status,
    )


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _whole(level: int | None) -> str:
    return "" if level is None else str(level)


# ── a line for each sheet ────────────────────────────────────────────────────────────────────────────────────────────


def _print_lines(portfolio: Portfolio) -> None:
    sections = _sections(portfolio.questionnaire)
    for batch in _scored(portfolio):
        lines = []
        both = [
            zip(*(result.of(name).rows() for name in sections), strict=True)
            for result in (batch.self_rated, batch.confirmed)
        ]
        for sheet, self_rated, confirmed in zip(batch.names, *both, strict=True):
            told = {
                kind: {name: score._asdict() for name, score in zip(sections, scores, strict=True)}
                for kind, scores in (("self_rated", self_rated), ("confirmed", confirmed))
            }
            lines.append(json.dumps({"sheet": sheet, **told}, ensure_ascii=False))
        click.echo("\n".join(lines))


# ── how the sheets are distributed ───────────────────────────────────────────────────────────────────────────────────


def _print_distribution(portfolio: Portfolio, language: Variety) -> None:
    known = portfolio.questionnaire
    steps = [step.level for step in known.scale.levels]
    values: dict[str, list[Floats]] = {name: [] for name in _sections(known)}
    confirmed: dict[str, list[Floats]] = {name: [] for name in values}
    levels = {name: np.zeros(len(steps), dtype=np.intp) for name in values}
    count = 0
    for batch in _scored(portfolio):
        count += len(batch.names)
        for name, seen in values.items():
            own, proven = batch.self_rated.of(name), batch.confirmed.of(name)
            seen.append(own.value[own.certain])
            confirmed[name].append(proven.value[proven.certain])
            reached = own.level[own.certain].astype(np.intp) - steps[0]
            levels[name] += np.bincount(reached, minlength=len(steps))
    head = (
        "section", "title", "scored", "lowest", "quarter", "median", "three_quarters", "highest",
        "confirmed_median", *(f"level_{step}" for step in steps),
    )  # fmt: skip
    rows = [
        (
            name,
            known.sections_by_id[name].title.localize(language),
            f"{sum(map(len, values[name]))} of {count}",
            *_quantiles(values[name], (0, 25, 50, 75, 100)),
            *_quantiles(confirmed[name], (50,)),
            *map(str, levels[name]),
        )
        for name in values
    ]
    click.echo(as_table(head, rows), nl=False)


def _quantiles(values: list[Floats], shares: tuple[int, ...]) -> tuple[str, ...]:
    together = np.concatenate(values)
    return (
        tuple(f"{each:.2f}" for each in np.percentile(together, shares))
        if len(together)
        else ("",) * len(shares)
    )
