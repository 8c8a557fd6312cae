"""Weighted percent in the manner of CISO Assistant: each requirement on a scale of its own, weights, hidden questions.

With `r = (x - min) / (max - min)` on the requirement's scale and weight w. AVG: `100 · Σ r·w / Σ w` over all requirements.
AVG_OF_AVG: weighted means up the tree, then the plain mean of the categories. SUM: `Σ x·w`, as it is; and the worst
requirement's result for all. What does not apply and what is hidden is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from assessment.scoring import score
from tests.conftest import a_sheet
from tests.models.building import Data, choice, leaves, levels, loaded, model, section
from tests.models.comparing import (
    MIXES,
    NOTHING,
    Expected,
    Pair,
    Said,
    Sheet,
    agree,
    drawn,
    parts_of,
)
from tests.models.conditions import standing
from tests.models.growing import STARTS, WITH_ZERO, grown, values

METHODS: Mapping[str, Data] = {
    "avg": {"method": "mean_of_leaves", "part": {"method": "mean_of_leaves"}},
    "avg-of-avg": {"method": "mean"},
    "worst-wins": {"method": "min", "part": {"method": "min"}},
    "sum": {"method": "sum", "part": {"method": "sum"}, "scales": WITH_ZERO, "weighted": False},
    "sum-of-any": {"method": "sum", "part": {"method": "sum"}, "weighted": False},
}
"""Where every scale has its nought, what is missing adds nothing to a sum; the other sums are compared where nothing is."""

# ── the reference ────────────────────────────────────────────────────────────────────────────────────────────────────

STEPS = [Fraction(start, 100) for start in STARTS]


@dataclass(frozen=True)
class Counted:
    """A requirement that counts: its answer and the ends of its scale."""

    weight: Fraction
    points: Fraction
    low: Fraction
    high: Fraction
    there: bool = True
    """False: it applies, and nothing is known of it."""

    @property
    def worths(self) -> list[Fraction]:
        """Its place on its scale, and for each level whether it stands there or higher."""
        worth = (self.points - self.low) / (self.high - self.low)
        return [worth, *(Fraction(worth >= step) for step in STEPS)]


Told = Mapping[str, Counted]


def exact(number: float) -> Fraction:
    return Fraction(str(number))


def points(question: Data, value: Any) -> Fraction:
    if question["type"] == "level":
        return Fraction(value)
    return exact(next(option["worth"] for option in question["options"] if option["id"] == value))


def ends(question: Data) -> tuple[Fraction, Fraction]:
    steps = [points(question, value) for value in values(question)]
    return min(steps), max(steps)


def averaged(terms: list[tuple[Fraction, list[Fraction]]]) -> list[Fraction] | None:
    total = sum(weight for weight, _ in terms)
    if not total:
        return None
    return [sum((w * v[i] for w, v in terms), Fraction()) / total for i in range(len(STEPS) + 1)]


def weakest(terms: list[tuple[Fraction, list[Fraction]]]) -> list[Fraction] | None:
    known = [worths for weight, worths in terms if weight]
    return [min(each) for each in zip(*known, strict=True)] if known else None


def level(worths: list[Fraction], rule: str) -> int:
    if rule == "bands":
        return sum(worths[0] >= step for step in STEPS) - 1
    reached = 0
    for step, share in enumerate(worths[1:]):
        if share > Fraction(1, 2):
            reached = step
        if step and share <= Fraction(17, 20):
            break
    return reached


def outcome(data: Data, told: Told, method: str, rule: str) -> dict[str, Pair]:
    result: dict[str, Pair] = {}

    def pair(worths: list[Fraction] | None) -> Pair:
        return NOTHING if worths is None else (100 * worths[0], level(worths, rule))

    def tree(part: Data) -> list[Fraction] | None:
        terms = [
            (exact(below.get("weight", 1)), worths)
            for below in part.get("sections", ())
            if (worths := tree(below)) is not None
        ]
        terms += [(c.weight, c.worths) for q in part.get("questions", ()) if (c := counted(q)) and c.there]
        worths = averaged(terms) if method == "avg-of-avg" else weakest(terms)
        result[part["id"]] = pair(worths)
        return worths

    def counted(question: Data) -> Counted | None:
        return told.get(question["id"])

    def flat(part: Data) -> list[tuple[Fraction, list[Fraction]]]:
        below = [term for each in part.get("sections", ()) for term in flat(each)]
        found = [c for q in leaves(part) if (c := counted(q))]
        if method == "avg":
            result[part["id"]] = pair(averaged([(c.weight, c.worths) for c in found if c.there]))
        elif not any(c.there for c in found):
            result[part["id"]] = NOTHING
        else:
            low = sum((c.weight * c.low for c in found), Fraction())
            high = sum((c.weight * c.high for c in found), Fraction())
            reached = sum((c.weight * c.points for c in found), Fraction())
            own = [c for q in part.get("questions", ()) if (c := counted(q)) and c.there]
            # a part counts in the shares with all the points it can have, as it does in the sum
            shares = averaged(below + [(c.weight * (c.high - c.low), c.worths) for c in own])
            assert shares is not None
            shares[0] = (reached - low) / (high - low)
            result[part["id"]] = reached, level(shares, rule)
            return [(high - low, shares)]
        return []

    tree(data) if method in ("avg-of-avg", "worst-wins") else flat(data)
    return result


def coverage(data: Data, stands: Mapping[str, str], method: str) -> dict[str, Fraction | None]:
    result: dict[str, Fraction | None] = {}

    def share(terms: list[tuple[Fraction, Fraction]]) -> Fraction | None:
        total = sum(weight for weight, _ in terms)
        return sum((w * s for w, s in terms), Fraction()) / total if total else None

    def own(questions: list[Data]) -> list[tuple[Fraction, Fraction]]:
        shown = [(q, stands[q["id"]]) for q in questions if stands[q["id"]] not in ("gone", "loose-gone")]
        return [(exact(q.get("weight", 1)), Fraction(how in ("given", "loose"))) for q, how in shown]

    def walk(part: Data) -> Fraction | None:
        below = [(exact(each.get("weight", 1)), walk(each)) for each in part.get("sections", ())]
        if method == "avg":
            result[part["id"]] = share(own(leaves(part)))
        else:
            known = [(weight, found) for weight, found in below if found is not None]
            result[part["id"]] = share(known + own(part.get("questions", [])))
        return result[part["id"]]

    walk(data)
    return result


def reference(data: Data, sheet: Sheet, *, method: str, rule: str) -> Expected:
    worst = told(data, sheet.said, method, "worst")
    given = told(data, sheet.said, method, "as-worst" if "unanswered" in data else "left_out")
    best = told(data, sheet.said, method, "best")
    stands = standing(data, sheet.said, [question["id"] for question in leaves(data)])
    return Expected(
        given=outcome(data, given, method, rule),
        worst=outcome(data, worst, method, rule),
        best=outcome(data, best, method, rule),
        coverage=coverage(data, stands, method),
    )


def told(data: Data, said: Said, method: str, turned: str) -> Told:
    """What counts: as it stands, or with everything that is open or hangs on it turned out worst or best."""
    asked, found = {question["id"]: question for question in leaves(data)}, {}
    for name, how in standing(data, said, asked).items():
        question = asked[name]
        if not question.get("weight", 1) or how == "gone":
            continue
        weight, (low, high) = exact(question.get("weight", 1)), ends(question)
        loose = how.startswith("loose")
        if turned in ("left_out", "as-worst"):
            if how in ("given", "loose"):
                found[name] = Counted(weight, points(question, said[name]), low, high)
            elif how in ("missing", "loose-missing"):
                known = turned == "as-worst"
                found[name] = Counted(weight, low if known else Fraction(), low, high, there=known)
        elif how == "given":
            found[name] = Counted(weight, points(question, said[name]), low, high)
        else:
            if method.startswith("sum") and loose:  # what may not apply may also add nothing
                low, high = min(low, Fraction()), max(high, Fraction())
            found[name] = Counted(weight, low if turned == "worst" else high, low, high)
    return found


# ── the tests ────────────────────────────────────────────────────────────────────────────────────────────────────────


def sheets(data: Data, mix: str, count: int) -> list[Sheet]:
    """Every question is answered as if it were asked, so that answers go stale under hidden ones."""
    admitted = {question["id"]: values(question) for question in leaves(data)}
    return [Sheet(drawn(admitted, mix, seed=seed), {}) for seed in range(count)]


@pytest.mark.parametrize("rule", ["bands", "process_attribute"])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(2))
def test_every_category_and_the_whole_come_out_by_the_published_formula(
    tmp_path: Path, method: str, rule: str, seed: int
) -> None:
    data = grown("requirements", seed=seed, size=40, levels=rule, **METHODS[method])
    assert any("applies_if" in question for question in leaves(data))
    mixes = ("complete", "aside") if method == "sum-of-any" else MIXES
    known = [sheet for mix in mixes for sheet in sheets(data, mix, 8)]
    agree(loaded(data, tmp_path), known, lambda sheet: reference(data, sheet, method=method, rule=rule))


@pytest.mark.parametrize("method", METHODS)
def test_what_is_not_answered_may_count_as_worst_with_questions_hidden_and_answers_stale(
    tmp_path: Path, method: str
) -> None:
    data = grown("strict", seed=7, size=40, levels="bands", unanswered="worst", **METHODS[method])
    known = [sheet for mix in ("gaps", "both") for sheet in sheets(data, mix, 15)]
    agree(loaded(data, tmp_path), known, lambda sheet: reference(data, sheet, method=method, rule="bands"))


@pytest.mark.parametrize("method", METHODS)
def test_every_completion_of_what_is_open_lies_in_the_range(tmp_path: Path, method: str) -> None:
    """Found by trying them all; where nothing hangs on an open answer the ends of the range are met, too."""
    tight = 0
    for seed in range(10):
        data = grown(f"small-{seed}", seed=seed + 100, size=7, levels="bands", **METHODS[method])
        questionnaire = loaded(data, tmp_path)
        asked = {question["id"]: question for question in leaves(data)}
        for sheet in sheets(data, "both", 2):
            open_ = [name for name in asked if sheet.said.get(name, "open") in ("open", "unknown")][:3]
            said = {name: sheet.said.get(name, "open") for name in asked if name not in open_}
            said = {n: values(asked[n])[-1] if v in ("open", "unknown") else v for n, v in said.items()}
            ways = [
                {**said, **dict(zip(open_, way, strict=True))}
                for way in product(*(values(asked[name]) for name in open_))
            ]
            found = parts_of(score(questionnaire, a_sheet(questionnaire, said)).overall)
            ends = [outcome(data, told(data, way, method, "left_out"), method, "bands") for way in ways]
            settled = not any(how.startswith("loose") for how in standing(data, said, asked).values())
            for name in questionnaire.sections_by_id:
                known = [end[name] for end in ends if end[name][0] is not None]
                low, high = found[name].low, found[name].high
                if not known:
                    continue
                assert low is not None and high is not None, (name, data, said)
                indexes, reached = [float(i or 0) for i, _ in known], [step or 0 for _, step in known]
                assert low - 1e-9 <= min(indexes) and max(indexes) <= high + 1e-9, (name, data, said)
                assert (found[name].level_low or 0) <= min(reached), (name, data, said)
                assert max(reached) <= (found[name].level_high or 0), (name, data, said)
                if settled:
                    assert (low, high) == pytest.approx((min(indexes), max(indexes)), abs=1e-9)
                    tight += 1
    assert tight > 20


@pytest.mark.parametrize(
    ("worths", "values_"),
    [((1, 2, 3, 4), (0, 100 / 3, 200 / 3, 100)), ((-10, 0, 15), (0, 40, 100)), ((0, 30, 100), (0, 30, 100))],
)
def test_a_requirement_is_normalised_on_its_own_scale(
    tmp_path: Path, worths: tuple[int, ...], values_: tuple[float, ...]
) -> None:
    scale = {"index": {"low": 0, "high": 100}, "levels": levels(range(2), (0, 50))}
    one = choice("r", worths={f"o{place}": worth for place, worth in enumerate(worths)})
    questionnaire = loaded(model("single", section("c", one), scale=scale, levels="bands"), tmp_path)
    for place, value in enumerate(values_):
        found = score(questionnaire, a_sheet(questionnaire, {"r": f"o{place}"})).overall
        assert found.value == pytest.approx(value)
        assert found.level == (value >= 50)


@pytest.mark.parametrize("method", ["mean", "mean_of_leaves", "sum", "min"])
def test_a_category_without_weight_is_asked_and_counts_for_nothing_above_it(
    tmp_path: Path, method: str
) -> None:
    known = section("known", choice("r0", worths={"no": 0, "half": 1, "yes": 2}), method=method)
    told_only = section("told", choice("r1", worths={"no": 0, "yes": 5}), method=method, weight=0)
    scale = {"index": {"low": 0, "high": 100}, "levels": levels(range(5), STARTS)}
    data = model(
        "weightless",
        section("c", known, told_only, method=method),
        scale=scale,
        levels="bands",
        method=method,
    )
    questionnaire = loaded(data, tmp_path)
    found = [
        parts_of(score(questionnaire, a_sheet(questionnaire, {"r0": "half", "r1": answer})).overall)
        for answer in ("no", "yes", "open")
    ]
    for place in ("c", "weightless"):
        assert {parts[place].worth for parts in found} == {0.5}, place
        assert {parts[place].level for parts in found} == {2}
        assert {(parts[place].coverage, parts[place].low, parts[place].high) for parts in found} == {
            (1.0, found[0][place].value, found[0][place].value)
        }
    assert [parts["told"].worth for parts in found] == [0, 1, None]


def sum_of(*scales: Mapping[str, float], nested: bool) -> Data:
    asked = [choice(f"r{number}", worths=worths) for number, worths in enumerate(scales)]
    inner = [section("inner", *asked, method="sum")] if nested else asked
    outer = section("outer", *inner, choice("r9", worths={"no": 0, "yes": 1}), method="sum")
    scale = {"levels": levels(range(2))}
    return model("nested" if nested else "flat", outer, scale=scale, method="sum", levels="bands")


def test_a_sum_of_sums_is_the_sum_of_everything_below_also_while_answers_are_missing(tmp_path: Path) -> None:
    """A sum may be written flat or in parts; nothing published depends on which."""
    scales = {"low": 1, "high": 4}, {"bad": -2, "good": 2}
    said: Said = {"r9": "yes"}
    found = []
    for nested in (False, True):
        questionnaire = loaded(sum_of(*scales, nested=nested), tmp_path)
        overall = score(questionnaire, a_sheet(questionnaire, said)).overall
        found.append((overall.value, overall.low, overall.high, overall.level))
    assert found[0] == found[1]


def test_a_sum_is_as_it_is_published_and_not_normalised(tmp_path: Path) -> None:
    questionnaire = loaded(sum_of({"low": 1, "high": 4}, {"bad": -2, "good": 2}, nested=True), tmp_path)
    found = score(questionnaire, a_sheet(questionnaire, {"r0": "high", "r1": "good", "r9": "yes"})).overall
    assert (found.value, found.bottom, found.top) == (7, -1, 7)
