"""What a release fixed, and what has changed since: stored answers go by ids, levels, options and units."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Annotated, NamedTuple

from pydantic import Field

from assessment.inspection.result import Finding
from assessment.questionnaire import Questionnaire
from assessment.questions import NumberQuestion, Question
from assessment.values import Id, Model


class ReleasedQuestion(Model):
    """What must not change in a question as long as answers to it are kept."""

    type: str
    levels: tuple[int, ...] = ()
    options: tuple[Id, ...] = ()
    unit: str | None = None
    """In the questionnaire's first language."""


class ReleasedField(Model):
    """What must not change in a field of the profile."""

    type: str
    options: tuple[Id, ...] = ()


class ReleasedLimits(Model):
    """Which numbers are admitted; they may become more."""

    low: float | None = None
    high: float | None = None
    whole: bool = False


class Released(Model):
    """A version of a questionnaire with everything that stored answers, reports and plans may name."""

    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    levels: tuple[int, ...]
    """Of the scale."""
    questions: dict[Id, ReleasedQuestion] = Field(default_factory=dict)
    profile: dict[Id, ReleasedField] = Field(default_factory=dict)
    figures: dict[Id, str] = Field(default_factory=dict)
    """Key figures with their units."""
    value_inputs: dict[Id, str] = Field(default_factory=dict)
    limits: dict[Id, ReleasedLimits] = Field(default_factory=dict)
    """Of number questions, key figures and numbers of the value model."""
    sections: tuple[Id, ...] = ()
    measures: tuple[Id, ...] = ()
    caps: tuple[Id, ...] = ()
    checks: tuple[Id, ...] = ()
    rows: tuple[Id, ...] = ()


class ReleaseFile(Model):
    """The file that a release writes."""

    released: Released


def released_of(questionnaire: Questionnaire) -> Released:
    """Return what releasing a questionnaire as it is would fix."""
    figures = questionnaire.key_figures
    return Released(
        version=questionnaire.version,
        levels=tuple(step.level for step in questionnaire.scale.levels),
        questions={
            question.id: _fixed(question, questionnaire.languages[0])
            for question in questionnaire.questions_by_id.values()
        },
        profile={
            field.id: ReleasedField(type=field.type, options=tuple(option.id for option in field.options))
            for field in questionnaire.profile
        },
        figures={figure.id: figure.unit for figure in figures.figures} if figures else {},
        value_inputs={role: each.unit for role, each in questionnaire.value_inputs.items()},
        limits={
            question.id: ReleasedLimits(low=question.low, high=question.high, whole=question.whole)
            for question in _numbers_asked(questionnaire)
        },
        sections=tuple(name for name in questionnaire.sections_by_id if name != questionnaire.id),
        measures=tuple(questionnaire.measures_by_id),
        caps=tuple(cap.id for cap in questionnaire.caps),
        checks=tuple(check.id for check in questionnaire.checks),
        rows=tuple(questionnaire.register_by_id),
    )


def _numbers_asked(questionnaire: Questionnaire) -> Iterator[NumberQuestion]:
    for question in questionnaire.questions_by_id.values():
        if isinstance(question, NumberQuestion):
            yield question
    if questionnaire.key_figures is not None:
        yield from (figure.question for figure in questionnaire.key_figures.figures)
    yield from (each.questions[0] for each in questionnaire.value_inputs.values())


def _fixed(question: Question, language: str) -> ReleasedQuestion:
    unit = getattr(question, "unit", None)
    return ReleasedQuestion(
        type=question.type,
        levels=tuple(sorted(getattr(question, "anchors", ()))),
        options=tuple(option.id for option in getattr(question, "options", ())),
        unit=unit.localize(language) if unit is not None else None,
    )


class Change(NamedTuple):
    """One thing that is not as it was released."""

    where: tuple[str, ...]
    what: str
    breaks: bool
    """Answers given before would be lost or mean something else: the first number of the version must rise."""


def findings(questionnaire: Questionnaire, release: Released) -> Iterator[Finding]:
    """Yield the changes since the release that the version does not own up to."""
    version, before = _numbers(questionnaire.version), _numbers(release.version)
    if version < before:
        yield Finding(
            kind="changed_since_release",
            severity="error",
            where=("version",),
            what=f"the version is {questionnaire.version}; {release.version} was released before.",
            why="Answers given to the released version would look newer than the questionnaire.",
            to_do=f"Raise it to {release.version} or higher.",
        )
        return
    for change in changes(release, released_of(questionnaire)):
        if version[0] > before[0] or (version > before and not change.breaks):
            continue
        needed = f"{before[0] + 1}.0.0" if change.breaks else f"{before[0]}.{before[1] + 1}.0"
        why = (
            "Stored answers name it, and sheets of the same first number are taken as they are: they would be refused or misread."
            if change.breaks
            else "Two questionnaires of one version must be the same, or nobody can say which one was answered."
        )
        yield Finding(
            kind="changed_since_release",
            severity="error",
            where=change.where,
            what=f"since {release.version} was released, {change.what}.",
            why=why,
            to_do=f"Take the change back, or raise the version to {needed} and run `assessment release`.",
        )


def changes(old: Released, new: Released) -> Iterator[Change]:
    """Yield what differs between what was released and what is there; texts, weights and order are free."""
    if old.levels != new.levels:
        yield Change(
            ("scale", "levels"),
            f"the levels were changed from {_listed(old.levels)} to {_listed(new.levels)}",
            True,
        )
    yield from _of_mapping("questions", old.questions, new.questions)
    yield from _of_mapping("profile", old.profile, new.profile)
    yield from _of_limits(old.limits, new.limits)
    yield from _of_units(("key_figures", "figures"), old.figures, new.figures)
    yield from _of_units(("key_figures", "value", "inputs"), old.value_inputs, new.value_inputs)
    for kind in ("sections", "measures", "caps", "checks", "rows"):
        place = ("register", "rows") if kind == "rows" else (kind,)
        yield from _of_names(place, getattr(old, kind), getattr(new, kind), breaks=False)


_Fixed = ReleasedQuestion | ReleasedField


def _of_mapping(kind: str, old: Mapping[str, _Fixed], new: Mapping[str, _Fixed]) -> Iterator[Change]:
    yield from _of_names((kind,), old, new, breaks=True)
    for name in old:
        if name in new:
            yield from _of_one((kind, name), old[name], new[name])


def _of_units(place: tuple[str, ...], old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    yield from _of_names(place, old, new, breaks=True)
    for name in old:
        if name in new and old[name] != new[name]:
            yield Change((*place, name), f"the unit was changed from {old[name]} to {new[name]}", True)


def _of_names(
    place: tuple[str, ...],
    old: Mapping[str, object] | tuple[str, ...],
    new: Mapping[str, object] | tuple[str, ...],
    *,
    breaks: bool,
) -> Iterator[Change]:
    gone = (Change((*place, name), "it was removed", breaks) for name in old if name not in new)
    come = (Change((*place, name), "it was added", False) for name in new if name not in old)
    return chain(gone, come)


def _of_one(place: tuple[str, ...], old: _Fixed, new: _Fixed) -> Iterator[Change]:
    if old.type != new.type:
        yield Change(place, f"the type was changed from {old.type} to {new.type}", True)
        return
    if isinstance(old, ReleasedQuestion) and isinstance(new, ReleasedQuestion):
        if old.levels != new.levels:
            yield Change(
                (*place, "anchors"),
                f"the levels were changed from {_listed(old.levels)} to {_listed(new.levels)}",
                True,
            )
        if old.unit != new.unit:
            yield Change(
                (*place, "unit"),
                f"the unit was changed from {old.unit or 'none'} to {new.unit or 'none'}",
                True,
            )
    yield from _of_names((*place, "options"), old.options, new.options, breaks=True)


def _listed(levels: tuple[int, ...]) -> str:
    return ", ".join(map(str, levels))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _of_limits(old: Mapping[str, ReleasedLimits], new: Mapping[str, ReleasedLimits]) -> Iterator[Change]:
    """Yield numbers that admit less than they did; what is gone is told with its question."""
    for name, before in old.items():
        now = new.get(name)
        if now is None:
            continue
        narrower = (
            (now.low is not None and (before.low is None or now.low > before.low))
            or (now.high is not None and (before.high is None or now.high < before.high))
            or (now.whole and not before.whole)
        )
        if narrower:
            yield Change((name,), f"“{name}” admits {_range(now)}; it admitted {_range(before)}", True)


def _range(limits: ReleasedLimits) -> str:
    kind = "whole numbers" if limits.whole else "numbers"
    low = f" from {limits.low:g}" if limits.low is not None else ""
    high = f" up to {limits.high:g}" if limits.high is not None else ""
    return f"{kind}{low}{high}"
