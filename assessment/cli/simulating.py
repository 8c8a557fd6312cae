"""`assessment simulate`: a questionnaire put to the proof, told for its authors."""

from collections.abc import Iterator

import click

from assessment.cli.findings import summary, told_findings
from assessment.cli.printing import as_table
from assessment.cli.telling import told
from assessment.errors import AnswersError, Problem
from assessment.loader import questionnaire_ids, read_questionnaire
from assessment.simulation import Influence, Simulation, simulate

FEW = 5
"""So many questions with the largest and the smallest influence are shown; all of them are in the JSON."""


@click.command("simulate")
@click.argument("questionnaire", required=False)
@click.option(
    "--sheets",
    "-n",
    default=10_000,
    show_default=True,
    type=click.IntRange(100, 200_000),
    help="Sheets to sample.",
)
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(0), help="The same seed, the same result."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--strict", is_flag=True, help="End with 1 if there is an error.")
@told
def simulate_(questionnaire: str | None, sheets: int, seed: int, form: str, strict: bool) -> None:
    """Prove a questionnaire before it is used: levels nobody reaches, questions that never matter, texts that do not fit.

    QUESTIONNAIRE is a folder, or the name of a shipped one; it may be left out if only one is shipped.
    """
    result = simulate(read_questionnaire(questionnaire or _only_one()), sheets=sheets, seed=seed)
    click.echo(
        result.model_dump_json(indent=2) if form == "json" else "\n".join(_page(result)), nl=form == "json"
    )
    if strict and result.count("error"):
        raise SystemExit(1)


def _only_one() -> str:
    shipped = questionnaire_ids()
    if len(shipped) != 1:
        raise AnswersError(
            [
                Problem(
                    "several questionnaires are shipped: {names}.",
                    "Name the one to simulate.",
                    values={"names": ", ".join(shipped)},
                )
            ]
        )
    return shipped[0]


def _page(result: Simulation) -> Iterator[str]:
    every = (
        "all sampled"
        if result.profiles_sampled == result.profiles
        else f"{result.profiles_sampled:,} sampled"
    )
    yield (
        f"{result.questionnaire} {result.version}: {result.sheets:,} sheets sampled and {result.constructed:,} constructed, "
        f"seed {result.seed}; {result.profiles:,} profiles that make a difference, {every}."
    )
    yield f"{summary(result.findings, result.accepted)}.\n"
    yield from told_findings(result.findings)
    yield from _numbers(result)


def _numbers(result: Simulation) -> Iterator[str]:
    yield "How often each level is reached (in the temper that reaches it most often); – never"
    steps = [share.level for share in result.levels[0].levels]
    yield as_table(
        ("section", "scored", *(f"level {step}" for step in steps)),
        [
            (
                entry.section,
                f"{entry.scored:.0%}",
                *(
                    f"{share.share:.1%} ({share.most:.0%})" if share.reached else "–"
                    for share in entry.levels
                ),
            )
            for entry in result.levels
        ],
    )
    yield "Influence on the overall index, from worst to best: sections, then the strongest and the weakest questions"
    strong, weak = result.questions[:FEW], result.questions[FEW:][-FEW:]
    yield as_table(
        ("", "points (median)", "points (most)", "share of the index", "decides a level"),
        [_influence(each) for each in (*result.sections, *strong, *weak)],
    )
    if result.caps:
        yield "Caps: share of complete sheets in which they apply, and in which they hold the level down"
        yield as_table(
            ("cap", "limits", "applies", "binds"),
            [
                (use.cap, f"{use.section} to {use.level}", f"{use.applies:.1%}", f"{use.binds:.1%}")
                for use in result.caps
            ],
        )
    if result.checks:
        yield "Checks: share of sheets that raise the doubt, with answers drawn evenly, and with answers close together"
        yield as_table(
            ("check", "even", "steady"),
            [(use.check, f"{use.even:.1%}", f"{use.steady:.1%}") for use in result.checks],
        )
    yield "Time"
    yield as_table(
        ("edition", "minutes (median)", "minutes", "questions"),
        [
            (
                each.edition,
                str(each.median),
                f"{each.low} to {each.high}",
                f"{each.questions_low} to {each.questions_high}",
            )
            for each in result.minutes
        ],
    )
    yield "Readability (Flesch: higher is easier; LIX: lower is easier), the whole and its hardest sections"
    yield as_table(
        ("language", "section", "words", "words/sentence", "syllables/word", "Flesch", "LIX"),
        list(_readability(result)),
    )


def _influence(influence: Influence) -> tuple[str, ...]:
    return (
        influence.of,
        f"{influence.points:.3f}",
        f"{influence.most:.3f}",
        f"{influence.share:.1%}",
        f"{influence.levels:.0%}",
    )


def _readability(result: Simulation) -> Iterator[tuple[str, ...]]:
    languages = dict.fromkeys(each.language for each in result.readability)
    for language in languages:
        known = [each for each in result.readability if each.language == language]
        whole = [each for each in known if each.section == result.questionnaire]
        parts = sorted(
            (each for each in known if each not in whole), key=lambda each: (-each.lix, each.section)
        )
        for each in (*whole, *parts[:3]):
            yield (
                language,
                each.section,
                f"{each.words:,}",
                f"{each.words_per_sentence:.1f}",
                "" if each.syllables_per_word is None else f"{each.syllables_per_word:.2f}",
                "" if each.flesch is None else f"{each.flesch:.0f}",
                f"{each.lix:.0f}",
            )
