"""Every way in which some conditions can turn out: all combinations of the answers and profile choices that they test."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from typing import Any

import numpy as np

from assessment.conditions import Condition
from assessment.simulation.material import GIVEN, Material
from assessment.simulation.playing import Played
from assessment.simulation.tempers import Pool, Profile

MOST = 20_000
"""More combinations than this are not tried one by one."""


@dataclass(frozen=True)
class Worlds:
    """Sheets that differ in what the conditions test, and in nothing else."""

    played: Played
    every: bool
    """There is no other combination."""


def worlds(
    stuff: Material, conditions: Iterable[Condition], *, answered: bool = False, also: Iterable[str] = ()
) -> Worlds:
    """Return every combination of what these conditions test, and of what decides whether it is asked.

    Args:
        stuff: the questionnaire's values and choices.
        conditions: what is tested.
        answered: only with an answer to each question and a choice in each profile field.
        also: further questions on whose being asked it hangs.
    """
    fields, questions = _subjects(stuff, conditions, also)
    options: list[list[Any]] = [
        *([group[0] for group in stuff.choices[field]] + ([] if answered else [None]) for field in fields),
        *([*_different(stuff, question), *([] if answered else [0, 2])] for question in questions),
    ]
    size = prod(map(len, options))
    rows = list(islice(product(*options), MOST)) if size <= MOST else list(_some(options))
    columns = list(zip(*rows, strict=True)) or [()] * (len(fields) + len(questions))
    count = len(rows)
    chosen = dict(zip(fields, columns[: len(fields)], strict=True))
    codes = {name: np.zeros(count, dtype=np.intp) for name in stuff.names}
    for name, column in zip(questions, columns[len(fields) :], strict=True):
        codes[name] = np.array(column, dtype=np.intp)
    nothing: Profile = {field.id: None for field in stuff.questionnaire.profile}
    pool = Pool(
        "worlds",
        codes,
        tuple(
            {**nothing, **{field: values[row] for field, values in chosen.items()}} for row in range(count)
        ),
        np.zeros(count, dtype=np.bool_),
    )
    return Worlds(pool.play(stuff), every=size <= MOST)


def _subjects(
    stuff: Material, conditions: Iterable[Condition], also: Iterable[str]
) -> tuple[list[str], list[str]]:
    fields: dict[str, None] = {}
    questions: dict[str, None] = {}
    waiting = list(conditions)
    for name in also:
        waiting += stuff.questionnaire.conditions_of.get(name, ())
    while waiting:
        for test in waiting.pop().tests():
            if test.profile is not None:
                fields[test.profile] = None
            elif test.question is not None and test.question not in questions:
                questions[test.question] = None
                waiting += stuff.questionnaire.conditions_of.get(test.question, ())
    return list(fields), list(questions)


def _different(stuff: Material, question: str) -> list[int]:
    """Return codes of values that differ in some test."""
    found: dict[tuple[bool, ...], int] = {}
    for number, value in enumerate(stuff.values[question]):
        met = tuple(test.test(value) for test in stuff.tests.get(question, ()))
        found.setdefault(met, GIVEN + number)
    return list(found.values())


def _some(options: list[list[Any]]) -> Iterable[tuple[object, ...]]:
    """Return combinations at even distances from each other."""
    size = prod(map(len, options))
    step = size // MOST | 1
    for number in range(0, size, step):
        rest, row = number, []
        for choices in options:
            rest, place = divmod(rest, len(choices))
            row.append(choices[place])
        yield tuple(row)
