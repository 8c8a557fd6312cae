"""What must hold in what stands beside the questions: key figures, the value model, the register, reference points."""

from collections.abc import Iterator
from typing import get_args

from assessment.conditions import Condition
from assessment.errors import Problem
from assessment.loader.checks import problem_at
from assessment.loader.marks import Marked, Path_
from assessment.questionnaire import KeyFigure, Questionnaire, ValueModel, ValueRole

DIVIDED_BY: tuple[ValueRole, ...] = ("contacts", "productive-hours")


def check_beside(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    """Yield figures whose limits do not fit, a value model with gaps, and conditions on what is not in the profile."""
    if questionnaire.register_ is not None:
        for number, row in enumerate(questionnaire.register_.rows):
            yield from _profile_only(row.applies_if, ("register", "rows", number), marked)
    figures = questionnaire.key_figures
    if figures is None:
        return
    for number, figure in enumerate(figures.figures):
        place: Path_ = ("key_figures", "figures", number)
        yield from _profile_only(figure.applies_if, place, marked)
        if figure.id.startswith("value-"):
            yield problem_at(
                marked,
                (*place, "id"),
                "ids that begin with “value-” belong to the value model.",
                "Give the key figure another id.",
            )
    by_id = {figure.id: figure for figure in figures.figures}
    if figures.value is not None:
        yield from _value(figures.value, questionnaire, by_id, marked)
    for number, point in enumerate(questionnaire.reference_points):
        if point.marker is None:
            continue
        known = by_id[point.marker.figure]
        if not known.low <= point.marker.value <= known.high:
            yield problem_at(
                marked,
                ("reference_points", number, "marker", "value"),
                "{value} lies outside the plausible limits of “{figure}”.",
                "Correct it, or the limits of the key figure.",
                value=f"{point.marker.value:g}",
                figure=known.id,
            )


def _profile_only(conditions: tuple[Condition, ...], place: Path_, marked: Marked) -> Iterator[Problem]:
    for number, condition in enumerate(conditions):
        named = next(condition.deciders(), None)
        if named is not None:
            yield problem_at(
                marked,
                (*place, "applies_if", number),
                "this depends on the answer to “{question}”; only the profile decides here.",
                "Use a profile field.",
                question=named,
            )


def _value(
    value: ValueModel, questionnaire: Questionnaire, figures: dict[str, KeyFigure], marked: Marked
) -> Iterator[Problem]:
    place: Path_ = ("key_figures", "value")
    given = [each.id for each in value.inputs]
    missing = [role for role in get_args(ValueRole) if role not in given]
    if missing:
        yield problem_at(
            marked,
            (*place, "inputs"),
            "the value model counts with {missing}, and no input says what that is.",
            "Add the inputs.",
            missing=", ".join(f"“{role}”" for role in missing),
        )
    field = next(field for field in questionnaire.profile if field.id == value.currency)
    if field.type != "one":
        yield problem_at(
            marked,
            (*place, "currency"),
            "“{field}” does not choose one currency.",
            "Name a profile field of type `one` whose options are the currencies.",
            field=field.id,
        )
    for number, each in enumerate(value.inputs):
        here: Path_ = (*place, "inputs", number)
        if each.id in DIVIDED_BY and each.low <= 0:
            yield problem_at(
                marked,
                (*here, "low"),
                "the value model divides by “{role}”, and {low} is admitted.",
                "Give a `low` above 0.",
                role=each.id,
                low=f"{each.low:g}",
            )
        if each.example is not None and not each.low <= each.example.low <= each.example.high <= each.high:
            yield problem_at(
                marked,
                (*here, "example"),
                "the example runs from {low} to {high}, outside the plausible limits.",
                "Correct it, or the limits.",
                low=f"{each.example.low:g}",
                high=f"{each.example.high:g}",
            )
        if each.figure is not None and figures[each.figure].unit != each.unit:
            yield problem_at(
                marked,
                (*here, "figure"),
                "“{figure}” is in {unit}, this input in {own}.",
                "Use the same unit for both.",
                figure=each.figure,
                unit=figures[each.figure].unit,
                own=each.unit,
            )
