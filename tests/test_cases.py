"""Cases that a consultant can write, in tests/cases: a sentence, answers, and what must come out.

In tests/cases/organisations each file is one case: an invented organisation with its story, and for everything expected the
reason why somebody who knows the field would agree. A case says

* `profile`; `everything` and `levels` (the level of each level question below a section, or “unknown” or “n/a”); `gates`
  (one word for all, or gate by gate); `answers` to single questions, which come last; `evidence` by section or question;
  `figures` (key figures); `capacity`;
* `expect`: `scores` and `confirmed`, `caps`, `clarify`, `findings` (the sections by kind), `lights`, `rows` and `no_rows` of
  the legal register by topic, `doubts` (the checks that fire, all of them), `first_measures` (what the plan begins with), `slots`,
  `why`, `postponed` (the reason, or fields of what is said of it, such as `waits_for`), `critical` (how the chain begins that
  decides how long the plan takes), `projected`, and under `because` a reason for each of these.
"""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from assessment.answers import AnswerSheet, check_sheet
from assessment.findings import Kind
from assessment.loader import read_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.report import Report
from assessment.scoring import Score
from tests.conftest import FULL_PROFILE, a_report, a_sheet, an_answer

HERE = Path(__file__).parent / "cases"
ORGANISATIONS = sorted((HERE / "organisations").glob("*.yaml"))

Case = dict[str, Any]


def _read(path: Path) -> Case:
    data: Case = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def _cases() -> list[tuple[str, Case]]:
    found = []
    for path in (*sorted(HERE.glob("*.yaml")), *ORGANISATIONS):
        data = _read(path)
        shared = {key: value for key, value in data.items() if key != "cases"}
        cases = [{**shared, **case} for case in data.get("cases", [{}])]
        found += [(f"{path.stem}: {case['name']}", case) for case in cases]
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
DOUBTS = ("contradiction", "all_top", "straight_lining", "many_set_aside")
JUDGEMENTS = ("first_measures", "doubts", "rows", "no_rows")
"""What no arithmetic settles: in any file it needs a reason."""
LEEWAY = 3
"""The measures that an expert begins with stand among the first of the plan; plans that begin with one or the other of them differ
by less than a hundredth of the gain, so no order is asked for. What must begin at a moment is said under `slots`."""
REASON = re.compile(r"\S+(\s+\S+){7,}[.]")
"""A reason is a sentence: eight words at least, and a full stop."""
BY_HAND = re.compile(r"^# by hand: ([\w-]+) = ([\d.+*/() ]+) = ([\d.]+)$", re.MULTILINE)


def _questionnaire(name: str) -> Questionnaire:
    return read_questionnaire(HERE / name if (HERE / name).is_dir() else name)


@pytest.fixture(scope="module")
def known() -> dict[str, Questionnaire]:
    return {name: _questionnaire(name) for name in {case["questionnaire"] for _, case in CASES}}


def _said(questionnaire: Questionnaire, case: Case) -> dict[str, Any]:
    said: dict[str, Any] = {}
    levels = {
        **({questionnaire.id: case["everything"]} if "everything" in case else {}),
        **case.get("levels", {}),
    }
    for section, level in levels.items():
        said |= {
            q.id: level for q in questionnaire.sections_by_id[section].all_questions() if q.type == "level"
        }
    gates = case.get("gates", {})
    if not isinstance(gates, dict):
        gates = {q.id: gates for q in questionnaire.questions_by_id.values() if q.type == "yes_no"}
    return {**said, **gates, **case.get("figures", {}), **case.get("answers", {})}


def _evidence(questionnaire: Questionnaire, case: Case) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, evidence in case.get("evidence", {}).items():
        section = questionnaire.sections_by_id.get(name)
        found |= {q.id: evidence for q in section.all_questions()} if section else {name: evidence}
    return found


def _profile(case: Case) -> dict[str, Any]:
    """Return the profile in the sheet's own form: YAML reads an unquoted yes or no as true or false."""
    words = {True: "yes", False: "no"}
    return {
        field: tuple(value) if isinstance(value, list) else words[value] if isinstance(value, bool) else value
        for field, value in case.get("profile", {}).items()
    }


def _sheet(questionnaire: Questionnaire, case: Case) -> AnswerSheet:
    evidence = _evidence(questionnaire, case)
    said = {
        name: an_answer(name, value, evidence=evidence.get(name, "none"))
        for name, value in _said(questionnaire, case).items()
    }
    profile = FULL_PROFILE if "home-work" in {field.id for field in questionnaire.profile} else {}
    sheet = a_sheet(
        questionnaire, said, profile={**profile, **_profile(case)}, short=case.get("short", False)
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


def _without_reason(expect: dict[str, Any], wanted: tuple[str, ...]) -> list[str]:
    """Return what is expected without a sentence why; a measure that the plan begins with must be named in its sentence."""
    because = expect.get("because", {})
    missing = [name for name in wanted if name in expect and not REASON.match(because.get(name, ""))]
    told = because.get("first_measures", "")
    return missing + [
        name for name in expect.get("first_measures", ()) if not re.search(rf"\b{name}\b", told)
    ]


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_the_case_comes_out_as_worked_out_by_hand(case: Case, known: dict[str, Questionnaire]) -> None:
    questionnaire, expect = known[case["questionnaire"]], dict(case["expect"])
    assert _without_reason(expect, JUDGEMENTS) == [], "a judgement needs a reason under `because`"
    reasons = expect.pop("because", {})
    assert reasons.keys() <= expect.keys(), "a reason for what is not expected"
    report = a_report(questionnaire, _sheet(questionnaire, case), **case.get("capacity", {}))
    roadmap = report.roadmap
    _compare(expect.pop("scores", {}), report.scorecard.overall)
    _compare(expect.pop("confirmed", {}), report.scorecard.confirmed)
    if "caps" in expect:
        assert sorted(roadmap.projection[0].caps) == sorted(expect.pop("caps"))
    for kind, sections in expect.pop("findings", {}).items():
        assert kind in get_args(Kind)
        assert sorted(f.section for f in report.findings if f.kind == kind) == sorted(sections), kind
    if "doubts" in expect:
        fired = sorted(f.source for f in report.findings if f.kind in DOUBTS and f.source)
        assert fired == sorted(expect.pop("doubts"))
    topics = {one.section: one for one in report.legal}
    for topic, light in expect.pop("lights", {}).items():
        assert topics[topic].light == light, topic
    for topic, rows in expect.pop("rows", {}).items():
        assert set(rows) <= set(topics[topic].rows), topic
    register = {row.id for row in questionnaire.register_.rows} if questionnaire.register_ else set()
    for topic, rows in expect.pop("no_rows", {}).items():
        assert set(rows) <= register
        assert set(rows).isdisjoint(topics[topic].rows), topic
    if "first_measures" in expect:
        wanted = expect.pop("first_measures")
        first = {slot.measure for slot in roadmap.slots[: len(wanted) + LEEWAY]}
        assert set(wanted) <= first, (sorted(set(wanted) - first), [slot.measure for slot in roadmap.slots])
    slots = {slot.measure: [slot.begin, slot.end] for slot in roadmap.slots}
    if "slots" in expect:
        wanted = expect.pop("slots")
        assert {name: slots.get(name) for name in wanted} == wanted
        assert wanted or not slots
    for name, why in expect.pop("why", {}).items():
        assert {slot.measure: slot.why for slot in roadmap.slots}[name] == why, name
    postponed = {one.measure: one.model_dump(mode="json") for one in roadmap.postponed}
    if "postponed" in expect:
        wanted = {
            name: said if isinstance(said, dict) else {"reason": said}
            for name, said in expect.pop("postponed").items()
        }
        found = {
            name: {field: postponed.get(name, {}).get(field) for field in said}
            for name, said in wanted.items()
        }
        assert found == wanted
        assert wanted or not postponed
    if "critical" in expect:
        wanted = expect.pop("critical")
        assert list(roadmap.critical[: len(wanted)]) == wanted
    if "clarify" in expect:
        assert sorted(roadmap.clarify) == sorted(expect.pop("clarify"))
    for name, value in expect.pop("projected", {}).items():
        assert _projected(report)[name] == pytest.approx(value, abs=1e-8), name
    assert not expect, f"the case expects what nobody checks: {sorted(expect)}"


def test_there_are_at_least_twelve_cases_for_each_questionnaire() -> None:
    names = [case["questionnaire"] for _, case in CASES]
    assert {name: names.count(name) >= 12 for name in names} == {"tiny": True, "service-transformation": True}


def test_there_are_ten_organisations_that_differ_in_country_or_duty() -> None:
    profiles = [_profile(_read(path)) for path in ORGANISATIONS]
    assert len(profiles) == 10
    assert len({(frozenset(one["countries"]), frozenset(one["duties"])) for one in profiles}) == 10


def test_every_profile_field_takes_each_of_its_values_in_some_organisation(
    known: dict[str, Questionnaire],
) -> None:
    profiles = [_profile(_read(path)) for path in ORGANISATIONS]
    for field in known["service-transformation"].profile:
        taken = [one[field.id] for one in profiles]
        values = {value for one in taken for value in ((one,) if isinstance(one, str) else one)}
        assert values == set(field.option_ids), field.id


@pytest.mark.parametrize("path", ORGANISATIONS, ids=lambda path: path.stem)
def test_an_organisation_is_told_in_three_to_five_sentences_and_leaves_no_fact_of_its_profile_open(
    path: Path, known: dict[str, Questionnaire]
) -> None:
    case = _read(path)
    assert 3 <= len(re.findall(r"[.](?=\s|$)", case["story"])) <= 5
    assert case["story"].count(case["organisation"].split()[0]) >= 1
    assert list(case["profile"]) == [field.id for field in known[case["questionnaire"]].profile]
    assert len(case["expect"]["first_measures"]) == 5


@pytest.mark.parametrize("path", ORGANISATIONS, ids=lambda path: path.stem)
def test_everything_expected_of_an_organisation_says_why_an_expert_would_agree(path: Path) -> None:
    expect = _read(path)["expect"]
    assert _without_reason(expect, tuple(name for name in expect if name != "because")) == []


@pytest.mark.parametrize("path", ORGANISATIONS, ids=lambda path: path.stem)
def test_the_indexes_of_an_organisation_are_worked_out_by_hand(path: Path) -> None:
    worked_out = BY_HAND.findall(path.read_text(encoding="utf-8"))
    expected = _read(path)["expect"]["scores"]
    assert len(worked_out) >= 2
    for section, sum_, result in worked_out:
        assert eval(sum_) == pytest.approx(float(result), abs=1e-8), section
        assert expected.get(section, {}).get("index", float(result)) == float(result), section


def test_a_judgement_without_a_reason_is_noticed() -> None:
    reason = "m07 ends the shared logins, and that is what hurts most."
    assert _without_reason({"doubts": []}, JUDGEMENTS) == ["doubts"]
    assert _without_reason({"doubts": [], "because": {"doubts": "It is so."}}, JUDGEMENTS) == ["doubts"]
    first = {"first_measures": ["m07"], "because": {"first_measures": reason}}
    assert _without_reason(first, JUDGEMENTS) == []
    assert _without_reason({**first, "first_measures": ["m07", "m23"]}, JUDGEMENTS) == ["m23"]
