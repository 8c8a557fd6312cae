"""One result for every surface: it carries all it was made from, and can be made again from that."""

from datetime import date
from typing import Any

import pytest

from assessment.answers import Answer, AnswerSheet
from assessment.document import as_text, compose
from assessment.loader import read_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.report import (
    SCHEMA_VERSION,
    LegalTopic,
    Report,
    Subject,
    assess,
    register_rows,
    replan,
    unanswered,
)
from assessment.roadmap import Capacity
from tests.conftest import (
    FULL_PROFILE,
    a_questionnaire,
    a_report,
    a_sheet,
    cap,
    every_answer,
    gate,
    level_question,
    section,
    two_dimensions,
)


def test_a_report_comes_back_from_json_and_makes_itself_again(flagship_report: Report) -> None:
    back = Report.model_validate_json(flagship_report.model_dump_json(by_alias=True))
    assert back == flagship_report
    again = assess(back.questionnaire, back.sheet, subject=back.subject, capacity=back.roadmap.capacity)
    assert again == flagship_report
    assert again.model_dump_json(by_alias=True) == flagship_report.model_dump_json(by_alias=True)


def test_a_report_says_which_form_and_engine_made_it(flagship_report: Report) -> None:
    assert flagship_report.schema_version == SCHEMA_VERSION == 1
    assert flagship_report.engine_version
    assert flagship_report.questionnaire.version == "1.1.0"


def test_a_report_explains_the_whole_and_each_section(flagship_report: Report) -> None:
    assert [one.of for one in flagship_report.explanations] == [
        s.id for s in flagship_report.questionnaire.whole.walk()
    ]
    assert flagship_report.explanation("w1").of == "w1"
    with pytest.raises(KeyError):
        flagship_report.explanation("w1-q1")


def legal(**more: Any) -> Questionnaire:
    """Topics `t1` (a, b, gate g) and `t2` (c) below the legal dimension; green from level 3."""
    return a_questionnaire(
        section(
            "law",
            section("t1", level_question("a"), level_question("b"), gate("g")),
            section("t2", level_question("c")),
        ),
        section("other", level_question("d")),
        legal={"section": "law", "green_from": 3},
        minimum_coverage=0.6,
        caps=[cap("k", "g", {"t1": 2, "law": 2})],
        **more,
    )


LIGHTS: dict[str, tuple[dict[str, Any], str, tuple[str, ...], tuple[str, ...]]] = {
    "all in place": ({"a": 3, "b": 3, "g": True}, "green", (), ()),
    "an open gate is red however good the answers": ({"a": 5, "b": 5, "g": False}, "red", ("g",), ()),
    "a gate not known": ({"a": 5, "b": 5, "g": "unknown"}, "amber", (), ("g",)),
    "a gate not asked yet": ({"a": 5, "b": 5}, "amber", (), ("g",)),
    "below the level called green": ({"a": 2, "b": 2, "g": True}, "amber", (), ()),
    "too little answered": ({"a": 5, "b": "unknown", "g": True}, "amber", (), ()),
    "nothing answered": ({}, "not_assessed", (), ("g",)),
    "only the gate answered, and with no": ({"g": False}, "red", ("g",), ()),
    "only the gate answered, and with yes": ({"g": True}, "not_assessed", (), ()),
    "a gate that does not apply": ({"a": 3, "b": 3, "g": "n/a"}, "green", (), ()),
    "a topic that does not apply": ({"a": "n/a", "b": "n/a", "g": "n/a"}, "not_assessed", (), ()),
}


@pytest.mark.parametrize(("said", "light", "open_", "unknown"), LIGHTS.values(), ids=LIGHTS)
def test_the_light_of_a_legal_topic(
    said: dict[str, Any], light: str, open_: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    questionnaire = legal()
    topics = a_report(questionnaire, a_sheet(questionnaire, {**said, "c": 4})).legal
    assert [topic.section for topic in topics] == ["t1", "t2"]
    assert topics[0] == LegalTopic(
        section="t1", light=light, open_gates=open_, unknown_gates=unknown, rows=()
    )
    assert topics[1].light == "green"


def test_a_questionnaire_without_a_legal_section_has_no_lights() -> None:
    questionnaire = two_dimensions()
    assert a_report(questionnaire, a_sheet(questionnaire)).legal == ()


def jurisdictions(questionnaire: Questionnaire, *countries: str) -> set[str]:
    sheet = a_sheet(questionnaire, profile={"countries": countries} if countries else {})
    return {row.jurisdiction for row in register_rows(questionnaire, sheet)}


def test_the_register_shows_the_rows_of_the_countries_and_of_the_union_for_its_members(
    flagship: Questionnaire,
) -> None:
    assert jurisdictions(flagship, "de") == {"de", "eu"}
    assert jurisdictions(flagship, "nl", "be") == {"nl", "be", "eu"}
    assert jurisdictions(flagship, "ch") == {"ch"}
    assert jurisdictions(flagship, "uk") == {"uk"}
    assert jurisdictions(flagship) == {"eu", "de", "at", "ch", "nl", "uk", "be"}


def test_each_topic_lists_its_own_rows_for_the_countries_of_the_profile(flagship: Questionnaire) -> None:
    sheet = a_sheet(flagship, every_answer(flagship), profile={**FULL_PROFILE, "countries": ("ch",)})
    for topic in a_report(flagship, sheet).legal:
        rows = [flagship.register_by_id[name] for name in topic.rows]
        assert rows, topic.section
        assert all(row.jurisdiction == "ch" and topic.section in row.sections for row in rows)


def test_unanswered_are_the_questions_asked_and_neither_answered_nor_set_aside() -> None:
    questionnaire = two_dimensions()
    sheet = a_sheet(questionnaire, {"a": 3, "b": "unknown", "c": "n/a", "d": "open", "g": True})
    assert unanswered(questionnaire, sheet) == ("d", "e", "f")


def test_replanning_gives_the_report_that_assessing_anew_would(flagship: Questionnaire) -> None:
    sheet = a_sheet(
        flagship,
        dict.fromkeys(flagship.questions_by_id, 2)
        | {g: False for g in flagship.questions_by_id if g[0] == "g"},
    )
    subject = Subject(held_on=date(2026, 1, 1))
    small, large = (Capacity(start=date(2026, 2, 1), per_month=days) for days in (10, 30))
    whole = assess(flagship, sheet, subject=subject, capacity=small)
    assert replan(whole, capacity=large) == assess(flagship, sheet, subject=subject, capacity=large)
    assert replan(whole, capacity=large) != whole


def test_a_question_that_holds_a_measure_back_without_limiting_a_level_is_still_to_be_clarified() -> None:
    questionnaire = read_questionnaire("team-health")
    said = {
        "breaks": 3,
        "abuse": 2,
        "help": 1,
        "tools": 2,
        "feedback": 1,
        "mistakes": 1,
        "shifts": 3,
        "touch": 2,
        "causes": 3,
    }
    answers = [Answer(question=name, value=value) for name, value in said.items()]
    answers.append(Answer(question="backlog", state="unknown"))
    sheet = AnswerSheet(questionnaire=questionnaire.id, version=questionnaire.version, answers=tuple(answers))
    report = assess(
        questionnaire,
        sheet,
        subject=Subject(held_on=date(2026, 11, 1)),
        capacity=Capacity(start=date(2026, 12, 1)),
    )
    assert report.roadmap.clarify
    assert "clarified" in as_text(compose(report, "en"))
