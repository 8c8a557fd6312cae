"""Benchmarks without a server: files of organisations that cannot be told apart, put together by whoever was given them.

An organisation's index of a section is a whole position from 0, the lowest, to 100. A file lists for each section the positions of all
organisations by size, each section by itself: nothing links what one organisation has in two sections. It names nobody.

Files are given away, and given away anew. Whoever keeps all issues of one source sees which positions came, which went and which stayed;
so what an issue tells of a section is such that, over all issues, whatever positions came, went and stayed together are at least
`SMALLEST`. A section that cannot be told anew stays as it was told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import quantiles
from typing import Annotated, Literal

from pydantic import Field, model_validator

from assessment.errors import AnswersError, Problem
from assessment.questionnaire import Questionnaire
from assessment.scoring import Scorecard
from assessment.values import Id, Model, round_half_up

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
    before: tuple[Positions, ...] = ()
    """What earlier issues told otherwise: whoever has kept them knows it, so the next issue has to reckon with it."""

    @model_validator(mode="after")
    def _counts_once(self) -> "Source":
        if len({section.of for section in self.sections}) < len(self.sections):
            raise ValueError("each section stands once")
        if any(len(section.positions) > self.organisations for section in self.sections):
            raise ValueError("no section has more positions than there are organisations")
        return self


class Pool(Model):
    """A file that can be given away: one source, or several put together."""

    kind: Literal["benchmark"] = "benchmark"
    format: Literal[1] = 1
    questionnaire: Id
    version: Annotated[str, Field(pattern=r"^\d{1,9}\.\d{1,9}\.\d{1,9}$")]
    short: bool = False
    sources: Annotated[tuple[Source, ...], Field(min_length=1, max_length=MOST_SOURCES)]

    @model_validator(mode="after")
    def _each_source_once(self) -> "Pool":
        if len({source.id for source in self.sources}) < len(self.sources):
            raise ValueError("each source stands once, or its organisations would be counted twice")
        return self

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
    """Return the file of these organisations; what cannot be told anew without giving somebody away stays as it was told.

    Args:
        questionnaire: the one that all of them answered.
        organisations: each by section a position from 0 to 100, as `positions_of` gives it; one without any is not counted.
        short: whether they answered the short edition.
        source: 32 digits made by chance, the same for every issue.
        month: in which it is made, as 2026-11.
        after: the issue before; it knows those before it.

    Raises:
        AnswersError: there are too few; the issue before is of something else; or nothing can be told anew.
    """
    if after is not None and (after.questionnaire, after.short) != (questionnaire.id, short):
        mine = _name(questionnaire.id, questionnaire.version, short)
        raise AnswersError(
            [
                Problem(
                    "the issue before is by “{other}”, this one by “{one}”.",
                    "Begin a source of its own for each questionnaire and edition: give no issue before.",
                    values={"other": _named(after), "one": mine},
                )
            ]
        )
    before = next((one for one in after.sources if one.id == source), None) if after else None
    same_kind = after is not None and _comparable(after.version) == _comparable(questionnaire.version)
    may_stay = {section.of: section for section in before.sections} if before and same_kind else {}
    there = _now(questionnaire, organisations)
    count = max(map(len, there.values()), default=0)
    if count < SMALLEST:
        raise AnswersError(
            [
                Problem(
                    "a benchmark needs at least {least} organisations; there are {count}.",
                    "Wait until there are more: fewer could be told apart.",
                    values={"least": SMALLEST, "count": count},
                )
            ]
        )
    sections = []
    for name, now in there.items():
        known = [told for told in _told(before) if told.of == name]
        if len(now) >= SMALLEST and not singled_out([*(told.positions for told in known), now]):
            sections.append(Positions(of=name, positions=now))
        elif name in may_stay:
            sections.append(may_stay[name])
    is_old = before is not None and before.sections == tuple(sections)
    if not sections or (is_old and _kept_back(sections, there)):
        raise AnswersError(
            [
                Problem(
                    "too few organisations have changed since the issues before: beside those they could be told apart.",
                    "Wait until at least {least} have changed, and give nothing away until then.",
                    values={"least": SMALLEST},
                )
            ]
        )
    made = Source(
        id=source,
        issue=before.issue + 1 if before else 1,
        month=month,
        organisations=max(
            sum(any(name in one for name in there) for one in organisations),
            *(len(section.positions) for section in sections),
        ),
        sections=tuple(sections),
        before=tuple(told for told in dict.fromkeys(_told(before)) if told not in sections),
    )
    return Pool(questionnaire=questionnaire.id, version=questionnaire.version, short=short, sources=(made,))


def kept_back(
    pool: Pool, questionnaire: Questionnaire, organisations: Sequence[Mapping[str, float]]
) -> tuple[Id, ...]:
    """Return the sections in which one's own file does not tell where these organisations stand now."""
    return _kept_back(pool.sources[0].sections, _now(questionnaire, organisations))


def _kept_back(sections: Sequence[Positions], there: Mapping[Id, tuple[int, ...]]) -> tuple[Id, ...]:
    told = {section.of: section.positions for section in sections}
    return tuple(
        name
        for name, now in there.items()
        if (len(now) >= SMALLEST or name in told) and told.get(name) != now
    )


def _now(
    questionnaire: Questionnaire, organisations: Sequence[Mapping[str, float]]
) -> dict[Id, tuple[int, ...]]:
    """Return by section the positions of all organisations that have one, by size."""
    return {
        section.id: tuple(
            sorted(int(round_half_up(one[section.id], 0)) for one in organisations if section.id in one)
        )
        for section in questionnaire.whole.walk()
    }


def _told(before: Source | None) -> tuple[Positions, ...]:
    return (*before.before, *before.sections) if before else ()


def singled_out(told: Sequence[Sequence[int]]) -> bool:
    """Say whether fewer than `SMALLEST` positions are in the same ones of these lists: they came, went and stayed together.

    Of equal positions it is not known which one went; so as many as possible count as the same. Then what is in all of some lists
    and in none of some others, by any choice of lists, is nothing or at least `SMALLEST` positions.
    """
    counts = [Counter(one) for one in told]
    together: Counter[tuple[bool, ...]] = Counter()
    for position in set().union(*counts):
        here = [count[position] for count in counts]
        together.update(tuple(many >= layer for many in here) for layer in range(1, max(here) + 1))
    return any(many < SMALLEST for many in together.values())


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
    newest = max(known, key=lambda pool: tuple(map(int, pool.version.split("."))))
    return newest.model_copy(update={"sources": tuple(latest[name] for name in sorted(latest))})


def _comparable(version: str) -> tuple[str, ...]:
    """Return what must be the same of a version: a third number changes words only, see `assessment release`."""
    return tuple(version.split(".")[:2])


def _kind(pool: Pool) -> tuple[str, tuple[str, ...], bool]:
    return pool.questionnaire, _comparable(pool.version), pool.short


def _named(pool: Pool) -> str:
    return _name(pool.questionnaire, pool.version, pool.short)


def _name(questionnaire: str, version: str, short: bool) -> str:
    return f"{questionnaire} {version}{' (short)' if short else ''}"


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
