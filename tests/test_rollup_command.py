"""`assessment rollup`: sites put together from files, and what is told where they cannot be."""

import json
from pathlib import Path

import pytest
from click.testing import Result

from tests.test_cli import run


@pytest.fixture
def sites(tmp_path: Path) -> list[Path]:
    """Two sites that answered like the sample, the second one weaker."""
    first, second = tmp_path / "kiel.json", tmp_path / "leer.json"
    assert run("sample", "nordlicht", "-o", first).exit_code == 0
    data = json.loads(first.read_text())
    for answer in data["answers"].values():
        if isinstance(answer, dict) and type(answer.get("value")) is int:
            answer["value"] = max(1, answer["value"] - 1)
    data["answers"] = {
        name: max(1, answer - 1) if type(answer) is int else answer
        for name, answer in data["answers"].items()
    }
    second.write_text(json.dumps(data))
    return [first, second]


def weights(folder: Path, text: str) -> Path:
    path = folder / "weights.csv"
    path.write_text(text, encoding="utf-8")
    return path


def overall(result: Result) -> float:
    assert result.exit_code == 0, result.stderr
    return float(json.loads(result.stdout)["sections"][0]["value"])


def test_sites_count_by_their_contacts_and_the_table_says_who_stands_lowest(
    sites: list[Path], tmp_path: Path
) -> None:
    table = weights(tmp_path, "site;contacts;heads\nkiel;900;1\nleer;100;3\n")
    alone = [overall(run("rollup", site, "--format", "json")) for site in sites]
    both = overall(run("rollup", *sites, "--weights", table, "--format", "json"))
    assert both == pytest.approx(0.9 * alone[0] + 0.1 * alone[1])
    heads = overall(run("rollup", *sites, "--weights", table, "--by", "heads", "--format", "json"))
    assert heads == pytest.approx(0.25 * alone[0] + 0.75 * alone[1])
    said = run("rollup", *sites, "--weights", table, "-l", "de")
    assert "Jeder Standort zählt nach seinen Kontakten im Jahr." in said.stdout
    assert f"leer · {alone[1]:.2f}".replace(".", ",") in said.stdout


def test_without_weights_each_site_counts_the_same_and_that_is_said(sites: list[Path]) -> None:
    said = run("rollup", *sites)
    assert said.exit_code == 0 and "so each counts the same" in said.stdout
    rows = run("rollup", *sites, "--format", "csv").stdout.splitlines()
    assert rows[0].startswith("section,title,index,low,high,known,coverage,lowest")
    assert rows[1].split(",")[7] == "leer"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("site,contacts\nkeil,5\n", "there is no file for the site “keil”"),
        ("site,contacts\nkiel,12.5\n", "“12.5” is no number of contacts"),
        ("site,contacts,heads\nkiel,,-3\n", "“-3” is no number of heads"),
        ("site,contacts\nkiel," + "9" * 5000 + "\n", "is no number of contacts"),
        ("site,contacts\rkiel,-1\r", "“-1” is no number of contacts"),
        ("site,contacts\nkiel," + "9" * 200_000 + "\n", "this is no table: field larger than field limit"),
        ("kiel,5\n", "the first line has no column “site”"),
    ],
)
def test_weights_that_cannot_be_understood_are_told_with_their_line(
    sites: list[Path], tmp_path: Path, text: str, says: str
) -> None:
    result = run("rollup", *sites, "--weights", weights(tmp_path, text))
    assert result.exit_code == 1
    assert says in result.stderr and "weights.csv" in result.stderr
    if "keil" in text:
        assert "Did you mean “kiel”?" in result.stderr


def test_sites_by_different_questionnaires_or_of_one_name_are_refused(
    sites: list[Path], tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"questionnaire": "team-health", "version": "1.0.0", "answers": {}}))
    result = run("rollup", *sites, other)
    assert result.exit_code == 1 and "they cannot be put together" in result.stderr
    again = tmp_path / "again"
    again.mkdir()
    (again / "kiel.json").write_text(sites[0].read_text())
    result = run("rollup", sites[0], again / "kiel.json")
    assert result.exit_code == 1 and "two files are called “kiel”" in result.stderr


def test_a_folder_stands_for_its_sites_and_the_sentences_of_the_screen_are_told(
    sites: list[Path], tmp_path: Path
) -> None:
    said = run("rollup", tmp_path, "--weights", weights(tmp_path, "site,contacts\nkiel,900\nleer,100\n"))
    assert said.exit_code == 0, said.stderr
    assert "Lowest stands leer" in said.stdout and "Levels are not averaged." in said.stdout


def test_sites_by_versions_that_measure_otherwise_are_named_and_left_out(
    sites: list[Path], tmp_path: Path
) -> None:
    report = tmp_path / "older.json"
    assert run("report", sites[1], "-o", report).exit_code == 0
    data = json.loads(report.read_text())
    data["questionnaire"]["version"] = "0.9.0"
    data["sheet"]["version"] = "0.9.0"
    data["questionnaire"]["sections"][0]["sections"][0]["questions"][0]["weight"] = 7
    report.write_text(json.dumps(data))
    result = run("rollup", sites[0], report, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    apart = {section["of"]: [one["site"] for one in section["apart"]] for section in found["sections"]}
    first = data["questionnaire"]["sections"][0]["id"]
    last = data["questionnaire"]["sections"][-1]["id"]
    assert apart[first] == ["older"] and apart[last] == []
    said = run("rollup", sites[0], report)
    assert "older answered another version" in said.stdout
