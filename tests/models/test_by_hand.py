"""One model of each family written by hand from the documentation alone, and one converted from a table."""

import csv
import io
import json
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest
import yaml

from assessment.loader import read_questionnaire, schema, sheet_from_data
from assessment.questionnaire import Questionnaire
from assessment.scoring import Score, score
from tests.models.building import Data, loaded, option_set, words

HERE = Path(__file__).parent / "by_hand"
WRITTEN = sorted(path.name for path in HERE.iterdir() if path.is_dir())

WORKED_OUT: dict[str, list[tuple[Data, Data, dict[str, tuple[float, int]]]]] = {
    "secure-software": [
        (
            {},
            {"strategy-1-a": "most", "strategy-1-b": "half", "strategy-2-a": "some", "education-1-a": "most"},
            # 0.75 + 0.125 + 0 of three points; 0.5 of three points; their mean
            {"strategy": (0.875, 0), "education": (0.5, 0), "secure-software": (0.6875, 0)},
        ),
        (
            {},
            {
                f"{practice}-{level}-{stream}": "most"
                for practice in ("strategy", "education")
                for level in (1, 2)
                for stream in "ab"
            },
            {"strategy": (2, 2), "education": (2, 2), "governance": (2, 2), "secure-software": (2, 2)},
        ),
    ],
    "energy-capability": [
        (
            {},
            {"assets-1a": "li", "assets-1b": "fi", "assets-1c": "pi", "threats-1a": "fi", "threats-1b": "pi"},
            {"assets": (2, 2), "threats": (1, 1), "energy-capability": (1.5, 1)},
        ),
        (
            {},
            {
                "assets-1a": "pi",
                "assets-1b": "fi",
                "assets-1c": "fi",
                "threats-1a": "fi",
                "threats-1b": "li",
                "threats-2a": "li",
            },
            {"assets": (0, 0), "threats": (2.5, 2), "energy-capability": (0.5, 0)},
        ),
    ],
    "security-requirements": [
        (
            {"cloud": "rented"},
            {"accounts": 3, "remote": True, "second-factor": "admins", "contracts": 50},
            # (2 · 2/3 + 1 · 1/4) / 3
            {"access": (100 * (2 * 2 / 3 + 1 / 4) / 3, 2), "providers": (50, 2)},
        ),
        (
            {"cloud": "own"},
            {"accounts": 1, "remote": True, "second-factor": "never", "contracts": 50},
            {"access": (0, 1), "security-requirements": (0, 1)},  # the rest is hidden, its answers are stale
        ),
    ],
    "process-rating": [
        ({}, {"pa-1-1": "f", "pa-2-1": "f", "pa-2-2": "l", "pa-3-1": "f"}, {"testing": (33 / 12, 2)}),
        ({}, {"pa-1-1": "l", "pa-2-1": "f", "pa-2-2": "f", "pa-3-1": "f"}, {"testing": (33 / 12, 1)}),
        ({}, {"pa-1-1": "f", "pa-2-1": "f", "pa-2-2": "f", "pa-3-1": "l"}, {"testing": (33 / 12, 3)}),
    ],
    "delivery-check": [
        (
            {},
            {"lead-time": "day", "failures": 15, "rework": 20},
            {"throughput": (8, 3), "stability": (8.25, 3), "delivery-check": ((8 + 8.5 + 8) / 3, 3)},
        ),
    ],
}
"""By model: profile, answers, and index and level as worked out with a pencil."""


def test_there_is_one_of_each_family() -> None:
    assert sorted(WORKED_OUT) == WRITTEN


@pytest.mark.parametrize("name", WRITTEN)
def test_an_editor_finds_nothing_wrong_with_it(name: str) -> None:
    text = (HERE / name / "questionnaire.yaml").read_text("utf-8")
    data = json.loads(json.dumps(yaml.safe_load(text)))
    jsonschema.validate(data, schema())


@pytest.mark.parametrize("name", WRITTEN)
def test_it_comes_out_as_worked_out_with_a_pencil(name: str) -> None:
    questionnaire = read_questionnaire(HERE / name)
    for profile, said, wanted in WORKED_OUT[name]:
        card = scored(questionnaire, said, profile=profile)
        for place, (index, level) in wanted.items():
            found = card.find(place)
            assert found is not None
            assert found.value == pytest.approx(index), place
            assert found.level == level, place


def scored(questionnaire: Questionnaire, said: Data, *, profile: Data) -> Score:
    data = {"questionnaire": questionnaire.id, "version": "1.0.0", "profile": profile, "answers": said}
    _, sheet, _ = sheet_from_data(data, questionnaire=questionnaire)
    return score(questionnaire, sheet).overall


# ── a table of hundreds of rows ──────────────────────────────────────────────────────────────────────────────────────


def published(rows: int) -> str:
    """What a publisher offers for download: one requirement a row, ids of the publisher's own."""
    chance = Random(5)
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(("domain", "control", "requirement", "weight", "maximum"))
    for number in range(rows):
        domain, control = f"{number // 60 + 1:02d}", number // 12 % 5 + 1
        maximum = chance.choice((1, 3, 5))
        writer.writerow(
            (
                f"ID.{domain}",
                f"ID.{domain}-{control}",
                f"ID.{domain}-{control}.{number}",
                chance.choice((1, 2, 3)),
                maximum,
            )
        )
    return table.getvalue()


def converted(table: str) -> Data:
    """A publisher's table as a questionnaire: ids in lower case, one option set for each scale."""
    domains: dict[str, dict[str, list[Data]]] = {}
    for row in csv.DictReader(io.StringIO(table)):
        asked = {
            "id": plain(row["requirement"]),
            "type": "choice",
            "label": words(f"{row['requirement']}: is it met?"),
            "option_set": f"of-{row['maximum']}",
            "weight": int(row["weight"]),
        }
        domains.setdefault(row["domain"], {}).setdefault(row["control"], []).append(asked)
    return {
        "id": "converted",
        "version": "1.0.0",
        "languages": ["en"],
        "title": words("A published table"),
        "introduction": words("Converted row by row."),
        "method": "mean_of_leaves",
        "levels": "bands",
        "scale": {
            "index": {"low": 0, "high": 100},
            "levels": [
                {"level": n, "from": start, "label": words(f"{n}"), "description": words(f"From {start} %.")}
                for n, start in enumerate((0, 40, 75), start=1)
            ],
        },
        "option_sets": [option_set(f"of-{top}", {f"p{n}": n for n in range(top + 1)}) for top in (1, 3, 5)],
        "sections": [
            {
                **told(domain),
                "method": "mean_of_leaves",
                "sections": [{**told(control), "questions": asked} for control, asked in controls.items()],
            }
            for domain, controls in domains.items()
        ],
    }


def plain(name: str) -> str:
    return name.lower().replace(".", "-")


def told(name: str) -> Data:
    return {"id": plain(name), "title": words(name), "description": words(f"The requirements of {name}.")}


def test_a_published_table_of_hundreds_of_rows_is_converted_row_by_row(tmp_path: Path) -> None:
    table = published(420)
    questionnaire = loaded(converted(table), tmp_path)
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(questionnaire.questions_by_id) == len(rows) == 420
    chance = Random(6)
    for _ in range(20):
        said: dict[str, Any] = {}
        total = weight = 0.0
        for row in rows:
            top, heavy = int(row["maximum"]), int(row["weight"])
            if chance.random() < 0.9:
                points = chance.randint(0, top)
                said[plain(row["requirement"])] = f"p{points}"
                total += heavy * points / top
                weight += heavy
        found = scored(questionnaire, said, profile={})
        assert found.value == pytest.approx(100 * total / weight, abs=1e-9)
        assert found.coverage == pytest.approx(weight / sum(int(row["weight"]) for row in rows))
