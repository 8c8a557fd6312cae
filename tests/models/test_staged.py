"""Staged models: one in the manner of C2M2 (domains, objectives, practices tagged 1 to 3), one of CMMI (process areas by level).

C2M2, as CSET computes it: level k of a domain is reached when level k-1 is and no practice tagged k or lower is partially,
not, or not at all answered. CMMI: the maturity level is the highest at which every process area of this and of all lower
levels is satisfied or not applicable.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

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

RATINGS = {"ni": 0, "pi": 1, "li": 2, "fi": 3}
"""Points on a scale of the model's own; normalised they are 0, 1/3, 2/3, 1."""
REACHED = ("li", "fi")

# ── C2M2 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

DOMAINS = {
    "asset": ((2, 3, 3), (1, 4, 4), (1, 3, 3), (2, 5, 3), (0, 3, 3)),
    "threat": ((3, 7, 5), (4, 5, 6), (0, 3, 3)),
    "risk": ((1, 3, 2), (1, 6, 4), (2, 2, 3), (1, 2, 3), (2, 3, 1), (0, 3, 3)),
    "access": ((3, 5, 2), (4, 5, 3), (3, 3, 3), (0, 3, 3)),
    "situation": ((2, 3, 3), (2, 3, 5), (0, 5, 4), (0, 3, 3)),
    "response": ((2, 3, 2), (3, 4, 3), (3, 5, 6), (3, 6, 4), (0, 3, 3)),
    "third-parties": ((2, 4, 2), (2, 6, 8), (0, 3, 3)),
    "workforce": ((2, 5, 4), (2, 4, 2), (1, 3, 3), (2, 4, 3), (0, 3, 3)),
    "architecture": ((1, 5, 3), (3, 5, 4), (2, 7, 5), (1, 4, 3), (1, 3, 4), (0, 3, 3)),
    "program": ((1, 5, 4), (2, 6, 3), (0, 3, 3)),
}
"""Practices at levels 1, 2 and 3 of each objective; the last objective of a domain, its management, has none at level 1."""

PRACTICES = {
    f"{domain}-{number}-{stage}-{which}": stage
    for domain, objectives in DOMAINS.items()
    for number, counts in enumerate(objectives, start=1)
    for stage, count in enumerate(counts, start=1)
    for which in range(1, count + 1)
}


def capability(name: str, **more: object) -> Data:
    domains = []
    for domain, objectives in DOMAINS.items():
        parts = []
        for number in range(1, len(objectives) + 1):
            mine = [(p, stage) for p, stage in PRACTICES.items() if p.startswith(f"{domain}-{number}-")]
            asked = [choice(practice, of="rating", stage=stage) for practice, stage in mine]
            parts.append(section(f"{domain}-{number}", *asked))
        domains.append(section(domain, *parts, method="staged"))
    return model(
        name,
        *domains,
        scale={"levels": levels(range(4))},
        option_sets=[option_set("rating", RATINGS)],
        method="staged",
        levels="staged",
        **more,
    )


BELOW = {
    place: [practice for practice in PRACTICES if practice.startswith(f"{place}-")]
    for domain, objectives in DOMAINS.items()
    for place in (domain, *(f"{domain}-{number}" for number in range(1, len(objectives) + 1)))
}

Tally = Mapping[str, str]
"""By practice that applies: its rating, "u" while it has none."""


def mil(tally: Tally, stages: Mapping[str, int]) -> int:
    """The level as CSET computes it, from cumulative counts; a level without practices of its own passes."""
    reached = 0
    for level in (1, 2, 3):
        counted = [rating for practice, rating in tally.items() if stages[practice] <= level]
        if any(rating in ("pi", "ni", "u") for rating in counted):
            break
        reached = level
    return reached


def way_to(tally: Tally, stages: Mapping[str, int], level: int) -> Fraction:
    """The level, and the share of the next one's practices that are reached."""
    following = [rating in REACHED for practice, rating in tally.items() if stages[practice] == level + 1]
    return level + (mean(map(int, following)) or Fraction(0))


def staged(tally: Tally) -> Pair:
    if all(rating == "u" for rating in tally.values()):
        return NOTHING
    level = mil(tally, PRACTICES)
    return way_to(tally, PRACTICES, level), level


def averaged(tally: Tally) -> Pair:
    """An objective: the mean of what is rated, and the level by stages beside it."""
    index = mean(RATINGS[rating] for rating in tally.values() if rating != "u")
    return NOTHING if index is None else (index, mil(tally, PRACTICES))


def outcome(tally: Tally, name: str) -> dict[str, Pair]:
    result = {name: staged(tally)}
    for domain, objectives in DOMAINS.items():
        result[domain] = staged(below(tally, domain))
        for number in range(1, len(objectives) + 1):
            result[f"{domain}-{number}"] = averaged(below(tally, f"{domain}-{number}"))
    return result


def below(tally: Tally, place: str) -> Tally:
    return {practice: tally[practice] for practice in EVERYWHERE[place] if practice in tally}


def share_given(said: Said, practices: Iterable[str]) -> Fraction | None:
    return mean(int(state(said, p) == "given") for p in practices if state(said, p) != "aside")


def reference(sheet: Sheet, *, name: str, unanswered: str = "left_out") -> Expected:
    said = sheet.said
    tally = {
        practice: said[practice] if state(said, practice) == "given" else "u"
        for practice in PRACTICES
        if state(said, practice) != "aside"
    }
    worst = {practice: "ni" if rating == "u" else rating for practice, rating in tally.items()}
    best = {practice: "fi" if rating == "u" else rating for practice, rating in tally.items()}
    return Expected(
        given=outcome(worst if unanswered == "worst" else tally, name),
        worst=outcome(worst, name),
        best=outcome(best, name),
        coverage={place: share_given(said, mine) for place, mine in {name: PRACTICES, **BELOW}.items()},
    )


@pytest.fixture(scope="module")
def c2m2(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Questionnaire]:
    place = tmp_path_factory.mktemp("staged")
    return {
        "left_out": loaded(capability("capability"), place),
        "worst": loaded(capability("capability-strict", unanswered="worst"), place),
    }


@pytest.mark.parametrize("mix", MIXES)
@pytest.mark.parametrize("unanswered", ["left_out", "worst"])
def test_hundreds_of_practices_come_out_at_the_levels_of_the_published_rule(
    c2m2: dict[str, Questionnaire], unanswered: str, mix: str
) -> None:
    questionnaire = c2m2[unanswered]
    assert len(PRACTICES) > 300
    values = dict.fromkeys(PRACTICES, tuple(RATINGS))
    sheets = [Sheet(drawn(values, mix, seed=seed), {}) for seed in range(10)]
    sheets += [Sheet(nearly(mix, seed), {}) for seed in range(10)]
    agree(questionnaire, sheets, lambda s: reference(s, name=questionnaire.id, unanswered=unanswered))


def nearly(mix: str, seed: int) -> Said:
    """All practices reached but a few, so that the levels differ from domain to domain."""
    good = drawn(dict.fromkeys(PRACTICES, ("li", "fi")), "complete", seed=seed)
    few = list(PRACTICES)[seed :: 29 + seed]
    mixed = drawn(dict.fromkeys(few, tuple(RATINGS)), mix, seed=seed)
    return {**{p: rating for p, rating in good.items() if p not in few}, **mixed}


@pytest.mark.parametrize("rating", ["pi", "ni", "unknown", "open"])
def test_one_practice_of_level_1_that_is_not_reached_gives_level_0_however_good_the_rest(
    c2m2: dict[str, Questionnaire], rating: str
) -> None:
    questionnaire = c2m2["left_out"]
    everything = dict.fromkeys(PRACTICES, "fi")
    card = score(questionnaire, a_sheet(questionnaire, {**everything, "risk-1-1-1": rating}))
    assert (card.of("risk").level, card.overall.level) == (0, 0)
    assert {card.of(domain).level for domain in DOMAINS if domain != "risk"} == {3}
    assert card.of("risk").level_high == (0 if rating in RATINGS else 3)


def test_largely_implemented_counts_as_reached(c2m2: dict[str, Questionnaire]) -> None:
    """A public explainer says that only "fully" does; the published code says otherwise."""
    questionnaire = c2m2["left_out"]
    card = score(questionnaire, a_sheet(questionnaire, dict.fromkeys(PRACTICES, "li")))
    assert {card.of(domain).level for domain in DOMAINS} == {3}
    assert card.overall.level == card.overall.value == 3


@pytest.mark.parametrize(
    "points", [(0, 1, 2, 3), (0.1, 0.2, 0.3, 0.4), (0, 0.7, 1.4, 2.1), (-0.3, 0, 0.3, 0.6)]
)
def test_two_thirds_are_two_thirds_on_whatever_scale_the_ratings_are_written(
    tmp_path: Path, points: tuple[float, ...]
) -> None:
    worths = dict(zip(RATINGS, points, strict=True))
    data = model(
        "thirds",
        section("s", choice("q", worths=worths, stage=1)),
        scale={"levels": levels(range(2))},
        levels="staged",
        staged_threshold="2/3",
    )
    questionnaire = loaded(data, tmp_path)
    found = {
        rating: score(questionnaire, a_sheet(questionnaire, {"q": rating})).overall.level for rating in worths
    }
    assert found == {"ni": 0, "pi": 0, "li": 1, "fi": 1}


def test_the_domains_do_not_touch_each_other(c2m2: dict[str, Questionnaire]) -> None:
    questionnaire = c2m2["left_out"]
    said = {**dict.fromkeys(PRACTICES, "fi"), "asset-1-3-1": "ni", "access-2-2-5": "pi", "threat-1-1-1": "pi"}
    card = score(questionnaire, a_sheet(questionnaire, said))
    found = {domain: card.of(domain).level for domain in DOMAINS}
    assert found == {**dict.fromkeys(DOMAINS, 3), "asset": 2, "access": 1, "threat": 0}
    assert card.overall.level == 0


# ── CMMI ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

AREAS = {
    2: ("requirements", "planning", "monitoring", "suppliers", "measurement", "quality", "configuration"),
    3: (
        "development",
        "solution",
        "integration",
        "verification",
        "validation",
        "focus",
        "definition",
        "training",
        "projects",
        "risks",
        "decisions",
    ),
    4: ("performance", "quantities"),
    5: ("innovation", "causes"),
}
STAGE = {area: stage for stage, areas in AREAS.items() for area in areas}
GOALS = ("specific", "generic")
ASKED = {f"{area}-{goal}-{n}": area for area in STAGE for goal in GOALS for n in range(1, 4)}
ASKED_BELOW = {
    place: [question for question in ASKED if question.startswith(f"{place}-")]
    for area in STAGE
    for place in (area, *(f"{area}-{goal}" for goal in GOALS))
}
EVERYWHERE = BELOW | ASKED_BELOW


def maturity(name: str) -> Data:
    """Process areas that belong to a level as a whole; supplier agreements concern only who has suppliers."""
    areas = []
    for area, stage in STAGE.items():
        goals = [
            section(f"{area}-{goal}", *(choice(q, of="rating") for q in ASKED_BELOW[f"{area}-{goal}"]))
            for goal in GOALS
        ]
        more: Data = {"stage": stage, "method": "staged"}
        if area == "suppliers":
            more["applies_if"] = [{"profile": "buys", "any_of": ["yes"]}]
        areas.append(section(area, *goals, **more))
    return model(
        name,
        *areas,
        scale={"levels": levels(range(1, 6))},
        profile=[{"id": "buys", "type": "yes_no", "label": {"en": "Do you buy from suppliers?"}}],
        option_sets=[option_set("rating", RATINGS)],
        method="staged",
        levels="staged",
        staged_threshold="2/3",
    )


def satisfied(tally: Tally, area: str) -> bool | None:
    """Whether an area is satisfied; none if it is not applicable."""
    mine = [rating for question, rating in tally.items() if ASKED[question] == area]
    return all(rating in REACHED for rating in mine) if mine else None


def maturity_level(tally: Tally) -> int:
    level = 1
    for stage, areas in AREAS.items():
        if any(satisfied(tally, area) is False for area in areas):
            break
        level = stage
    return level


def area_level(tally: Tally, stage: int) -> int:
    """An area holds back its own level and those above; when it is satisfied it holds back none."""
    return 5 if all(rating in REACHED for rating in tally.values()) else stage - 1


def cmmi_outcome(tally: Tally, name: str) -> dict[str, Pair]:
    def told(mine: Tally, level: int, *, by_stages: bool) -> Pair:
        rated = [rating for rating in mine.values() if rating != "u"]
        if not rated:
            return NOTHING
        if not by_stages:
            return 1 + Fraction(4, 3) * (mean(RATINGS[rating] for rating in rated) or 0), level
        following = [r in REACHED for q, r in mine.items() if STAGE[ASKED[q]] == level + 1]
        return level + (mean(map(int, following)) or Fraction(0)), level

    result = {name: told(tally, maturity_level(tally), by_stages=True)}
    for area, stage in STAGE.items():
        mine = below(tally, area)
        result[area] = told(mine, area_level(mine, stage), by_stages=True)
        for goal in GOALS:
            part = below(tally, f"{area}-{goal}")
            result[f"{area}-{goal}"] = told(part, area_level(part, stage), by_stages=False)
    return result


def cmmi_reference(sheet: Sheet, *, name: str) -> Expected:
    said, buys = sheet.said, sheet.profile.get("buys")
    surely = [q for q, area in ASKED.items() if area != "suppliers" or buys == "yes"]
    perhaps = [q for q, area in ASKED.items() if area == "suppliers" and buys is None]
    given = {q: said[q] if state(said, q) == "given" else "u" for q in surely if state(said, q) != "aside"}
    unsettled = [q for q in perhaps if state(said, q) != "aside"]

    def turned(rating: str) -> Tally:
        return {
            **{q: rating if r == "u" else r for q, r in given.items()},
            **dict.fromkeys(unsettled, rating),
        }

    covered = {name: given, **{place: below(given, place) for place in ASKED_BELOW}}
    return Expected(
        given=cmmi_outcome(given, name),
        worst=cmmi_outcome(turned("ni"), name),
        best=cmmi_outcome(turned("fi"), name),
        coverage={p: mean(int(r != "u") for r in mine.values()) for p, mine in covered.items()},
    )


@pytest.fixture(scope="module")
def cmmi(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    return loaded(maturity("maturity"), tmp_path_factory.mktemp("maturity"))


@pytest.mark.parametrize("mix", MIXES)
def test_the_maturity_level_is_that_of_the_process_areas_satisfied_or_not_applicable(
    cmmi: Questionnaire, mix: str
) -> None:
    values = dict.fromkeys(ASKED, tuple(RATINGS))
    sheets = []
    for seed in range(60):
        said = dict(drawn(values, mix, seed=seed))
        top = seed % 5 + 1
        if seed % 3:  # everything up to some level is in place, or set aside
            said |= {q: "li" for q, a in ASKED.items() if STAGE[a] <= top and said.get(q) in ("ni", "pi")}
        if seed % 4 == 1:
            aside = list(STAGE)[seed % len(STAGE)]
            said |= {q: "n/a" for q, a in ASKED.items() if a == aside}
        buys = ("yes", "no", None)[seed % 3]
        sheets.append(Sheet(said, {"buys": buys} if buys else {}))
    agree(cmmi, sheets, lambda sheet: cmmi_reference(sheet, name=cmmi.id))


def test_a_process_area_that_does_not_apply_holds_nothing_back(cmmi: Questionnaire) -> None:
    upto_3 = {q: "fi" if STAGE[area] <= 3 else "ni" for q, area in ASKED.items()}
    bad = {q: "ni" for q, area in ASKED.items() if area == "suppliers"}
    for profile, level in (({"buys": "yes"}, 1), ({"buys": "no"}, 3), ({}, 3)):
        card = score(cmmi, a_sheet(cmmi, {**upto_3, **bad}, profile=profile))
        assert card.overall.level == level
    assert (card.overall.level_low, card.overall.level_high) == (1, 3)
    aside = score(cmmi, a_sheet(cmmi, {**upto_3, **dict.fromkeys(bad, "n/a")}, profile={"buys": "yes"}))
    assert (aside.overall.level, aside.of("suppliers").status) == (3, "not_applicable")


def test_a_maturity_level_is_a_whole_number_and_no_average(cmmi: Questionnaire) -> None:
    """Two thirds of everything in place is not level 3.7 when one practice of level 2 is missing."""
    said = {**dict.fromkeys(ASKED, "fi"), "quality-generic-3": "pi"}
    card = score(cmmi, a_sheet(cmmi, said, profile={"buys": "yes"}))
    assert card.overall.level == 1
    assert 1 < (card.overall.value or 0) < 2
