"""The presentation: native and true to the scores, readable without eyes, nothing outside its box, same input, same bytes."""

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pptx
import pytest
from lxml import etree
from PIL import Image
from pptx.util import Emu
from pypdf import PdfReader
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from assessment.brand import Brand, palette_of
from assessment.charts import Bar, Bars, Curve, Gained, Heatmap, Payoff, Radar, Series, Timeline
from assessment.document import compose
from assessment.document.blocks import (
    Bullets,
    Callout,
    Card,
    Column,
    Decisions,
    Document,
    Figure,
    Heading,
    Line,
    Paragraph,
    Table,
    cell,
)
from assessment.exports import EXPORTERS
from assessment.exports.pptx import render
from assessment.exports.pptx.flowing import draw
from assessment.exports.pptx.lettering import lines, shortened, width
from assessment.exports.pptx.markup import Para, Run
from assessment.exports.pptx.sheets import Deck
from assessment.exports.pptx.story import presented, tag_of
from assessment.i18n import catalogue
from assessment.loader.samples import read_sample
from assessment.report import Earlier, Report, assess, with_trade_off
from assessment.roadmap import Capacity
from assessment.theme import LIGHT
from tests.report_samples import (
    HELD,
    LANGUAGES,
    NASTY,
    START,
    report_of,
    small,
    small_report,
    small_sheet,
)
from tests.test_pdf import ODD, with_many_measures

"""Far above what a deck takes (about half of one)."""
MOST_BYTES = 1_000_000
WIDE, TALL = 960, 540
"""The slide in points."""
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
LOGO = Brand(name="Muster & Co", colour="#6B2D5C", accent="#2A9D8F", footer="Only for you")


def opened(raw: bytes) -> Any:
    return pptx.Presentation(BytesIO(raw))


@cache
def sample(name: str = "nordlicht") -> Report:
    questionnaire, sheet, subject = read_sample(name, language="en")
    return assess(
        questionnaire, sheet, subject=subject, capacity=Capacity(start=START, per_month=12, months=18)
    )


@cache
def deck_of(language: str) -> bytes:
    return render(sample(), language)


@cache
def richest() -> Report:
    """A report with what days buy and what has changed since."""
    earlier = Earlier(
        questionnaire=small(),
        sheet=small_sheet({"p1": 1, "p2": 2, "f1": 3, "f2": 2, "d1": 2, "t1": 1, "g1": False, "g2": False}),
        subject=small_report().subject.model_copy(update={"held_on": date(2025, 11, 3)}),
    )
    made = assess(
        small(),
        small_sheet({"p1": 3, "p2": 2, "f1": 4, "f2": 3, "d1": 3, "t1": 2, "g1": False, "g2": True}),
        subject=small_report().subject,
        capacity=small_report().roadmap.capacity,
        earlier=earlier,
    )
    return with_trade_off(made)


def every_shape(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if shape.shape_type is not None and "GROUP" in str(shape.shape_type):
            yield from every_shape(shape.shapes)


def charts_of(raw: bytes) -> list[tuple[str, Any]]:
    return [
        (shape.name, shape.chart)
        for slide in opened(raw).slides
        for shape in every_shape(slide.shapes)
        if shape.has_chart
    ]


def texts_of(raw: bytes) -> str:
    found = []
    for slide in opened(raw).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [box.text_frame.text for row in shape.table.rows for box in row.cells]
    return "\n".join(found)


def plain_of(text: str) -> str:
    return text.replace("\u00a0", " ")


def height_of(paragraphs: Any, room: float, default: float) -> float:
    """Measure with other eyes than ours: the library that sets the PDF, in a face of the same widths."""
    tall = 0.0
    for paragraph in paragraphs:
        sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
        size = max(sizes, default=default)
        face = "Helvetica-Bold" if any(run.font.bold for run in paragraph.runs) else "Helvetica"
        inner = room - Emu(int(paragraph._p.pPr.get("marL", 0))).pt if paragraph._p.pPr is not None else room
        for part in paragraph.text.replace("\v", "\n").split("\n"):
            text = "".join(sign if sign.isprintable() else " " for sign in part)
            words = " ".join(broken(word, face, size, inner) for word in text.split(" "))
            tall += max(1, len(simpleSplit(words, face, size, inner))) * size * 1.15
    return tall


def broken(word: str, face: str, size: float, room: float) -> str:
    """Break a word that is wider than its room, as programs do."""
    pieces = [""]
    for sign in word:
        if stringWidth(pieces[-1] + sign, face, size) > room:
            pieces.append("")
        pieces[-1] += sign
    return " ".join(pieces)


def misplaced(raw: bytes) -> list[str]:
    """Return what stands outside of its slide or says more than its box holds."""
    found = []
    for number, slide in enumerate(opened(raw).slides, start=1):
        for shape in every_shape(slide.shapes):
            left, top, wide, tall = (Emu(at).pt for at in (shape.left, shape.top, shape.width, shape.height))
            name = f"{number}: {shape.name[:30]}"
            if left < -0.1 or top < -0.1 or left + wide > WIDE + 0.1 or top + tall > TALL + 0.1:
                found.append(f"{name} stands outside")
            if shape.has_text_frame and shape.text_frame.text.strip():
                inset = Emu(int(shape._element.txBody.bodyPr.get("lIns", 0))).pt
                needed = height_of(shape.text_frame.paragraphs, wide - 2 * inset, 9) + 2 * inset
                if needed > tall + 1.0:
                    found.append(f"{name} needs {needed:.0f} and has {tall:.0f}")
            if shape.has_table:
                needed = top + sum(table_heights(shape.table))
                if needed > 506:
                    found.append(f"{name} ends at {needed:.0f}")
    return found


def table_heights(table: Any) -> Iterator[float]:
    for row in table.rows:
        yield max(
            Emu(row.height).pt,
            *(
                height_of(box.text_frame.paragraphs, Emu(column.width).pt - 10, 8) + 7
                for box, column in zip(row.cells, table.columns, strict=True)
            ),
        )


def parts_of(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def workbooks_of(raw: bytes) -> list[bytes]:
    return [content for name, content in parts_of(raw).items() if name.startswith("ppt/embeddings/")]


# -- the story


def test_the_presentation_is_one_of_the_formats() -> None:
    made = next(exporter for exporter in EXPORTERS if exporter.format == "pptx")
    assert (made.suffix, made.render) == (".pptx", render)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_is_told_in_twelve_to_twenty_slides(language: str) -> None:
    deck = opened(deck_of(language))
    assert (Emu(deck.slide_width).pt, Emu(deck.slide_height).pt) == (WIDE, TALL)
    assert 12 <= len(deck.slides) <= 20


def test_titles_are_the_claims_of_the_document() -> None:
    titles = [plain_of(slide.shapes.title.text_frame.text) for slide in opened(deck_of("en")).slides]
    claims = {
        block.text: block.anchor
        for block in _flat(compose(sample(), "en"))
        if isinstance(block, Heading) and block.level == 1
    }
    told = [claim for claim, anchor in claims.items() if anchor not in ("contents", "answers")]
    assert set(told) <= set(titles)


def _flat(document: Document) -> Iterator[Any]:
    waiting = list(document.blocks)
    while waiting:
        block = waiting.pop(0)
        waiting = [
            *getattr(block, "blocks", ()),
            *getattr(block, "left", ()),
            *getattr(block, "right", ()),
            *waiting,
        ]
        yield block


def test_the_decisions_are_an_editable_table_on_the_second_slide() -> None:
    decisions = next(block for block in _flat(compose(sample(), "de")) if isinstance(block, Decisions))
    slide = opened(deck_of("de")).slides[1]
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    rows = [[plain_of(box.text_frame.text) for box in row.cells] for row in table.rows]
    assert rows[0] == ["", "Was", "Warum jetzt", "Aufwand", "Frist", "Zuständig"]
    assert [row[1].split("\n")[0] for row in rows[1:]] == [item.title for item in decisions.items]
    for row, item in zip(rows[1:], decisions.items, strict=True):
        facts = {fact.name: fact.value for fact in (*item.reasons, *item.facts)}
        assert row[2:] == [facts[head] for head in rows[0][2:]]


def test_the_notes_say_what_the_slide_leaves_out() -> None:
    document = compose(sample(), "de")
    decisions = next(block for block in _flat(document) if isinstance(block, Decisions))
    notes = opened(deck_of("de")).slides[1].notes_slide.notes_text_frame.text
    for item in decisions.items:
        for fact in (*item.reasons, *item.facts):
            assert f"{fact.name}: {fact.value}" in notes
    for slide in opened(deck_of("de")).slides:
        assert slide.notes_slide.notes_text_frame.text.strip()


def test_what_may_not_be_rolled_out_yet_and_what_is_not_known_stand_on_the_third_slide() -> None:
    callouts = [block for block in _flat(compose(sample(), "nl")) if isinstance(block, Callout)][:2]
    slide = opened(deck_of("nl")).slides[2]
    said = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    for callout in callouts:
        assert callout.title in said
        assert all(line.text in plain_of(said) for line in callout.lines)


def test_every_measure_of_the_plan_stands_in_its_table_and_on_the_timeline() -> None:
    cards = [block for block in _flat(compose(sample(), "en")) if isinstance(block, Card)]
    tables = [
        [plain_of(box.text_frame.text) for box in row.cells]
        for slide in opened(deck_of("en")).slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
    ]
    bars = [
        shape._element.nvSpPr.cNvPr.get("descr", "")
        for slide in opened(deck_of("en")).slides
        for shape in slide.shapes
        if shape._element.tag == f"{P}sp"
    ]
    for card in cards:
        facts = {fact.name: fact.value for fact in card.facts}
        row = [card.mark, card.title, facts["When"], facts["Effort"], facts["Who"], card.subtitle]
        assert row in tables
        assert f"{card.title}: {facts['When']}" in bars


def test_legal_status_is_a_shape_and_a_word_and_never_a_colour_alone() -> None:
    said = texts_of(deck_of("en"))
    assert "■ not met" in said
    assert "▲ not safe" in said


def test_the_last_slide_says_that_it_is_no_legal_advice() -> None:
    slide = opened(deck_of("en")).slides[-1]
    said = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "Not legal advice" in said
    assert "How the figures are made" in said
    assert "Sources" in said


def test_a_chapter_that_the_story_does_not_know_is_told_all_the_same() -> None:
    document = compose(small_report(), "en")
    table = Table(
        summary="Numbers",
        columns=(Column(head="Name", width=1), Column(head="Number", width=1, align="right")),
        rows=tuple((cell(f"row {number}"), cell(str(number))) for number in range(60)),
    )
    more = (
        Heading(level=1, text="People agree", anchor="weather", eyebrow="Weather", short="Weather"),
        Paragraph(text="Why.", style="lede"),
        Bullets(items=(Line(text="First point"), Line(text="Second point", light="amber"))),
        table,
    )
    raw = presented(document.model_copy(update={"blocks": (*document.blocks, *more)}), Brand())
    said = texts_of(raw)
    for words in ("People agree", "People agree\u00a0(2)", "First point", "row 0", "row 30"):
        assert words in said
    assert misplaced(raw) == []


# -- numbers


def test_bars_of_every_dimension_are_the_scores_in_the_drawing_and_in_its_workbook() -> None:
    found = {}
    for _, chart in charts_of(deck_of("en")):
        if chart._chartSpace.find(f".//{C}barDir") is None:
            continue
        names = [str(category) for category in chart.plots[0].categories]
        series = {one.name: list(one.values) for one in chart.plots[0].series}
        book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        rows = list(book.active.iter_rows(values_only=True))
        assert [str(row[0]) for row in rows[1:]] == names
        for column, name in enumerate(rows[0][1:], start=1):
            if name in series:
                held = [row[column] for row in rows[1:]]  # a workbook keeps sixteen figures
                assert [value is None for value in held] == [value is None for value in series[name]]
                known = [value for value in series[name] if value is not None]
                assert [value for value in held if value is not None] == pytest.approx(known, rel=1e-14)
        if "today" in series:
            found |= dict(zip((name.split("\n")[0] for name in names), series["today"], strict=True))
            planned = dict(zip(names, series["after the plan"], strict=True))
            found |= {f"{name.split(chr(10))[0]} later": value for name, value in planned.items()}
    questionnaire, after = sample().questionnaire, sample().roadmap.projection[-1].values
    checked = 0
    for section in questionnaire.whole.walk():
        score, title = sample().scorecard.of(section.id), section.title.localize("en")
        if title in found:
            assert found[title] == score.value
            assert found[f"{title} later"] == after[section.id]
            checked += 1
    assert checked >= len(questionnaire.sections) + 10


def test_whiskers_are_the_possible_range() -> None:
    checked = 0
    for _, chart in charts_of(deck_of("en")):
        series = {one.name: one for one in chart.plots[0].series}
        if "possible range" not in series or not chart._chartSpace.findall(f".//{C}errBars"):
            continue
        middle = list(series["possible range"].values)
        points = chart._chartSpace.findall(f".//{C}plus//{C}pt")
        halves = {int(point.get("idx")): float(point[0].text) for point in points}
        for place, name in enumerate(str(category) for category in chart.plots[0].categories):
            section = next(
                one
                for one in sample().questionnaire.whole.walk()
                if one.title.localize("en") == name.split("\n")[0]
            )
            score = sample().scorecard.of(section.id)
            assert score.low is not None
            assert score.high is not None
            if score.low == score.high:
                assert middle[place] is None
            else:
                assert middle[place] - halves[place] == pytest.approx(score.low)
                assert middle[place] + halves[place] == pytest.approx(score.high)
                checked += 1
    assert checked >= 2


def test_radar_load_and_curve_are_those_of_the_report() -> None:
    charts = dict(charts_of(deck_of("en")))
    plan = sample().roadmap
    radar = [list(one.values) for one in charts["Maturity by capability"].plots[0].series]
    scores = [
        sample().scorecard.of(one.id).value for one in sample().questionnaire.whole.walk() if one.questions
    ]
    assert radar[0] == scores
    load = [list(one.values) for plot in charts["Roadmap with load"].plots for one in plot.series]
    assert load == [list(plan.load), [plan.capacity.per_month] * plan.capacity.months]
    curve = next(iter(charts["Index over the plan"].plots[0].series))
    assert list(curve.values) == [step.values[sample().questionnaire.id] for step in plan.projection]


def test_the_heatmap_has_the_level_of_every_capability_in_its_cell() -> None:
    rows = {}
    for slide in opened(deck_of("en")).slides:
        for shape in slide.shapes:
            if shape.has_table and len(shape.table.columns) == 3:
                for row in shape.table.rows:
                    texts = [box.text_frame.text for box in row.cells]
                    rows[texts[0].split(" ", 1)[-1]] = texts[1:]
    after = sample().roadmap.projection[-1].levels
    for section in sample().questionnaire.whole.walk():
        if section.questions:
            level = sample().scorecard.of(section.id).level
            assert rows[section.title.localize("en")] == [str(level), str(after[section.id])]


def test_numbers_are_the_same_in_every_language() -> None:
    told = [
        [
            [list(series.values) for plot in chart.plots for series in plot.series]
            for _, chart in charts_of(deck_of(language))
        ]
        for language in LANGUAGES
    ]
    assert told[0]
    assert told[0] == told[1] == told[2]


def test_what_days_buy_and_what_has_changed_are_drawn_if_the_report_has_them() -> None:
    raw = render(richest(), "en")
    charts = dict(charts_of(raw))
    trade = richest().trade_off
    assert trade is not None
    payoff = charts["What person-days buy"]
    bought = list(next(iter(payoff.plots[0].series)).values)
    assert bought == [0.0, *(pytest.approx(100 * point.gain) for point in trade.points)]
    bridge = [list(one.values) for one in charts["From then to now"].plots[0].series]
    trend = richest().trend
    assert trend is not None
    whole = trend.sections[0].self_rated
    assert bridge[1][0] == whole.old
    assert bridge[1][-1] == whole.new
    assert "From then to now" not in dict(charts_of(deck_of("en")))
    assert misplaced(raw) == []


# -- for whom it is read to, and for who edits it


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_has_a_title_of_its_own_that_is_read_first(language: str) -> None:
    titles = []
    for slide in opened(deck_of(language)).slides:
        first = next(iter(slide.shapes))
        assert first.is_placeholder
        assert first.placeholder_format.idx == 0
        titles.append(first.text_frame.text)
    assert all(title.strip() for title in titles)
    assert len(set(titles)) == len(titles)


def test_every_chart_table_and_picture_says_what_it_shows_and_the_rest_is_decoration() -> None:
    for slide in opened(render(sample(), "de", brand=branded())).slides:
        for shape in every_shape(slide.shapes):
            named = shape._element.xpath(".//p:cNvPr")[0]
            if shape.has_chart or shape.has_table or shape._element.tag == f"{P}pic":
                assert len(named.get("descr", "")) > 3
            elif not (shape.has_text_frame and shape.text_frame.text.strip()):
                assert named.get("descr") or b"decorative" in etree.tostring(named)


def test_no_two_shapes_of_a_slide_have_the_same_number() -> None:
    for slide in opened(render(sample(), "nl", brand=branded())).slides:
        numbers = slide.shapes._spTree.xpath(".//p:cNvPr/@id")
        assert len(set(numbers)) == len(numbers)


def test_every_slide_but_the_cover_has_its_number_and_the_running_foot() -> None:
    document = compose(sample(), "de")
    for slide in list(opened(deck_of("de")).slides)[1:]:
        by_kind = {str(shape.placeholder_format.type).split(" ")[0]: shape for shape in slide.placeholders}
        assert by_kind["FOOTER"].text_frame.text == document.running_foot
        assert by_kind["SLIDE_NUMBER"]._element.find(f".//{A}fld").get("type") == "slidenum"


@pytest.mark.parametrize(
    ("language", "tag"), [("en", "en-GB"), ("de", "de-DE"), ("nl", "nl-NL"), ("de-CH", "de-CH")]
)
def test_every_word_is_marked_with_its_language(language: str, tag: str) -> None:
    assert tag_of(catalogue(language)) == tag
    for name, content in parts_of(render(small_report(), language)).items():
        if re.match(r"ppt/(slides|notesSlides|charts)/[^/]+\.xml", name):
            root = etree.fromstring(content)
            texts = [run for run in root.iter(f"{A}r") if (run.findtext(f"{A}t") or "").strip()]
            assert {run.find(f"{A}rPr").get("lang") for run in texts} <= {tag}
            assert texts or "charts" in name


def branded() -> Brand:
    picture = BytesIO()
    Image.new("RGB", (300, 80), "#6B2D5C").save(picture, "PNG")
    return LOGO.model_copy(update={"logo": picture.getvalue()})


def test_another_template_brings_its_own_colours_because_the_brand_is_only_in_the_theme() -> None:
    raw = render(sample(), "de", brand=branded())
    palette = palette_of(branded())
    parts = parts_of(raw)
    theme = next(content for name, content in parts.items() if name.startswith("ppt/theme/theme1"))
    root = etree.fromstring(theme)
    for kind, colour in (("accent1", palette.brand), ("accent2", palette.accent), ("dk1", LIGHT.ink)):
        assert root.find(f".//{A}{kind}/{A}srgbClr").get("val") == colour[1:]
    for name, content in parts.items():
        if re.match(r"ppt/(slides|slideLayouts|slideMasters|charts)/[^/]+\.xml", name):
            assert palette.brand[1:].encode() not in content
            assert palette.accent[1:].encode() not in content
            assert b"latin typeface" not in content.replace(b'latin typeface="+m', b"")


def test_a_brand_brings_its_logo_its_name_and_its_foot() -> None:
    deck = opened(render(sample(), "en", brand=branded()))
    pictures = [shape for shape in deck.slides[0].shapes if shape._element.tag == f"{P}pic"]
    assert [shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in pictures] == [
        "Logo of Muster & Co"
    ]
    assert all(
        any("Only for you" in shape.text_frame.text for shape in slide.placeholders)
        for slide in list(deck.slides)[1:]
    )


def test_properties_are_those_of_the_document() -> None:
    known = opened(deck_of("de")).core_properties
    document = compose(sample(), "de")
    assert (known.title, known.subject, known.language) == (document.title, document.subject, "de-DE")
    assert known.created.date() == known.modified.date() == sample().subject.held_on


# -- room


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_leaves_its_slide_and_no_words_their_box(language: str) -> None:
    assert misplaced(deck_of(language)) == []


@pytest.mark.parametrize("name", ODD)
def test_odd_sheets_give_slides_that_open_with_everything_in_its_place(name: str) -> None:
    raw = render(ODD[name](), "de")
    assert misplaced(raw) == []
    assert all(slide.shapes.title.text_frame.text.strip() for slide in opened(raw).slides)


def test_another_questionnaire_without_a_legal_part_is_told_too() -> None:
    raw = render(sample("seeblick"), "nl")
    assert misplaced(raw) == []
    assert len(opened(raw).slides) >= 8


def with_long_names() -> Report:
    """Sections and measures whose names are as long as somebody may write them."""
    report = small_report()
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenverwaltung und " * 5
    words = {"de": f"={long}"[:300], "en": f"={long}"[:300], "nl": f"={long}"[:300]}
    raw = report.model_dump(mode="json", by_alias=True)

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: words if key in ("title", "role", "label") and isinstance(each, dict) else renamed(each)
                for key, each in value.items()
            }
        return [renamed(each) for each in value] if isinstance(value, list) else value

    return Report.model_validate(renamed(raw))


def test_names_of_three_hundred_characters_are_shortened_and_whole_in_the_notes() -> None:
    report = with_long_names()
    raw = render(report, "de")
    assert misplaced(raw) == []
    titles = [slide.shapes.title.text_frame.text for slide in opened(raw).slides]
    assert len(set(titles)) == len(titles)
    whole = report.questionnaire.sections[0].title.localize("de")
    assert any(whole in slide.notes_slide.notes_text_frame.text for slide in opened(raw).slides)
    for book in workbooks_of(raw):
        for row in openpyxl.load_workbook(BytesIO(book)).active.iter_rows():
            assert all(one.data_type != "f" for one in row)


def test_three_hundred_measures_are_told_and_none_is_lost() -> None:
    report = with_many_measures(300)
    raw = render(report, "en")
    assert len(raw) < MOST_BYTES
    assert misplaced(raw) == []
    rows = [
        row
        for slide in opened(raw).slides
        for shape in slide.shapes
        if shape.has_table and len(shape.table.columns) == 6
        for row in list(shape.table.rows)[1:]
    ]
    assert len([row for row in rows if row.cells[1].text_frame.text == "Agree"]) == 300


def test_a_deck_takes_less_than_a_megabyte() -> None:
    report = sample()
    raw = render(report, "de")
    assert len(raw) < MOST_BYTES


def test_lines_are_never_wider_than_their_room_and_what_is_cut_says_so() -> None:
    for text in (
        "Datenschutzfolgenabschätzung und Arbeitnehmervertretung",
        "x" * 500,
        "",
        "a b c",
        "漢字 " * 40,
    ):
        for room in (24.0, 60.0, 300.0):
            for bold in (False, True):
                assert all(width(line, 10, bold=bold) <= room for line in lines(text, 10, room, bold=bold))
                assert "".join(lines(text, 10, room, bold=bold)).replace(" ", "") == text.replace(" ", "")
                short = shortened(text, 10, room, most=2, bold=bold)
                assert len(lines(short, 10, room, bold=bold)) <= 2
                assert short == text or short.endswith("…")


def test_a_shortened_paragraph_keeps_the_look_of_its_words() -> None:
    para = Para((Run("Bold words here ", True), Run("and plain words that go on and on and on")), 10)
    cut = para.cut(100, 2)
    assert cut.text.endswith("…")
    assert [run.bold for run in cut.runs] == [True, False]
    assert para.cut(1000, 1) is para


# -- safety


def test_foreign_text_is_shown_and_never_obeyed() -> None:
    nasty = f"{NASTY} &quot; ' =1+1"
    raw = render(report_of(small(), small_sheet(), organisation=nasty), "en")
    said = texts_of(raw)
    assert "<b>open <font color=red> &amp; </para>" in said
    assert not re.search("[\x00-\x08\u200b\u202e\ud800-\udfff]", said)
    for name, content in parts_of(raw).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)


def test_a_formula_in_a_name_is_a_word_in_the_workbook() -> None:
    report = with_long_names()
    for book in workbooks_of(render(report, "en")):
        for name, content in parts_of(book).items():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in content
    names = [
        row[0].value
        for book in workbooks_of(render(report, "en"))
        for row in openpyxl.load_workbook(BytesIO(book)).active.iter_rows(min_row=2)
    ]
    assert any(str(name).startswith("=") for name in names)


def test_nothing_in_the_file_leads_outside() -> None:
    for raw in (render(sample(), "de", brand=branded()), *workbooks_of(deck_of("en"))):
        for name, content in parts_of(raw).items():
            assert b'TargetMode="External"' not in content
            assert not name.startswith(("docProps/thumbnail", "ppt/printerSettings"))
            assert b"hlinkClick" not in content


# -- the same bytes


def test_the_same_report_gives_the_same_bytes() -> None:
    again = Report.model_validate_json(sample().model_dump_json(by_alias=True))
    assert render(again, "de") == deck_of("de")


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.report_samples import small_report; from assessment.exports.pptx import render; "
        "print(hashlib.sha256(render(small_report(), 'nl')).hexdigest())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == hashlib.sha256(render(small_report(), "nl")).hexdigest()


def test_no_clock_stands_in_the_deck_or_in_the_workbooks_behind_its_charts() -> None:
    held = HELD.isoformat()
    raw = render(small_report(), "en")
    assert workbooks_of(raw)
    for archive in (raw, *workbooks_of(raw)):
        with zipfile.ZipFile(BytesIO(archive)) as inside:
            assert {entry.date_time for entry in inside.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts_of(archive)["docProps/core.xml"].decode()
        assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {held}


# -- charts without anything to show


@pytest.mark.parametrize(
    "chart",
    [
        Radar(title="t", alt="a", axes=(), ids=(), lowest=1, highest=5, series=()),
        Radar(
            title="t",
            alt="a",
            axes=("x",) * 60,
            ids=("x",) * 60,
            lowest=0,
            highest=1,
            series=(Series(name="n", role="present", values=(None,) * 60),),
        ),
        Bars(title="t", alt="a", lowest=1, highest=1, planned_name="p", bars=()),
        Bars(
            title="t",
            alt="a",
            lowest=0,
            highest=100,
            percent=True,
            planned_name="p",
            bars=(Bar(id="x", label="", value=None, low=0, high=9, level=None, planned=None),),
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
        Payoff(
            title="t",
            alt="a",
            lowest=0,
            highest=100,
            points=(Gained(days=0, share=0, said="0"), Gained(days=9, share=100, said="9")),
            knee=9,
            knee_name="<bend>",
            days_name="d",
            gain_name="g",
        ),
    ],
)
def test_charts_with_little_to_show_are_still_drawn(chart: Any) -> None:
    document = compose(small_report(), "en")
    deck = Deck(document, LIGHT, catalogue("en"), language="en-GB", name="n")
    sheet = deck.sheet("Title", eyebrow="")
    before = len(sheet.tree)
    draw(deck, sheet, chart, sheet.room)
    deck.close()
    saved = BytesIO()
    deck.file.save(saved)
    assert len(sheet.tree) > before
    assert misplaced(saved.getvalue()) == []


# -- other programs


def test_another_office_program_shows_as_many_pages_as_there_are_slides(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    assert program, "no LibreOffice found; `make test` installs one"
    decks = {"sample": deck_of("de"), "rich": render(richest(), "nl")}
    for name, raw in decks.items():
        (tmp_path / f"{name}.pptx").write_bytes(raw)
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            *("--convert-to", "pdf", "--outdir", str(tmp_path)),
            *(str(tmp_path / f"{name}.pptx") for name in decks),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    for name, raw in decks.items():
        pages = PdfReader(tmp_path / f"{name}.pdf").pages
        assert len(pages) == len(opened(raw).slides)
        assert all(page.extract_text().strip() for page in pages)


def test_a_figure_in_an_unknown_chapter_is_a_native_chart() -> None:
    document = compose(small_report(), "en")
    curve = Curve(
        title="Trend",
        alt="It rises.",
        months=("a", "b"),
        lowest=1,
        highest=5,
        series=(Series(name="n", role="planned", values=(1.0, 2.0)),),
    )
    more = (Heading(level=1, text="New", anchor="new", short="New"), Figure(chart=curve))
    raw = presented(document.model_copy(update={"blocks": (*document.blocks, *more)}), Brand())
    assert list(next(iter(dict(charts_of(raw))["Trend"].plots[0].series)).values) == [1.0, 2.0]
