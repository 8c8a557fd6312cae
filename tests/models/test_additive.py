"""An additive model in the manner of OWASP SAMM: five functions, three practices each, three levels, two streams.

`S(p) = s(p,1) + s(p,2) + s(p,3)` with `s(p,l)` the mean of the level's two streams; a function is the mean of its practices,
the whole the mean of the functions; what is not answered counts 0.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

import pytest

from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from tests.conftest import a_sheet
from tests.models.building import Data, choice, levels, loaded, model, option_set, section
from tests.models.comparing import (
    MIXES,
    NOTHING,
    Expected,
    Pair,
    Said,
    Sheet,
    agree,
    drawn,
    mean,
    state,
)

WORTHS = {"no": 0, "some": 0.25, "half": 0.5, "most": 1}
EXACT = {name: Fraction(str(worth)) for name, worth in WORTHS.items()}
FUNCTIONS = ("governance", "design", "implementation", "verification", "operations")
PRACTICES = {function: tuple(f"{function}-p{n}" for n in (1, 2, 3)) for function in FUNCTIONS}
QUESTIONS = tuple(
    f"{practice}-{level}-{stream}"
    for practices in PRACTICES.values()
    for practice, level, stream in product(practices, (1, 2, 3), "ab")
)
SHEETS = 25


def by_level_sections(practice: str) -> Data:
    """A practice as it is published: three levels of two streams, each level worth one point."""
    parts = [
        section(
            f"{practice}-{level}",
            *(choice(f"{practice}-{level}-{stream}", of="share") for stream in "ab"),
            points={"low": 0, "high": 1},
        )
        for level in (1, 2, 3)
    ]
    return section(practice, *parts, method="sum")


def by_one_sum(practice: str) -> Data:
    """The same practice as one sum of six questions, half a point each."""
    asked = [
        choice(f"{practice}-{level}-{stream}", of="share", weight=0.5)
        for level, stream in product((1, 2, 3), "ab")
    ]
    return section(practice, *asked, method="sum")


WRITTEN = {"level-sections": by_level_sections, "one-sum": by_one_sum}


def additive(name: str, writing: str, unanswered: str, **more: object) -> Data:
    functions = [
        section(function, *(WRITTEN[writing](practice) for practice in practices))
        for function, practices in PRACTICES.items()
    ]
    return model(
        name,
        *functions,
        scale={"levels": levels(range(4))},
        option_sets=[option_set("share", WORTHS)],
        levels=more.pop("levels", "bands"),
        unanswered=unanswered,
        **more,
    )


# ── the reference ────────────────────────────────────────────────────────────────────────────────────────────────────

Worths = Mapping[str, Fraction | None]
"""By question that applies: what it is worth, or none while it is not answered."""


def band(worth: Fraction) -> int:
    return int(worth * 3)


def pair(worth: Fraction | None, *, top: int = 3) -> Pair:
    return NOTHING if worth is None else (worth * top, band(worth))


def position(worths: Worths, practice: str, writing: str) -> tuple[Fraction | None, Fraction]:
    """A practice's points, none without an answer; and how many it can have: its levels, less what does not apply."""
    found: list[list[Fraction | None]] = []
    for level in (1, 2, 3):
        names = [f"{practice}-{level}-{stream}" for stream in "ab"]
        found.append([worths[name] for name in names if name in worths])
    known = [[worth for worth in level if worth is not None] for level in found]
    if writing == "one-sum":
        top = Fraction(sum(map(len, found)), 2)
        points = sum((sum(level, Fraction()) / 2 for level in known), Fraction())
    else:
        top = Fraction(sum(1 for level in found if level))
        points = sum((mean(level) or Fraction() for level in known if level), Fraction())
    return (points if any(known) else None), top


def outcome(worths: Worths, name: str, writing: str) -> dict[str, Pair]:
    result: dict[str, Pair] = {}
    functions: list[Fraction] = []
    for function, practices in PRACTICES.items():
        reached: list[Fraction] = []
        for practice in practices:
            points, top = position(worths, practice, writing)
            result[practice] = NOTHING if points is None else (points, band(points / top))
            if points is not None:
                reached.append(points / top)
            for level in (1, 2, 3) if writing == "level-sections" else ():
                streams = [worths.get(f"{practice}-{level}-{stream}") for stream in "ab"]
                result[f"{practice}-{level}"] = pair(mean(s for s in streams if s is not None), top=1)
        whole = mean(reached)
        result[function] = pair(whole)
        if whole is not None:
            functions.append(whole)
    result[name] = pair(mean(functions))
    return result


def coverage(said: Said, name: str, writing: str) -> dict[str, Fraction | None]:
    result: dict[str, Fraction | None] = {}

    def of(questions: Iterator[str] | list[str]) -> Fraction | None:
        return mean(int(state(said, q) == "given") for q in questions if state(said, q) != "aside")

    for practice in (practice for practices in PRACTICES.values() for practice in practices):
        parts = [[f"{practice}-{level}-{stream}" for stream in "ab"] for level in (1, 2, 3)]
        if writing == "one-sum":
            result[practice] = of([name for part in parts for name in part])
            continue
        shares = {f"{practice}-{level}": of(part) for level, part in zip((1, 2, 3), parts, strict=True)}
        result |= shares
        result[practice] = mean(share for share in shares.values() if share is not None)
    for function, practices in PRACTICES.items():
        result[function] = mean(s for p in practices if (s := result[p]) is not None)
    result[name] = mean(s for f in FUNCTIONS if (s := result[f]) is not None)
    return result


def reference(sheet: Sheet, *, name: str, writing: str, unanswered: str) -> Expected:
    applies = [question for question in QUESTIONS if state(sheet.said, question) != "aside"]
    given = {q: EXACT[sheet.said[q]] if state(sheet.said, q) == "given" else None for q in applies}
    worst = {q: Fraction(0) if worth is None else worth for q, worth in given.items()}
    best = {q: Fraction(1) if worth is None else worth for q, worth in given.items()}
    return Expected(
        given=outcome(worst if unanswered == "worst" else given, name, writing),
        worst=outcome(worst, name, writing),
        best=outcome(best, name, writing),
        coverage=coverage(sheet.said, name, writing),
    )


# ── the tests ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Questionnaire]:
    place = tmp_path_factory.mktemp("additive")
    return {
        (writing, unanswered): loaded(
            additive(f"additive-{writing}-{unanswered.replace('_', '-')}", writing, unanswered), place
        )
        for writing, unanswered in product(WRITTEN, ("worst", "left_out"))
    }


def sheets(mix: str, *, count: int = SHEETS) -> list[Sheet]:
    values = dict.fromkeys(QUESTIONS, tuple(WORTHS))
    return [Sheet(drawn(values, mix, seed=seed), {}) for seed in range(count)]


@pytest.mark.parametrize("mix", MIXES)
@pytest.mark.parametrize("unanswered", ["worst", "left_out"])
@pytest.mark.parametrize("writing", WRITTEN)
def test_every_practice_function_and_the_whole_come_out_as_published(
    known: dict[tuple[str, str], Questionnaire], writing: str, unanswered: str, mix: str
) -> None:
    questionnaire = known[writing, unanswered]
    agree(
        questionnaire,
        sheets(mix),
        lambda sheet: reference(sheet, name=questionnaire.id, writing=writing, unanswered=unanswered),
    )


@pytest.mark.parametrize("mix", ["complete", "gaps"])
def test_both_ways_of_writing_the_model_give_the_same(
    known: dict[tuple[str, str], Questionnaire], mix: str
) -> None:
    one, other = known["level-sections", "worst"], known["one-sum", "worst"]
    for sheet in sheets(mix):
        left = score(one, a_sheet(one, sheet.said)).overall
        right = score(other, a_sheet(other, sheet.said)).overall
        for name in (*FUNCTIONS, *(p for practices in PRACTICES.values() for p in practices)):
            a, b = left.find(name), right.find(name)
            assert a is not None and b is not None
            for field in ("value", "level", "low", "high", "level_low", "level_high", "coverage"):
                assert getattr(a, field) == pytest.approx(getattr(b, field), abs=1e-9), (name, field)
        assert left.value == pytest.approx(right.value, abs=1e-9)


def test_what_is_not_answered_counts_nothing_and_the_range_still_shows_it(
    known: dict[tuple[str, str], Questionnaire],
) -> None:
    """The spreadsheet of the model turns an empty cell into 0; so do we, and say what it could still become."""
    questionnaire = known["level-sections", "worst"]
    nothing = score(questionnaire, a_sheet(questionnaire)).overall
    assert (nothing.value, nothing.level, nothing.low, nothing.high, nothing.coverage) == (0, 0, 0, 3, 0)
    left_out = known["level-sections", "left_out"]
    assert score(left_out, a_sheet(left_out)).overall.status == "incomplete"


def test_the_sum_is_not_gated_and_our_own_level_beside_it_is(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Level 1 at a quarter with levels 2 and 3 complete still gives 2.25, as the model has it."""
    place = tmp_path_factory.mktemp("gated")
    gated = loaded(additive("gated", "level-sections", "worst", levels="process_attribute"), place)
    practice = PRACTICES["design"][0]
    said = {q: "some" if q.startswith(f"{practice}-1") else "most" for q in QUESTIONS}
    found = score(gated, a_sheet(gated, said)).of(practice)
    assert found.value == pytest.approx(2.25)
    # two of six answers are below level 1: 67 % is "largely", which is enough for level 1 and holds back level 2
    assert found.level == 1


@pytest.mark.parametrize("writing", WRITTEN)
def test_with_levels_by_process_attribute_the_index_stays_and_the_level_is_that_of_the_shares(
    tmp_path_factory: pytest.TempPathFactory, writing: str
) -> None:
    name = f"shares-{writing}"
    place = tmp_path_factory.mktemp("shares")
    questionnaire = loaded(additive(name, writing, "left_out", levels="process_attribute"), place)

    def level(worths: list[Fraction]) -> int:
        reached = 0
        for step in (1, 2, 3):
            share = Fraction(sum(worth >= Fraction(step, 3) for worth in worths), len(worths))
            if share > Fraction(1, 2):
                reached = step
            if share <= Fraction(17, 20):
                break
        return reached

    for sheet in sheets("complete", count=25):
        card = score(questionnaire, a_sheet(questionnaire, sheet.said))
        worths = {question: EXACT[sheet.said[question]] for question in QUESTIONS}
        for function, practices in PRACTICES.items():
            for place_ in (*practices, function, name):
                below = [w for q, w in worths.items() if place_ == name or q.startswith(f"{place_}-")]
                found = card.overall.find(place_)
                assert found is not None
                assert found.level == level(below), (place_, sheet)
        assert card.overall.value == pytest.approx(float(sum(worths.values()) / 30), abs=1e-9)
