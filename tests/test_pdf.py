"""The PDF: standards kept, fonts embedded, same input, same bytes, no text that breaks it. And the JSON beside it."""

import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.doctemplate import LayoutError

from assessment.answers import Answer
from assessment.charts import Bar, Bars, Chart, Curve, Heatmap, Radar, Series, Timeline
from assessment.document import as_text
from assessment.document.blocks import Document
from assessment.exports import EXPORTERS
from assessment.exports.json import parse
from assessment.exports.json import render as render_json
from assessment.exports.pdf import EXPORTER, canvas, render
from assessment.exports.pdf.drawings import drawn
from assessment.exports.pdf.faces import FACES
from assessment.exports.pdf.flowables import Words
from assessment.exports.pdf.lettering import fitted, wrapped
from assessment.exports.pdf.lines import broken
from assessment.exports.pdf.pages import set_document
from assessment.exports.pdf.spelling import clean, running
from assessment.exports.pdf.styles import style
from assessment.exports.spelling import LONGEST
from assessment.i18n import catalogue
from assessment.report import Report
from assessment.theme import LIGHT
from tests.report_samples import (
    LANGUAGES,
    NASTY,
    large_report,
    random_sheet,
    report_of,
    small,
    small_report,
    small_sheet,
)
from tests.tagged import broken_rules, faults_of_structure

JOINED = re.compile(", | and | und | en ")
"""Far above what a report of forty pages takes (about one), far below what somebody waits for."""


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.fixture(scope="module")
def large() -> dict[str, bytes]:
    return {language: render(large_report(), language) for language in LANGUAGES}


def every_not_applicable() -> Report:
    answers = tuple(
        Answer(question=name, state="not_applicable", reason=NASTY) for name in small().questions_by_id
    )
    return report_of(small(), small_sheet({}).model_copy(update={"answers": answers}))


def with_many_measures(count: int) -> Report:
    """A report whose plan holds so many measures; made by copying one, so that only setting it takes time."""
    report = small_report()
    one, slot = report.questionnaire.measures_by_id["m1"], report.roadmap.slots[0]
    names = [f"n{number}" for number in range(count)]
    measures = tuple(one.model_copy(update={"id": name}) for name in names)
    slots = tuple(
        slot.model_copy(update={"measure": name, "begin": n % 20, "end": n % 20 + 2})
        for n, name in enumerate(names)
    )
    questionnaire = report.questionnaire.model_copy(
        update={"measures": (*report.questionnaire.measures, *measures)}
    )
    changed = {"questionnaire": questionnaire, "roadmap": report.roadmap.model_copy(update={"slots": slots})}
    return Report.model_validate_json(report.model_copy(update=changed).model_dump_json(by_alias=True))


ODD: dict[str, Callable[[], Report]] = {
    "empty": lambda: report_of(small(), small_sheet({}), organisation=""),
    "partial": lambda: report_of(small(), small_sheet({"p1": 2})),
    "not applicable": every_not_applicable,
    "no plan": lambda: report_of(small(), small_sheet(), per_month=0),
    "one month": lambda: report_of(small(), small_sheet(), months=1),
    "hostile": lambda: report_of(small(), small_sheet(comment=NASTY), organisation=NASTY * 20),
    "long": lambda: report_of(
        small(), small_sheet(comment="word " * 3000), organisation="Donaudampfschiff" * 60
    ),
    "one word": lambda: report_of(small(), small_sheet(comment="x" * 20_000)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_report_keeps_pdf_ua_1_and_pdf_a_3a(large: dict[str, bytes], language: str, profile: str) -> None:
    assert broken_rules(large[language], profile) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_structure_tree_and_the_pages_agree(large: dict[str, bytes], language: str) -> None:
    assert faults_of_structure(large[language]) == []


@pytest.mark.parametrize("name", ODD)
def test_odd_sheets_give_a_report_that_keeps_the_standards(name: str) -> None:
    pdf = render(ODD[name](), "de")
    assert broken_rules(pdf, "ua1") == ""
    assert broken_rules(pdf, "3a") == ""
    assert faults_of_structure(pdf) == []


def test_three_hundred_measures_give_a_sound_report() -> None:
    report = with_many_measures(300)
    assert len(report.roadmap.slots) == 300
    pdf = render(report, "en")
    assert "300 measures take" in text_of(pdf)
    assert faults_of_structure(pdf) == []


def test_the_same_report_gives_the_same_bytes(large: dict[str, bytes]) -> None:
    again = Report.model_validate_json(large_report().model_dump_json(by_alias=True))
    assert render(again, "de") == large["de"]


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.report_samples import small_report; from assessment.exports.pdf import render; "
        "print(hashlib.sha256(render(small_report(), 'nl')).hexdigest())"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_threads_give_the_same_bytes_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = {language: render(small_report(), language) for language in LANGUAGES}
    meet, embed, patience = Barrier(4), canvas.embed, sys.getswitchinterval()

    def embed_together(document: Any, files: Any) -> None:
        embed(document, files)
        meet.wait(60)

    # All four come to the typefaces, which they share, at the same moment, and take turns in the midst of reading.
    monkeypatch.setattr(canvas, "embed", embed_together)
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda language: render(small_report(), language), LANGUAGES * 4))
    finally:
        sys.setswitchinterval(patience)
    assert together == [alone[language] for language in LANGUAGES * 4]


def test_what_the_typeface_lacks_is_counted_and_told_at_the_end() -> None:
    report = report_of(small(), small_sheet(comment="漢 and 字"))
    told = EXPORTER.notice(report, "en")
    # six comments, each on a page of its own and none anywhere else
    assert told.startswith("12 characters are not in the typeface")
    assert told in text_of(render(report, "en")).replace("\n", " ")
    assert EXPORTER.notice(small_report(), "en") == ""


def test_a_page_that_cannot_hold_its_texts_gets_shorter_ones_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []

    def set_or_fail(document: Document, *rest: object, **more: object) -> bytes:
        tried.append(as_text(document))
        if len(tried) == 1:
            raise LayoutError("too large")
        return set_document(document, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("assessment.exports.pdf.pages.set_document", set_or_fail)
    pdf = render(report_of(small(), small_sheet(comment="word " * 1000)), "en")
    assert "Long texts are cut" in text_of(pdf).replace("\n", " ")
    assert len(tried[1]) < len(tried[0]) / 2
    assert max(map(len, tried[1].splitlines())) < 2000


def test_every_font_is_embedded_and_is_one_of_ours(large: dict[str, bytes]) -> None:
    for page in PdfReader(BytesIO(large["de"])).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            assert "/FontFile2" in font["/FontDescriptor"].get_object()
            assert font["/BaseFont"].split("+")[-1] in FACES


def test_every_chapter_has_a_bookmark_and_a_line_in_the_contents(large: dict[str, bytes]) -> None:
    reader = PdfReader(BytesIO(large["en"]))
    titles = [entry["/Title"] for entry in reader.outline]
    assert titles[:4] == ["Decisions", "Contents", "At a glance", "How sure this is"]
    assert titles[-2:] == ["All answers", "Method and sources"]
    pages = [reader.get_destination_page_number(entry) + 1 for entry in reader.outline]
    assert pages == sorted(pages)
    contents = reader.pages[pages[1] - 1]
    links = [link.get_object() for link in contents["/Annots"] if link.get_object()["/Subtype"] == "/Link"]
    assert len(links) == len(titles) - 1


def test_the_contents_name_the_page_on_which_a_chapter_begins(large: dict[str, bytes]) -> None:
    for language in LANGUAGES:
        reader = PdfReader(BytesIO(large[language]))
        begins = [reader.get_destination_page_number(entry) + 1 for entry in reader.outline]
        lines = reader.pages[begins[1] - 1].extract_text().split("\n")
        named = [int(line) for line in lines if line.isdecimal()]
        assert named[: len(begins) - 1] == [begins[0], *begins[2:]]


def test_every_link_lands_on_a_page_that_says_what_the_link_says_or_where_a_chapter_begins(
    large: dict[str, bytes],
) -> None:
    for language in LANGUAGES:
        reader = PdfReader(BytesIO(large[language]))
        begins = {reader.get_destination_page_number(entry) for entry in reader.outline}
        answers = range(*(reader.get_destination_page_number(entry) for entry in reader.outline[-2:]))
        first = [slot.moves[0] for slot in large_report().roadmap.slots if slot.moves]
        moved = {
            large_report().questionnaire.questions_by_id[name].label.localize(language) for name in first
        }
        landed = named = opened = 0
        for page in reader.pages:
            for each in page.get("/Annots", []):
                link = each.get_object()
                number = reader.get_page_number(link["/Dest"][0].get_object())
                said = " ".join(str(link["/Contents"]).split())
                quoted = re.search("[“„‘](.+?)[”“’]", said)  # a decision leads to the measure that it names
                named_ones = quoted[1] if quoted else said.rsplit(": ", 1)[0]
                there = " ".join(reader.pages[number].extract_text().split())
                # where two measures are named, one of them is led to
                found = any(one[:40].rstrip("…") in there for one in (named_ones, *JOINED.split(named_ones)))
                if not found and number in answers:  # a measure leads to the first answer that it moves
                    found = any(label[:30] in there for label in moved)
                    opened += found
                assert found or number in begins, (language, said, number)
                landed, named = landed + 1, named + found
        assert named > 40 and named > landed / 2 and opened > 3


def test_title_and_language_are_those_of_the_document(large: dict[str, bytes]) -> None:
    reader = PdfReader(BytesIO(large["de"]))
    assert reader.metadata is not None
    assert reader.metadata.title == "Transformation im Kundenservice: Nordlicht"
    assert reader.trailer["/Root"]["/Lang"] == "de"


def test_decisions_stand_on_the_second_page_in_every_language(large: dict[str, bytes]) -> None:
    for language in LANGUAGES:
        reader = PdfReader(BytesIO(large[language]))
        assert reader.get_destination_page_number(reader.outline[0]) == 1
        assert reader.get_destination_page_number(reader.outline[1]) == 2


def test_each_dimension_keeps_to_one_page(large: dict[str, bytes]) -> None:
    for language in LANGUAGES:
        reader = PdfReader(BytesIO(large[language]))
        pages = [reader.get_destination_page_number(entry) for entry in reader.outline]
        assert pages[2:9] == list(range(3, 10))


def test_foreign_text_is_shown_and_never_obeyed() -> None:
    report = report_of(small(), small_sheet(comment="<b>bold</b> & <a href='javascript:x'>click</a>"))
    pdf = render(report, "en")
    assert "<b>bold</b> & <a" in text_of(pdf).replace("\n", " ")
    assert b"javascript" not in b"".join(re.findall(rb"/URI.*", pdf))


def test_what_the_typeface_lacks_is_a_box_and_what_cannot_be_seen_is_gone() -> None:
    assert clean("a\x00b\u202ec\u200bd") == "abcd"
    assert clean("漢😀 ✓ ẞ") == "□□ ✓ ẞ"
    assert clean("\ud800") == "□" or clean("\ud800") == "\ufffd"
    assert clean("e\u0301") == "é"
    assert len(clean("y" * 20_000)) == LONGEST
    assert clean("y" * 20_000).endswith("[…]")


def test_a_text_breaks_at_its_spaces_and_never_leaves_its_width() -> None:
    face, size = FACES[1], 9.6
    texts = (
        "Datenschutzfolgenabschätzung und Arbeitnehmervertretung, Art.\u00a035 DSGVO",
        "x" * 3000,
        "one-of-those/words-that-are-too-long for a column",
        "",
        "a  b\n\nc",
        "Daten\u00adschutz\u00adfolgen\u00adabschätzung",
    )
    for text in texts:
        for width in (24.0, 60.0, 200.0):
            lines = broken(text, face, size, width)
            assert all(stringWidth(line, face, size) <= width for line in lines)
            letters = "".join(lines).replace("-", "").replace(" ", "")
            assert letters == text.translate(dict.fromkeys(map(ord, "- \n\u00ad")))
    assert broken("one two\nthree", face, size, 500) == ("one two", "three")
    assert broken("Daten\u00adschutz\u00adfolgen", face, size, 70) == ("Datenschutz-", "folgen")
    assert broken("Art.\u00a035 x", face, size, 30)[0] == "Art.\u00a035"


def test_pieces_of_a_split_text_keep_two_lines_together() -> None:
    words = Words("word " * 60, style("body"))
    words.wrap(100, 1000)
    leading, count = words.style.leading, len(words.lines)
    assert words.split(100, leading * 1.5) == []
    assert words.split(100, leading * count) == [words]
    for room in range(2, count):
        parts = words.split(100, leading * room + 1)
        assert [line for part in parts for line in part.lines] == list(words.lines)
        assert all(len(part.lines) >= 2 for part in parts)


def test_words_in_drawings_never_leave_their_width() -> None:
    for words in ("Datenschutzfolgenabschätzung und Arbeitnehmervertretung", "x" * 500, "", "a b c"):
        for width in (20.0, 60.0, 200.0):
            lines = wrapped(words, FACES[1], 8, width, lines=3)
            assert len(lines) <= 3
            assert all(stringWidth(line, FACES[1], 8) <= width for line in lines)
            assert stringWidth(fitted(words, FACES[1], 8, width), FACES[1], 8) <= width


@pytest.mark.parametrize(
    "chart",
    [
        Radar(title="t", alt="a", axes=(), ids=(), lowest=1, highest=5, series=()),
        Radar(
            title="t",
            alt="a",
            axes=("x", "y"),
            ids=("x", "y"),
            lowest=1,
            highest=5,
            series=(Series(name="n", role="present", values=(1, None)),),
        ),
        Radar(
            title="t",
            alt="a",
            axes=("x",) * 60,
            ids=("x",) * 60,
            lowest=0,
            highest=1,
            series=(Series(name="n", role="present", values=(0.5,) * 60),),
        ),
        Bars(title="t", alt="a", lowest=1, highest=1, planned_name="p", bars=()),
        Bars(
            title="t",
            alt="a",
            lowest=1,
            highest=5,
            planned_name="p",
            bars=(Bar(id="x", label="", value=None, low=None, high=None, level=None, planned=None),),
        ),
        Heatmap(title="t", alt="a", levels=((0, "none"), (1, "all")), rows=()),
        Timeline(
            title="t",
            alt="a",
            months=("Jan",),
            slots_per_month=2,
            bars=(),
            load=(0.0,),
            capacity=0,
            load_name="l",
            capacity_name="c",
        ),
        Curve(
            title="t",
            alt="a",
            months=("Jan",),
            lowest=1,
            highest=5,
            series=(Series(name="n", role="planned", values=(None,)),),
        ),
    ],
)
def test_charts_without_anything_to_show_are_still_drawn(chart: Chart) -> None:
    assert drawn(chart, catalogue("en"), LIGHT).height > 0


def test_the_folder_is_the_list_of_formats() -> None:
    assert {"json", "pdf"} <= {exporter.format for exporter in EXPORTERS}
    for exporter in EXPORTERS:
        assert exporter.render(small_report(), "en") == exporter.render(small_report(), "en")


def test_json_read_back_is_the_same_report() -> None:
    report = report_of(small(), small_sheet(comment=NASTY))
    assert parse(render_json(report, "en")) == report
    assert render_json(parse(render_json(report, "en")), "de") == render_json(report, "en")


def test_any_seed_gives_a_report_that_keeps_the_standards() -> None:
    questionnaire = large_report().questionnaire
    pdf = render(
        report_of(questionnaire, random_sheet(questionnaire, seed=7, known=0.5, comment=NASTY), months=24),
        "nl",
    )
    assert broken_rules(pdf, "ua1") == ""
    assert faults_of_structure(pdf) == []


def test_a_comment_of_thousands_of_lines_is_set_as_running_text() -> None:
    set_ = running("a\n" * 3000)
    assert "\n" not in set_ and set_.count("a") == 3000
    assert running("one\ntwo") == "one\ntwo"
