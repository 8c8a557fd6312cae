"""Capability levels after ISO/IEC 33020: ratings N, P, L, F with their bounds, and levels by process attributes.

N up to 15 %, P up to 50 %, L up to 85 %, F above; upper bounds inclusive. Level n is reached when every attribute of level n
is rated L or F and every attribute of the lower levels F.
"""

from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random

import pytest

from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from tests.conftest import a_sheet
from tests.models.building import Data, choice, figure, levels, loaded, model, option_set, own_scale, section
from tests.models.comparing import MIXES, NOTHING, Expected, Pair, Sheet, agree, drawn, mean, state

# ── the bounds, exactly ──────────────────────────────────────────────────────────────────────────────────────────────


def rating(share: Fraction) -> str:
    for bound, letter in ((15, "n"), (50, "p"), (85, "l")):
        if share <= Fraction(bound, 100):
            return letter
    return "f"


def level_of(shares: list[Fraction]) -> int:
    """The highest level that is largely or fully reached, all lower ones fully; shares from level 1 on."""
    reached = 0
    for level, share in enumerate(shares, start=1):
        if rating(share) in "lf" and all(rating(lower) == "f" for lower in shares[: level - 1]):
            reached = level
    return reached


EDGES = (0, 1, 14, 15, 16, 49, 50, 51, 84, 85, 86, 99, 100)


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    """A hundred questions of the same weight, a weight that no binary fraction is."""
    asked = [own_scale(f"q{number}", range(3), weight=0.1) for number in range(100)]
    data = model("hundred", section("s", *asked), scale={"levels": levels(range(3))})
    return loaded(data, tmp_path_factory.mktemp("hundred"))


def test_the_bounds_of_the_ratings_are_inclusive_to_the_hundredth(hundred: Questionnaire) -> None:
    """50 % is "partially", 51 % "largely"; 85 % is "largely", 86 % "fully"."""
    sheets = []
    for first, second in product(EDGES, EDGES):
        if second <= first:
            worth = [2] * second + [1] * (first - second) + [0] * (100 - first)
            sheets.append(Sheet({f"q{n}": value for n, value in enumerate(worth)}, {}))

    def reference(sheet: Sheet) -> Expected:
        said = list(sheet.said.values())
        shares = [Fraction(sum(value >= level for value in said), 100) for level in (1, 2)]
        pair = (mean(said), level_of(shares))
        both = {"s": pair, "hundred": pair}
        return Expected(
            given=both, worst=both, best=both, coverage={"s": Fraction(1), "hundred": Fraction(1)}
        )

    agree(hundred, sheets, reference)


@pytest.mark.parametrize("seed", range(4))
def test_with_weights_of_any_kind_the_bounds_hold_in_exact_arithmetic(tmp_path: Path, seed: int) -> None:
    """Weights such as 0.05, 0.15 and 0.35 make shares of exactly 0.50 and 0.85 that no float is."""
    chance = Random(seed)
    mixed = chance.sample((0.05, 0.1, 0.15, 0.2, 0.15, 0.35) * 2, 12)
    weights = {f"q{number}": weight for number, weight in enumerate(mixed)}
    asked = [own_scale(name, range(4), weight=weight) for name, weight in weights.items()]
    data = model("weighted", section("s", *asked), scale={"levels": levels(range(4))})
    total = sum(Fraction(str(weight)) for weight in weights.values())

    def shares(said: dict[str, int]) -> list[Fraction]:
        heavy = {name: Fraction(str(weight)) for name, weight in weights.items()}
        return [Fraction(sum(heavy[n] for n, v in said.items() if v >= step)) / total for step in (1, 2, 3)]

    def reference(sheet: Sheet) -> Expected:
        said = dict(sheet.said)
        pair = (sum((s for s in shares(said)), Fraction()), level_of(shares(said)))
        both = {"s": pair, "weighted": pair}
        return Expected(
            given=both, worst=both, best=both, coverage={"s": Fraction(1), "weighted": Fraction(1)}
        )

    sheets: list[Sheet] = []
    on_the_edge = 0
    while len(sheets) < 60:
        said = {name: chance.choice((0, 1, 2, 3, 3, 3)) for name in weights}
        edge = any(share in (Fraction(1, 2), Fraction(17, 20)) for share in shares(said))
        if edge or chance.random() < 0.2:
            sheets.append(Sheet(said, {}))
            on_the_edge += edge
    assert on_the_edge > 20
    agree(loaded(data, tmp_path), sheets, reference)


# ── process attributes ───────────────────────────────────────────────────────────────────────────────────────────────

RATINGS = {"n": 0, "p": 1, "l": 2, "f": 3}
ATTRIBUTES = {"1-1": 1, "2-1": 2, "2-2": 2, "3-1": 3, "3-2": 3, "4-1": 4, "4-2": 4, "5-1": 5, "5-2": 5}
PROCESSES = ("acquisition", "supply", "engineering", "support", "management", "reuse")
ASKED = {f"{process}-{attribute}": n for process in PROCESSES for attribute, n in ATTRIBUTES.items()}


def capability(name: str) -> Data:
    """Each process on its own: stages for "largely", and a cap for each attribute of a lower level that is not "fully"."""
    processes = [
        section(process, *(choice(f"{process}-{a}", of="rating", stage=n) for a, n in ATTRIBUTES.items()))
        for process in PROCESSES
    ]
    caps = [
        {
            "id": f"cap-{question}",
            "question": question,
            "below": "f",
            "limits": [{"section": question.rsplit("-", 2)[0], "level": level}],
            "reason": {"en": f"{question} is not fully achieved."},
        }
        for question, level in ASKED.items()
        if level < 5
    ]
    return model(
        name,
        *processes,
        scale={"levels": levels(range(6))},
        option_sets=[option_set("rating", RATINGS)],
        levels="staged",
        at_most_above_weakest=0,
        caps=caps,
    )


def capability_level(rated: dict[str, str]) -> int:
    """The published rule, attribute by attribute."""
    reached = 0
    for level in range(1, 6):
        here = [letter for attribute, letter in rated.items() if ATTRIBUTES[attribute] == level]
        lower = [letter for attribute, letter in rated.items() if ATTRIBUTES[attribute] < level]
        if any(letter not in "lf" for letter in here) or any(letter != "f" for letter in lower):
            break
        reached = level
    return reached


@pytest.mark.parametrize("mix", MIXES)
def test_the_capability_level_of_each_process_is_that_of_its_attributes(tmp_path: Path, mix: str) -> None:
    questionnaire = loaded(capability("processes"), tmp_path)

    def reference(sheet: Sheet) -> Expected:
        def outcome(turned: str | None) -> dict[str, Pair]:
            result: dict[str, Pair] = {}
            bounds = []
            for process in PROCESSES:
                rated = {}
                for attribute in ATTRIBUTES:
                    how = state(sheet.said, f"{process}-{attribute}")
                    if how == "given":
                        rated[attribute] = sheet.said[f"{process}-{attribute}"]
                    elif how == "missing":
                        rated[attribute] = turned or "?"
                known = [RATINGS[letter] for letter in rated.values() if letter != "?"]
                index = mean(known)
                if index is None:
                    result[process] = NOTHING
                else:
                    result[process] = index * Fraction(5, 3), capability_level(rated)
                    bounds.append(capability_level(rated))
            whole = mean(index for index, _ in result.values() if index is not None)
            everything = {
                q: sheet.said.get(q) if state(sheet.said, q) == "given" else turned or "?"
                for q in ASKED
                if state(sheet.said, q) != "aside"
            }
            stage = 0
            for level in range(1, 6):
                if any(
                    everything[q] not in ("l", "f")
                    for q, n in ASKED.items()
                    if n == level and q in everything
                ):
                    break
                stage = level
            result["processes"] = NOTHING if whole is None else (whole, min([stage, *bounds]))
            return result

        covered: dict[str, Fraction | None] = {
            process: mean(
                int(state(sheet.said, f"{process}-{a}") == "given")
                for a in ATTRIBUTES
                if state(sheet.said, f"{process}-{a}") != "aside"
            )
            for process in PROCESSES
        }
        covered["processes"] = mean(share for share in list(covered.values()) if share is not None)
        return Expected(given=outcome(None), worst=outcome("n"), best=outcome("f"), coverage=covered)

    chance = Random(mix)
    sheets = []
    for seed in range(50):
        said = dict(drawn(dict.fromkeys(ASKED, tuple(RATINGS)), mix, seed=seed))
        for process in PROCESSES:  # let some processes get far
            top = chance.choice((0, 1, 2, 3, 4, 5))
            said |= {
                f"{process}-{a}": "f" if n < top else "l"
                for a, n in ATTRIBUTES.items()
                if n <= top and said.get(f"{process}-{a}") in ("n", "p", "l")
            }
        sheets.append(Sheet(said, {}))
    agree(questionnaire, sheets, reference)


@pytest.mark.parametrize(
    ("lower", "upper", "level"),
    [("f", "f", 2), ("f", "l", 2), ("f", "p", 1), ("l", "f", 1), ("l", "l", 1), ("p", "f", 0), ("n", "f", 0)],
)
def test_the_level_below_must_be_reached_fully_and_the_level_itself_largely(
    tmp_path: Path, lower: str, upper: str, level: int
) -> None:
    """Public pages misquote this as "largely everywhere" or "largely below"."""
    questionnaire = loaded(capability("processes"), tmp_path)
    said = {f"supply-{a}": lower if n == 1 else upper if n == 2 else "n" for a, n in ATTRIBUTES.items()}
    assert score(questionnaire, a_sheet(questionnaire, said)).of("supply").level == level


@pytest.mark.parametrize(
    ("achieved", "level"), [(0, 0), (15, 0), (50, 0), (51, 1), (85, 1), (86, 2), (100, 2), ("unknown", 0)]
)
def test_attributes_may_be_entered_in_percent(tmp_path: Path, achieved: int | str, level: int) -> None:
    line = [(0, 0), (100, 100)]
    asked = [
        figure("first", line, low=0, high=100, whole=True, stage=1),
        figure("second", line, low=0, high=100, whole=True, stage=2),
    ]
    cap = {"id": "cap-first", "question": "first", "below": 86, "reason": {"en": "It is not fully achieved."}}
    data = model(
        "percent",
        section("s", *asked),
        scale={"levels": levels(range(3))},
        levels="staged",
        staged_threshold=0.51,
        caps=[{**cap, "limits": [{"section": "s", "level": 1}]}],
    )
    questionnaire = loaded(data, tmp_path)
    assert (
        score(questionnaire, a_sheet(questionnaire, {"first": achieved, "second": 60})).of("s").level == level
    )
