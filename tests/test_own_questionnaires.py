"""Questionnaires of one's own beside the shipped ones: found by id, and left out, with the reason, where they are not valid."""

import shutil
from pathlib import Path

import pytest

from assessment.errors import QuestionnaireError
from assessment.loader import own_questionnaires, questionnaire_ids, read_questionnaire, sheet_from_data
from assessment.ui import offered

EVERY_TYPE = Path(__file__).parent / "every-type"
ANSWERS = {"questionnaire": "every-type", "version": "1.0.0", "answers": {"tools": [], "first-contact": 62.5}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EVERY_TYPE, tmp_path / "every-type")
    monkeypatch.setenv("ASSESSMENT_QUESTIONNAIRES", str(tmp_path))
    offered.questionnaire.cache_clear()
    offered.offered.cache_clear()
    return tmp_path


def test_without_a_folder_there_are_the_shipped_ones_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSESSMENT_QUESTIONNAIRES", raising=False)
    assert own_questionnaires() == ()
    assert "every-type" not in questionnaire_ids()


def test_one_of_ones_own_is_read_by_its_id_and_its_answers_are_taken_in(folder: Path) -> None:
    assert questionnaire_ids() == ("every-type", "service-transformation", "team-health")
    assert read_questionnaire("every-type").title.localize("de") == "Servicedesk-Check"
    known, sheet, _ = sheet_from_data(ANSWERS)
    assert known.id == "every-type"
    assert sheet.by_question["tools"].value == ()
    assert offered.offered() == ("every-type", "service-transformation", "team-health")


def test_the_folder_of_one_questionnaire_is_taken_as_that_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSMENT_QUESTIONNAIRES", str(folder / "every-type"))
    assert questionnaire_ids() == ("every-type", "service-transformation", "team-health")
    assert read_questionnaire("every-type").id == "every-type"


def test_one_that_is_not_valid_is_left_out_and_told_with_its_problems(folder: Path) -> None:
    (folder / "unfinished").mkdir()
    (folder / "unfinished" / "questionnaire.yaml").write_text("id: unfinished\nversion: 1.0.0\n", "utf-8")
    assert offered.offered() == ("every-type", "service-transformation", "team-health")
    told = {own.folder.name: own.told for own in offered.own()}
    assert told["every-type"] == f"Questionnaire “every-type” from {folder / 'every-type'} is offered."
    assert "“title” is missing." in told["unfinished"]
    assert told["unfinished"].endswith(
        "Questionnaire “unfinished” is left out until this is put right and the app is started again."
    )
    with pytest.raises(QuestionnaireError):
        read_questionnaire("unfinished")


def test_one_with_the_id_of_a_shipped_one_does_not_take_its_place(folder: Path) -> None:
    shutil.copytree(EVERY_TYPE, folder / "service-transformation")
    assert read_questionnaire("service-transformation").sections[0].id == "work-at-home"
    (own,) = (one for one in offered.own() if one.folder.name == "service-transformation")
    assert "a shipped questionnaire has the id “service-transformation” already." in own.told
    assert offered.offered() == ("every-type", "service-transformation", "team-health")


def test_a_folder_that_is_not_there_offers_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSMENT_QUESTIONNAIRES", str(tmp_path / "nowhere"))
    assert own_questionnaires() == ()
    assert questionnaire_ids() == ("service-transformation", "team-health")
