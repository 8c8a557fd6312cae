"""What must hold in what plans are made of: shares of work, classes of cost, what a step counts."""

from collections.abc import Iterator
from itertools import pairwise

from assessment.errors import Problem
from assessment.loader.checks import problem_at
from assessment.loader.marks import Marked
from assessment.questionnaire import Money, Questionnaire

WHOLE = 100
"""Per cent that the shares of a measure's effort add up to."""

CLOSE = 0.01
"""So far off they may be: thirds are written with two digits."""


def check_planning(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    """Yield shares that are not the whole effort, and classes and steps that do not fit measures and scale."""
    yield from _shares(questionnaire, marked)
    yield from _money(questionnaire, marked)
    yield from _steps(questionnaire, marked)


def _shares(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    for number, measure in enumerate(questionnaire.measures):
        total = sum(measure.work.values())
        if measure.work and abs(total - WHOLE) > CLOSE:
            yield problem_at(
                marked,
                ("measures", number, "work"),
                "the shares add up to {total} per cent.",
                "Correct them: together they are the whole effort, 100.",
                total=f"{total:g}",
            )


def _money(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    classes = questionnaire.planning.money
    dearest = max((measure.cost for measure in questionnaire.measures), default=0)
    if classes and len(classes) < dearest:
        yield problem_at(
            marked,
            ("planning", "money"),
            "the classes of cost end at {count}, and there is a measure of class {cost}.",
            "Say for each class from 1 to {cost} what it stands for, or leave `money` out.",
            count=len(classes),
            cost=dearest,
        )
    backwards = [number for number, each in enumerate(classes) if each.low > each.high]
    for number in backwards:
        yield problem_at(
            marked, ("planning", "money", number), "the class runs backwards.", "Give the lower amount first."
        )
    if backwards:
        return  # what rises can only be told of ranges
    for number, (below, above) in enumerate(pairwise(classes), start=1):
        if not _rises(below, above):
            yield problem_at(
                marked,
                ("planning", "money", number),
                "this class stands for no more than the one before.",
                "Give the classes lowest first, each reaching higher than the one before.",
            )


def _rises(below: Money, above: Money) -> bool:
    return above.low >= below.low and above.high > below.high


def _steps(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    steps = questionnaire.planning.steps
    wanted = len(questionnaire.scale.levels) - 1
    if steps and len(steps) != wanted:
        yield problem_at(
            marked,
            ("planning", "steps"),
            "the number of steps is {count}; between the levels of the scale there are {wanted}.",
            "Say what each step counts, by the level it starts from, or leave `steps` out.",
            count=len(steps),
            wanted=wanted,
        )
    for number, (below, above) in enumerate(pairwise(steps), start=1):
        if above > below:
            yield problem_at(
                marked,
                ("planning", "steps", number),
                "this step counts {value}, more than the one below it.",
                "Let the steps fall or stay, so that the weakest comes first.",
                value=f"{above:g}",
            )
