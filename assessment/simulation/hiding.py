"""Conditions that hide for ever or never, profile choices that change nothing, gaps of the short edition, minutes."""

from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np

from assessment.conditions import Condition
from assessment.inspection import Finding
from assessment.questionnaire import ProfileField, Questionnaire, Section
from assessment.questions import Question
from assessment.simulation.material import Material
from assessment.simulation.playing import Played
from assessment.simulation.result import Minutes
from assessment.simulation.tempers import COMPLETE, Pool
from assessment.simulation.worlds import worlds

SHORT = 20
"""Minutes that the short edition should take at most: our own convention."""


def hidden_questions(stuff: Material, everything: Sequence[Played]) -> frozenset[str]:
    """Return the questions that are asked in no sheet played and in none of the worlds of their conditions."""
    return frozenset(
        name
        for name in stuff.questionnaire.questions_by_id
        if not any(played.asked(name).any() for played in everything)
        and not worlds(stuff, stuff.questionnaire.conditions_of[name]).played.asked(name).any()
    )


def findings(stuff: Material, hidden: frozenset[str], everything: Sequence[Played]) -> Iterator[Finding]:
    """Yield what is wrong with conditions, profile and the short edition."""
    for section in stuff.questionnaire.whole.walk():
        yield from _of_conditions(stuff, section, hidden)
        for question in section.questions:
            yield from _of_conditions(stuff, question, hidden)
    yield from _of_profile(stuff)
    yield from _of_short_edition(stuff, everything)
    yield from _on_one_question(stuff, everything)


def _of_conditions(stuff: Material, part: Section | Question, hidden: frozenset[str]) -> Iterator[Finding]:
    questionnaire = stuff.questionnaire
    where = questionnaire.path(part.id) or (part.id,)
    kind = "section" if isinstance(part, Section) else "question"
    inside = [q.id for q in part.all_questions()] if isinstance(part, Section) else [part.id]
    if inside and all(name in hidden for name in inside):
        above = [] if questionnaire.parent.get(part.id) is None else [questionnaire.parent[part.id]]
        if not any(_all_hidden(questionnaire, name, hidden) for name in above):
            every = all(worlds(stuff, questionnaire.conditions_of[name]).every for name in inside)
            yield Finding(
                kind="hidden_for_ever",
                severity="error",
                where=where,
                what=f"no profile and no answer ever shows this {kind}.",
                why="Its conditions, with those of the sections above, exclude each other.",
                to_do="Correct `applies_if`, or remove it.",
                proven=every,
            )
        return
    for number, condition in enumerate(part.applies_if):
        tried = worlds(stuff, (condition,), answered=True)
        if tried.played.all_hold((condition,)).yes.all():
            yield Finding(
                kind="condition_never_hides",
                severity="warning",
                where=(*where, "applies_if", str(number + 1)),
                what=f"the condition {_told(condition)} holds whatever is answered.",
                why=f"It looks as if it chose who is shown this {kind}, and everybody is.",
                to_do="Correct it, or leave it out.",
                proven=tried.every,
            )


def _all_hidden(questionnaire: Questionnaire, section: str, hidden: frozenset[str]) -> bool:
    names = [question.id for question in questionnaire.sections_by_id[section].all_questions()]
    return bool(names) and all(name in hidden for name in names)


def _told(condition: Condition) -> str:
    said = condition.model_dump(mode="json", by_alias=True, exclude_none=True)
    return str(said).replace("'", "")


# ── the profile ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _of_profile(stuff: Material) -> Iterator[Finding]:
    for field in stuff.questionnaire.profile:
        roles: dict[tuple[object, ...], list[str]] = {}
        for option in field.option_ids:
            roles.setdefault(_role(stuff, field, option), []).append(option)
        if len(roles) == 1:
            yield Finding(
                kind="profile_field_without_effect",
                severity="notice",
                where=("profile", field.id),
                what="no condition, effort, currency, key figure or row of the register depends on this field.",
                why="People fill it in, and nothing that they see changes. It may still describe the organisation.",
                to_do="Use it in a condition, or keep it only if the report should say it.",
            )
            continue
        for role, options in roles.items():
            named = any(role)
            if len(options) > 1 and (not named or field.type == "one"):
                yield Finding(
                    kind="profile_options_alike",
                    severity="notice",
                    where=("profile", field.id),
                    what=f"the options {', '.join(options)} change nothing between them.",
                    why="A choice that makes no difference takes time to think about.",
                    to_do="Join them into one option, or use them where they should matter.",
                )


def _role(stuff: Material, field: ProfileField, option: str) -> tuple[object, ...]:
    """Return what an option changes: the tests that it meets, the efforts, the currency, the rows of the register; nothing false."""
    tests = (*stuff.tests.get(field.id, ()), *_tests_beside(stuff.questionnaire, field.id))
    met = tuple(number for number, test in enumerate(tests) if test.any_of and test.test((option,)))
    factor = next((each.effort_factor for each in field.options if each.id == option), None)
    register = stuff.questionnaire.register_
    rows: tuple[str, ...] = ()
    if register is not None:
        places = {option} | {union.id for union in register.unions if option in union.members}
        rows = tuple(row.id for row in register.rows if row.jurisdiction in places)
    value = stuff.questionnaire.key_figures.value if stuff.questionnaire.key_figures else None
    currency = option if value is not None and value.currency == field.id else ""
    return met, None if factor == 1 else factor, rows, currency


def _tests_beside(questionnaire: Questionnaire, field: str) -> tuple[Condition, ...]:
    """Return the tests of a profile field that decide on rows of the register and key figures, not on questions."""
    rows = questionnaire.register_.rows if questionnaire.register_ else ()
    figures = questionnaire.key_figures.figures if questionnaire.key_figures else ()
    conditions = (
        condition
        for listed in (*(row.applies_if for row in rows), *(figure.applies_if for figure in figures))
        for condition in listed
    )
    return tuple(test for condition in conditions for test in condition.tests() if test.profile == field)


# ── the short edition ────────────────────────────────────────────────────────────────────────────────────────────────


def _of_short_edition(stuff: Material, everything: Sequence[Played]) -> Iterator[Finding]:
    questionnaire = stuff.questionnaire
    if not any(question.short for question in questionnaire.questions_by_id.values()):
        return
    for section in questionnaire.whole.walk():
        own = [question for question in section.questions if question.weight]
        if not own:
            continue
        short = [question.id for question in own if question.short]
        rest = [question.id for question in own if not question.short]
        gaps = 0
        for played in everything:
            complete = ~played.truths(played.facts.short)
            asked = _any(played, [*short, *rest]) & complete
            gaps += int((asked & ~_any(played, short)).sum())
        if gaps and short:
            yield Finding(
                kind="short_edition_gap",
                severity="notice",
                where=questionnaire.path(section.id),
                what="some organisations that this section concerns are asked nothing of it in the short edition.",
                why="Its short questions are hidden there, and the section shows as incomplete.",
                to_do="Mark a further question `short: true` that these organisations are asked, too.",
            )
        elif gaps:
            yield Finding(
                kind="short_edition_gap",
                severity="warning",
                where=questionnaire.path(section.id),
                what="no question of this section is part of the short edition.",
                why="Whoever takes the short edition sees the section as incomplete.",
                to_do="Mark at least one of its scored questions `short: true`.",
            )


def _on_one_question(stuff: Material, everything: Sequence[Played]) -> Iterator[Finding]:
    """Yield the sections with several scored questions of which some organisations are asked a single one."""
    for section in stuff.questionnaire.whole.walk():
        own = [question.id for question in section.questions if question.weight]
        if section.sections or len(own) < 2:
            continue
        if any(_one_left(played, own) for played in everything):
            yield Finding(
                kind="rests_on_one_question",
                severity="notice",
                where=stuff.questionnaire.path(section.id),
                what="some organisations are asked a single one of its questions, whose answer alone makes its level.",
                why="Where the others are hidden, this one counts as much as they all do elsewhere.",
                to_do="Ask these organisations a second question, or hide the section from them.",
            )


def _one_left(played: Played, names: Sequence[str]) -> bool:
    count = np.sum([played.asked(name) for name in names], axis=0)
    return bool(((count == 1) & ~played.truths(played.facts.short)).any())


def _any(played: Played, names: Sequence[str]) -> np.ndarray:
    found = np.zeros(len(played), dtype=np.bool_)
    for name in names:
        found |= played.asked(name)
    return found


def minutes(stuff: Material, pools: Sequence[Pool], tempers: Sequence[Played]) -> tuple[Minutes, ...]:
    """Return what the complete and the short edition take, in the sheets in which everything is answered."""
    complete = [played for pool, played in zip(pools, tempers, strict=True) if pool.temper in COMPLETE]
    found = []
    questions = stuff.questionnaire.questions_by_id.values()
    for edition in ("complete", "short"):
        counted = [q for q in questions if edition == "complete" or q.short]
        if not counted or not complete:
            continue
        times: list[float] = []
        counts: list[int] = []
        for played in complete:
            asked = np.array([played.asked(question.id) for question in counted])
            counts += np.sum(asked, axis=0).tolist()
            times += np.sum(asked * np.array([[question.minutes] for question in counted]), axis=0).tolist()
        found.append(
            Minutes(
                edition=edition,
                median=_whole(median(times)),
                low=_whole(min(times)),
                high=_whole(max(times)),
                questions_low=min(counts),
                questions_high=max(counts),
            )
        )
    return tuple(found)


def _whole(time: float) -> int:
    """Round as the app does when it says how many minutes are left."""
    return round(time + 0.49) if time else 0


def too_long(times: Sequence[Minutes], questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield a short edition that takes long."""
    for entry in times:
        if entry.edition == "short" and entry.median > SHORT:
            yield Finding(
                kind="short_edition_long",
                severity="notice",
                where=(questionnaire.id,),
                what=f"the short edition takes about {entry.median} minutes.",
                why=f"It is meant for people who have {SHORT}.",
                to_do="Mark fewer questions `short: true`: the ones that tell most about their section.",
            )
