"""German as written in Switzerland: made from the German texts by spelling alone, and nothing that people wrote is respelt."""

from datetime import date

import pytest

from assessment.document import as_text, compose
from assessment.errors import ReportError
from assessment.i18n import catalogue, languages, varieties
from assessment.loader import read_questionnaire, read_sample
from assessment.report import Report, Subject, assess
from assessment.roadmap import Capacity
from assessment.values import Text, spelt
from tests.report_samples import small_report

SWISS = "de-CH"


@pytest.fixture(scope="module")
def sample() -> Report:
    questionnaire, sheet, subject = read_sample("nordlicht", language=SWISS)
    return assess(questionnaire, sheet, subject=subject, capacity=Capacity(start=date(2026, 12, 1)))


def test_swiss_german_is_offered_beside_german_and_is_no_language_of_its_own() -> None:
    assert varieties() == ("en", "de", "de-CH", "nl")
    assert SWISS not in languages()
    assert catalogue(SWISS).own_name == "Deutsch (Schweiz)"


@pytest.mark.parametrize(
    ("german", "swiss"),
    [
        ("Maßnahmen, die schließen", "Massnahmen, die schliessen"),
        ("GROẞ", "GROSS"),
        ("„so“ und ‚so‘", "«so» und ‹so›"),
        ("Straße’s", "Strasse’s"),
    ],
)
def test_ss_stands_for_sharp_s_and_quotation_marks_point_outwards(german: str, swiss: str) -> None:
    assert spelt(german, SWISS) == swiss
    assert Text({"en": "other", "de": german}).localize(SWISS) == swiss


def test_a_text_that_falls_back_to_another_language_keeps_its_quotation_marks() -> None:
    assert Text({"en": "the “other” one"}).localize(SWISS) == "the “other” one"


def test_numbers_are_written_as_there() -> None:
    assert catalogue(SWISS).number(12345.5) == "12’345.50"


def test_the_whole_report_has_no_sharp_s_and_differs_from_german_by_spelling_alone(sample: Report) -> None:
    swiss, german = as_text(compose(sample, SWISS)), as_text(compose(sample, "de"))
    assert "ß" in german and "ß" not in swiss
    letters = str.maketrans("", "", "0123456789.,’'\u00a0 \n%«»„“‹›‚‘-–")
    assert spelt(german, SWISS).translate(letters).split() == swiss.translate(letters).split()


def test_what_people_wrote_keeps_its_spelling() -> None:
    report = small_report()
    kept = report.model_copy(
        update={"subject": Subject(organisation="Groß „& Söhne“", held_on=date(2026, 11, 21))}
    )
    assert "Groß „& Söhne“" in as_text(compose(_in_german(kept), SWISS))


def _in_german(report: Report) -> Report:
    """Return the report with a questionnaire that is written in German."""
    questionnaire, sheet, _ = read_sample("nordlicht", language="de")
    return assess(questionnaire, sheet, subject=report.subject, capacity=Capacity(start=date(2026, 12, 1)))


def test_a_questionnaire_without_german_is_not_told_in_swiss_german() -> None:
    questionnaire = read_questionnaire("service-transformation").model_copy(
        update={"languages": ("en", "nl")}
    )
    _, sheet, subject = read_sample("nordlicht", language="nl")
    report = assess(questionnaire, sheet, subject=subject, capacity=Capacity(start=date(2026, 12, 1)))
    with pytest.raises(ReportError, match="de-CH"):
        compose(report, SWISS)
