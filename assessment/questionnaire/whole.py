"""The questionnaire as one value, with what is looked up in it."""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from assessment.conditions import Condition
from assessment.questionnaire.doubts import Check
from assessment.questionnaire.figures import KeyFigures, ValueInput
from assessment.questionnaire.grounds import ReferencePoint, Standard
from assessment.questionnaire.legal import Legal, Register, RegisterRow
from assessment.questionnaire.measures import Measure, Planning, Quick
from assessment.questionnaire.scale import Range, Scale
from assessment.questionnaire.structure import Cap, LevelMethod, Method, ProfileField, Section
from assessment.questions import NumberQuestion, OptionSet, Question
from assessment.values import Id, Language, Model, Number, Text


class Accepted(Model):
    """A finding of `assessment validate` or `assessment simulate` that stays, with the reason."""

    finding: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    """Its kind, with underscores."""
    where: Annotated[str, Field(min_length=1)]
    """The place as it is told, or the beginning of it."""
    because: Annotated[str, Field(min_length=1)]


class Questionnaire(Model):
    """A questionnaire as its authors wrote it, checked: the loader is the only way in."""

    id: Id
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    title: Text
    introduction: Text
    minimum_coverage: Annotated[Number, Field(ge=0, le=1)] = 0
    """Below this coverage a section shows its range and no headline index."""
    method: Method = "mean"
    """How the overall index is made of the sections; each section names its own method."""
    points: Range | None = None
    """Where the overall index runs, if not over the scale."""
    levels: LevelMethod = "process_attribute"
    """How levels are found, wherever a section does not say otherwise."""
    staged_threshold: Annotated[Number, Field(gt=0, le=1)] = 2 / 3
    """For levels by stages: a question counts as reached from this worth on; a fraction may be written as 2/3."""
    unanswered: Literal["left_out", "worst"] = "left_out"
    """Whether an index leaves out what is not answered or not known (and the range shows it), or counts it as worst."""
    unproven_counts_as: int | None = None
    """In the confirmed result, a level above this without documented evidence counts as this."""
    at_most_above_weakest: Annotated[int, Field(ge=0)] | None = None
    """The overall level may be at most this many steps above the weakest section."""
    scale: Scale
    profile: tuple[ProfileField, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    option_sets: tuple[OptionSet, ...] = ()
    """Options written once, used by name in questions."""
    caps: tuple[Cap, ...] = ()
    checks: tuple[Check, ...] = ()
    measures: tuple[Measure, ...] = ()
    quick_win: Quick | None = None
    usual_capacity: Annotated[Number, Field(gt=0, le=100_000)] = 12
    """Person-days a month that a plan starts with until somebody says what there is."""
    planning: Planning = Planning()
    register_: Annotated[Register | None, Field(alias="register")] = None
    legal: Legal | None = None
    key_figures: KeyFigures | None = None
    standards: tuple[Standard, ...] = ()
    reference_points: tuple[ReferencePoint, ...] = ()
    sources: tuple[Text, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    """Findings about the questionnaire that its authors looked at and left."""

    @model_validator(mode="before")
    @classmethod
    def _with_options(cls, data: Any) -> Any:
        """Give each question that names an option set the options of that set."""
        sets = data.get("option_sets") if isinstance(data, dict) else None
        if not isinstance(sets, (list, tuple)):
            return data
        known = {
            each["id"]: each.get("options")
            for each in sets
            if isinstance(each, dict) and isinstance(each.get("id"), str)
        }
        return {**data, "sections": _filled(data.get("sections"), known)}

    @cached_property
    def whole(self) -> Section:
        """The questionnaire as one section, so that the whole is scored like any part."""
        return Section.model_construct(
            id=self.id,
            title=self.title,
            description=self.introduction,
            why=None,
            weight=1.0,
            method=self.method,
            levels=self.levels,
            points=self.points,
            stage=None,
            applies_if=(),
            at_most_above_weakest=self.at_most_above_weakest,
            sections=self.sections,
            questions=(),
        )

    @cached_property
    def worked_out(self) -> dict[str, Any]:
        """What later stages worked out of this questionnaire once, by their own names."""
        return {}

    @cached_property
    def sections_by_id(self) -> dict[str, Section]:
        """Every section, the whole included."""
        return {section.id: section for section in self.whole.walk()}

    @cached_property
    def questions_by_id(self) -> dict[str, Question]:
        """Every question."""
        return {question.id: question for question in self.whole.all_questions()}

    @cached_property
    def figures_by_id(self) -> dict[str, NumberQuestion]:
        """Every key figure and every number of the value model, as a question outside the tree."""
        if self.key_figures is None:
            return {}
        made = [figure.question for figure in self.key_figures.figures]
        made += [question for each in self.value_inputs.values() for question in each.questions]
        return {question.id: question for question in made}

    @cached_property
    def figure_conditions(self) -> dict[str, tuple[Condition, ...]]:
        """For each figure the conditions under which it concerns the organisation; those of the value model have none."""
        figures = self.key_figures.figures if self.key_figures else ()
        return {**dict.fromkeys(self.figures_by_id, ()), **{each.id: each.applies_if for each in figures}}

    @cached_property
    def answerable(self) -> dict[str, Question]:
        """Every question, and every figure that may be given."""
        return {**self.questions_by_id, **self.figures_by_id}

    @cached_property
    def value_inputs(self) -> dict[str, ValueInput]:
        """What the value model counts with, by its role."""
        value = self.key_figures.value if self.key_figures else None
        return {each.id: each for each in value.inputs} if value else {}

    @cached_property
    def parent(self) -> dict[str, str]:
        """The section directly above each section and question."""
        return {
            part.id: section.id
            for section in self.whole.walk()
            for part in (*section.sections, *section.questions)
        }

    @cached_property
    def conditions_of(self) -> dict[str, tuple[Condition, ...]]:
        """For each question, its own conditions and those of the sections it stands in; all must hold."""
        return {
            question.id: (
                *(
                    each
                    for name in self.path(question.id)[:-1]
                    for each in self.sections_by_id[name].applies_if
                ),
                *question.applies_if,
            )
            for question in self.questions_by_id.values()
        }

    @cached_property
    def deciding_fields(self) -> tuple[str, ...]:
        """The profile fields on which it depends what is asked, in their order."""
        named = {
            test.profile
            for conditions in self.conditions_of.values()
            for condition in conditions
            for test in condition.tests()
        }
        return tuple(field.id for field in self.profile if field.id in named)

    @cached_property
    def deciding_questions(self) -> frozenset[str]:
        """The questions on whose answers it depends what else is asked."""
        return frozenset(
            test.question
            for conditions in self.conditions_of.values()
            for condition in conditions
            for test in condition.tests()
            if test.question is not None
        )

    @cached_property
    def stage_of(self) -> dict[str, int | None]:
        """The level each question belongs to: its own stage, or that of the nearest section that has one."""
        found: dict[str, int | None] = {}
        for question in self.questions_by_id.values():
            above = (self.sections_by_id[name].stage for name in reversed(self.path(question.id)[:-1]))
            stages = (question.stage, *above)
            found[question.id] = next((stage for stage in stages if stage is not None), None)
        return found

    def levels_of(self, section: Section) -> LevelMethod:
        """Return how a section's level is found."""
        return "staged" if section.method == "staged" else section.levels or self.levels

    @cached_property
    def measures_by_id(self) -> dict[str, Measure]:
        """Every measure."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def register_by_id(self) -> dict[str, RegisterRow]:
        """Every row of the legal register."""
        return {row.id: row for row in self.register_.rows} if self.register_ else {}

    @cached_property
    def standards_by_id(self) -> dict[str, Standard]:
        """Every standard that questions map to."""
        return {standard.id: standard for standard in self.standards}

    @cached_property
    def legal_caps(self) -> frozenset[str]:
        """The caps that limit the section of the legal status or a part of it."""
        places = {part.id for part in self.sections_by_id[self.legal.section].walk()} if self.legal else set()
        return frozenset(cap.id for cap in self.caps if any(limit.section in places for limit in cap.limits))

    @cached_property
    def quick_wins(self) -> frozenset[str]:
        """The measures that are quick wins by the questionnaire's own rule."""
        rule = self.quick_win
        if rule is None:
            return frozenset()
        small = {
            m.id
            for m in self.measures
            if m.effort.high <= rule.effort and m.weeks <= rule.weeks and m.cost <= rule.cost
        }
        while True:
            kept = {
                identifier for identifier in small if set(self.measures_by_id[identifier].requires) <= small
            }
            if kept == small:
                return frozenset(kept)
            small = kept

    def path(self, identifier: str) -> tuple[str, ...]:
        """Return the ids from the top section down to this one, the whole left out."""
        above = self.parent.get(identifier)
        return (*self.path(above), identifier) if above is not None else ()


def _filled(sections: Any, known: dict[str, Any]) -> Any:
    if not isinstance(sections, (list, tuple)):
        return sections
    return [
        {
            **section,
            **({"sections": _filled(section["sections"], known)} if "sections" in section else {}),
            **(
                {"questions": [_with_set(question, known) for question in section["questions"]]}
                if isinstance(section.get("questions"), (list, tuple))
                else {}
            ),
        }
        if isinstance(section, dict)
        else section
        for section in sections
    ]


def _with_set(question: Any, known: dict[str, Any]) -> Any:
    name = question.get("option_set") if isinstance(question, dict) else None
    return {**question, "options": known[name]} if isinstance(name, str) and name in known else question
