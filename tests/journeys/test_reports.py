"""Reports in a real browser: handed over under one's own name, and last year's as the beginning of this year's."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from tests.journeys.conftest import Visitor, Visits
from tests.journeys.words import word

pytestmark = pytest.mark.journey


def at_the_report(visit: Visits, language: str) -> Visitor:
    user = visit(language)
    user.open()
    user.button(word("Open the sample", language))
    user.page.get_by_text(word("level as rated", language)).first.wait_for()
    user.page.get_by_role("link", name=word("Report", language)).first.click()
    user.page.get_by_role("button", name=word("Download the PDF", language)).wait_for()
    user.settle()
    return user


def downloaded(user: Visitor, button: str) -> Path:
    with user.page.expect_download() as download:
        user.page.get_by_role("button", name=button).first.click()
    return Path(download.value.path())


def test_a_consultancy_hands_the_report_over_as_its_own_and_a_year_later_begins_from_it(
    visit: Visits, tmp_path: Path
) -> None:
    user = at_the_report(visit, "de")
    user.page.get_by_text(word("Whose report is it?", "de")).click()
    name = user.page.get_by_label(word("Name on the cover and in the foot", "de"))
    name.fill("Musterberatung (fiktiv)")
    name.press("Tab")
    user.settle()
    logo = BytesIO()
    Image.new("RGB", (60, 20), (200, 30, 30)).save(logo, "PNG")
    user.page.locator("input[type=file]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": logo.getvalue()}
    )
    user.page.get_by_role("button", name=word("Take the logo out", "de")).wait_for()
    user.settle()
    user.page.reload()
    user.page.get_by_role("button", name=word("Download the PDF", "de")).wait_for()
    user.settle()
    saved = tmp_path / "report.pdf"
    saved.write_bytes(downloaded(user, word("Download the PDF", "de")).read_bytes())
    reader = PdfReader(saved)
    assert "Musterberatung (fiktiv)" in reader.pages[0].extract_text()
    assert len(reader.pages[0].images) == 1

    later = visit("de")
    later.open()
    later.page.locator("input[type=file]").set_input_files(saved)
    later.settle()
    later.button(word("Assess again and compare", "de"))
    later.page.wait_for_url("**/profile*")
    later.settle()
    later.page.get_by_role("link", name=word("Results", "de")).first.click()
    later.page.get_by_role("tab", name=word("Change", "de")).click()
    later.settle()
    later.page.get_by_text("hat sich der Index").or_(
        later.page.get_by_text("geblieben, wo er war")
    ).first.wait_for()
    assert later.outside == [] and user.outside == []


def test_the_report_is_taken_along_in_formats_that_can_be_worked_on(visit: Visits) -> None:
    user = at_the_report(visit, "nl")
    document = Document(str(downloaded(user, "DOCX")))
    assert any("niveau" in paragraph.text.lower() for paragraph in document.paragraphs)
    slides = Presentation(str(downloaded(user, "PPTX")))
    assert len(slides.slides) > 10
    book = load_workbook(BytesIO(downloaded(user, "XLSX").read_bytes()))
    assert any(
        isinstance(cell.value, str) and cell.value.startswith("=")
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    )
