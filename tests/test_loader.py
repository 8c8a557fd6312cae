"""What is wrong with a file is said with place, cause and remedy; nothing in a file can bring the program down."""

import ast
import json
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest

from assessment.errors import AnswersError, QuestionnaireError
from assessment.loader import (
    content_folder,
    questionnaire_ids,
    read_questionnaire,
    read_report,
    read_sheet,
    read_upload,
    schema,
    sheet_as_data,
    sheet_from_data,
)
from assessment.loader.checks import walk
from assessment.loader.content import checked
from assessment.loader.marks import MOST_BYTES, Marked, read_marked
from assessment.loader.shapes import owners_of
from assessment.questionnaire import Planning, Questionnaire
from tests.conftest import FULL_PROFILE, a_report, a_sheet, every_answer, two_dimensions

HERE = Path(__file__).parent
BROKEN = sorted(HERE.glob("broken/*.yaml"))
TINY = HERE / "cases" / "tiny"


def expected_of(path: Path) -> str:
    """The message that the file's first comment lines promise."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = lines[: next(number for number, line in enumerate(lines) if not line.startswith("#"))]
    return "\n".join(line.removeprefix("# ") for line in head)


@pytest.fixture(scope="module")
def tiny() -> Questionnaire:
    return read_questionnaire(TINY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A valid questionnaire that a test may spoil."""
    place = tmp_path / "tiny"
    shutil.copytree(TINY, place)
    return place


def answers_file(tmp_path: Path, said: str, *, suffix: str = "yaml") -> Path:
    path = tmp_path / f"answers.{suffix}"
    path.write_text(textwrap.dedent(said), encoding="utf-8")
    return path


# ── one file for each rule ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path", [p for p in BROKEN if not p.name.startswith("answers-")], ids=lambda p: p.stem
)
def test_a_broken_questionnaire_is_refused_in_the_words_of_its_first_lines(
    path: Path, tmp_path: Path
) -> None:
    place = tmp_path / "tiny"
    place.mkdir()
    shutil.copy(path, place / "questionnaire.yaml")
    with pytest.raises(QuestionnaireError) as refused:
        read_questionnaire(place)
    assert str(refused.value).replace(f"{place}/", "") == expected_of(path)


@pytest.mark.parametrize("path", [p for p in BROKEN if p.name.startswith("answers-")], ids=lambda p: p.stem)
def test_broken_answers_are_refused_in_the_words_of_their_first_lines(
    path: Path, tmp_path: Path, tiny: Questionnaire
) -> None:
    copy = tmp_path / "answers.yaml"
    shutil.copy(path, copy)
    with pytest.raises(AnswersError) as refused:
        read_sheet(copy, questionnaire=tiny)
    assert str(refused.value).replace(f"{tmp_path}/", "") == expected_of(path)


@pytest.mark.parametrize("path", BROKEN, ids=lambda p: p.stem)
def test_each_broken_file_promises_a_place_a_cause_and_a_remedy(path: Path) -> None:
    lines = expected_of(path).splitlines()
    assert len(lines) >= 2
    for said, remedy in zip(lines[::2], lines[1::2], strict=True):
        assert said.endswith(".")
        assert said.split(":")[0].endswith(".yaml")
        assert remedy.startswith("    ") and remedy.strip()
        assert "Input should be a valid" not in said


# ── every rule has its file ──────────────────────────────────────────────────────────────────────────────────────────

RULES = (
    *(
        HERE.parent / "assessment" / "loader" / f"{name}.py"
        for name in ("checks", "content", "marks", "meaning", "planning", "wording")
    ),
    HERE.parent / "assessment" / "conditions.py",
    *sorted((HERE.parent / "assessment" / "questions").glob("*.py")),
    *sorted((HERE.parent / "assessment" / "questionnaire").glob("*.py")),
)
"""Where something is said about a questionnaire that is wrong."""

NEVER_MET = {"{reason}; here it is {value}."}
"""Said where pydantic finds something that nobody has thought of."""


def template_of(node: ast.AST) -> str | None:
    """A text of the code as it stands there, with braces where values go."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
    return None


def sayings(path: Path) -> Iterator[str]:
    """What a module may say: its sentences, and the rules that it raises, cause and remedy apart."""
    tree = ast.parse(path.read_text("utf-8"))
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
            "ValueError",
            "OptionsError",
            "Said",
        ):
            for text in filter(None, map(template_of, node.args[:1])):
                reason, _, todo = text.partition(": ")
                yield reason
                if todo:
                    yield todo[0].upper() + todo[1:]
        elif path.parent.name == "loader" and id(node) not in described:
            text = template_of(node) or ""
            if text.endswith(".") and " " in text:
                yield text


SAYINGS = sorted(
    {(path.stem, saying) for path in RULES for saying in sayings(path)}
    - {("wording", each) for each in NEVER_MET}
)


@pytest.fixture(scope="module")
def asserted() -> str:
    """Everything that the broken files promise and the tests here look for."""
    tree = ast.parse(Path(__file__).read_text("utf-8"))
    here = (template_of(node) or "" for node in ast.walk(tree))
    return "\n".join((*map(expected_of, BROKEN), *(text.replace("\\", "") for text in here)))


@pytest.mark.parametrize(
    ("module", "saying"), SAYINGS, ids=[f"{module}: {saying}" for module, saying in SAYINGS]
)
def test_whatever_can_be_said_is_promised_by_a_file_or_looked_for_by_a_test(
    module: str, saying: str, asserted: str
) -> None:
    parts = re.split(r"\{\w*\}", saying.replace("{{", "\0").replace("}}", "\1").removesuffix("."))
    wanted = ".*".join(re.escape(part.replace("\0", "{").replace("\1", "}")) for part in parts)
    assert re.search(wanted, asserted)


def test_every_field_has_an_owner_that_an_author_knows() -> None:
    made = Questionnaire.model_json_schema()
    told = {
        name: owners_of(name)
        for body in [*made["$defs"].values(), made]
        for name in body.get("properties", ())
    }
    assert len(told) > 80
    assert [name for name, owners in told.items() if not owners] == []
    assert told["longest"] == ("questions of type text",)
    assert told["share"] == ("checks of kind many_set_aside",)
    assert told["label"] == (
        "groups of key figures",
        "inputs of the value model",
        "key figures",
        "levels of the scale",
        "options of a profile field",
        "options of a question",
        "planning roles",
        "profile fields",
        "questions",
        "topics of the register",
    )


JUNK = (
    None,
    True,
    0,
    -1,
    2.5,
    "",
    "x",
    "en",
    "1/0",
    [],
    [None],
    [["x"]],
    {},
    {"en": "x"},
    {"id": "x"},
    {"id": ["x"]},
    {1: 2},
    "\x00 \x1b[2J",
)


@pytest.mark.parametrize(
    "source",
    [TINY, HERE / "every-type", HERE.parent / "assessment" / "authoring" / "bakery"],
    ids=lambda path: path.name,
)
def test_whatever_stands_in_a_place_it_is_taken_or_told(source: Path) -> None:
    marked = read_marked(source / "questionnaire.yaml")
    for beside in sorted(source.glob("*.yaml")):
        part = read_marked(beside)
        marked = Marked(data={**marked.data, **part.data}, lines={**marked.lines, **part.lines})
    places = [path for path, _ in walk(marked.data) if path]
    chance = Random(7)
    outcomes = set()
    for path in chance.sample(places, min(300, len(places))):
        data = deepcopy(marked.data)
        around = data
        for step in path[:-1]:
            around = around[step]
        around[path[-1]] = chance.choice(JUNK)
        questionnaire, problems = checked(Marked(data=data, lines=marked.lines))
        assert (questionnaire is None) == bool(problems)
        assert all(problem.line and problem.text().count("\n") == 1 for problem in problems)
        outcomes.add(questionnaire is None)
    assert outcomes == {True, False}


# ── several faults at once ───────────────────────────────────────────────────────────────────────────────────────────


def test_all_faults_come_in_one_run_in_the_order_of_their_lines(tmp_path: Path) -> None:
    place = tmp_path / "tiny"
    place.mkdir()
    shutil.copy(HERE / "broken" / "several-at-once.yaml", place / "questionnaire.yaml")
    with pytest.raises(QuestionnaireError) as refused:
        read_questionnaire(place)
    lines = [problem.line for problem in refused.value.problems]
    assert len(lines) == 5
    assert lines == sorted(line for line in lines if line is not None)
    text = (place / "questionnaire.yaml").read_text(encoding="utf-8").splitlines()
    assert "Left?" in text[lines[0] - 1]
    assert "heavy" in text[lines[1] - 1]
    assert "agred" in text[lines[2] - 1]


# ── a questionnaire in several files ─────────────────────────────────────────────────────────────────────────────────


def test_a_fault_in_a_section_of_its_own_file_names_that_file_and_line(folder: Path) -> None:
    head = folder / "questionnaire.yaml"
    head.write_text(
        head.read_text(encoding="utf-8").replace("sections:\n", "sections:\n  - people\n", 1),
        encoding="utf-8",
    )
    (folder / "people.yaml").write_text(
        'id: people\ntitle: {en: "People", de: "Leute"}\ndescription: {en: "P.", de: "L."}\nquestions:\n'
        '  - id: team\n    type: levle\n    label: {en: "Team?", de: "Team?"}\n',
        encoding="utf-8",
    )
    with pytest.raises(QuestionnaireError) as refused:
        read_questionnaire(folder)
    (problem,) = refused.value.problems
    assert (Path(problem.file).name, problem.line, problem.at) == ("people.yaml", 6, "people › team › type")
    assert "Did you mean “level”?" in str(problem)


def test_planning_may_stand_in_a_file_of_its_own_or_in_the_first_one(folder: Path) -> None:
    said = "planning:\n  steps: [1, 0.5]\n  goal_factor: 2\n"
    (folder / "planning.yaml").write_text(said, encoding="utf-8")
    beside = read_questionnaire(folder)
    (folder / "planning.yaml").unlink()
    head = folder / "questionnaire.yaml"
    head.write_text(head.read_text(encoding="utf-8") + said, encoding="utf-8")
    assert read_questionnaire(folder) == beside
    assert (beside.planning.steps, beside.planning.goal_factor) == ((1, 0.5), 2)


def test_a_section_may_be_called_planning_and_keeps_its_file(folder: Path) -> None:
    head = folder / "questionnaire.yaml"
    said = head.read_text(encoding="utf-8").replace("sections:\n", "sections:\n  - planning\n", 1)
    head.write_text(said, encoding="utf-8")
    (folder / "planning.yaml").write_text(
        'id: planning\ntitle: {en: "Planning", de: "Planung"}\ndescription: {en: "P.", de: "P."}\nquestions:\n'
        '  - {id: team, type: yes_no, label: {en: "Team?", de: "Team?"}}\n',
        encoding="utf-8",
    )
    read = read_questionnaire(folder)
    assert read.sections[0].id == "planning"
    assert read.planning == Planning()


def test_a_file_of_another_name_than_its_section_is_refused(folder: Path) -> None:
    head = folder / "questionnaire.yaml"
    head.write_text(
        head.read_text(encoding="utf-8").replace("sections:\n", "sections:\n  - people\n", 1),
        encoding="utf-8",
    )
    (folder / "people.yaml").write_text(
        'id: persons\ntitle: {en: "People", de: "Leute"}\ndescription: {en: "P.", de: "L."}\n',
        encoding="utf-8",
    )
    with pytest.raises(QuestionnaireError, match=r"the id is “persons”, the file “people\.yaml”"):
        read_questionnaire(folder)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "register",
            "register: {as_of: 2026-01-01}\nmeasures: []\n",
            "register.yaml:2: measures: this file may hold “register” only, not “measures”.\n    Move it to questionnaire.yaml.",
        ),
        (
            "sources",
            '- {en: "A book", de: "Ein Buch"}\n',
            "sources.yaml: this file does not begin with “sources:”.\n    Put what stands in it below that word.",
        ),
        (
            "sources",
            "# later\n",
            "sources.yaml: there is nothing in this file but comments.\n    Fill it, or remove it.",
        ),
    ],
    ids=["another key", "no key", "comments"],
)
def test_a_part_in_a_file_of_its_own_stands_below_its_name(
    folder: Path, name: str, content: str, said: str
) -> None:
    (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(QuestionnaireError) as refused:
        read_questionnaire(folder)
    assert str(refused.value).replace(f"{folder}/", "") == said


def test_of_a_part_that_cannot_be_read_only_that_is_told(folder: Path) -> None:
    head = folder / "questionnaire.yaml"
    text = head.read_text(encoding="utf-8")
    begin, end = text.index("sections:\n"), text.index("caps:\n")
    (folder / "halves.yaml").write_text("id: halves\n\ttitle: x\n", encoding="utf-8")
    head.write_text(f"{text[:begin]}sections: [halves]\n{text[end:]}", encoding="utf-8")
    with pytest.raises(QuestionnaireError) as refused:
        read_questionnaire(folder)
    (problem,) = refused.value.problems
    assert (Path(problem.file).name, problem.line) == ("halves.yaml", 2)


def test_an_id_that_is_not_shipped_gets_a_suggestion() -> None:
    with pytest.raises(QuestionnaireError) as refused:
        read_questionnaire("service-transformatoin")
    assert str(refused.value) == (
        "there is no questionnaire “service-transformatoin”.\n"
        "    Did you mean “service-transformation”? Give a shipped id or a folder with a questionnaire.yaml."
    )


def test_a_folder_without_a_questionnaire_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(
        QuestionnaireError, match=r"questionnaire\.yaml: the file cannot be read: No such file"
    ):
        read_questionnaire(tmp_path)


def test_the_shipped_questionnaires_are_found_by_their_folders() -> None:
    assert "service-transformation" in questionnaire_ids()
    assert questionnaire_ids(TINY.parent) == ("tiny",)
    assert all((content_folder() / name / "questionnaire.yaml").is_file() for name in questionnaire_ids())


def test_the_schema_for_editors_lets_sections_stand_in_files_of_their_own() -> None:
    made = schema()
    assert {"type": "string"} in made["properties"]["sections"]["items"]["anyOf"]
    assert {"measures", "caps", "register", "title", "questions"} <= set(made["properties"])


# ── YAML as people write it ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("word", ["No", "no", "NO", "Yes", "yes", "on", "Off", "y", "N", "True", "FALSE"])
def test_only_true_and_false_are_booleans(word: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"nein: {word}\n", encoding="utf-8")
    assert read_marked(path).data == {"nein": word}


def test_true_and_false_are_booleans(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: true\nb: false\n", encoding="utf-8")
    assert read_marked(path).data == {"a": True, "b": False}


def test_a_text_that_says_no_stays_a_text(folder: Path) -> None:
    head = folder / "questionnaire.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace('de: "Links?"', "de: No"), encoding="utf-8")
    assert read_questionnaire(folder).questions_by_id["left"].label.localize("de") == "No"


def test_a_condition_may_say_yes_without_quotes(folder: Path) -> None:
    head = folder / "questionnaire.yaml"
    head.write_text(
        head.read_text(encoding="utf-8").replace('any_of: ["yes"]', "any_of: [yes]"), encoding="utf-8"
    )
    assert read_questionnaire(folder).questions_by_id["rest"].applies_if[0].any_of == ("yes",)


def test_an_answer_may_say_no_in_words_or_as_a_boolean(tmp_path: Path, tiny: Questionnaire) -> None:
    for said in ("no", "false", '"no"'):
        _, sheet, _ = read_sheet(
            answers_file(tmp_path, f"questionnaire: tiny\nversion: 2.1.0\nanswers: {{agreed: {said}}}\n"),
            questionnaire=tiny,
        )
        assert sheet.by_question["agreed"].value is False


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{question: agreed, any_of: [true]}", ("yes",)),
        ("{question: agreed, any_of: [false, yes]}", ("no", "yes")),
        ("{question: left, any_of: [1, 2]}", ("1", "2")),
        ('{question: left, any_of: ["1", 3.0]}', ("1", "3")),
        ("{profile: home, any_of: [true]}", ("yes",)),
        ("{not: {any: [{question: left, any_of: [3]}]}}", ("3",)),
    ],
)
def test_a_condition_may_name_answers_as_they_are_given(
    written: str, words: tuple[str, ...], folder: Path
) -> None:
    head = folder / "questionnaire.yaml"
    text = head.read_text(encoding="utf-8").replace('{profile: home, any_of: ["yes"]}', written)
    head.write_text(text, encoding="utf-8")
    (condition,) = read_questionnaire(folder).questions_by_id["rest"].applies_if
    (test,) = condition.tests()
    assert test.any_of == words
    jsonschema.validate(json.loads(json.dumps(read_marked(head).data)), schema())


@pytest.mark.parametrize(
    ("written", "value"), [("1/3", 1 / 3), ("2 / 3", 2 / 3), ("0/7", 0), ("17", 17), ("0.25", 0.25)]
)
def test_a_weight_may_be_a_fraction_and_is_a_number_from_then_on(
    written: str, value: float, folder: Path
) -> None:
    head = folder / "questionnaire.yaml"
    text = head.read_text(encoding="utf-8").replace("weight: 17", f"weight: {written}")
    head.write_text(text, encoding="utf-8")
    questionnaire = read_questionnaire(folder)
    assert questionnaire.questions_by_id["most"].weight == value
    dumped = json.loads(questionnaire.model_dump_json(by_alias=True))
    assert dumped["sections"][1]["questions"][0]["weight"] == value
    assert Questionnaire.model_validate(dumped) == questionnaire
    jsonschema.validate(json.loads(json.dumps(read_marked(head).data)), schema())


def test_an_editor_marks_what_is_neither_a_number_nor_a_fraction() -> None:
    weight = schema()["$defs"]["Section"]["properties"]["weight"]
    for right in (0, 1.5, "1/3", "2 / 3"):
        jsonschema.validate(right, weight)
    for wrong in ("heavy", "1/3/4", "/3", "0.5", -1, True, None):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, weight)


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a:\n  - b: 1\n    c:\n      d: 2\n", encoding="utf-8")
    marked = read_marked(path, name="a.yaml")
    assert marked.place(("a", 0, "c", "d")) == ("a.yaml", 4)
    assert marked.place(("a", 0, "c", "not there")) == ("a.yaml", 3)


# ── files that are none ──────────────────────────────────────────────────────────────────────────────────────────────

EMPTY = "the file is empty.\n    Fill it; `assessment sample` writes one to start from."
NO_TEXT = "this is not a text file in UTF-8 (byte {byte}).\n    Give a YAML or JSON file; if it is one, save it as UTF-8."
NO_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", EMPTY),
    "nothing but blanks": (b" \n\n\t\n", EMPTY),
    "a PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00", NO_TEXT.format(byte=0)),
    "binary that is valid UTF-8": (
        b"abc\x00def",
        "this is a binary file, not text.\n    Give a YAML or JSON file.",
    ),
    "Latin-1": ("title: Übersicht".encode("latin-1"), NO_TEXT.format(byte=7)),
    "UTF-16": ("title: x".encode("utf-16"), NO_TEXT.format(byte=0)),
}


@pytest.mark.parametrize(("content", "said"), NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_text_is_refused_as_questionnaire_and_as_answers(
    content: bytes, said: str, folder: Path, tmp_path: Path, tiny: Questionnaire
) -> None:
    (folder / "questionnaire.yaml").write_bytes(content)
    with pytest.raises(QuestionnaireError) as refused:
        read_questionnaire(folder)
    assert said in str(refused.value)
    for suffix in ("yaml", "json"):
        path = tmp_path / f"answers.{suffix}"
        path.write_bytes(content)
        with pytest.raises(AnswersError) as refused_answers:
            read_sheet(path, questionnaire=tiny)
        assert str(refused_answers.value) == f"{path}: {said}"


def test_a_byte_order_mark_is_read_over(tmp_path: Path, tiny: Questionnaire) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(
        b"\xef\xbb\xbf" + b'{"questionnaire": "tiny", "version": "2.1.0", "answers": {"left": 3}}'
    )
    assert read_sheet(path, questionnaire=tiny)[1].by_question["left"].value == 3


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_a_file_of_100_mb_is_refused_by_its_size_without_being_read(
    suffix: str, tmp_path: Path, tiny: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"answers.{suffix}"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    read: list[Path] = []
    monkeypatch.setattr(Path, "read_bytes", lambda self: read.append(self) or b"")
    with pytest.raises(AnswersError) as refused:
        read_sheet(path, questionnaire=tiny)
    assert str(refused.value) == (
        f"{path}: the file has 100 MB; more than 5 MB is not read.\n"
        "    Check that it is the right file. A questionnaire or answer sheet has well under 1 MB."
    )
    assert read == []


def test_a_file_at_the_limit_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n#" + "x" * (MOST_BYTES - 6), encoding="utf-8")
    assert path.stat().st_size == MOST_BYTES
    assert read_marked(path).data == {"a": 1}


def test_a_missing_file_says_so(tmp_path: Path, tiny: Questionnaire) -> None:
    with pytest.raises(AnswersError, match="the file cannot be read: No such file or directory"):
        read_sheet(tmp_path / "nowhere.yaml", questionnaire=tiny)


def test_a_folder_is_no_answers_file(tmp_path: Path, tiny: Questionnaire) -> None:
    with pytest.raises(AnswersError, match="this is not a file"):
        read_sheet(tmp_path, questionnaire=tiny)


DEEP = {
    "flow lists": "[" * 100_000,
    "flow mappings": "{a: " * 100_000,
    "lists in lists": "- " * 100_000 + "x",
    "indentation": "\n".join(" " * depth + "a:" for depth in range(1_500)),
}


@pytest.mark.parametrize("said", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_refused_with_its_line_and_does_not_end_the_process(
    said: str, tmp_path: Path
) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text(said, encoding="utf-8")
    code = "import sys; from pathlib import Path; from assessment.loader.marks import read_marked; print(*read_marked(Path(sys.argv[1])).problems)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        cwd=HERE.parent,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    line = 61 if "\n" in said else 1
    assert done.stdout.strip() == f"{path}:{line}: the file is nested too deeply.\n    Flatten it."


def test_deeply_nested_json_is_refused(tmp_path: Path, tiny: Questionnaire) -> None:
    path = tmp_path / "deep.json"
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(AnswersError, match="the file is nested too deeply"):
        read_sheet(path, questionnaire=tiny)


def test_json_with_more_values_than_any_report_is_refused_before_it_is_read() -> None:
    raw = b'{"sheet": {"answers": [' + b"{}," * 1_000_000 + b'{}]}, "scorecard": 0}'
    with pytest.raises(AnswersError) as refused:
        read_upload(raw, "a.json")
    assert str(refused.value) == (
        "a.json: the file has more than 250000 values; such a file is not read.\n"
        "    Check that it is the right file, and use it as the program wrote it."
    )


def test_a_file_in_which_nothing_is_right_is_told_in_one_line() -> None:
    raw = b'{"sheet": {}, "scorecard": 0, "questionnaire": {"sections": [' + b"{}," * 20_000 + b"{}]}}"
    with pytest.raises(AnswersError) as refused:
        read_report(raw, "a.json")
    assert str(refused.value) == (
        "a.json: more than 10000 things are wrong in this file; it is of another kind, or was changed.\n"
        "    Check that it is the right file, and use it as the program wrote it."
    )


def test_a_bomb_of_aliases_is_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "bomb.yaml"
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 12)]
    path.write_text("\n".join(levels), encoding="utf-8")
    marked = read_marked(path)
    assert len(marked.problems) == 110
    assert {problem.message for problem in marked.problems} == {
        "anchors and aliases (& and *) are not part of this format."
    }


def test_an_alias_to_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "loop.yaml"
    path.write_text("a: &a [*a]\n", encoding="utf-8")
    assert "anchors and aliases" in str(read_marked(path).problems[0])


def test_tags_that_would_build_objects_are_not_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "tag.yaml"
    path.write_text(
        "a: !!python/object/apply:os.system [echo]\nb: !!python/name:os.system x\n", encoding="utf-8"
    )
    data = read_marked(path).data
    assert data == {"a": ["echo"], "b": "x"}


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_malformed_json_is_refused_with_its_line(tmp_path: Path, tiny: Questionnaire) -> None:
    path = answers_file(
        tmp_path, '{\n  "questionnaire": "tiny",\n  "version": "2.1.0"\n  "answers": {}\n}', suffix="json"
    )
    with pytest.raises(AnswersError) as refused:
        read_sheet(path, questionnaire=tiny)
    assert str(refused.value) == (
        f"{path}:4: this is not valid JSON: Expecting ',' delimiter.\n"
        "    Correct the line; a comma or a quote is often missing before it."
    )


def test_a_fault_in_valid_json_has_its_line_too(tmp_path: Path, tiny: Questionnaire) -> None:
    said = '{\n  "questionnaire": "tiny",\n  "version": "2.1.0",\n  "answers": {\n    "left": 2,\n    "right": 4\n  }\n}'
    with pytest.raises(AnswersError) as refused:
        read_sheet(answers_file(tmp_path, said, suffix="json"), questionnaire=tiny)
    assert [(problem.line, problem.at) for problem in refused.value.problems] == [(6, "answers › right")]


def test_a_question_answered_twice_in_json_is_refused_and_not_merged(
    tmp_path: Path, tiny: Questionnaire
) -> None:
    said = '{"questionnaire": "tiny", "version": "2.1.0", "answers": {"left": 1, "left": 3}}'
    with pytest.raises(AnswersError, match="“left” is given twice"):
        read_sheet(answers_file(tmp_path, said, suffix="json"), questionnaire=tiny)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_json_numbers_that_are_none_are_refused(value: str, tmp_path: Path, tiny: Questionnaire) -> None:
    said = f'{{"questionnaire": "tiny", "version": "2.1.0", "answers": {{"left": {value}}}}}'
    with pytest.raises(AnswersError, match="must be a whole number from 1 to 3"):
        read_sheet(answers_file(tmp_path, said, suffix="json"), questionnaire=tiny)


@pytest.mark.parametrize(
    "data", [None, [], 3, "tiny", {"questionnaire": "tiny", "version": "2.1.0", "answers": None}]
)
def test_data_that_is_no_answers_file_is_refused(data: Any, tiny: Questionnaire) -> None:
    with pytest.raises(AnswersError) as refused:
        sheet_from_data(data, questionnaire=tiny)
    assert refused.value.problems[0].remedy


def test_an_answers_file_names_its_questionnaire(tmp_path: Path) -> None:
    path = answers_file(
        tmp_path, "questionnaire: service-transformation\nversion: 1.0.0\nanswers: {w1-q1: 3}\n"
    )
    questionnaire, sheet, subject = read_sheet(path)
    assert questionnaire.id == "service-transformation"
    assert sheet.by_question["w1-q1"].value == 3
    assert (subject.organisation, subject.held_on) == ("", date.today())


def test_answers_for_a_questionnaire_that_is_not_there_are_refused(tmp_path: Path) -> None:
    path = answers_file(tmp_path, "questionnaire: customer-service\nversion: 1.0.0\nanswers: {}\n")
    with pytest.raises(AnswersError, match="there is no questionnaire “customer-service”"):
        read_sheet(path)


@pytest.mark.parametrize(
    "name", ["/etc", "../../etc", "/etc/passwd", ".", "service-transformation/", "x" * 5000]
)
def test_a_file_cannot_choose_a_folder_to_read(tmp_path: Path, name: str) -> None:
    path = answers_file(tmp_path, f"questionnaire: {name}\nversion: 1.0.0\nanswers: {{}}\n")
    with pytest.raises(AnswersError, match="there is no questionnaire"):
        read_sheet(path)


def test_a_folder_of_the_same_name_does_not_replace_the_shipped_questionnaire(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "service-transformation").mkdir()
    (tmp_path / "service-transformation" / "questionnaire.yaml").write_text("id: stolen\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(read_questionnaire("service-transformation").questions_by_id) == 103


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "the file is empty"),
        (b"\x7fELF\x00", "this is a binary file"),
        (b"%PDF-1.7\x00", "this PDF cannot be read"),
        (b'{"hello": 1}', "this is not an answers file"),
        (b'{"answers": {"w1-q1": 1, "w1-q1": 2}}', "“w1-q1” is given twice"),
        (b'{"answers": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"answers": {"w1-q1": ' + b"9" * 5000 + b"}}", "a number too long"),
        (b" " * 5_000_001, "more than 5 MB is not read"),
        (b'{"sheet": 3, "scorecard": {}}', "does not fit"),
    ],
)
def test_a_file_handed_in_is_refused_with_its_reason(raw: bytes, says: str) -> None:
    with pytest.raises(AnswersError, match=says):
        read_upload(raw, "handed-in.json")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("held_on", "9999-12-31", "not a day between 2000 and 2199"),
        ("held_on", "banana", "not a day between 2000 and 2199"),
        ("organisation", 5, "a text of at most 300 characters"),
        ("organisation", "x" * 301, "a text of at most 300 characters"),
    ],
)
def test_whose_assessment_it_is_is_checked(field: str, value: object, says: str) -> None:
    head = {"questionnaire": "service-transformation", "version": "1.0.0", "answers": {}}
    with pytest.raises(AnswersError, match=says):
        read_upload(json.dumps({**head, field: value}).encode(), "handed-in.json")


def test_an_answer_from_the_end_of_time_is_refused(tmp_path: Path) -> None:
    answer = "{value: 3, at: '9999-12-31T23:59:59-12:00'}"
    path = answers_file(
        tmp_path, f"questionnaire: service-transformation\nversion: 1.0.0\nanswers: {{w1-q1: {answer}}}\n"
    )
    with pytest.raises(AnswersError, match="between 2000 and 2199"):
        read_sheet(path)


def test_what_a_file_says_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = answers_file(
        tmp_path,
        '{"questionnaire": "service-transformation", "version": "1.0.0", "answers": {"\\u001b[2J": 3}}',
    )
    with pytest.raises(AnswersError) as refused:
        read_sheet(path)
    assert "\x1b" not in str(refused.value) and "\ufffd[2J" in str(refused.value)


def test_numbers_by_sixty_are_words(tmp_path: Path) -> None:
    path = answers_file(
        tmp_path,
        "questionnaire: service-transformation\nversion: 1.0.0\nanswers: {w1-q1: " + "1:" * 50_000 + "1}\n",
    )
    with pytest.raises(AnswersError, match="is not one of the answers"):
        read_sheet(path)


def test_answers_to_an_older_minor_version_are_taken(tmp_path: Path, tiny: Questionnaire) -> None:
    path = answers_file(tmp_path, "questionnaire: tiny\nversion: 2.0.7\nanswers: {left: 2}\n")
    assert read_sheet(path, questionnaire=tiny)[1].version == "2.0.7"


def test_the_short_and_the_long_form_of_an_answer_mean_the_same(tmp_path: Path, tiny: Questionnaire) -> None:
    short = "questionnaire: tiny\nversion: 2.1.0\nanswers: {left: 2, right: null, most: {state: unknown}}\n"
    long = (
        "questionnaire: tiny\nversion: 2.1.0\nanswers:\n  left: {state: given, value: 2, evidence: none, comment: ''}\n"
        "  right: {state: open}\n  most: {state: unknown, comment: ''}\n"
    )
    assert read_sheet(answers_file(tmp_path, short), questionnaire=tiny) == read_sheet(
        answers_file(tmp_path, long), questionnaire=tiny
    )


def test_a_full_sheet_written_as_yaml_or_json_comes_back_equal(
    tmp_path: Path, flagship: Questionnaire
) -> None:
    said = {**every_answer(flagship), "w1-q1": "unknown", "w1-q2": "n/a", "w1-q3": "open"}
    sheet = a_sheet(flagship, said, profile=FULL_PROFILE, comment="Zwölf Größen: “schön” \n zweite Zeile")
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(sheet_as_data(sheet)), encoding="utf-8")
    assert read_sheet(path)[1] == sheet
    path = path.rename(tmp_path / "answers.yaml")
    assert read_sheet(path)[1] == sheet


def test_an_exported_report_can_be_read_as_answers() -> None:
    questionnaire = two_dimensions()
    sheet = a_sheet(questionnaire, {"a": 2, "g": False, "b": "unknown"}, evidence="stated")
    report = a_report(questionnaire, sheet)
    _, back, rest = sheet_from_data(
        report.model_dump(mode="json", by_alias=True), questionnaire=questionnaire
    )
    assert back == sheet
    assert rest == report.subject
