"""The commands: what they print, what they write, and what they say when the input is wrong."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from assessment.cli import main
from assessment.cli.printing import as_csv
from assessment.report import Report
from assessment.roadmap import Roadmap


@pytest.fixture
def sample_file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    assert run("sample", "nordlicht", "-o", path).exit_code == 0
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("cli") / "answers.json"
    assert run("sample", "-o", file).exit_code == 0
    return file


def changed(file: Path, folder: Path, /, **fields: object) -> Path:
    data = {**json.loads(file.read_text("utf-8")), **fields}
    file = folder / "changed.json"
    file.write_text(json.dumps(data), "utf-8")
    return file


def test_validate_says_that_the_shipped_questionnaires_are_fine() -> None:
    result = run("validate")
    assert result.exit_code == 0
    assert (
        "service-transformation 1.1.0: 103 questions, 63 measures, 15 caps, languages en, de, nl: fine"
        in result.stdout
    )


def test_validate_tells_every_problem_with_its_line_and_ends_with_1(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "questionnaire.yaml").write_text(
        "id: tiny\nversion: 1.0.0\nlanguages: [en, de]\ntitle: {en: T}\nintroduction: {en: I, de: I}\n"
        "scale: {levels: []}\nsections: []\nnonsense: true\n",
        "utf-8",
    )
    result = run("validate", folder)
    assert result.exit_code == 1
    assert "questionnaire.yaml:4: title: the text is missing in “de”." in result.stderr
    assert "questionnaire.yaml:8" in result.stderr and "there is no field “nonsense” here." in result.stderr
    assert result.stderr.rstrip().endswith("problems.")


def test_the_sample_is_the_same_organisation_in_each_language() -> None:
    texts = [json.loads(run("sample", "--language", language).stdout) for language in ("en", "de", "nl")]
    comments = [text["answers"]["w6-q1"].pop("comment") for text in texts]
    assert comments == [
        "Last exercise: 2020, for real.",
        "Letzte Übung: 2020, im Ernstfall.",
        "Laatste oefening: 2020, in het echt.",
    ]
    values = [
        {
            k: v["value"] if isinstance(v, dict) and "value" in v else v
            for k, v in text["answers"].items()
            if "comment" not in str(v)
        }
        for text in texts
    ]
    assert values[0] == values[1] == values[2]


def test_an_unknown_sample_is_answered_with_the_closest_one() -> None:
    result = run("sample", "nordlich")
    assert result.exit_code == 1
    assert "there is no sample “nordlich”" in result.stderr and "Did you mean “nordlicht”?" in result.stderr


def test_score_prints_a_row_for_each_section(answers: Path) -> None:
    table = run("score", answers).stdout.splitlines()
    assert table[0].split() == [
        "section",
        "title",
        "level",
        "index",
        "low",
        "high",
        "level_low",
        "level_high",
        "coverage",
        "confirmed",
        "status",
    ]
    assert table[2].startswith("service-transformation") and "2.23" in table[2]
    rows = list(
        csv.DictReader(io.StringIO(run("score", answers, "--format", "csv", "--language", "de").stdout))
    )
    assert len(rows) == 1 + 4 + 22
    assert rows[0]["title"] == "Transformation im Kundenservice" and rows[0]["level"] == "2"
    assert json.loads(run("score", answers, "--format", "json").stdout)["overall"]["level"] == 2


def test_score_opens_a_section_down_to_its_answers(answers: Path) -> None:
    shown = json.loads(run("score", answers, "--explain", "e2", "--format", "json").stdout)
    assert shown["score"]["level"] == 1
    assert {part["of"] for part in shown["explanation"]["parts"]} == {
        "e2-q1",
        "e2-q2",
        "e2-q3",
        "e2-q4",
        "g14",
    }
    assert shown["explanation"]["lift"]["level"] == 2


def test_an_unknown_section_is_answered_with_the_closest_one(answers: Path) -> None:
    result = run("score", answers, "--explain", "legl")
    assert result.exit_code == 1
    assert "there is no section “legl”. Did you mean “legal”?" in result.stderr


def test_plan_respects_the_capacity_given_per_month_or_year(answers: Path) -> None:
    by_month = json.loads(run("plan", answers, "--capacity", "10/month", "--format", "json").stdout)
    by_year = json.loads(run("plan", answers, "--capacity", "120/year", "--format", "json").stdout)
    assert by_month == by_year
    assert max(by_month["load"]) <= 10
    assert {slot["measure"] for slot in by_month["slots"]}.isdisjoint(
        out["measure"] for out in by_month["postponed"]
    )
    assert len(by_month["slots"]) + len(by_month["postponed"]) == 63


def test_plan_lists_what_does_not_fit_with_its_reason(answers: Path) -> None:
    table = run("plan", answers, "--capacity", "0/month").stdout
    assert "not in the plan: capacity" in table


def test_a_capacity_that_cannot_be_read_is_wrong_usage(answers: Path) -> None:
    result = run("plan", answers, "--capacity", "much")
    assert result.exit_code == 2
    assert "for example 12/month" in result.stderr


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_the_report_is_a_pdf_in_the_language_and_the_same_input_gives_the_same_bytes(
    answers: Path, tmp_path: Path, language: str
) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    for file in (first, second):
        assert run("report", answers, "-o", file, "--language", language).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    pdf = PdfReader(first)
    assert pdf.trailer["/Root"]["/Lang"] == language
    assert len(pdf.pages) > 12 and len(pdf.outline) > 5


def test_the_report_as_json_is_the_report_and_can_be_scored_again(answers: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    assert run("report", answers, "-o", file).exit_code == 0
    report = Report.model_validate_json(file.read_text("utf-8"))
    assert report.scorecard.overall.level == 2
    assert run("score", file, "--format", "json").stdout == run("score", answers, "--format", "json").stdout


def test_an_unknown_report_format_is_answered_with_the_known_ones(answers: Path, tmp_path: Path) -> None:
    result = run("report", answers, "-o", tmp_path / "report.doc")
    assert result.exit_code == 1
    assert "there is no report format “.doc”" in result.stderr and "Did you mean “.docx”?" in result.stderr
    assert ".pdf" in run("report", answers, "-o", tmp_path / "report.zip").stderr


def test_a_report_that_cannot_be_written_says_where_and_why(answers: Path, tmp_path: Path) -> None:
    result = run("report", answers, "-o", tmp_path / "nowhere" / "report.json")
    assert result.exit_code == 1
    assert "nowhere/report.json: the file cannot be written: No such file or directory." in result.stderr


def test_a_mistyped_command_is_wrong_usage_and_suggests_the_right_one() -> None:
    result = run("scor")
    assert result.exit_code == 2
    assert "There is no command “scor”. Did you mean “score”?" in result.stderr


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"version": "2.0.0"}, "version: the answers were given to version 2.0.0; this is version 1.1.0"),
        ({"questionnaire": "servce-transformation"}, "Did you mean “service-transformation”?"),
        (
            {"answers": {"w1-q1": 9}},
            "answers › w1-q1: the value 9 is not one of the answers: must be from 1 to 5.",
        ),
        ({"answers": {"w1-q1x": 3}}, "there is no question “w1-q1x” in this questionnaire."),
        ({"answers": {"w1-q1": {"state": "not_applicable"}}}, "“not applicable” needs a reason."),
        ({"profile": {"countries": ["dee"]}}, "profile › countries: “dee” is not one of the options."),
        ({"profile": {"contries": ["de"]}}, "Did you mean “countries”?"),
        ({"nonsense": 1}, "there is no field “nonsense” in an answers file."),
        ({"held_on": "yesterday"}, "held_on: “yesterday” is not a day between 2000 and 2199."),
    ],
)
def test_wrong_answers_are_told_with_place_and_reason(
    answers: Path, tmp_path: Path, fields: dict[str, object], says: str
) -> None:
    result = run("score", changed(answers, tmp_path, **fields))
    assert result.exit_code == 1, result.output
    assert says in result.stderr


def test_all_problems_of_a_file_come_in_one_run(answers: Path, tmp_path: Path) -> None:
    wrong = changed(
        answers, tmp_path, version="2.0.0", answers={"w1-q1": 9, "nothing": 1}, profile={"size": "huge"}
    )
    result = run("score", wrong)
    assert result.exit_code == 1
    assert result.stderr.rstrip().endswith("4 problems.")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.json", b"", "the file is empty."),
        ("empty.yaml", b"  \n", "the file is empty."),
        ("picture.json", b"\x89PNG\r\n\x1a\n\x00\x00", "this is not a text file in UTF-8"),
        ("binary.yaml", b"a: b\x00c", "this is a binary file, not text."),
        ("half.json", b'{"questionnaire": ', "half.json:1: this is not valid JSON"),
        ("list.json", b"[1, 2]", "this is not an answers file"),
        ("tabs.yaml", b"a:\n\t- b", "this is not valid YAML"),
    ],
)
def test_a_file_that_is_no_answers_file_is_told_as_such(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    result = run("score", file)
    assert result.exit_code == 1
    assert says in result.stderr


def test_a_file_of_100_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.json"
    with file.open("wb") as huge:
        huge.truncate(100_000_000)
    result = run("score", file)
    assert result.exit_code == 1
    assert "the file has 100 MB; more than 5 MB is not read." in result.stderr


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    result = run("score", tmp_path / "none.json")
    assert result.exit_code == 1
    assert "the file cannot be read: No such file or directory." in result.stderr


def test_serve_says_at_once_when_the_database_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ASSESSMENT_DATA", str(tmp_path))
    (tmp_path / "assessment.db").write_bytes(os.urandom(4096))
    result = run("serve", "--data", tmp_path)
    assert result.exit_code == 1
    assert "assessment.db" in result.stderr


@pytest.mark.parametrize("is_option", [True, False])
def test_serve_says_at_once_when_the_sign_on_file_is_not_there(
    is_option: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    file = tmp_path / "sign-on.toml"
    if not is_option:
        monkeypatch.setenv("ASSESSMENT_SIGN_ON", str(file))
    result = run("serve", "--data", tmp_path, *(["--sign-on", file] if is_option else []))
    assert result.exit_code == 2
    assert f"File '{file}' does not exist." in result.stderr
    assert not (tmp_path / "assessment.db").exists()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "lacks in its part [auth]: redirect_uri, cookie_secret, client_id"),
        ("auth = 1", "lacks in its part [auth]: redirect_uri"),
        ('[auth]\nredirect_uri = "https://name/oauth2callback"', "lacks in its part [auth]: cookie_secret"),
        ("[auth", "cannot be read"),
    ],
)
def test_serve_says_at_once_what_the_sign_on_file_lacks(written: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "sign-on.toml"
    file.write_text(written)
    result = run("serve", "--data", tmp_path, "--sign-on", file)
    assert result.exit_code == 1 and says in result.stderr
    assert not (tmp_path / "assessment.db").exists()


def test_csv_cells_are_never_formulas() -> None:
    assert as_csv(("a",), [("=SUM(A1)",), ("+1",), ("@x",), ("-2",), ("plain",)]).splitlines()[1:] == [
        "'=SUM(A1)",
        "'+1",
        "'@x",
        "'-2",
        "plain",
    ]


def test_every_command_is_documented_in_the_readme() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    assert [name for name in main.commands if f"assessment {name}" not in readme and name != "schema"] == []


def test_the_data_option_goes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ASSESSMENT_DATA", str(tmp_path / "environment"))
    (tmp_path / "option").mkdir()
    (tmp_path / "option" / "assessment.db").write_bytes(os.urandom(4096))
    result = run("serve", "--data", tmp_path / "option")
    assert result.exit_code == 1
    assert str(tmp_path / "option") in result.stderr
    assert not (tmp_path / "environment").exists()


def test_an_answers_file_can_use_a_questionnaire_of_ones_own(tmp_path: Path) -> None:
    readme = (Path(__file__).parent.parent / "questionnaires" / "README.md").read_text("utf-8")
    example = next(block.split("```")[0] for block in readme.split("```yaml\n") if "id: bakery" in block)
    (tmp_path / "bakery").mkdir()
    (tmp_path / "bakery" / "questionnaire.yaml").write_text(example, "utf-8")
    answers = tmp_path / "answers.yaml"
    answers.write_text("questionnaire: bakery\nversion: 1.0.0\nanswers: {hot: 3, alarm: no}\n", "utf-8")
    assert "there is no questionnaire “bakery”" in run("score", answers).stderr
    scored = json.loads(run("score", answers, "-q", tmp_path / "bakery", "--format", "json").stdout)
    assert scored["overall"]["parts"][0]["level"] == 1 and scored["overall"]["value"] == 3.0


def test_a_plan_starts_with_the_capacity_that_the_questionnaire_is_meant_for(tmp_path: Path) -> None:
    """Twelve person-days a month for an organisation, three for one team; what one says goes before it."""
    loads = {}
    for sample in ("nordlicht", "seeblick"):
        answers = tmp_path / f"{sample}.json"
        assert run("sample", sample, "-o", str(answers)).exit_code == 0
        for capacity in ([], ["--capacity", "1/month"]):
            told = run("plan", str(answers), "--format", "json", *capacity)
            loads[sample, *capacity] = json.loads(told.stdout)["capacity"]["per_month"]
    assert loads["nordlicht",] == 12
    assert loads["seeblick",] == 3
    assert loads["nordlicht", "--capacity", "1/month"] == loads["seeblick", "--capacity", "1/month"] == 1


def test_a_variety_of_a_language_is_found_whatever_its_capitals(tmp_path: Path) -> None:
    answers = tmp_path / "a.json"
    assert run("sample", "-o", str(answers)).exit_code == 0
    swiss, german = run("score", str(answers), "-l", "de-ch"), run("score", str(answers), "-l", "DE")
    assert swiss.exit_code == german.exit_code == 0
    assert "Recht und Datenschutz" in swiss.stdout and "Recht und Datenschutz" in german.stdout


def test_a_plan_takes_goal_targets_roles_and_what_is_settled(sample_file: Path) -> None:
    found = run(
        "plan", str(sample_file), "--format", "json", "--capacity", "144/year", "--horizon", "12", "--goal", "people",
        "--target", "legal=3.2", "--role", "it=3", "--budget", "50000", "--pin", "m40=2027-03", "--drop", "m05",
        "--done", "m15", "--running", "m57=2026-11",
    )  # fmt: skip
    roadmap = Roadmap.model_validate_json(found.stdout)
    assert (roadmap.capacity.per_month, roadmap.capacity.months, roadmap.capacity.roles) == (
        12,
        12,
        {"it": 3},
    )
    assert (roadmap.wishes.goal, roadmap.wishes.targets, roadmap.capacity.budget) == (
        "people",
        {"legal": 3.2},
        50000,
    )
    assert {each.measure: each.standing for each in roadmap.wishes.commitments} == {
        "m40": "pinned",
        "m05": "dropped",
        "m15": "done",
        "m57": "running",
    }
    assert max(roadmap.load_by_role["it"]) <= 3


def test_terms_may_come_from_a_file_and_single_options_change_them(sample_file: Path, tmp_path: Path) -> None:
    terms = tmp_path / "terms.json"
    terms.write_text(
        '{"capacity": {"start": "2027-01-01", "per_month": 9, "months": 24}, "wishes": {"goal": "cost"}}',
        "utf-8",
    )
    found = run("plan", str(sample_file), "--format", "json", "--terms", str(terms), "--goal", "people")
    roadmap = Roadmap.model_validate_json(found.stdout)
    assert (roadmap.capacity.per_month, roadmap.capacity.months, roadmap.wishes.goal) == (9, 24, "people")
    terms.write_text('{"capacity": {"start": "2027-01-01", "per_month": -9}}', "utf-8")
    wrong = run("plan", str(sample_file), "--terms", str(terms))
    assert wrong.exit_code == 2
    assert "capacity.per_month" in wrong.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--pin", "m99=2027-03"], "the questionnaire has no “m99”"),
        (["--pin", "m40=spring"], "for example 2027-03"),
        (["--role", "it"], "give a name, =, and a number"),
        (["--role", "cooks=3"], "the questionnaire has no “cooks”"),
        (["--target", "legal=much"], "is not a number"),
        (["--capacity", "12/week"], "for example 12/month"),
    ],
)
def test_terms_that_cannot_be_read_are_wrong_usage(sample_file: Path, options: list[str], said: str) -> None:
    wrong = run("plan", str(sample_file), *options)
    assert wrong.exit_code == 2
    assert said in " ".join(wrong.stderr.split())


def test_a_plan_looks_around_and_is_proven(sample_file: Path) -> None:
    found = run("plan", str(sample_file), "--around", "--prove", "2")
    assert found.exit_code == 0
    assert "Proven: no plan can gain more than" in found.stdout
    assert "under every goal" in found.stdout
    assert "share_of_gain" in found.stdout


def test_a_folder_is_reported_sheet_by_sheet_and_what_is_wrong_keeps_no_other_from_its_report(
    sample_file: Path, tmp_path: Path
) -> None:
    folder, reports = tmp_path / "sheets", tmp_path / "reports"
    folder.mkdir()
    data = json.loads(sample_file.read_text("utf-8"))
    for number in range(3):
        (folder / f"site-{number}.json").write_text(json.dumps(data | {"unit": f"Site {number}"}), "utf-8")
    lines = [json.dumps(data | {"unit": f"Line {number}"}) for number in (1, 2)]
    (folder / "many.jsonl").write_text("\n".join(lines), "utf-8")
    arguments = ("report", folder, "-o", reports, "--format", "json", "--no-trade-off")
    assert run(*arguments).output.endswith("5 reports.\n")
    units = {
        file.stem: Report.model_validate_json(file.read_bytes()).subject.unit for file in reports.iterdir()
    }
    assert units == {
        "site-0": "Site 0", "site-1": "Site 1", "site-2": "Site 2", "many-1": "Line 1", "many-2": "Line 2",
    }  # fmt: skip
    (folder / "broken.json").write_text("{", "utf-8")
    for file in reports.iterdir():
        file.unlink()
    result = run(*arguments)
    assert result.exit_code == 1 and "broken.json" in result.output
    assert len(list(reports.iterdir())) == 5


def test_what_a_folder_cannot_have_is_told(sample_file: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "there are no answers here" in run("report", empty, "-o", tmp_path / "out").output
    assert (
        "compares one assessment"
        in run("report", empty, "-o", tmp_path / "out", "--since", sample_file).output
    )
    assert "cannot be made" in run("report", empty, "-o", sample_file / "out").output


def test_the_reader_of_a_report_is_told_of_characters_that_the_typeface_lacks(
    sample_file: Path, tmp_path: Path
) -> None:
    data = json.loads(sample_file.read_text("utf-8"))
    sample_file.write_text(json.dumps(data | {"unit": "漢字 Service"}), "utf-8")
    result = run("report", sample_file, "-o", tmp_path / "report.pdf", "-l", "de", "--no-trade-off")
    assert result.exit_code == 0 and "2 Zeichen fehlen in der Schrift" in result.output
