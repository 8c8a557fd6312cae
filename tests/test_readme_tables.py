"""The page on the format tells the truth: its tables are those of the types, its examples are valid, its results are right.

If a table is not current: `.venv/bin/python docs/format_tables.py` writes it anew.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from assessment.answers import AnswerSheet
from assessment.loader import content_folder, read_questionnaire, sheet_from_data
from assessment.questionnaire import Questionnaire
from assessment.questions import Question
from assessment.scoring import score

DOCS = Path(__file__).parent.parent / "docs"


def _script() -> Any:
    spec = spec_from_file_location("format_tables", DOCS / "format_tables.py")
    assert spec is not None and spec.loader is not None
    made = module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


tables = _script()
README = (content_folder() / "README.md").read_text("utf-8")
BLOCKS: list[dict[str, Any]] = tables.blocks(README)
WHOLE = [block for block in BLOCKS if {"id", "scale"} <= set(block)]
ANSWERS = [block for block in BLOCKS if "answers" in block]
PIECES = [block for block in BLOCKS if block not in WHOLE and block not in ANSWERS]
MODELS = WHOLE[1:]
REFRESH = "a table of the README is not current: run `.venv/bin/python docs/format_tables.py`"

# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_generated_table_is_current() -> None:
    assert tables.refreshed(README) == README, REFRESH


def test_making_the_tables_twice_changes_nothing() -> None:
    once = tables.refreshed(README)
    assert tables.refreshed(once) == once


def test_every_part_of_the_format_has_a_table() -> None:
    marked = re.findall(r"<!-- ([\w ]+): generated -->", README)
    assert sorted(marked) == sorted(
        ["question types", *(f"fields of {model.__name__}" for model in tables.models())]
    )
    assert README.count("<!-- end -->") == len(marked)


def test_every_question_type_has_a_row_with_a_value_that_it_admits() -> None:
    shown = tables.examples(README)
    rows = {
        line.split("`")[1]: line for line in tables.types_table(README).splitlines() if line.startswith("| `")
    }
    for model in get_args(get_args(Question)[0]):
        name = get_args(model.model_fields["type"].annotation)[0]
        assert name in rows and f"\n{rows[name]}\n" in README, REFRESH
        if shown[name].values():
            assert shown[name].admit(shown[name].values()[-1]) == shown[name].values()[-1]


def test_a_question_type_without_an_example_has_no_row_and_says_so() -> None:
    without = README.replace("type: text, longest: 500,", "type: yes_no,")
    with pytest.raises(SystemExit, match="no example of a question of type text"):
        tables.types_table(without)


def test_a_field_of_which_nobody_says_what_it_means_is_told() -> None:
    class Oven(BaseModel):
        heat: int

    with pytest.raises(SystemExit, match=r"Nobody says what .*Oven.heat means"):
        tables.meanings(Oven)


def test_nothing_is_explained_that_is_not_there() -> None:
    known = {"*.id"} | {
        f"{base.__name__}.{info.alias or name}"
        for model in tables.models()
        for base in model.__mro__
        if issubclass(base, BaseModel)
        for name, info in model.model_fields.items()
    }
    assert set(tables.MEANINGS) <= known


def test_every_link_within_the_page_leads_somewhere() -> None:
    titles = re.findall(r"^#+ (.*)$", _outside_code(README), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= anchors
    for file in re.findall(r"\]\((\.\./[^)#]+)", README):
        assert (content_folder() / file).is_file(), file


def _outside_code(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


# ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def english(value: Any) -> Any:
    """Data with every text in English only, as the shorter examples are."""
    if isinstance(value, list):
        return [english(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "en" in value and all(re.fullmatch("[a-z]{2}", str(key)) for key in value):
        return {"en": value["en"]}
    return {key: english(part) for key, part in value.items()}


def added(pieces: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The bakery with these examples: lists grow, anything else is replaced; `questions` stand in a section of their own."""
    data = {**english(WHOLE[0]), "languages": ["en"]}
    room: dict[str, Any] = {
        "id": "examples",
        "title": {"en": "Examples"},
        "description": {"en": "Of this page."},
    }
    for piece in pieces:
        for key, value in piece.items():
            if key == "questions":
                room["questions"] = [*room.get("questions", []), *value]
            elif isinstance(value, list):
                names = {part.get("id") for part in value}
                data[key] = [*(part for part in data.get(key, []) if part.get("id") not in names), *value]
            else:
                data[key] = value
    return {**data, "sections": [*data["sections"], room]} if "questions" in room else data


def read(data: dict[str, Any], folder: Path) -> Questionnaire:
    """The questionnaire, by way of the loader, with all that it checks."""
    place = folder / str(data["id"])
    place.mkdir(exist_ok=True)
    (place / "questionnaire.yaml").write_text(json.dumps(data, default=str), "utf-8")
    return read_questionnaire(place)


@pytest.mark.parametrize("count", range(len(PIECES) + 1))
def test_each_example_is_valid_as_part_of_the_bakery_with_the_ones_before(count: int, tmp_path: Path) -> None:
    bakery = read(added(PIECES[:count]), tmp_path)
    for piece in PIECES[:count]:
        asked = [question["id"] for question in piece.get("questions", ())]
        assert set(asked) <= set(bakery.questions_by_id)


def test_the_examples_hold_one_of_everything(tmp_path: Path) -> None:
    bakery = read(added(PIECES), tmp_path)
    types = {question.type for question in bakery.questions_by_id.values()}
    assert types == {get_args(model.model_fields["type"].annotation)[0] for model in tables.TYPES}
    assert {check.kind for check in bakery.checks} == {
        "contradiction",
        "straight_lining",
        "all_top",
        "many_set_aside",
    }
    sets = [
        question.option_set for question in bakery.questions_by_id.values() if hasattr(question, "option_set")
    ]
    assert sets.count("how-often") >= 2
    assert {section.method for section in bakery.whole.walk()} >= {"mean", "mean_of_leaves", "sum", "staged"}


def test_the_conditions_in_the_table_can_be_written_like_that(tmp_path: Path) -> None:
    rows = re.findall(r"^\| `(\{(?:profile|question): .*?\})`", README, re.MULTILINE)
    assert len(rows) == 7
    asked = "\n".join(
        f"  - {{id: c{n}, type: text, label: {{en: A}}, applies_if: [{row}]}}" for n, row in enumerate(rows)
    )
    (piece,) = tables.blocks(f"```yaml\nquestions:\n{asked}\n```")
    assert len(read(added([*PIECES, piece]), tmp_path).conditions_of["c0"]) == 1


@pytest.mark.parametrize(
    ("question", "answer", "worth"),
    [
        ("fresh", "sometimes", 0.25),
        ("fresh", "mostly", 0.75),
        ("tools", ["scales", "recipe"], 0.75),
        ("safe", ["gloves", "radio"], 0),
        ("sold", 65, 0.3),
        ("sold", 30, 0),
    ],
)
def test_an_answer_is_worth_what_the_page_says(
    question: str, answer: Any, worth: float, tmp_path: Path
) -> None:
    asked = read(added(PIECES), tmp_path).questions_by_id[question]
    assert asked.worth(asked.admit(answer)) == pytest.approx(worth)


def test_the_answers_of_the_page_can_be_read_by_the_bakery(tmp_path: Path) -> None:
    bakery = read(WHOLE[0], tmp_path)
    _, sheet, _ = sheet_from_data(ANSWERS[0], questionnaire=bakery)
    assert sheet.by_question["hot"].evidence == "documented"
    assert sheet.by_question["alarm"].state == "unknown"


# ── other people's models ────────────────────────────────────────────────────────────────────────────────────────────


def results(of: str) -> Iterator[tuple[str, float, int]]:
    """The rows of the table behind the answers to a model: section, index, level."""
    table = README.split(f"```yaml\nquestionnaire: {of}\n")[1].split("\n#")[0]
    for line in table.splitlines():
        if line.startswith("| `"):
            section, _, index, level = (cell.strip() for cell in line.strip("|").split("|"))
            yield section.strip("`"), float(index), int(level)


@pytest.mark.parametrize("model", MODELS, ids=[model["id"] for model in MODELS])
def test_a_model_gives_the_result_that_the_page_has_worked_out(model: dict[str, Any], tmp_path: Path) -> None:
    questionnaire = read(model, tmp_path)
    (answers,) = [block for block in ANSWERS if block["questionnaire"] == model["id"]]
    _, sheet, _ = sheet_from_data(answers, questionnaire=questionnaire)
    card = score(questionnaire, sheet)
    rows = list(results(model["id"]))
    assert len(rows) == 3
    for section, index, level in rows:
        found = card.of(section)
        assert (round(found.value or 0, 3), found.level) == (index, level), section


def test_there_is_one_model_of_each_family() -> None:
    assert [model["id"] for model in MODELS] == [
        "secure-software",
        "energy-capability",
        "security-requirements",
    ]


# ── what the page says of the rules ──────────────────────────────────────────────────────────────────────────────────


def sheet_of(questionnaire: Questionnaire, answers: dict[str, Any], **profile: Any) -> AnswerSheet:
    data = {"questionnaire": questionnaire.id, "version": "1.0.0", "profile": profile, "answers": answers}
    return sheet_from_data(data, questionnaire=questionnaire)[1]


def test_what_is_missing_adds_nothing_to_a_sum_and_leaves_its_ends(tmp_path: Path) -> None:
    bakery = read(added(PIECES), tmp_path)
    said = {"given-away": True, "greeted": "always"}
    found = score(bakery, sheet_of(bakery, said, countries=["de"])).of("bread-left")
    assert (found.value, found.bottom, found.top) == (1, 0, 3)


def test_what_does_not_apply_takes_the_ends_of_a_sum_with_it(tmp_path: Path) -> None:
    bakery = read(added(PIECES), tmp_path)
    said = {"given-away": True, "counted": {"state": "not_applicable", "reason": "No counter."}}
    found = score(bakery, sheet_of(bakery, said, countries=["de"])).of("bread-left")
    assert (found.value, found.bottom, found.top) == (1, 0, 1)


def test_a_stage_is_reached_from_the_threshold_on(tmp_path: Path) -> None:
    bakery = read(added(PIECES), tmp_path)
    for answer, level in (("mostly", 2), ("sometimes", 1)):
        found = score(bakery, sheet_of(bakery, {"cleaned": answer})).of("hygiene")
        assert found.level == level


@pytest.mark.parametrize("unanswered", ["left_out", "worst"])
def test_what_is_missing_counts_for_caps_only_where_it_counts_as_worst(
    unanswered: str, tmp_path: Path
) -> None:
    bakery = read({**WHOLE[0], "unanswered": unanswered}, tmp_path)
    found = score(bakery, sheet_of(bakery, {"hot": 3})).of("oven")
    assert found.level == (1 if unanswered == "worst" else 3)
    assert found.level_low == 1
