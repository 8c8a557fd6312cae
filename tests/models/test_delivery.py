"""Key figures turned into points, in the manner of the DORA quick check.

`f(x; a,b -> c,d) = (clamp(x,a,b) - a) / (b - a) · (d - c) + c`: lead time, frequency and recovery time from 1..6 to 0..10, failure
and rework rate from 0..100 % to 10..0; the whole is the mean of what is answered, not the mean of the two groups.
"""

from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from tests.conftest import a_sheet
from tests.models.building import Data, figure, levels, loaded, model, section
from tests.models.comparing import NOTHING, Expected, Pair, Said, Sheet, agree, mean, state

GROUPS = {"throughput": ("lead-time", "frequency", "recovery"), "stability": ("failures", "rework")}
LINES = {"throughput": ((1, 0), (6, 10)), "stability": ((0, 10), (100, 0))}
BANDS = (0, 4, 7)


def delivery() -> Data:
    groups = [
        section(group, *(figure(name, LINES[group]) for name in names), method="mean")
        for group, names in GROUPS.items()
    ]
    scale = {"index": {"low": 0, "high": 10}, "levels": levels(range(3), BANDS)}
    return model("delivery", *groups, scale=scale, method="mean_of_leaves", levels="bands")


def recoded(x: float, group: str) -> Fraction:
    (a, c), (b, d) = LINES[group]
    return (min(max(Fraction(str(x)), Fraction(a)), Fraction(b)) - a) / (b - a) * (d - c) + c


def reference(sheet: Sheet) -> Expected:
    def outcome(turned: int | None) -> dict[str, Pair]:
        worths: dict[str, list[Fraction]] = {}
        for group, names in GROUPS.items():
            worths[group] = []
            for name in names:
                how = state(sheet.said, name)
                if how == "given":
                    worths[group].append(recoded(sheet.said[name], group))
                elif how == "missing" and turned is not None:
                    worths[group].append(Fraction(turned))
        worths["delivery"] = [worth for known in list(worths.values()) for worth in known]
        return {place: pair(mean(known)) for place, known in worths.items()}

    def pair(index: Fraction | None) -> Pair:
        return NOTHING if index is None else (index, sum(index >= start for start in BANDS) - 1)

    names = {**GROUPS, "delivery": tuple(name for group in GROUPS.values() for name in group)}
    return Expected(
        given=outcome(None),
        worst=outcome(0),
        best=outcome(10),
        coverage={
            place: mean(int(state(sheet.said, n) == "given") for n in mine if state(sheet.said, n) != "aside")
            for place, mine in names.items()
        },
    )


@pytest.fixture(scope="module")
def questionnaire(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    return loaded(delivery(), tmp_path_factory.mktemp("delivery"))


def test_figures_of_any_size_are_recoded_as_published_and_missing_ones_left_out(
    questionnaire: Questionnaire,
) -> None:
    chance = Random(1)
    sheets = []
    for number in range(400):
        said: dict[str, Any] = {}
        for group, names in GROUPS.items():
            for name in names:
                place = chance.random()
                if number % 3 == 0 or place > 0.4:
                    whole = group == "throughput" and number % 2
                    said[name] = chance.randint(1, 6) if whole else round(chance.uniform(-5, 120), 2)
                elif place > 0.1:
                    said[name] = chance.choice(("unknown", "open", "n/a"))
        sheets.append(Sheet(said, {}))
    agree(questionnaire, sheets, reference)


@pytest.mark.parametrize(
    ("said", "throughput", "stability", "whole"),
    [
        ({"lead-time": 6, "frequency": 6, "recovery": 6, "failures": 0, "rework": 0}, 10, 10, 10),
        ({"lead-time": 1, "frequency": 1, "recovery": 1, "failures": 100, "rework": 100}, 0, 0, 0),
        ({"lead-time": 3, "frequency": 4, "recovery": 6, "failures": 5, "rework": 10}, 20 / 3, 9.25, 7.7),
        ({"lead-time": 3.5, "failures": 200}, 5, 0, 2.5),
    ],
)
def test_the_figures_worked_out_by_hand(
    questionnaire: Questionnaire, said: Said, throughput: float, stability: float, whole: float
) -> None:
    card = score(questionnaire, a_sheet(questionnaire, said))
    assert card.of("throughput").value == pytest.approx(throughput)
    assert card.of("stability").value == pytest.approx(stability)
    assert card.overall.value == pytest.approx(whole)


def test_a_figure_may_be_best_in_the_middle(tmp_path: Path) -> None:
    """Occupancy of 80 to 85 % is best; too little and too much are worse, each along its own line."""
    line = [(50, 0), (80, 10), (85, 10), (90, 4), (100, 0)]
    scale = {"index": {"low": 0, "high": 10}, "levels": levels(range(3), BANDS)}
    asked = figure("occupancy", line, unit={"en": "%"}, low=0, high=100)
    questionnaire = loaded(model("bent", section("s", asked), scale=scale, levels="bands"), tmp_path)
    for value, worth in (
        (0, 0),
        (50, 0),
        (65, 5),
        (80, 10),
        (82.5, 10),
        (86, 8.8),
        (90, 4),
        (95, 2),
        (100, 0),
    ):
        found = score(questionnaire, a_sheet(questionnaire, {"occupancy": value})).overall
        assert found.value == pytest.approx(worth), value
    missing = score(questionnaire, a_sheet(questionnaire)).overall
    assert (missing.low, missing.high) == (0, 10)
