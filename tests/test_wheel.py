"""Installed from the wheel in an empty directory, the product has its content, fonts and translations, and serves."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of somebody who has installed the wheel and nothing of this checkout."""
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    return {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {
        "PYTHONPATH": str(site),
        "PYTHONSAFEPATH": "1",
    }


def test_the_wheel_holds_content_fonts_translations_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "assessment/app.py",
        "assessment/.streamlit/config.toml",
        "assessment/content/questionnaires/service-transformation/questionnaire.yaml",
        "assessment/content/questionnaires/service-transformation/samples/nordlicht.yaml",
        "assessment/fonts/SourceSans3-Regular.ttf",
        "assessment/fonts/OFL.txt",
        "assessment/locale/de.po",
        "assessment/locale/nl.po",
        "assessment/ui/icon.png",
        "assessment/ui/pages/start.py",
    ):
        assert wanted in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith("tests") for name in names)


def test_the_commands_work_in_an_empty_directory(installed: dict[str, str], tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "assessment", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=installed, check=True, capture_output=True, text=True
        ).stdout

    where = subprocess.run(
        [sys.executable, "-c", "import assessment; print(assessment.__file__)"],
        cwd=tmp_path,
        env=installed,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert not where.startswith(str(ROOT)), "the test must use the wheel"
    assert "fine" in run("validate")
    run("sample", "-o", "answers.json", "--language", "nl")
    assert json.loads((tmp_path / "answers.json").read_text("utf-8"))["unit"] == "Klantenservice"
    run("report", "answers.json", "-o", "rapport.pdf", "--language", "nl")
    assert (tmp_path / "rapport.pdf").read_bytes().startswith(b"%PDF-1.7")


@pytest.fixture
def served(installed: dict[str, str], tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in installed.items() if k != "ASSESSMENT_DATA"}
    process = subprocess.Popen(
        [sys.executable, "-m", "assessment", "serve", "--port", str(port)], cwd=tmp_path, env=environment
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(20)


def test_it_serves_the_app_from_an_empty_directory(served: str, tmp_path: Path) -> None:
    request = urllib.request.Request(
        served, headers={"Accept": "text/html", "Accept-Language": "nl-BE,nl;q=0.9"}
    )
    with urllib.request.urlopen(request) as answer:
        page, headers = answer.read().decode(), answer.headers
    assert '<html lang="nl">' in page
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert (tmp_path / "data" / "assessment.db").is_file()
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{served}/_stcore/metrics")
    assert refused.value.code == 404
