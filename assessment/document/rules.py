"""How the figures of a questionnaire are made, rule by rule in plain words: only the rules that it has."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from assessment.document.blocks import Block, Bullets, Heading, Line, Paragraph
from assessment.document.saying import number
from assessment.document.telling import Teller
from assessment.i18n import N_
from assessment.questionnaire import (
    AllTop,
    Check,
    Contradiction,
    LevelMethod,
    ManySetAside,
    Method,
    Questionnaire,
    Section,
    StraightLining,
)
from assessment.scoring import FULLY, LARGELY

MANY = 7
"""A scale of more levels than this is not told level by level."""
MEANS: tuple[Method, ...] = ("mean", "mean_of_leaves")
WAYS: dict[Method, str] = {
    "mean": N_("Mean: the mean of the part’s own parts or questions by weight."),
    "mean_of_leaves": N_("Mean of questions: the mean of all questions below by weight."),
    "sum": N_("Sum: the points of the part’s own parts or questions, times their weight, added up."),
    "min": N_("Weakest: the lowest of the part’s own parts or questions."),
    "staged": N_(
        "Stages: the level that is reached, and of the way to the next one as much as the share of its weight that is reached."
    ),
}


def how_made(tell: Teller) -> Iterator[Block]:
    """Yield the rules of this questionnaire, each under its name; none that it does not have."""
    c, q = tell.c, tell.questionnaire
    yield from _rule(c.t("Index"), *_index(tell))
    yield from _rule(c.t("Level"), *_level(tell))
    limits = limits_said(tell)
    if limits:
        yield from _rule(c.t("Limits"), limits)
    yield from _rule(c.t("Range and coverage"), _range(tell))
    unanswered = _unanswered(tell)
    if unanswered:
        yield from _rule(c.t("What is not answered"), unanswered)
    if q.unproven_counts_as is not None:
        yield from _rule(
            c.t("As rated and as confirmed"),
            c.t(
                "As confirmed, an answer above level {level} without documented evidence counts as level {level}. The "
                "difference is what is claimed and not shown.",
                level=q.unproven_counts_as,
            ),
        )
    if q.checks:
        yield from _rule(
            c.t("Checks"),
            c.t(
                "The answers are looked through for what follows. What is found becomes a question to ask again; it "
                "corrects no answer and changes no score."
            ),
            tuple(dict.fromkeys(_looked_for(tell, check) for check in q.checks)),
        )
    if q.measures:
        yield from _rule(c.t("Roadmap"), _roadmap(tell))


def _rule(title: str, text: str, lines: Iterable[str] = ()) -> Iterator[Block]:
    yield Heading(level=3, text=title)
    yield Paragraph(text=text)
    items = tuple(Line(text=line) for line in lines)
    if items:
        yield Bullets(items=items)


# ── the index ────────────────────────────────────────────────────────────────────────────────────────────────────────


def methods_used(questionnaire: Questionnaire) -> tuple[Method, ...]:
    """Return the ways in which indices are made, the whole's first.

    Of questions alone, the mean of the parts and the mean of all questions below are the same.
    """
    used = dict.fromkeys(section.method for section in questionnaire.whole.walk() if section.sections)
    for section in questionnaire.whole.walk():
        same = section.method in MEANS and not section.sections
        if not same or not used.keys() & set(MEANS):
            used[section.method] = None
    return tuple(used)


def method_of(section: Section, used: tuple[Method, ...]) -> Method:
    """Return how a section's index is made, in the words of the ways that are used."""
    return section.method if section.method in used else next(way for way in MEANS if way in used)


def _index(tell: Teller) -> tuple[str, tuple[str, ...]]:
    c, whole, used = tell.c, tell.overall, methods_used(tell.questionnaire)
    ends = {"lowest": number(whole.bottom, c), "highest": number(whole.top, c)}
    if len(used) > 1:
        text = c.t(
            "How far along, from {lowest} to {highest}. Parts are put together in more than one way; the table below "
            "says which part is put together how.",
            **ends,
        )
        return text, tuple(c.t(WAYS[way]) for way in used)
    match used[0]:
        case "mean" if any(part.sections for part in tell.questionnaire.sections):
            text = c.t(
                "How far along, from {lowest} to {highest}: the mean of the given answers by weight, from questions to "
                "capabilities to dimensions to the whole.",
                **ends,
            )
        case "mean":
            text = c.t(
                "How far along, from {lowest} to {highest}: the mean of the given answers by weight, from questions to "
                "dimensions to the whole.",
                **ends,
            )
        case "mean_of_leaves":
            text = c.t(
                "How far along, from {lowest} to {highest}: the mean of all given answers by weight, in whichever part "
                "they stand.",
                **ends,
            )
        case "sum":
            text = c.t(
                "How many points there are, from {lowest} to {highest}: those of the answers, times their weight, added "
                "up from questions to parts to the whole.",
                **ends,
            )
        case "min":
            text = c.t(
                "How far along, from {lowest} to {highest}: the weakest answer counts for its part, and the weakest part "
                "for the whole.",
                **ends,
            )
        case "staged":
            text = c.t(
                "How far along, from {lowest} to {highest}: the level that is reached, and of the way to the next one as "
                "much as the share of its weight that is reached.",
                **ends,
            )
        case _:
            assert_never(used[0])
    return text, ()


# ── the level ────────────────────────────────────────────────────────────────────────────────────────────────────────


def levels_used(questionnaire: Questionnaire) -> tuple[LevelMethod, ...]:
    """Return the ways in which levels are found, the whole's first."""
    return tuple(dict.fromkeys(questionnaire.levels_of(section) for section in questionnaire.whole.walk()))


def _level(tell: Teller) -> tuple[str, tuple[str, ...]]:
    used = levels_used(tell.questionnaire)
    if len(used) == 1:
        return _level_found(tell, used[0]), ()
    text = tell.c.t(
        "Levels are found in more than one way; the table below says which part’s level is found how."
    )
    return text, tuple(_level_found(tell, way) for way in used)


def _level_found(tell: Teller, way: LevelMethod) -> str:
    c, scale = tell.c, tell.questionnaire.scale
    match way:
        case "process_attribute":
            return c.t(
                "What is safely in place. A level is reached when more than {largely} of the weight stands there or "
                "higher, and more than {fully} at each level below it. No average produces it.",
                largely=c.percent(LARGELY),
                fully=c.percent(FULLY),
            )
        case "bands" if len(scale.levels) > MANY and all(step.starts is None for step in scale.levels):
            return c.t(
                "The level follows from the index alone: the {count} levels are spread evenly over it.",
                count=len(scale.levels),
            )
        case "bands":
            starts = [
                c.t(
                    "level {level} from {point} on",
                    level=step.level,
                    point=number(scale.of_worth(worth), c, most=2),
                )
                for step, worth in zip(scale.levels, scale.thresholds, strict=True)
            ]
            return c.t("The level follows from the index alone: {list}.", list=c.join(starts))
        case "staged":
            return c.t(
                "A level is reached when every question that belongs to it or to a lower one is at least {share} of the "
                "way up its own scale; what is not answered is not reached. No average produces it.",
                share=c.percent(tell.questionnaire.staged_threshold),
            )
        case _:
            assert_never(way)


def limits_said(tell: Teller) -> str:
    """Return what limits levels in this questionnaire; nothing if nothing does."""
    c, q = tell.c, tell.questionnaire
    above = q.at_most_above_weakest
    said = []
    if q.caps and above is not None:
        said.append(
            c.t(
                "A condition that is not met limits the level of its parts, whatever else is in place. The whole stands at "
                "most {steps} above its weakest dimension. Neither changes the index.",
                steps=_steps(tell, above),
            )
        )
    elif q.caps:
        said.append(
            c.t(
                "A condition that is not met limits the level of its parts, whatever else is in place. It never changes "
                "the index."
            )
        )
    elif above is not None:
        said.append(
            c.t(
                "The whole stands at most {steps} above its weakest dimension. This never changes the index.",
                steps=_steps(tell, above),
            )
        )
    held: dict[int, list[str]] = {}
    for section in q.whole.walk():
        if section.at_most_above_weakest is not None and section.id != q.id and section.sections:
            held.setdefault(section.at_most_above_weakest, []).append(tell.quoted(section.id))
    said += [
        c.t(
            "At most {steps} above the weakest part of each: {list}.",
            steps=_steps(tell, steps),
            list=c.join(names),
        )
        for steps, names in sorted(held.items())
    ]
    return " ".join(said)


def _steps(tell: Teller, steps: int) -> str:
    return tell.c.n("one level", "{count} levels", steps)


# ── range, what is not answered, checks, roadmap ─────────────────────────────────────────────────────────────────────


def _range(tell: Teller) -> str:
    c, share = tell.c, tell.questionnaire.minimum_coverage
    if not share:
        return c.t(
            "The range is the result if every answer that is missing turned out worst, and best. Coverage is the share "
            "of the applicable weight that is answered."
        )
    return c.t(
        "The range is the result if every answer that is missing turned out worst, and best. Coverage is the "
        "share of the applicable weight that is answered; below {share} there is no headline figure.",
        share=c.percent(share),
    )


def _unanswered(tell: Teller) -> str:
    """Return how what is not answered counts, where the words on the index do not say it."""
    c, q = tell.c, tell.questionnaire
    if q.unanswered == "worst":
        return c.t(
            "What is open or not known counts as worst in the index. Range and coverage say how much hangs on that."
        )
    methods = methods_used(q)
    said = []
    if set(methods) - set(MEANS) or len(methods) > 1:
        said.append(
            c.t(
                "An index leaves out what is open or not known; range and coverage say how much hangs on that."
            )
        )
    if "sum" in methods:
        said.append(c.t("In a sum, such a question adds nothing, or as little as an answer to it can."))
    if "staged" in methods:
        said.append(c.t("Where an index follows stages, such a question counts as not reached."))
    return " ".join(said)


def _looked_for(tell: Teller, check: Check) -> str:
    c = tell.c
    match check:
        case Contradiction():
            return c.t("Answers that hardly go together")
        case StraightLining():
            return c.t(
                "The same answer to {count} questions of one kind in a row, or to more", count=check.in_a_row
            )
        case AllTop():
            return c.t(
                "A part with {count} answers or more that are all at their best, none of them with documented evidence",
                count=check.from_questions,
            )
        case ManySetAside():
            return c.t("More than {share} of the questions said not to apply", share=c.percent(check.share))
        case _:
            assert_never(check)


def _roadmap(tell: Teller) -> str:
    c = tell.c
    if not tell.questionnaire.caps:
        return c.t(
            "Measures that gain most for their effort come first; no month is loaded beyond capacity. Gains are computed "
            "by the scoring engine, not estimated."
        )
    return c.t(
        "Measures that settle conditions come first, then those that gain most for their effort; no month is "
        "loaded beyond capacity. Gains are computed by the scoring engine, not estimated."
    )
