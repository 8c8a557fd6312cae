"""The page on security promises nothing that no test shows."""

import ast
import re

import pytest

from tests.journeys.conftest import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.split("## Threats")[1].split("## What is not defended")[0].splitlines()
    if line.startswith("| ") and not line.startswith(("| ---", "| threat"))
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def names_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_there_are_threats_to_look_at() -> None:
    assert len(ROWS) > 25
    assert all(len(row) == 3 and all(row) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_every_threat_has_a_test_that_is_there(row: list[str]) -> None:
    named = NAMED.findall(row[2])
    assert named, row[0]
    for file, name in named:
        assert names_in(file), file
        assert not name or name in names_in(file), f"{file}::{name}"
