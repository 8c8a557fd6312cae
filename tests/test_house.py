"""The house rules that a machine can read."""

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

from assessment.loader import content_folder, schema
from assessment.theme import DARK, LIGHT, contrast, on

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "assessment").rglob("*.py"))


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_module_is_longer_than_400_lines_and_no_page_than_150() -> None:
    limit = {path: 150 if path.parent.name == "pages" else 400 for path in MODULES}
    assert [(path.name, lines(path)) for path in MODULES if lines(path) > limit[path]] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "core", "manager", "service", "misc"}
    assert [path.name for path in MODULES if path.stem in empty] == []


def test_no_question_measure_or_cap_is_named_in_the_code() -> None:
    named = re.compile(r"""["'](?:[wlae][1-6]-q[1-4]|g[01]\d|cap-g\d\d|m[0-6]\d)["']""")
    assert [path.name for path in MODULES if named.search(path.read_text("utf-8"))] == []


def test_only_state_touches_the_session() -> None:
    touching = [path.name for path in MODULES if "session_state" in path.read_text("utf-8")]
    assert touching == ["state.py"]


def test_no_page_has_a_class() -> None:
    pages = [path for path in MODULES if path.parent.name == "pages"]
    assert [path.name for path in pages if re.search(r"^class ", path.read_text("utf-8"), re.MULTILINE)] == []


def test_the_schema_is_the_one_of_the_types() -> None:
    stored = json.loads((content_folder() / "schema.json").read_text("utf-8"))
    assert stored == schema(), "run `assessment schema -o questionnaires/schema.json`"


@pytest.mark.parametrize("path", sorted(content_folder().glob("*/*.yaml")), ids=lambda path: path.name)
def test_every_content_file_names_the_schema_and_fits_it(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schema.json\n")
    data = json.loads(json.dumps(yaml.safe_load(text.replace("[yes]", '["yes"]')), default=str))
    jsonschema.validate(data, schema())


@pytest.fixture(scope="module")
def config() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


def test_screen_and_paper_have_the_same_colours(config: dict[str, dict[str, dict[str, str]]]) -> None:
    for name, palette in (("light", LIGHT), ("dark", DARK)):
        theme = config["theme"][name]
        assert (theme["backgroundColor"], theme["secondaryBackgroundColor"], theme["textColor"]) == (
            palette.paper,
            palette.tint,
            palette.ink,
        )
    assert config["theme"]["light"]["primaryColor"] == LIGHT.brand


def test_text_can_be_read_on_every_background(config: dict[str, dict[str, dict[str, str]]]) -> None:
    for palette in (LIGHT, DARK):
        for colour in (palette.ink, palette.text, palette.muted):
            assert contrast(colour, palette.paper) >= 4.5
            assert contrast(colour, palette.tint) >= 4.5
        for level in palette.levels:
            assert contrast(on(level), level) >= 4.5
    for name in ("light", "dark"):
        assert contrast("#FFFFFF", config["theme"][name]["primaryColor"]) >= 4.5


def test_levels_keep_their_order_in_grey() -> None:
    from assessment.theme import luminance

    light, dark = (
        [luminance(colour) for colour in LIGHT.levels],
        [luminance(colour) for colour in DARK.levels],
    )
    assert light == sorted(light, reverse=True)
    assert dark == sorted(dark)


def test_the_settings_that_make_a_rerun_fast_are_there(config: dict[str, dict[str, object]]) -> None:
    from assessment.ui.server import SETTINGS

    for name, value in SETTINGS.items():
        section, key = name.split(".")
        assert config[section][key] == value, name


def test_nothing_names_a_registry_or_a_path_of_a_machine() -> None:
    named = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org|/root/|/work/")
    texts = [
        path
        for path in ROOT.rglob("*")
        if path.suffix in {".py", ".md", ".toml", ".txt", ".yaml", ".po", ".sh"}
    ]
    inside = [path for path in texts if not {".venv", ".git"} & set(path.relative_to(ROOT).parts)]
    found = [str(path) for path in inside if path != Path(__file__) and named.search(path.read_text("utf-8"))]
    assert found == []
