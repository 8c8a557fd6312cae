"""Cases that a consultant can write, in tests/cases: a sentence, answers, and what must come out."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assessment.answers import AnswerSheet, check_sheet
from assessment.loader import read_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.report import Report
from assessment.scoring import Score
from tests.conftest import FULL_PROFILE, a_report, a_sheet

HERE = Path(__file__).parent / "cases"


def _cases() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in sorted(HERE.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        shared = {key: value for key, value in data.items() if key != "cases"}
        found += [(f"{path.stem}: {case['name']}", {**shared, **case}) for case in data["cases"]]
    return found


CASES = _cases()
FIELDS = {
    "index": lambda score: score.value,
    "level": lambda score: score.level,
    "range": lambda score: [score.low, score.high],
    "levels": lambda score: [score.level_low, score.level_high],
    "coverage": lambda score: score.coverage,
    "status": lambda score: score.status,
}


def _questionnaire(name: str) -> Questionnaire:
    return read_questionnaire(HERE / name if (HERE / name).is_dir() else name)


@pytest.fixture(scope="module")
def known() -> dict[str, Questionnaire]:
    return {name: _questionnaire(name) for name in {case["questionnaire"] for _, case in CASES}}


def _sheet(questionnaire: Questionnaire, case: dict[str, Any]) -> AnswerSheet:
    said: dict[str, Any] = {}
    levels = {
        **({questionnaire.id: case["everything"]} if "everything" in case else {}),
        **case.get("levels", {}),
    }
    for section, level in levels.items():
        said |= {
            q.id: level for q in questionnaire.sections_by_id[section].all_questions() if q.type == "level"
        }
    if "gates" in case:
        said |= {q.id: case["gates"] for q in questionnaire.questions_by_id.values() if q.type == "yes_no"}
    profile = FULL_PROFILE if "home-work" in {field.id for field in questionnaire.profile} else {}
    said |= case.get("answers", {})
    sheet = a_sheet(
        questionnaire, said, profile={**profile, **case.get("profile", {})}, short=case.get("short", False)
    )
    return check_sheet(questionnaire, sheet)


def _compare(expected: dict[str, dict[str, Any]], overall: Score) -> None:
    for name, fields in expected.items():
        score = overall.find(name)
        assert score is not None, name
        for field, value in fields.items():
            found = FIELDS[field](score)
            exact = value is None or isinstance(value, str)
            assert found == (value if exact else pytest.approx(value, abs=1e-8)), (name, field)


def _projected(report: Report) -> dict[str, float | None]:
    return report.roadmap.projection[-1].values


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_the_case_comes_out_as_worked_out_by_hand(
    case: dict[str, Any], known: dict[str, Questionnaire]
) -> None:
    questionnaire, expect = known[case["questionnaire"]], dict(case["expect"])
    report = a_report(questionnaire, _sheet(questionnaire, case), **case.get("capacity", {}))
    roadmap = report.roadmap
    _compare(expect.pop("scores", {}), report.scorecard.overall)
    _compare(expect.pop("confirmed", {}), report.scorecard.confirmed)
    if "caps" in expect:
        assert sorted(roadmap.projection[0].caps) == sorted(expect.pop("caps"))
    for kind, sections in expect.pop("findings", {}).items():
        assert sorted(f.section for f in report.findings if f.kind == kind) == sorted(sections), kind
    for topic, light in expect.pop("lights", {}).items():
        assert {one.section: one.light for one in report.legal}[topic] == light, topic
    slots = {slot.measure: [slot.begin, slot.end] for slot in roadmap.slots}
    if "slots" in expect:
        wanted = expect.pop("slots")
        assert {name: slots.get(name) for name in wanted} == wanted
        assert wanted or not slots
    for name, why in expect.pop("why", {}).items():
        assert {slot.measure: slot.why for slot in roadmap.slots}[name] == why, name
    postponed = {one.measure: one.reason for one in roadmap.postponed}
    if "postponed" in expect:
        wanted = expect.pop("postponed")
        assert {name: postponed.get(name) for name in wanted} == wanted
        assert wanted or not postponed
    if "clarify" in expect:
        assert sorted(roadmap.clarify) == sorted(expect.pop("clarify"))
    for name, value in expect.pop("projected", {}).items():
        assert _projected(report)[name] == pytest.approx(value, abs=1e-8), name
    assert not expect, f"the case expects what nobody checks: {sorted(expect)}"


def test_there_are_at_least_twelve_cases_for_each_questionnaire() -> None:
    names = [case["questionnaire"] for _, case in CASES]
    assert {name: names.count(name) >= 12 for name in names} == {"tiny": True, "service-transformation": True}
