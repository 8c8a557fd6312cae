"""A questionnaire is put to the proof before people answer it: what is found, what is counted, and how texts are measured."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSheet, asked, progress
from assessment.cli.simulating import simulate_
from assessment.findings import find
from assessment.inspection import Finding, PlayedKind
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from assessment.simulation import Simulation, simulate
from assessment.simulation.doubts import arises
from assessment.simulation.material import Material, material
from assessment.simulation.tempers import Pool, sampled
from tests.conftest import (
    a_questionnaire,
    a_sheet,
    cap,
    gate,
    level_question,
    measure,
    questionnaire_data,
    section,
    text,
    two_dimensions,
)
from tests.strategies import questionnaires

Data = dict[str, Any]

KIND = {
    "id": "kind",
    "type": "one",
    "label": text("Which kind?"),
    "options": [{"id": "in", "label": text("in")}, {"id": "out", "label": text("out")}],
}
OFTEN = {
    "id": "often",
    "options": [{"id": "no", "label": text("no")}, {"id": "yes", "label": text("yes")}],
}
IN = {"profile": "kind", "any_of": ["in"]}
OUT = {"profile": "kind", "any_of": ["out"]}


def kinds(questionnaire: Questionnaire, *, sheets: int = 600) -> set[str]:
    return {finding.kind for finding in simulate(questionnaire, sheets=sheets).findings}


def found(questionnaire: Questionnaire, kind: str, *, sheets: int = 600) -> list[Finding]:
    return [each for each in simulate(questionnaire, sheets=sheets).findings if each.kind == kind]


def a_doubt(identifier: str, *when: Data) -> Data:
    return {"id": identifier, "kind": "contradiction", "when": list(when), "follow_up": text("Really?")}


# ── a healthy questionnaire ──────────────────────────────────────────────────────────────────────────────────────────


def healthy(**more: Any) -> Questionnaire:
    """Two dimensions, a cap, a condition, checks, measures, a short edition, a profile: nothing to find."""
    return a_questionnaire(
        section("x", *(level_question(name, short=name == "a") for name in "abc"), gate("g", short=True)),
        section(
            "y",
            *(level_question(name, short=name == "d") for name in "de"),
            level_question("f", applies_if=[IN]),
        ),
        **{
            "profile": [KIND],
            "caps": [cap("cap-g", "g", {"x": 2})],
            "checks": [
                a_doubt("high-and-no", {"question": "a", "at_least": 5}, {"question": "g", "any_of": ["no"]}),
                {"id": "line", "kind": "straight_lining", "in_a_row": 4, "follow_up": text("The same?")},
                {"id": "top", "kind": "all_top", "from_questions": 3, "follow_up": text("The best?")},
                {"id": "aside", "kind": "many_set_aside", "share": 0.3, "follow_up": text("So many?")},
            ],
            "measures": [measure("m", dict.fromkeys("abcdef", (1, 3)) | {"g": True})],
            **more,
        },
    )


def test_a_healthy_questionnaire_has_no_findings() -> None:
    assert simulate(healthy(), sheets=2000).findings == ()


# ── every kind of finding has a questionnaire that provokes it ───────────────────────────────────────────────────────


def several(*questions: Data, **more: Any) -> Questionnaire:
    """One section `s` with these questions and three sound ones."""
    return a_questionnaire(section("s", *questions, *(level_question(name) for name in "abc")), **more)


def unscored() -> Questionnaire:
    return a_questionnaire(
        section("s", *(level_question(name) for name in "abc")),
        section("t", gate("g")),
        caps=[cap("cap-g", "g", {"s": 1})],
    )


def never_moving() -> Data:
    """Whole numbers only, and the only number that is worth something is not whole."""
    worths = [{"at": 0, "worth": 0}, {"at": 0.4, "worth": 1}, {"at": 1, "worth": 0}]
    return {
        "id": "n",
        "type": "number",
        "label": text("How many?"),
        "whole": True,
        "low": 0,
        "high": 1,
        "worths": worths,
    }


BROKEN: dict[str, Callable[[], Questionnaire]] = {
    "section_without_score": unscored,
    "section_never_scored": lambda: a_questionnaire(
        section("s", *(level_question(name) for name in "abc")),
        section("t", level_question("d", applies_if=[IN, OUT])),
        profile=[KIND],
    ),
    "level_unreachable": lambda: a_questionnaire(section("s", gate("g", weight=1), gate("h", weight=1))),
    "level_rare": lambda: a_questionnaire(
        section("s", *(level_question(f"q{number}") for number in range(90)), method="min")
    ),
    "question_without_use": lambda: several(gate("g")),
    "question_without_effect": lambda: several(never_moving()),
    "question_moves_own_section_only": lambda: a_questionnaire(
        section("s", *(level_question(name) for name in "abc")), section("t", level_question("d"), weight=0)
    ),
    "question_hardly_matters": lambda: several(level_question("q", weight=0.01)),
    "question_never_decides_level": lambda: several(level_question("q", weight=0.1)),
    "weight_without_effect": lambda: a_questionnaire(section("s", level_question("q", weight=3))),
    "cap_never_applies": lambda: several(
        gate("g", applies_if=[IN, OUT]), profile=[KIND], caps=[cap("c", "g", {"s": 1})]
    ),
    "cap_never_binds": lambda: several(gate("g"), caps=[cap("c", "g", {"s": 5})]),
    "hidden_for_ever": lambda: several(level_question("q", applies_if=[IN, OUT]), profile=[KIND]),
    "condition_never_hides": lambda: several(
        level_question("q", applies_if=[{"profile": "kind", "any_of": ["in", "out"]}]), profile=[KIND]
    ),
    "profile_field_without_effect": lambda: several(profile=[KIND]),
    "profile_options_alike": lambda: several(
        level_question("q", applies_if=[IN]),
        profile=[{**KIND, "options": [*KIND["options"], {"id": "both", "label": text("both")}]}],
    ),
    "rests_on_one_question": lambda: a_questionnaire(
        section("s", level_question("a"), level_question("b", applies_if=[IN])), profile=[KIND]
    ),
    "short_edition_gap": lambda: a_questionnaire(
        section("s", level_question("a", short=True), level_question("b")),
        section("t", level_question("c"), level_question("d")),
    ),
    "short_edition_long": lambda: a_questionnaire(
        section("s", *(level_question(f"q{number}", short=True) for number in range(40)))
    ),
    "check_never_arises": lambda: several(
        checks=[a_doubt("both", {"question": "a", "at_most": 2}, {"question": "a", "at_least": 4})]
    ),
    "check_arises_often": lambda: several(checks=[a_doubt("always", {"question": "a", "at_least": 2})]),
    "effect_moves_nothing": lambda: several(measures=[measure("m", {"a": (3, 2)})]),
    "effect_never_asked": lambda: several(
        level_question("q", applies_if=[OUT]),
        profile=[KIND],
        measures=[measure("m", {"q": 3}, applies_if=[IN])],
    ),
    "effect_without_score": lambda: several(gate("g"), measures=[measure("m", {"g": True})]),
    "measure_never_possible": lambda: several(
        profile=[KIND], measures=[measure("m", {"a": 3}, applies_if=[IN, OUT])]
    ),
    "question_without_measure": lambda: several(measures=[measure("m", {"a": 3})]),
}


def test_each_kind_of_finding_has_a_questionnaire_that_provokes_it() -> None:
    assert set(BROKEN) == set(get_args(PlayedKind))


def test_what_the_texts_tell_is_told_beside_what_the_sheets_tell() -> None:
    broken = several({**gate("g"), "label": text("TODO ask about the gate")}, option_sets=[OFTEN])
    assert kinds(broken) == {"question_without_use", "placeholder", "option_set_unused"}


def test_what_takes_no_sheets_to_find_is_left_to_reading() -> None:
    stale = {"as_of": "2020-01-01", "stale_after": 1, "rows": []}
    assert not kinds(several(register=stale))


def test_findings_that_the_authors_accepted_are_counted_and_not_told() -> None:
    def accepting(*entries: tuple[str, str]) -> Simulation:
        listed = [{"finding": kind, "where": where, "because": "We know."} for kind, where in entries]
        return simulate(several(gate("g"), accepted=listed), sheets=300)

    left = accepting(("question_without_use", "s › g"))
    assert (left.findings, left.accepted) == ((), 1)
    missed = accepting(("question_without_use", "s › a"))
    assert {each.kind for each in missed.findings} == {"question_without_use", "accepted_without_finding"}
    of_reading = accepting(("question_without_use", "s › g"), ("vague_word", "s"))
    assert (of_reading.findings, of_reading.accepted) == ((), 1)  # told by whoever can find it


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_questionnaire_is_found_out(kind: str) -> None:
    hits = found(BROKEN[kind](), kind)
    assert hits
    assert all(hit.where and hit.what and hit.why and hit.to_do for hit in hits)


def test_what_is_meant_is_not_found() -> None:
    """The healthy twin of each rule that could easily tell too much."""
    assert not found(several(gate("g"), caps=[cap("c", "g", {"s": 2})]), "cap_never_binds")
    assert not found(several({**gate("g"), "type": "text"}), "question_without_use")


def test_a_profile_field_on_which_only_a_lead_hangs_is_not_without_effect() -> None:
    lead = {"weeks": 2, "because": text("W."), "applies_if": [IN]}
    waiting = {**measure("m", {"a": (1, 2)}), "lead": lead}
    assert not found(several(measures=[waiting], profile=[KIND]), "profile_field_without_effect")


def test_a_short_edition_that_leaves_some_organisations_out_is_told_apart_from_one_that_leaves_out_all() -> (
    None
):
    questions = [level_question("a"), level_question("b"), level_question("c")]
    nobody = a_questionnaire(section("s", *questions), section("t", level_question("d", short=True)))
    assert [hit.severity for hit in found(nobody, "short_edition_gap")] == ["warning"]
    hidden = level_question("d", short=True, applies_if=[IN])
    some = a_questionnaire(section("s", *questions, hidden), profile=[KIND])
    assert [hit.severity for hit in found(some, "short_edition_gap")] == ["notice"]
    everybody = a_questionnaire(section("s", *questions, level_question("d", short=True)))
    assert not found(everybody, "short_edition_gap")


def test_a_weight_that_a_section_further_up_uses_is_not_without_effect() -> None:
    def alone(**more: Any) -> Questionnaire:
        return a_questionnaire(
            section("s", level_question("q", weight=3)), section("t", level_question("r")), **more
        )

    assert [hit.where for hit in found(alone(), "weight_without_effect")] == [("s", "q")]
    assert not found(alone(method="mean_of_leaves"), "weight_without_effect")


def test_an_error_says_where_and_whether_it_is_proven() -> None:
    (hidden,) = found(BROKEN["hidden_for_ever"](), "hidden_for_ever")
    assert (hidden.severity, hidden.where, hidden.proven) == ("error", ("s", "q"), True)
    (cap_finding,) = found(BROKEN["cap_never_applies"](), "cap_never_applies")
    assert (cap_finding.severity, cap_finding.where) == ("error", ("caps", "c"))
    (check,) = found(BROKEN["check_never_arises"](), "check_never_arises")
    assert (check.severity, check.where, check.proven) == ("error", ("checks", "both"), True)


def test_a_section_that_is_hidden_for_ever_is_told_once_and_its_questions_are_not() -> None:
    questionnaire = a_questionnaire(
        section("s", *(level_question(name) for name in "abc")),
        section("t", level_question("d"), level_question("e"), applies_if=[IN, OUT]),
        profile=[KIND],
    )
    assert [hit.where for hit in found(questionnaire, "hidden_for_ever")] == [("t",)]


def test_a_condition_on_answers_that_exclude_each_other_hides_for_ever() -> None:
    """No single test fails; only together do they exclude each other."""
    questionnaire = several(
        level_question("q", applies_if=[{"question": "a", "at_most": 2}, {"question": "a", "above": 3}])
    )
    assert [hit.where for hit in found(questionnaire, "hidden_for_ever")] == [("s", "q")]


def test_findings_come_worst_first() -> None:
    broken = a_questionnaire(
        section("s", gate("g", weight=1), gate("h", weight=1)),
        section("t", level_question("q", weight=3)),
        measures=[measure("m", {"q": (3, 2)})],
    )
    order = ["error", "warning", "notice"]
    places = [order.index(each.severity) for each in simulate(broken, sheets=300).findings]
    assert places == sorted(places)
    assert len(set(places)) == 3


# ── the flagship ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def flagship_proof(flagship: Questionnaire) -> Simulation:
    return simulate(flagship, sheets=4000)


def test_the_flagship_has_no_error_findings(flagship_proof: Simulation) -> None:
    assert [each for each in flagship_proof.findings if each.severity == "error"] == []


def test_every_level_of_every_section_of_the_flagship_is_reached(flagship_proof: Simulation) -> None:
    missed = [
        (entry.section, share.level)
        for entry in flagship_proof.levels
        for share in entry.levels
        if not share.reached
    ]
    assert missed == []


def test_every_combination_of_the_flagships_profile_is_sampled(flagship_proof: Simulation) -> None:
    assert flagship_proof.profiles_sampled == flagship_proof.profiles > 100


def test_every_cap_of_the_flagship_applies_and_holds_a_level_down(flagship_proof: Simulation) -> None:
    assert all(use.applies > use.binds > 0 for use in flagship_proof.caps)


def test_every_question_of_the_flagship_moves_the_whole(flagship_proof: Simulation) -> None:
    assert min(influence.points for influence in flagship_proof.questions) > 0.02


# ── the same seed, the same result ───────────────────────────────────────────────────────────────────────────────────


def test_the_same_seed_gives_the_same_result() -> None:
    assert simulate(healthy(), sheets=500, seed=7) == simulate(healthy(), sheets=500, seed=7)


def test_another_seed_samples_other_sheets_and_finds_the_same() -> None:
    broken = BROKEN["cap_never_applies"]()
    one, other = simulate(broken, sheets=500, seed=1), simulate(broken, sheets=500, seed=2)
    assert one.levels != other.levels
    assert one.findings == other.findings


# ── the sheets ───────────────────────────────────────────────────────────────────────────────────────────────────────


def as_sheets(stuff: Material, pool: Pool) -> Iterator[AnswerSheet]:
    """The pool's sheets, one by one, as people would have filled them in."""
    for row, profile in enumerate(pool.profiles):
        answers = []
        for name, codes in pool.codes.items():
            said = stuff.known[name].answers[codes[row]]
            answers.append(
                Answer(
                    question=name,
                    state=said.state,
                    value=said.value,
                    reason="We do not do this." if said.state == "not_applicable" else "",
                    evidence="documented" if said.proven else "none",
                )
            )
        yield AnswerSheet(
            questionnaire=stuff.questionnaire.id,
            version=stuff.questionnaire.version,
            short=bool(pool.short[row]),
            profile={field: value for field, value in profile.items() if value is not None},
            answers=tuple(answers),
        )


@settings(max_examples=40)
@given(questionnaires(), st.integers(0, 99))
def test_sheets_played_at_once_score_as_they_do_one_by_one(questionnaire: Questionnaire, seed: int) -> None:
    stuff = material(questionnaire)
    for pool in sampled(stuff, 24, chance=np.random.default_rng(seed)):
        played = pool.play(stuff)
        for row, sheet in enumerate(as_sheets(stuff, pool)):
            card = score(questionnaire, sheet).overall
            for place in questionnaire.sections_by_id:
                one = card.find(place)
                assert one is not None
                assert played.scored(place)[row] == (one.value is not None)
                if one.value is not None:
                    assert played.values(place)[row] == pytest.approx(one.value, abs=1e-12)
                    assert played.levels(place)[row] == one.level
            shown = {question.id for question in asked(questionnaire, sheet)}
            assert {name for name in stuff.names if played.asked(name)[row]} == shown


def test_doubts_arise_where_the_findings_raise_them() -> None:
    questionnaire = healthy()
    stuff = material(questionnaire)
    seen = dict.fromkeys((check.id for check in questionnaire.checks), 0)
    for pool in sampled(stuff, 400, chance=np.random.default_rng(3)):
        played = pool.play(stuff)
        raised = {check.id: arises(stuff, played, check) for check in questionnaire.checks}
        for row, sheet in enumerate(as_sheets(stuff, pool)):
            told = {finding.source for finding in find(questionnaire, sheet, score(questionnaire, sheet))}
            for check in questionnaire.checks:
                assert raised[check.id][row] == (check.id in told), (check.id, sheet)
                seen[check.id] += check.id in told
    assert all(seen.values())


def test_every_temper_and_every_answer_comes_up() -> None:
    stuff = material(healthy())
    pools = sampled(stuff, 2000, chance=np.random.default_rng(1))
    assert [pool.temper for pool in pools] == ["even", "low", "high", "steady", "by_section", "gaps", "short"]
    assert sum(map(len, pools)) == 2000
    by_temper = {pool.temper: pool for pool in pools}
    for name, known in stuff.values.items():
        given = by_temper["even"].codes[name]
        assert set(given.tolist()) == set(range(3, 3 + 2 * len(known)))  # each with evidence, and without
        assert {0, 1, 2} <= set(by_temper["gaps"].codes[name].tolist())
        low, high = (by_temper[temper].play(stuff).worths[name].mean() for temper in ("low", "high"))
        assert low < 0.4 < 0.6 < high
    assert {profile["kind"] for pool in pools for profile in pool.profiles} == {"in", "out"}
    assert all(by_temper["short"].short)


def test_answers_lie_close_together_within_a_section_where_the_temper_says_so() -> None:
    questionnaire = two_dimensions()
    stuff = material(questionnaire)
    pools = {pool.temper: pool.play(stuff) for pool in sampled(stuff, 6000, chance=np.random.default_rng(1))}
    worths = pools["by_section"].worths
    within, across = np.corrcoef(worths["a"], worths["b"])[0, 1], np.corrcoef(worths["a"], worths["e"])[0, 1]
    assert within > 0.7
    assert abs(across) < 0.15
    assert abs(np.corrcoef(pools["even"].worths["a"], pools["even"].worths["b"])[0, 1]) < 0.15


def test_choices_of_the_profile_that_meet_the_same_conditions_count_as_one() -> None:
    countries = {
        "id": "countries",
        "type": "many",
        "label": text("Where?"),
        "options": [{"id": name, "label": text(name)} for name in ("de", "at", "nl", "be")],
    }
    only_nl = {"profile": "countries", "any_of": ["nl", "be"]}
    questionnaire = several(level_question("q", applies_if=[only_nl]), profile=[countries])
    stuff = material(questionnaire)
    assert stuff.profiles == 2
    assert sorted(len(group) for group in stuff.choices["countries"]) == [
        3,
        12,
    ]  # of 15 sets, those of de and at alone


# ── a tiny questionnaire against every sheet there is ────────────────────────────────────────────────────────────────

HOME = {"id": "home", "type": "yes_no", "label": text("Home?")}
AT_HOME = {"profile": "home", "any_of": ["yes"]}


def tiny(**more: Any) -> Questionnaire:
    steps = (1, 2, 3)
    return a_questionnaire(
        section(
            "x",
            level_question("a", levels=steps, stage=2, weight=2),
            level_question("b", levels=steps, stage=3, applies_if=[AT_HOME]),
            gate("g"),
            method=more.pop("inner", "mean"),
        ),
        section("y", level_question("c", levels=steps, stage=2), level_question("d", levels=steps, stage=3)),
        levels=steps,
        profile=[HOME],
        caps=[cap("cap-x", "g", {"x": 1}), cap("cap-y", "g", {"y": 3})],
        **more,
    )


def every_sheet(questionnaire: Questionnaire) -> Iterator[AnswerSheet]:
    values = {question.id: question.values() for question in questionnaire.questions_by_id.values()}
    for home in ("yes", "no"):
        for said in product(*values.values()):
            yield a_sheet(questionnaire, dict(zip(values, said, strict=True)), profile={"home": home})


TINY = {
    "mean": {},
    "weakest part": {"inner": "min", "at_most_above_weakest": 0},
    "sum": {"inner": "sum"},
    "bands": {"levels_": "bands", "minimum_coverage": 0.5},
    "stages": {"levels_": "staged"},
    "index of stages": {"inner": "staged"},
    "all questions alike": {"method": "mean_of_leaves"},
}


@pytest.mark.parametrize("more", TINY.values(), ids=TINY)
def test_the_numbers_of_a_tiny_questionnaire_are_those_of_all_its_sheets(more: Data) -> None:
    settings_ = dict(more)
    method = settings_.pop("levels_", None)
    questionnaire = tiny(**settings_)
    if method:
        questionnaire = Questionnaire.model_validate(
            {**questionnaire.model_dump(mode="json", by_alias=True, exclude_none=True), "levels": method}
        )
    proof = simulate(questionnaire, sheets=3000)
    cards = [(sheet, score(questionnaire, sheet)) for sheet in every_sheet(questionnaire)]
    for entry in proof.levels:
        there = {card.of(entry.section).level for _, card in cards} - {None}
        assert {share.level for share in entry.levels if share.reached} == there, entry.section
    by_id = {influence.of: influence for influence in proof.questions}
    for question in questionnaire.questions_by_id.values():
        if question.weight:
            moved = [
                abs(one - other) for one, other in _ends(questionnaire, cards, question.id, question.values())
            ]
            assert by_id[question.id].most == pytest.approx(max(moved), abs=1e-12), question.id
    without = Questionnaire.model_validate(
        {**questionnaire.model_dump(mode="json", by_alias=True, exclude_none=True), "caps": []}
    )
    for use in proof.caps:
        lowered = [
            card.of(use.section).level != score(without, sheet).of(use.section).level for sheet, card in cards
        ]
        assert (use.binds > 0) == any(lowered)
        never = any(
            each.kind == "cap_never_binds" and each.where[-1] == use.section for each in proof.findings
        )
        assert never == (not any(lowered))


def _ends(
    questionnaire: Questionnaire, cards: list[tuple[AnswerSheet, Any]], name: str, values: tuple[Any, ...]
) -> Iterator[tuple[float, float]]:
    """The overall index with the question at its worst and at its best, for all else there can be."""
    worst = {}
    best = {}
    for sheet, card in cards:
        if not any(question.id == name for question in asked(questionnaire, sheet)):
            continue
        said = {answer.question: answer.value for answer in sheet.answers}
        value = said.pop(name)
        key = (tuple(said.items()), sheet.profile["home"])
        if value == values[0]:
            worst[key] = card.overall.value
        if value == values[-1]:
            best[key] = card.overall.value
    assert worst.keys() == best.keys()
    return iter([(worst[key], best[key]) for key in worst])


def test_the_minutes_of_a_tiny_questionnaire_are_those_the_app_tells() -> None:
    data = tiny().model_dump(mode="json", by_alias=True, exclude_none=True)
    data["sections"][0]["questions"][1]["short"] = True
    data["sections"][1]["questions"][0]["short"] = True
    questionnaire = Questionnaire.model_validate(data)
    proof = simulate(questionnaire, sheets=500)
    for entry in proof.minutes:
        short = entry.edition == "short"
        told = [
            progress(questionnaire, a_sheet(questionnaire, profile={"home": home}, short=short))
            for home in ("yes", "no")
        ]
        assert [entry.low, entry.high] == sorted(each.minutes_left for each in told)
        assert [entry.questions_low, entry.questions_high] == sorted(each.asked for each in told)
    assert [entry.edition for entry in proof.minutes] == ["complete", "short"]


def test_a_share_of_sheets_is_what_chance_makes_it() -> None:
    """A gate answered evenly, and in each other temper by halves: it caps half of the complete sheets."""
    proof = simulate(several(gate("g"), caps=[cap("c", "g", {"s": 2})]), sheets=10_000)
    (use,) = proof.caps
    assert use.applies == pytest.approx(0.5, abs=0.02)


def test_a_limit_that_the_weakest_part_sets_anyway_is_told() -> None:
    """The gate caps a part and the whole of it, which is never above its weakest part."""
    part = section("p", *(level_question(name) for name in "abc"), gate("g"))
    questionnaire = a_questionnaire(
        section("s", part, section("r", *(level_question(name) for name in "def")), at_most_above_weakest=0),
        caps=[cap("c", "g", {"p": 1, "s": 1})],
    )
    assert [hit.where for hit in found(questionnaire, "cap_never_binds")] == [("caps", "c", "s")]


def test_what_counts_only_when_all_else_is_at_its_best_is_found_to_count() -> None:
    names = [f"q{number}" for number in range(15)]
    proof = simulate(a_questionnaire(section("s", *map(level_question, names), method="min")), sheets=300)
    assert [(each.most, each.share) for each in proof.questions] == [(4, 1)] * 15


def test_a_level_that_one_combination_in_thousands_reaches_is_found_by_trying_all() -> None:
    """Twelve gates whose weights are powers of two: each combination has a sum of its own."""
    gates = [gate(f"g{number}", weight=2**number) for number in range(12)]
    wanted, total = 0b101001011010, 2**12 - 1
    steps = [
        {"level": 1, "from": 0},
        {"level": 2, "from": wanted / total},
        {"level": 3, "from": (wanted + 1) / total},
    ]
    levels = [
        {**step, "label": text(f"L{step['level']}"), "description": text("…and so on")} for step in steps
    ]
    scale = {"levels": levels, "index": {"low": 0, "high": 1}}
    questionnaire = Questionnaire.model_validate(
        {**questionnaire_data(section("s", *gates)), "scale": scale, "levels": "bands"}
    )
    proof = simulate(questionnaire, sheets=200)
    (entry,) = [entry for entry in proof.levels if entry.section == "s"]
    assert [(share.level, share.reached) for share in entry.levels] == [(1, True), (2, True), (3, True)]
    assert entry.levels[1].share == 0
    rare = [each.where for each in proof.findings if each.kind == "level_rare"]
    assert ("s",) in rare


def test_a_check_that_chance_hardly_meets_is_tried_with_every_combination() -> None:
    """Seven answers that go up and down, the first of them asked only after a certain answer to yet another question."""
    first = level_question("b", applies_if=[{"question": "a", "at_most": 1}])
    ends = dict(zip("bcdefhi", "1515151", strict=True))
    when = [{"question": name, "any_of": [end]} for name, end in ends.items()]
    questionnaire = a_questionnaire(
        section("s", level_question("a"), first, *(level_question(name) for name in "cdefhi")),
        checks=[a_doubt("zigzag", *when)],
    )
    assert simulate(questionnaire, sheets=300).checks[0].even == 0
    assert not found(questionnaire, "check_never_arises", sheets=300)


def test_a_profile_with_more_combinations_than_sheets_is_sampled() -> None:
    fields = [
        {"id": f"p{number}", "type": "yes_no", "label": text(f"Is it {number}?")} for number in range(80)
    ]
    questions = [
        level_question(f"q{number}", applies_if=[{"profile": f"p{number}", "any_of": ["yes"]}])
        for number in range(80)
    ]
    proof = simulate(a_questionnaire(section("s", *questions), profile=fields), sheets=300)
    assert (proof.profiles, proof.profiles_sampled) == (2**80, 300)
    assert not [each for each in proof.findings if each.severity == "error"]


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────


def written(data: Data, folder: Path) -> str:
    place = folder / data["id"]
    place.mkdir()
    (place / "questionnaire.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return str(place)


def broken_data() -> Data:
    questions = [level_question(name) for name in "abc"]
    hidden = level_question("q", applies_if=[IN, OUT])
    return questionnaire_data(section("s", hidden, *questions), profile=[KIND])


def test_the_command_tells_findings_with_what_to_do(tmp_path: Path) -> None:
    run = CliRunner().invoke(simulate_, [written(broken_data(), tmp_path), "-n", "300"])
    assert run.exit_code == 0
    assert "small 1.0.0: 300 sheets sampled" in run.output
    assert "1 error, 0 warnings, 0 notices." in run.output
    assert "ERROR  hidden for ever\n  s › q: no profile and no answer ever shows this question." in run.output
    assert "What to do: Correct `applies_if`, or remove it." in run.output


def test_strict_ends_with_1_if_there_is_an_error_and_only_then(tmp_path: Path) -> None:
    broken = written(broken_data(), tmp_path)
    assert CliRunner().invoke(simulate_, [broken, "-n", "300", "--strict"]).exit_code == 1
    sound = written(
        {**questionnaire_data(section("s", *map(level_question, "abc"))), "id": "sound"}, tmp_path
    )
    assert CliRunner().invoke(simulate_, [sound, "-n", "300", "--strict"]).exit_code == 0


def test_the_json_is_the_simulation(tmp_path: Path) -> None:
    run = CliRunner().invoke(
        simulate_, [written(broken_data(), tmp_path), "-n", "300", "--seed", "5", "--format", "json"]
    )
    result = Simulation.model_validate_json(run.output)
    assert (result.seed, result.sheets, result.questionnaire) == (5, 300, "small")
    assert [each.kind for each in result.findings] == ["hidden_for_ever"]


def test_a_questionnaire_that_is_not_there_is_told() -> None:
    run = CliRunner().invoke(simulate_, ["nowhere-to-be-found"])
    assert run.exit_code == 1
    assert "nowhere-to-be-found" in run.stderr
