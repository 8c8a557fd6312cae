"""Every shipped questionnaire is complete in every language, and its parts fit each other."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from assessment.answers import AnswerSheet, applies
from assessment.loader import content_folder, questionnaire_ids, read_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.questions import LevelQuestion
from assessment.roadmap import plan
from assessment.scoring import score
from assessment.values import Text
from tests.conftest import FULL_PROFILE, a_sheet, capacity, every_answer

SHIPPED = {name: read_questionnaire(name) for name in questionnaire_ids()}
each = pytest.mark.parametrize("questionnaire", SHIPPED.values(), ids=SHIPPED)


def texts(part: Any, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every text with the path to it."""
    if isinstance(part, Text):
        yield path, part
    elif isinstance(part, BaseModel):
        here = f"{path}/{getattr(part, 'id', '')}" if getattr(part, "id", "") else path
        for name in type(part).model_fields:
            yield from texts(getattr(part, name), f"{here}/{name}")
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from texts(value, f"{path}/{key}")
    elif isinstance(part, tuple):
        for number, value in enumerate(part):
            yield from texts(value, path if hasattr(value, "id") else f"{path}/{number}")


def words(text: str) -> list[str]:
    return [word for word in text.split() if re.search(r"\w", word)]


@each
def test_every_text_is_there_in_every_language_and_in_no_other(questionnaire: Questionnaire) -> None:
    found = list(texts(questionnaire))
    assert len(found) > 500
    assert [path for path, text in found if set(text.root) != set(questionnaire.languages)] == []
    assert [path for path, text in found if not all(said.strip() for said in text.root.values())] == []


@each
def test_a_shipped_questionnaire_speaks_english_german_and_dutch(questionnaire: Questionnaire) -> None:
    assert questionnaire.languages == ("en", "de", "nl")


@each
def test_no_longer_text_is_left_in_another_language(questionnaire: Questionnaire) -> None:
    """A sentence of eight words or more that is the same in two languages was not translated."""
    copied = [
        path
        for path, text in texts(questionnaire)
        if not path.endswith("/instrument")  # the official name of a law
        for one, other in (("en", "de"), ("en", "nl"), ("de", "nl"))
        if text.root[one] == text.root[other] and len(words(text.root[one])) >= 8
    ]
    assert copied == []


@each
def test_no_anchor_is_longer_than_forty_words_in_any_language(questionnaire: Questionnaire) -> None:
    long = [
        (question.id, level, language, len(words(said)))
        for question in questionnaire.questions_by_id.values()
        if isinstance(question, LevelQuestion)
        for level, text in question.anchors.items()
        for language, said in text.root.items()
        if len(words(said)) > 40
    ]
    assert long == []


@each
def test_each_level_question_has_five_anchors_that_differ_in_every_language(
    questionnaire: Questionnaire,
) -> None:
    for question in questionnaire.questions_by_id.values():
        if isinstance(question, LevelQuestion):
            for language in questionnaire.languages:
                assert len({text.localize(language).casefold() for text in question.anchors.values()}) == 5, (
                    question.id,
                    language,
                )


@each
def test_no_two_questions_ask_the_same(questionnaire: Questionnaire) -> None:
    for language in questionnaire.languages:
        labels = [
            question.label.localize(language).casefold()
            for question in questionnaire.questions_by_id.values()
        ]
        assert len(labels) == len(set(labels))


ASCII_UMLAUTS = re.compile(
    r"\b(fuer|ueber|koennen|muessen|moeglich|waehrend|naechste\w*|zurueck|pruef\w*|taeglich\w*|jaehrlich\w*|haeufig\w*|oeffentlich\w*"
    r"|verfueg\w*|geraet\w*|gespraech\w*|massnahme\w*|regelmaessig\w*|loesch\w*|schluessel\w*|geschaeft\w*|aender\w*|ergaenz\w*"
    r"|gemaess|groesse\w*|stoerung\w*|faehig\w*|zustaendig\w*|beschaeftig\w*|kuendig\w*|uebersicht\w*|fuehr\w*|erklaer\w*|unterstuetz\w*)\b",
    re.IGNORECASE,
)


@each
def test_german_has_its_umlauts(questionnaire: Questionnaire) -> None:
    assert [
        (path, hit[0])
        for path, text in texts(questionnaire)
        if (hit := ASCII_UMLAUTS.search(text.root["de"]))
    ] == []


@each
def test_no_text_has_straight_quotes_double_blanks_or_stray_marks(questionnaire: Questionnaire) -> None:
    spoiled = re.compile(r"[\"']|  |\s[.,;:!?](?:\s|$)|\bTODO\b|\bTBD\b|�|\.\.\.")
    assert [
        (path, language)
        for path, text in texts(questionnaire)
        for language, said in text.root.items()
        if spoiled.search(said)
    ] == []


@each
def test_what_names_a_row_of_the_register_names_one_that_exists(questionnaire: Questionnaire) -> None:
    rows = questionnaire.register_by_id
    named = {
        reference for question in questionnaire.questions_by_id.values() for reference in question.references
    }
    named |= {reference for cap in questionnaire.caps for reference in cap.references}
    assert named
    assert named <= set(rows)
    assert all(set(row.sections) <= set(questionnaire.sections_by_id) for row in rows.values())


def test_the_flagship_has_the_parts_it_promises(flagship: Questionnaire) -> None:
    level_questions = [q for q in flagship.questions_by_id.values() if q.type == "level"]
    gates = [q for q in flagship.questions_by_id.values() if q.type == "yes_no"]
    assert [section.id for section in flagship.sections] == [
        "work-at-home",
        "legal",
        "automation",
        "engineering",
    ]
    assert len([s for s in flagship.whole.walk() if s.questions]) == 22
    assert len(level_questions) == 88
    assert len(gates) == 15
    assert len(flagship.caps) == 15
    assert len(flagship.measures) == 63
    assert len(flagship.register_by_id) == 141
    assert len([q for q in level_questions if q.short]) == 30
    assert all(gate.short for gate in gates)


def test_each_capability_of_the_flagship_has_four_level_questions_and_one_to_three_in_the_short_edition(
    flagship: Questionnaire,
) -> None:
    for section in flagship.whole.walk():
        if section.questions:
            level = [question for question in section.questions if question.type == "level"]
            assert len(level) == 4, section.id
            assert 1 <= sum(question.short for question in level) <= 3, section.id


def test_each_gate_of_the_flagship_has_a_cap_on_its_own_section_and_a_measure_that_closes_it(
    flagship: Questionnaire,
) -> None:
    for question in flagship.questions_by_id.values():
        if question.type == "yes_no":
            (cap,) = [cap for cap in flagship.caps if cap.question == question.id]
            assert cap.below is True
            assert flagship.parent[question.id] in {limit.section for limit in cap.limits}, question.id
            assert question.weight == 0
            closing = [
                m.id
                for m in flagship.measures
                for e in m.effects
                if e.question == question.id and e.to is True
            ]
            assert closing, question.id


def test_all_measures_together_close_every_gate_and_bring_every_capability_to_level_three(
    flagship: Questionnaire,
) -> None:
    sheet = a_sheet(flagship, every_answer(flagship, level=1, gates=False), profile=FULL_PROFILE)
    roadmap = plan(flagship, sheet, capacity=capacity(5_000, 60))
    end = roadmap.projection[-1]
    assert end.caps == ()
    raised = {name for slot in roadmap.slots for name in slot.moves}
    assert raised == set(flagship.questions_by_id)
    for section in flagship.whole.walk():
        assert (end.levels[section.id] or 0) >= 3, section.id
        assert (end.values[section.id] or 0) >= 3, section.id


def test_all_measures_together_bring_each_single_question_to_three_at_least(flagship: Questionnaire) -> None:
    said: dict[str, Any] = every_answer(flagship, level=1, gates=False)
    waiting = True
    while waiting:
        moves = [
            (e.question, e.to)
            for m in flagship.measures
            for e in m.effects
            if (e.needs is None or said[e.question] >= e.needs) and said[e.question] < e.to
        ]
        waiting = bool(moves)
        said.update(moves)
    assert [name for name, value in said.items() if value is not True and value < 3] == []


def test_a_measure_begins_where_its_prerequisites_or_level_one_leave_off(flagship: Questionnaire) -> None:
    """`from` is below `to`, and some measure or level 1 reaches it."""
    reachable = {
        q.id: {1} | {e.to for m in flagship.measures for e in m.effects if e.question == q.id}
        for q in flagship.questions_by_id.values()
    }
    for measure in flagship.measures:
        for effect in measure.effects:
            if effect.needs is not None:
                assert effect.needs < effect.to, (measure.id, effect.question)
                assert any(step >= effect.needs for step in reachable[effect.question]), (
                    measure.id,
                    effect.question,
                )


# ── which questions for which profile ────────────────────────────────────────────────────────────────────────────────

WITH_REPRESENTATION_RULE = {"de", "at", "nl", "be"}
WITH_HOME_RULE = {"de", "at", "nl", "ch", "be"}
ALL = {"de", "at", "ch", "nl", "uk", "be"}
TRUTH: dict[str, Any] = {
    "l1-q1": lambda p: p["home-work"],
    "l1-q2": lambda p: p["employee-body"],
    "l1-q3": lambda p: p["home-work"],
    "l1-q4": lambda p: p["home-work"],
    "g01": lambda p: p["employee-body"] and p["countries"] & WITH_REPRESENTATION_RULE,
    "g02": lambda p: p["home-work"] and p["countries"] & WITH_HOME_RULE,
    "g03": lambda p: p["home-work"],
    "g04": lambda p: p["home-work"],
    "g15": lambda p: p["sunday-work"],
    "l4-q2": lambda p: p["recording"],
    "g07": lambda p: p["recording"],
    "g08": lambda p: p["countries"] & {"de", "at", "nl", "be"},
    "l5-q2": lambda p: p["home-work"],
    "g10": lambda p: p["card-payments"],
    "l6-q1": lambda p: p["ai-customers"] or p["ai-staff"],
    "l6-q2": lambda p: p["ai-customers"],
    "g11": lambda p: p["ai-customers"] and p["countries"] & {"de", "at", "nl", "be"},
    "g12": lambda p: p["channels"] & {"self-service", "bot"},
    "a4-q3": lambda p: p["ai-customers"],
    "a4-q4": lambda p: p["channels"] & {"self-service", "bot"},
}
"""When a question is asked, written down a second time from the concept; every other question is always asked."""

YES_NO = (
    "employee-body",
    "home-work",
    "recording",
    "ai-customers",
    "ai-staff",
    "card-payments",
    "sunday-work",
)


def test_the_truth_table_names_every_conditional_question(flagship: Questionnaire) -> None:
    assert {q.id for q in flagship.questions_by_id.values() if q.applies_if} == set(TRUTH)
    assert set(flagship.deciding_fields) == {*YES_NO, "countries", "channels"}


def _asked(questionnaire: Questionnaire, profile: dict[str, Any]) -> dict[str, bool | None]:
    sheet = AnswerSheet(questionnaire=questionnaire.id, version=questionnaire.version, profile=profile)
    return {q.id: applies(q, questionnaire, sheet) for q in questionnaire.questions_by_id.values()}


@pytest.mark.parametrize("country", sorted(ALL))
@pytest.mark.parametrize("channels", [("phone",), ("phone", "self-service"), ("bot",)], ids=" ".join)
def test_exactly_the_questions_of_the_truth_table_appear_for_each_profile(
    flagship: Questionnaire, country: str, channels: tuple[str, ...]
) -> None:
    for said in product((True, False), repeat=len(YES_NO)):
        facts: dict[str, Any] = {
            **dict(zip(YES_NO, said, strict=True)),
            "countries": {country},
            "channels": set(channels),
        }
        words_ = {name: "yes" if value else "no" for name, value in zip(YES_NO, said, strict=True)}
        asked = _asked(flagship, {**FULL_PROFILE, **words_, "countries": (country,), "channels": channels})
        assert asked == {name: bool(TRUTH[name](facts)) if name in TRUTH else True for name in asked}


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_a_conditional_question_is_unsettled_while_the_profile_is_empty(
    flagship: Questionnaire, name: str
) -> None:
    assert _asked(flagship, {})[name] is None
    assert _asked(flagship, dict(FULL_PROFILE))[name] is True


def test_several_countries_ask_what_any_of_them_asks(flagship: Questionnaire) -> None:
    for name in ("g01", "g02", "g08", "g11"):
        assert _asked(flagship, {**FULL_PROFILE, "countries": ("uk",)})[name] is False
        assert _asked(flagship, {**FULL_PROFILE, "countries": ("uk", "de")})[name] is True


def test_each_condition_of_a_measure_agrees_with_the_gate_that_it_closes(flagship: Questionnaire) -> None:
    """Where a measure applies to some profiles only, it applies wherever its gate is asked."""
    for measure in flagship.measures:
        gates = [
            flagship.questions_by_id[e.question]
            for e in measure.effects
            if flagship.questions_by_id[e.question].type == "yes_no"
        ]
        for gate in gates:
            assert set(measure.applies_if) <= set(gate.applies_if), (measure.id, gate.id)


def test_the_whole_flagship_can_be_scored_from_end_to_end(flagship: Questionnaire) -> None:
    """Each scored question can move the whole score, and all of them reach both ends of the scale."""
    for level in (1, 5):
        overall = score(
            flagship, a_sheet(flagship, every_answer(flagship, level=level), profile=FULL_PROFILE)
        ).overall
        assert (overall.value, overall.level) == (level, level)
    middle = every_answer(flagship)
    base = score(flagship, a_sheet(flagship, middle, profile=FULL_PROFILE)).overall.value or 0
    for question in flagship.questions_by_id.values():
        if question.type == "level":
            moved = (
                score(
                    flagship, a_sheet(flagship, {**middle, question.id: 5}, profile=FULL_PROFILE)
                ).overall.value
                or 0
            )
            assert moved > base + 0.01, question.id


def test_the_example_in_the_readme_is_a_valid_questionnaire(tmp_path: Path) -> None:
    text = (content_folder() / "README.md").read_text("utf-8")
    example = next(block.split("```")[0] for block in text.split("```yaml\n") if "id: bakery" in block)
    folder = tmp_path / "bakery"
    folder.mkdir()
    (folder / "questionnaire.yaml").write_text(example, "utf-8")
    bakery = read_questionnaire(folder)
    assert bakery.quick_wins == {"buy"} and bakery.legal_caps == {"cap-alarm"}
