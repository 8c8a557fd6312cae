"""`assessment benchmark`: made of files, put together, compared with; and what is refused."""

import json
from pathlib import Path

import pytest

from assessment.errors import AnswersError
from assessment.loader import pool_of, read_pool
from tests.test_cli import run


def organisations(folder: Path, count: int, *, shift: int = 0, first: int = 0) -> list[Path]:
    """Answers files of made-up organisations, each a little different."""
    sample = folder / "sample.json"
    assert run("sample", "nordlicht", "-o", sample).exit_code == 0
    found = []
    for number in range(first, first + count):
        data = json.loads(sample.read_text())
        data["organisation"] = f"Beispiel {number} AG"
        for place, (name, answer) in enumerate(data["answers"].items()):
            value = answer.get("value") if isinstance(answer, dict) else answer
            if type(value) is int and "-q" in name:  # the levels
                new = 1 + (value + place * (number + 1) + shift) % 5
                data["answers"][name] = answer | {"value": new} if isinstance(answer, dict) else new
        path = folder / f"{number}-{shift}.json"
        path.write_text(json.dumps(data))
        found.append(path)
    return found


def test_a_benchmark_is_made_put_together_and_compared_with(tmp_path: Path) -> None:
    one, other, both = (tmp_path / name for name in ("one.json", "other.json", "both.json"))
    made = run("benchmark", "make", *organisations(tmp_path, 5), "-o", one)
    assert made.exit_code == 0, made.stderr
    assert "5 organisations" in made.stderr
    assert "Beispiel" not in one.read_text()
    assert run("benchmark", "make", *organisations(tmp_path, 6, first=10), "-o", other).exit_code == 0
    pooled = run("benchmark", "pool", one, other, "-o", both)
    assert pooled.exit_code == 0 and "11 organisations from 2 sources" in pooled.stderr
    rows = run("benchmark", "show", both, "--format", "csv").stdout.splitlines()
    assert rows[0] == "section,organisations,lower,median,upper"
    assert rows[1].startswith("service-transformation,11,")
    mine = organisations(tmp_path, 1, first=99)[0]
    said = run("benchmark", "show", both, mine, "-l", "de")
    assert said.exit_code == 0, said.stderr
    assert "Unter 11 Organisationen aus 2 Quellen" in said.stdout and "Mittlere Hälfte" in said.stdout
    exact = run("benchmark", "show", both, mine, "--format", "csv").stdout.splitlines()
    assert exact[0] == "section,position,where,organisations,lower,median,upper"
    assert exact[1].split(",")[2] in ("below", "middle", "above")


def test_an_issue_after_another_keeps_its_source_and_gives_nobody_away(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    files = organisations(tmp_path, 5)
    assert run("benchmark", "make", *files, "-o", first).exit_code == 0
    refused = run(
        "benchmark", "make", *files[:4], *organisations(tmp_path, 1, first=7), "-o", second, "--after", first
    )
    assert refused.exit_code == 1 and "they could be told apart" in refused.stderr
    assert not second.exists()
    same = run("benchmark", "make", *files, "-o", second, "--after", first)
    assert same.exit_code == 0, same.stderr
    [one], [other] = read_pool(first).sources, read_pool(second).sources
    assert (one.id, one.issue, one.sections) == (other.id, 1, other.sections) and other.issue == 2


def test_what_cannot_be_a_benchmark_is_told(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    files = organisations(tmp_path, 5)
    few = run("benchmark", "make", *files[:4], "-o", out)
    assert few.exit_code == 1 and "at least 5 organisations; there are 4" in few.stderr
    twice = run("benchmark", "make", *files, organisations(tmp_path, 1, shift=1)[0], "-o", out)
    assert twice.exit_code == 1 and "an organisation counts once" in twice.stderr
    other = tmp_path / "team.json"
    other.write_text(json.dumps({"questionnaire": "team-health", "version": "1.0.0", "answers": {}}))
    mixed = run("benchmark", "make", *files, other, "-o", out)
    assert mixed.exit_code == 1 and "another questionnaire, version or edition" in mixed.stderr
    wrong = run("benchmark", "show", files[0])
    assert wrong.exit_code == 1 and "this is no benchmark file" in wrong.stderr
    assert not out.exists()


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"kind": "benchmark"}', b"\xff\xfe", b"[" * 100_000])
def test_a_file_from_outside_never_does_more_than_be_refused(raw: bytes) -> None:
    with pytest.raises(AnswersError, match="this is no benchmark file"):
        pool_of(raw, "x.json")
    with pytest.raises(AnswersError, match="is not read"):
        pool_of(b" " * 60_000_000, "x.json")
