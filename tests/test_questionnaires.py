"""Every shipped questionnaire is complete in every language, and its parts fit each other."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from assessment.answers import AnswerSheet, all_hold, applies
from assessment.inspection import inspect
from assessment.loader import content_folder, questionnaire_ids, read_questionnaire
from assessment.loader.glossary import read_glossary
from assessment.loader.release import read_release
from assessment.questionnaire import Questionnaire
from assessment.questions import LevelQuestion
from assessment.roadmap import plan
from assessment.scoring import score
from assessment.simulation import simulate
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
    assert len(found) > 10 * len(questionnaire.questions_by_id)
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
def test_each_level_question_has_an_anchor_of_its_own_for_each_level_in_every_language(
    questionnaire: Questionnaire,
) -> None:
    levels = len(questionnaire.scale.levels)
    for question in questionnaire.questions_by_id.values():
        if isinstance(question, LevelQuestion):
            for language in questionnaire.languages:
                anchors = {text.localize(language).casefold() for text in question.anchors.values()}
                assert len(anchors) == levels, (question.id, language)


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
    assert bool(named) == bool(rows)
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
    assert flagship.key_figures is not None
    assert len(flagship.key_figures.figures) == 33
    assert len(flagship.value_inputs) == 36
    assert len(flagship.standards) == 20
    assert len(flagship.reference_points) == 24


@each
def test_each_question_says_why_it_matters_and_what_to_look_for(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions_by_id.values():
        assert question.why, question.id
        assert question.evidence, question.id


@each
def test_each_measure_says_how_it_begins_in_three_steps(questionnaire: Questionnaire) -> None:
    assert [m.id for m in questionnaire.measures if len(m.first_steps) != 3] == []
    assert questionnaire.quick_wins


@each
def test_reading_and_playing_a_shipped_questionnaire_finds_nothing_its_authors_did_not_look_at(
    questionnaire: Questionnaire,
) -> None:
    """On the day of its register, or of its release: a day that passes later warns authors and breaks no test."""
    register = questionnaire.register_
    day = register.as_of if register else date(2026, 11, 21)
    found = inspect(
        questionnaire,
        today=day,
        glossary=read_glossary(questionnaire.id),
        release=read_release(questionnaire.id),
    )
    assert [(each.kind, each.where) for each in found.findings] == []
    played = simulate(questionnaire, sheets=3000)
    assert [(each.kind, each.where) for each in played.findings] == []


def test_figures_from_outside_are_used_only_as_their_sources_allow(flagship: Questionnaire) -> None:
    points = {point.id: point for point in flagship.reference_points}
    assert points["s3-2"].people is None, (
        "the press named 229 for an analysis: no number of people for Gartner"
    )
    assert not any("CPB" in point.organisation for point in points.values())
    assert not {"s3-3", "s3-4"} & set(points), "obsolete figures of the labour market"
    assert [point.id for point in points.values() if "marker" in point.use] == ["s4-3"]
    assert all(point.caveat and point.organisation and point.year for point in points.values())


def test_the_watch_list_names_the_days_on_which_the_law_changes(flagship: Questionnaire) -> None:
    assert flagship.register_ is not None
    days = sorted(entry.day for entry in flagship.register_.watch if entry.day)
    assert days == [
        date(2026, 12, 2),
        date(2026, 12, 31),
        date(2027, 1, 12),
        date(2027, 12, 2),
        date(2030, 6, 27),
    ]
    assert sum(entry.day is None for entry in flagship.register_.watch) == 8
    assert flagship.register_.passed(date(2026, 12, 2)) == ()
    assert [entry.id for entry in flagship.register_.passed(date(2026, 12, 3))] == [
        "ai-marking-and-platform-work"
    ]


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


RESPONSIBLE = {
    "service": (
        "Head of service", "Workforce planner", "Operations lead", "Channel owner", "Quality manager", "Executive owner",
        "Controller with head of service", "Head of service with HR", "Data protection officer advises, head of service owns",
    ),
    "people": ("HR lead", "HR development", "Training lead", "HR lead with legal", "HR operations", "Safety specialist"),
    "it": (
        "IT workplace lead", "IT operations", "IT security lead", "Programme lead", "Platform owner", "Payment owner", "Enterprise architect",
    ),
    "legal": ("Data protection coordinator", "Procurement with data protection", "Procurement"),
    "engineering": (
        "Customer Service Engineer", "Customer Service Engineer lead", "Knowledge manager", "Digital product owner",
        "Conversation designer", "Automation engineer", "Process manager", "AI coordinator",
    ),
}  # fmt: skip
"""Who is responsible for measures, by the planning role that their time belongs to."""

NEGOTIATED = ("m19", "m21")
"""Talking with the representatives is the work of these measures, and no time that passes before them."""

BOUGHT = ("m04", "m09", "m61")
"""Something is ordered or tendered before the work can begin."""


def test_the_work_of_each_measure_is_shared_out_and_most_of_it_falls_to_whoever_is_responsible(
    flagship: Questionnaire,
) -> None:
    role_of = {name: role for role, names in RESPONSIBLE.items() for name in names}
    assert set(RESPONSIBLE) == {role.id for role in flagship.planning.roles}
    for measure in flagship.measures:
        shares = sorted(measure.work.values(), reverse=True)
        assert sum(shares) == 100 and len(shares) <= 3, measure.id
        assert all(share % 10 == 0 for share in shares), measure.id
        first = measure.work[role_of[measure.role.localize("en")]]
        assert first >= 50 and shares.count(first) == 1 and first == shares[0], measure.id


def test_a_measure_waits_for_the_representatives_where_there_are_some_or_for_what_was_bought(
    flagship: Questionnaire,
) -> None:
    waiting = {measure.id: measure.lead for measure in flagship.measures if measure.lead is not None}
    by_profile = [name for name, lead in waiting.items() if lead.applies_if]
    assert 10 <= len(by_profile) <= 14
    for name in by_profile:
        (condition,) = waiting[name].applies_if
        assert (condition.profile, condition.any_of) == ("employee-body", ("yes",))
        assert 2 <= waiting[name].weeks <= 6
    assert [name for name in waiting if name not in by_profile] == list(BOUGHT)
    assert all(2 <= waiting[name].weeks <= 8 for name in BOUGHT)
    assert not set(NEGOTIATED) & set(waiting)


def test_what_a_lead_waits_for_is_a_plan_and_no_claim_about_the_law(flagship: Questionnaire) -> None:
    claims = re.compile(
        r"§|\d|\b(law|legal|must|period|consent|right|gesetz\w*|frist\w*|zustimm\w*|recht\w*|wet\w*|termijn\w*|instemming\w*)\b",
        re.IGNORECASE,
    )
    leads = [measure.lead for measure in flagship.measures if measure.lead is not None]
    said = [text for lead in leads for text in lead.because.root.values()]
    assert [text for text in said if claims.search(text) or len(words(text)) > 16] == []


def test_what_has_to_settle_closes_no_gate(flagship: Questionnaire) -> None:
    """A gate is a fact: it is closed on the day on which the measure ends."""
    gates = {cap.question for cap in flagship.caps}
    settling = [measure for measure in flagship.measures if measure.adoption]
    assert 8 <= len(settling) <= 12
    assert all(2 <= measure.adoption <= 6 for measure in settling)
    assert [
        measure.id for measure in settling if gates & {effect.question for effect in measure.effects}
    ] == []


@each
def test_the_labels_of_planning_roles_are_short(questionnaire: Questionnaire) -> None:
    labels = [text for role in questionnaire.planning.roles for text in role.label.root.values()]
    assert [label for label in labels if len(label) > 28] == []


def test_plans_reckon_with_four_classes_of_cost_and_put_the_weakest_first(flagship: Questionnaire) -> None:
    planning = flagship.planning
    assert [(each.low, each.high) for each in planning.money] == [
        (0, 5_000), (5_000, 25_000), (25_000, 100_000), (100_000, 250_000),
    ]  # fmt: skip
    assert (planning.steps, planning.goal_factor, planning.day_worth) == ((1, 1, 0.4, 0.2), 3, 0.0003)
    team = SHIPPED["team-health"].planning
    assert (team.roles, team.money, team.steps) == ((), (), (1, 1, 0.7))


def test_each_measure_that_closes_a_gate_concerns_whoever_is_asked_about_it(flagship: Questionnaire) -> None:
    """Where a measure applies to some profiles only, it applies wherever its gate is asked."""
    for measure in flagship.measures:
        gates = [
            flagship.questions_by_id[e.question]
            for e in measure.effects
            if flagship.questions_by_id[e.question].type == "yes_no"
        ]
        for profile in profiles(flagship) if measure.applies_if else ():
            sheet = AnswerSheet(questionnaire=flagship.id, version=flagship.version, profile=profile)
            if any(applies(gate, flagship, sheet) for gate in gates):
                assert all_hold(measure.applies_if, flagship, sheet), (measure.id, profile)


def profiles(flagship: Questionnaire) -> Iterator[dict[str, Any]]:
    """The full profile, with each combination of the fields on which measures depend."""
    fields = {field.id: field for field in flagship.profile}
    named = sorted(
        {t.profile or "" for m in flagship.measures for condition in m.applies_if for t in condition.tests()}
    )
    choices = [
        [(option,) for option in fields[name].option_ids]
        if fields[name].type == "many"
        else list(fields[name].option_ids)
        for name in named
    ]
    for chosen in product(*choices):
        yield {**FULL_PROFILE, **dict(zip(named, chosen, strict=True))}


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
