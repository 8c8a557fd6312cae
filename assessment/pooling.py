"""Benchmarks without a server: files of organisations that cannot be told apart, put together by whoever was given them.

An organisation's index of a section is a whole position from 0, the lowest, to 100. A file lists for each section the positions of all
organisations by size, each section by itself: nothing links what one organisation has in two sections. It names nobody.

Files are given away, and given away anew. Whoever lays two issues of one source side by side sees which positions came and which went;
so an issue may follow another only if in every section nobody, or at least `SMALLEST`, came, and likewise went.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import quantiles
from typing import Annotated, Literal

from pydantic import Field, model_validator

from assessment.errors import AnswersError, Problem
from assessment.questionnaire import Questionnaire
from assessment.scoring import Scorecard
from assessment.values import Id, Model

SMALLEST = 5
"""Organisations in a file, and in each of its sections, at least."""

MOST_SOURCES, MOST_ORGANISATIONS = 1000, 10_000

Position = Annotated[int, Field(ge=0, le=100)]
Month = Annotated[str, Field(pattern=r"^2[01]\d\d-(0[1-9]|1[0-2])$")]


class Positions(Model):
    """One section of all organisations of a source."""

    of: Id
    positions: Annotated[tuple[Position, ...], Field(min_length=SMALLEST, max_length=MOST_ORGANISATIONS)]
    """By size."""

    @model_validator(mode="after")
    def _by_size(self) -> "Positions":
        if list(self.positions) != sorted(self.positions):
            raise ValueError("positions stand by size, so that none can be followed through the sections")
        return self


class Source(Model):
    """What one desk gives away."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    """Made by chance; says only that a later issue replaces an earlier one."""
    issue: Annotated[int, Field(ge=1)]
    month: Month
    """In which it was made."""
    organisations: Annotated[int, Field(ge=SMALLEST, le=MOST_ORGANISATIONS)]
    sections: tuple[Positions, ...]


class Pool(Model):
    """A file that can be given away: one source, or several put together."""

    kind: Literal["benchmark"] = "benchmark"
    format: Literal[1] = 1
    questionnaire: Id
    version: str
    short: bool = False
    sources: Annotated[tuple[Source, ...], Field(min_length=1, max_length=MOST_SOURCES)]

    @property
    def organisations(self) -> int:
        """How many organisations are in it."""
        return sum(source.organisations for source in self.sources)


class Quartiles(Model):
    """How organisations are spread in one section, as positions from 0 to 100."""

    of: Id
    organisations: int
    lower: float
    median: float
    upper: float


class Place(Model):
    """Where one organisation stands among others in a section."""

    of: Id
    position: float | None
    """Its own; None without an index."""
    among: Quartiles
    where: Literal["below", "middle", "above"] | None
    """Below the lower quartile, between the quartiles, above the upper one."""


def positions_of(scorecard: Scorecard) -> dict[str, float]:
    """Return the position of every section whose index is sure enough to be told, from 0 to 100."""
    found: dict[str, float] = {}
    waiting = [scorecard.overall]
    while waiting:
        score = waiting.pop()
        waiting.extend(part for part in score.parts if part.parts)
        if score.certain and score.worth is not None:
            found[score.of] = 100 * score.worth
    return found


def summed_up(
    questionnaire: Questionnaire,
    organisations: Sequence[Mapping[str, float]],
    *,
    short: bool,
    source: str,
    month: str,
    after: Pool | None = None,
) -> Pool:
    """Return the file of these organisations.

    Args:
        questionnaire: the one that all of them answered.
        organisations: each by section a position from 0 to 100, as `positions_of` gives it.
        short: whether they answered the short edition.
        source: 32 digits made by chance, the same for every issue.
        month: in which it is made, as 2026-11.
        after: the issue before.

    Raises:
        AnswersError: there are too few; or what changed since the issue before would give some of them away.
    """
    if len(organisations) < SMALLEST:
        raise AnswersError(
            [
                Problem(
                    "a benchmark needs at least {least} organisations; there are {count}.",
                    "Wait until there are more: fewer could be told apart.",
                    values={"least": SMALLEST, "count": len(organisations)},
                )
            ]
        )
    sections = []
    for section in questionnaire.whole.walk():
        found = sorted(round(one[section.id]) for one in organisations if section.id in one)
        if len(found) >= SMALLEST:
            sections.append(Positions(of=section.id, positions=tuple(found)))
    before = next((one for one in after.sources if one.id == source), None) if after else None
    made = Source(
        id=source,
        issue=before.issue + 1 if before else 1,
        month=month,
        organisations=len(organisations),
        sections=tuple(sections),
    )
    if before is not None:
        _keep_apart(before, made)
    return Pool(questionnaire=questionnaire.id, version=questionnaire.version, short=short, sources=(made,))


def _keep_apart(before: Source, made: Source) -> None:
    """Refuse an issue that gives away, beside the one before, the positions of a few."""
    then = {section.of: Counter(section.positions) for section in before.sections}
    now = {section.of: Counter(section.positions) for section in made.sections}
    for name in {**then, **now}:
        one, other = then.get(name, Counter()), now.get(name, Counter())
        for changed in ((other - one).total(), (one - other).total()):
            if 0 < changed < SMALLEST:
                raise AnswersError(
                    [
                        Problem(
                            "since the issue before, only {count} organisations changed in the section “{section}”: "
                            "beside that issue they could be told apart.",
                            "Wait until at least {least} have changed, and give nothing away until then.",
                            values={"count": changed, "section": name, "least": SMALLEST},
                        )
                    ]
                )


def put_together(pools: Iterable[Pool]) -> Pool:
    """Return one file of several; of each source the latest issue, whatever the order.

    Raises:
        AnswersError: they are of different questionnaires, versions or editions.
    """
    known = list(pools)
    first = known[0]
    for other in known[1:]:
        if _kind(other) != _kind(first):
            raise AnswersError(
                [
                    Problem(
                        "these benchmarks cannot be put together: one is by “{one}”, the other by “{other}”.",
                        "Put together what was answered by the same questionnaire, version and edition.",
                        values={"one": _named(first), "other": _named(other)},
                    )
                ]
            )
    latest: dict[str, Source] = {}
    for source in (source for pool in known for source in pool.sources):
        held = latest.get(source.id)
        if held is None or (source.issue, source.model_dump_json()) > (held.issue, held.model_dump_json()):
            latest[source.id] = source
    newest = max(known, key=lambda pool: _numbers(pool.version))
    return newest.model_copy(update={"sources": tuple(latest[name] for name in sorted(latest))})


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))


def _kind(pool: Pool) -> tuple[str, tuple[int, ...], bool]:
    """Return what must be the same: a third number of the version changes words only, see `assessment release`."""
    return pool.questionnaire, _numbers(pool.version)[:2], pool.short


def _named(pool: Pool) -> str:
    return f"{pool.questionnaire} {pool.version}{' (short)' if pool.short else ''}"


def quartiles_of(pool: Pool) -> tuple[Quartiles, ...]:
    """Return how the organisations are spread in each section; sections with too few are left out."""
    found: dict[str, list[int]] = {}
    for source in pool.sources:
        for section in source.sections:
            found.setdefault(section.of, []).extend(section.positions)
    spread = []
    for name, positions in found.items():
        lower, median, upper = quantiles(positions, n=4, method="inclusive")
        spread.append(
            Quartiles(of=name, organisations=len(positions), lower=lower, median=median, upper=upper)
        )
    return tuple(spread)


def places(
    pool: Pool, questionnaire: Questionnaire, own: Mapping[str, float], *, short: bool
) -> tuple[Place, ...]:
    """Return where an organisation stands in each section, in the order of the questionnaire.

    Args:
        pool: the others.
        questionnaire: the one it answered.
        own: by section its position from 0 to 100.
        short: whether it answered the short edition.

    Raises:
        AnswersError: the others answered something else.
    """
    mine = Pool(
        questionnaire=questionnaire.id, version=questionnaire.version, short=short, sources=pool.sources
    )
    if _kind(mine) != _kind(pool):
        raise AnswersError(
            [
                Problem(
                    "this benchmark is by “{other}”, the assessment by “{one}”: they cannot be compared.",
                    "Use a benchmark by the same questionnaire, version and edition.",
                    values={"one": _named(mine), "other": _named(pool)},
                )
            ]
        )
    spread = {found.of: found for found in quartiles_of(pool)}
    return tuple(
        Place(
            of=section.id, position=own.get(section.id), among=among, where=_where(own.get(section.id), among)
        )
        for section in questionnaire.whole.walk()
        if (among := spread.get(section.id)) is not None
    )


def _where(position: float | None, among: Quartiles) -> Literal["below", "middle", "above"] | None:
    if position is None:
        return None
    return "below" if position < among.lower else "above" if position > among.upper else "middle"
