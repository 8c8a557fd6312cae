"""The Word file: opens, can be edited by its styles, links and contents lead somewhere, no text that breaks it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from lxml import etree
from PIL import Image
from pypdf import PdfReader
from reportlab.graphics.shapes import Drawing, Ellipse, Line

from assessment.brand import Brand
from assessment.charts import Bar, Bars, Bridge, Curve, Gained, Payoff, Radar, Series, Stage
from assessment.document import compose
from assessment.document.blocks import Block, Card, Columns, Contents, Figure, Heading, OnePage
from assessment.exports.docx import render
from assessment.exports.docx.chart_tables import chart_tables
from assessment.exports.docx.inside import anchors
from assessment.exports.painting import painted
from assessment.exports.pdf.drawings import drawn
from assessment.exports.pdf.faces import register
from assessment.exports.spelling import one_line, plain
from assessment.i18n import catalogue
from assessment.report import Report
from assessment.theme import LIGHT
from assessment.values import Variety
from tests.report_samples import (
    HELD,
    LANGUAGES,
    NASTY,
    large_report,
    report_of,
    small,
    small_report,
    small_sheet,
)
from tests.test_pdf import ODD, with_many_measures

OPENED = ("empty", "hostile", "long", "one-word")
"""Of the odd ones, those that another program has to open as well."""
MEGABYTES = 2
FIELD_LIKE = '{ INCLUDETEXT "/etc/passwd" } =SUM(A1) \\* MERGEFORMAT </w:t></w:r> ]]> &lt;'
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
W = f"{{{SPACES['w']}}}"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs suppressAutoHyphens spacing ind jc outlineLvl sectPr",
    "rPr": "rStyle rFonts b i caps noProof color sz szCs lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan tcBorders shd vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tcPr tblStylePr",
}
"""Word refuses files in which these come in another order."""
FIELDS = re.compile(r' (PAGE|NUMPAGES|STYLEREF "Chapter"|PAGEREF _Toc\d+ \\h|TOC \\o "1-1" \\h \\z \\u) ')


def parts_of(raw: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text_part(raw: bytes) -> etree._Element:
    return etree.fromstring(parts_of(raw)["word/document.xml"])


def found(node: etree._Element, path: str) -> list[etree._Element]:
    return list(node.iterfind(path, SPACES))


def named(node: etree._Element, path: str, attribute: str) -> list[str]:
    space, _, name = attribute.rpartition(":")
    key = f"{{{SPACES[space]}}}{name}" if space else name
    return [str(one.get(key)) for one in found(node, path)]


def words_of(node: etree._Element) -> str:
    """The words of a paragraph, breaks as breaks."""
    signs = {f"{W}br": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}
    return "".join(
        (one.text or "") if one.tag == f"{W}t" else signs.get(str(one.tag), "") for one in node.iter()
    )


def style_of(paragraph: etree._Element) -> str:
    return named(paragraph, "w:pPr/w:pStyle", "w:val")[0]


def all_text(raw: bytes) -> str:
    return "\n".join(words_of(one) for one in found(text_part(raw), ".//w:p"))


def inner(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case OnePage():
                yield from inner(block.blocks)
            case Columns():
                yield from inner((*block.left, *block.right))
            case _:
                yield block


def headings_of(report: Report, language: Variety) -> list[tuple[int, str]]:
    blocks = inner(compose(report, language).blocks)
    return [
        (block.level, plain(block.text)) if isinstance(block, Heading) else (3, plain(block.title))
        for block in blocks
        if isinstance(block, Heading | Card)
    ]


def faults(raw: bytes) -> list[str]:
    """What is known to make Word offer a repair, or not open the file at all."""
    made: list[str] = []
    parts = parts_of(raw)
    trees = {name: etree.fromstring(content) for name, content in parts.items() if not name.endswith(".png")}
    text, styles = trees["word/document.xml"], trees["word/styles.xml"]
    for name, tree in trees.items():
        for parent, order in ORDER.items():
            for one in tree.iter(f"{W}{parent}"):
                places = [order.split().index(str(child.tag).removeprefix(W)) for child in one]
                if places != sorted(places):
                    made.append(f"{name}: order within {parent}")
    known = set(named(styles, "w:style", "w:styleId"))
    used = [
        *(named(text, f".//w:{kind}", "w:val") for kind in ("pStyle", "rStyle", "tblStyle")),
        *(named(styles, f".//w:{kind}", "w:val") for kind in ("basedOn", "next")),
    ]
    made += [f"no style {name}" for names in used for name in names if name not in known]
    lists = named(trees["word/numbering.xml"], "w:num", "w:numId")
    made += [f"no list {one}" for one in named(text, ".//w:numId", "w:val") if one not in lists]
    for path, attribute in (
        (".//wp:docPr", "id"),
        (".//w:bookmarkStart", "w:id"),
        (".//w:bookmarkStart", "w:name"),
    ):
        ids = named(text, path, attribute)
        made += [f"{path} {attribute} twice"] * (len(ids) != len(set(ids)))
    if named(text, ".//w:bookmarkStart", "w:id") != sorted(
        named(text, ".//w:bookmarkEnd", "w:id"), key=named(text, ".//w:bookmarkStart", "w:id").index
    ):
        made.append("bookmarks not closed")
    made += [f"long name {name}" for name in named(text, ".//w:bookmarkStart", "w:name") if len(name) > 40]
    links = trees["word/_rels/document.xml.rels"]
    targets = {str(one.get("Id")): str(one.get("Target")) for one in links}
    embedded = [*named(text, ".//a:blip", "r:embed"), *named(text, ".//w:headerReference", "r:id")]
    made += [f"no part {one}" for one in embedded if f"word/{targets.get(one)}" not in parts]
    for table in found(text, ".//w:tbl"):
        grid = [int(one) for one in named(table, "w:tblGrid/w:gridCol", "w:w")]
        if sum(grid) != int(named(table, "w:tblPr/w:tblW", "w:w")[0]) or min(grid) <= 0:
            made.append("columns are not as wide as their table")
        for row in found(table, "w:tr"):
            spans = [
                int((named(cell, "w:tcPr/w:gridSpan", "w:val") or ["1"])[0]) for cell in found(row, "w:tc")
            ]
            if sum(spans) != len(grid):
                made.append("a row has not as many cells as columns")
            if [int(one) for one in named(row, "w:tc/w:tcPr/w:tcW", "w:w")] != [
                sum(grid[sum(spans[:place]) : sum(spans[: place + 1])]) for place in range(len(spans))
            ]:
                made.append("a cell is not as wide as its column")
        after = table.getnext()
        made += ["two tables touch"] * (after is not None and after.tag == table.tag)
    made += [
        "a cell does not end in a paragraph" for cell in found(text, ".//w:tc") if cell[-1].tag != f"{W}p"
    ]
    for story in (text, trees["word/header.xml"], trees["word/footer.xml"]):
        depth = 0
        for kind in named(story, ".//w:fldChar", "w:fldCharType"):
            depth += {"begin": 1, "separate": 0, "end": -1}[kind]
            made += ["a field ends before it begins"] * (depth < 0)
        made += ["a field does not end"] * (depth != 0)
    return made


@pytest.fixture(scope="module")
def large() -> dict[str, bytes]:
    return {language: render(large_report(), language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def odd() -> dict[str, bytes]:
    return {name: render(made(), "de") for name, made in ODD.items()}


@pytest.fixture(scope="module")
def as_pdf(
    large: dict[str, bytes], odd: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The words of the pages that LibreOffice makes; one start for all files."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is needed here: apt-get install libreoffice-writer"
    folder: Path = tmp_path_factory.mktemp("office")
    files = {
        "de": large["de"],
        "branded": branded(),
        **{name: odd[name.replace("-", " ")] for name in OPENED},
    }
    for name, raw in files.items():
        (folder / f"{name}.docx").write_bytes(raw)
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *(str(folder / f"{name}.docx") for name in files),
        ],
        capture_output=True,
        check=True,
        timeout=300,
    )
    return {
        name: "\f".join(page.extract_text() for page in PdfReader(folder / f"{name}.pdf").pages)
        for name in files
    }


def squeezed(text: str) -> str:
    """The text without what setting it changes: spaces, line ends, hyphens, capitals."""
    return re.sub(r"[\s\u00ad\u2010\u2011-]", "", text).casefold()


def branded(colour: str = "#F2B705") -> bytes:
    picture = BytesIO()
    Image.new("RGBA", (300, 80), (20, 20, 20, 120)).save(picture, "PNG")
    brand = Brand.model_construct(
        name="Musterberatung", colour=colour, accent="#2A9D8F", footer="Nur für Sie", logo=picture.getvalue()
    )
    return render(small_report(), "de", brand=brand)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_is_one_of_word_s_own_in_its_order(large: dict[str, bytes], language: str) -> None:
    opened = docx.Document(BytesIO(large[language]))
    levels = {"Heading 1": 1, "Heading 2": 2, "Heading 3": 3, "TOC Heading": 1}
    shown = [
        (levels.get(one.style.name, 3), one.text.replace("\u00a0", " "))
        for one in opened.paragraphs
        if one.style.name in levels or one.style.name.startswith("Measure, wave")
    ]
    expected = headings_of(large_report(), language)
    assert shown == [(level, text.replace("\u00a0", " ")) for level, text in expected]
    assert len(shown) > 60


def test_measures_are_headings_too(large: dict[str, bytes]) -> None:
    styles = docx.Document(BytesIO(large["en"])).styles
    measures = [one for one in styles if one.name.startswith("Measure, wave")]
    assert len(measures) == 3
    assert {one.base_style.name for one in measures} == {"Heading 3"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_file_is_known_to_need_a_repair(large: dict[str, bytes], language: str) -> None:
    assert faults(large[language]) == []


@pytest.mark.parametrize("name", ODD)
def test_odd_sheets_give_a_file_that_needs_no_repair(odd: dict[str, bytes], name: str) -> None:
    assert faults(odd[name]) == []


def test_faults_are_found_where_there_are_some(large: dict[str, bytes]) -> None:
    def broken(old: bytes, new: bytes) -> list[str]:
        made = BytesIO()
        with ZipFile(made, "w") as archive:
            for name, content in parts_of(large["en"]).items():
                archive.writestr(
                    name, content.replace(old, new, 1) if name == "word/document.xml" else content
                )
        return faults(made.getvalue())

    assert broken(b'<wp:docPr id="2"', b'<wp:docPr id="1"')
    assert broken(b'<w:pStyle w:val="Lede"', b'<w:pStyle w:val="Gone"')
    assert broken(b"<w:gridCol ", b'<w:gridCol w:w="7" /><w:gridCol ')
    assert broken(b'<w:fldChar w:fldCharType="end" />', b"")
    assert broken(b'r:embed="picture1"', b'r:embed="picture999"')


def test_every_link_leads_to_a_bookmark_and_none_outside(large: dict[str, bytes]) -> None:
    text = text_part(large["en"])
    marks = set(named(text, ".//w:bookmarkStart", "w:name"))
    links = named(text, ".//w:hyperlink", "w:anchor")
    assert set(links) <= marks
    assert len(links) > 40
    assert any("measure" in link for link in links)
    paged = {code.split()[1] for code in codes(large["en"]) if code.startswith(" PAGEREF")}
    assert paged <= marks
    wanted = set(anchors(compose(large_report(), "en").blocks))
    assert len(marks) == len(wanted)
    for raw in (*large.values(), branded()):
        for name, content in parts_of(raw).items():
            if name.endswith(".rels"):
                assert b"TargetMode" not in content
                assert not re.search(
                    rb'Target="(?!word/|docProps/|media/|theme/|[a-zA-Z]+\.xml")', content
                ), name


def codes(raw: bytes) -> list[str]:
    parts = parts_of(raw)
    names = ("word/document.xml", "word/header.xml", "word/footer.xml")
    return [str(one.text) for name in names for one in etree.fromstring(parts[name]).iter(f"{W}instrText")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_are_complete_before_anything_is_brought_up_to_date(
    large: dict[str, bytes], language: str
) -> None:
    text = text_part(large[language])
    lines = [one for one in found(text, ".//w:sdtContent/w:p") if style_of(one) == "Toc1"]
    entries = next(
        block.entries
        for block in inner(compose(large_report(), language).blocks)
        if isinstance(block, Contents)
    )
    pages = [int(words_of(found(line, ".//w:r")[-2])) for line in lines[:-1]]
    pages.append(int(words_of(found(lines[-1], "w:hyperlink/w:r")[-2])))
    assert [words_of(line) for line in lines] == [
        f"{plain(entry.title)}: {plain(entry.claim)}{page}"
        for entry, page in zip(entries, pages, strict=True)
    ]
    assert pages[0] == 2
    assert pages == sorted(pages)
    assert len(set(pages)) == len(pages)
    assert [len(found(line, "w:hyperlink")) for line in lines] == [1] * len(lines)
    assert sum("PAGEREF" in code for code in codes(large[language])) == len(lines)
    assert ' TOC \\o "1-1" \\h \\z \\u ' in codes(large[language])


def test_the_pages_in_the_contents_are_reckoned_from_what_stands_on_them() -> None:
    """Chapters of one page follow one another; one with long comments takes the pages that they need."""

    def pages(report: Report) -> list[int]:
        lines = found(text_part(render(report, "en")), ".//w:sdtContent/w:p")
        runs = [found(line, "w:hyperlink/w:r") for line in lines]
        return [int(words_of(one[-2])) for one in runs]

    assert pages(small_report()) == [2, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    long = report_of(small(), small_sheet(comment="word " * 3000))
    # Six comments, each cut at 6,000 characters, take a page and a half apiece.
    assert pages(long)[:9] == [2, 4, 5, 6, 7, 8, 9, 10, 11]
    assert 19 <= pages(long)[9] <= 23


def test_word_is_not_told_to_ask_about_fields(large: dict[str, bytes]) -> None:
    parts = parts_of(large["en"])
    assert b"updateFields" not in parts["word/settings.xml"]
    assert not any(b"w:dirty" in content for content in parts.values())


def test_head_and_foot_name_title_chapter_and_page_but_not_on_the_cover(large: dict[str, bytes]) -> None:
    parts = parts_of(large["de"])
    head, foot = (etree.fromstring(parts[f"word/{name}.xml"]) for name in ("header", "footer"))
    assert "Transformation im Kundenservice: Nordlicht" in words_of(head)
    assert [one.text for one in head.iter(f"{W}instrText")] == [' STYLEREF "Chapter" ']
    assert "Vertraulich" in words_of(foot)
    assert [one.text for one in foot.iter(f"{W}instrText")] == [" PAGE ", " NUMPAGES "]
    sections = found(text_part(large["de"]), ".//w:sectPr")
    assert [len(found(one, "w:headerReference")) for one in sections] == [0, 1]
    chapters = [
        words_of(one)
        for one in found(text_part(large["de"]), ".//w:r")
        if named(one, "w:rPr/w:rStyle", "w:val") == ["Chapter"]
    ]
    firsts = [
        block
        for block in inner(compose(large_report(), "de").blocks)
        if isinstance(block, Heading) and block.level == 1
    ]
    assert chapters == [one_line(block.short) for block in firsts]


@pytest.mark.parametrize(
    ("language", "tongue"), [("en", "en-GB"), ("de", "de-DE"), ("nl", "nl-NL"), ("de-CH", "de-CH")]
)
def test_the_language_is_that_of_its_country(language: str, tongue: str) -> None:
    raw = render(small_report(), language)
    styles = etree.fromstring(parts_of(raw)["word/styles.xml"])
    assert named(styles, "w:docDefaults//w:lang", "w:val") == [tongue]
    assert docx.Document(BytesIO(raw)).core_properties.language == tongue


def test_the_properties_are_those_of_the_report() -> None:
    properties = docx.Document(BytesIO(render(small_report(), "en"))).core_properties
    assert properties.title == "Service check: Nordlicht"
    assert properties.subject == "Maturity and roadmap"
    assert properties.author == "A. Brandt"
    assert properties.created is not None
    assert properties.created.date() == HELD


def test_hostile_text_stands_there_as_text_and_is_never_a_field(odd: dict[str, bytes]) -> None:
    nasty = f"{NASTY} {FIELD_LIKE}"
    raw = render(report_of(small(), small_sheet(comment=nasty), organisation=f"{FIELD_LIKE} Nord"), "en")
    assert faults(raw) == []
    text = all_text(raw)
    assert plain(nasty) in text
    assert f"{plain(FIELD_LIKE)} Nord" in text
    assert "<b>open <font color=red> &amp; </para>" in text
    for made in (raw, odd["hostile"]):
        assert [code for code in codes(made) if not FIELDS.fullmatch(code)] == []
        assert "\u202e" not in all_text(made)
        assert not found(text_part(made), ".//w:object")


def test_a_text_without_end_is_cut_and_one_of_many_lines_runs_on(odd: dict[str, bytes]) -> None:
    assert f"{'x' * 5000}" in all_text(odd["one word"])
    assert "x" * 7000 not in all_text(odd["one word"])
    assert "[…]" in all_text(odd["one word"])
    raw = render(report_of(small(), small_sheet(comment="a\n" * 3000)), "en")
    assert len(found(text_part(raw), ".//w:br")) == 0
    raw = render(report_of(small(), small_sheet({"p1": 2}, comment="one\ntwo")), "en")
    assert "one\ntwo" in all_text(raw)


def test_the_same_report_gives_the_same_bytes(large: dict[str, bytes]) -> None:
    again = Report.model_validate_json(large_report().model_dump_json(by_alias=True))
    assert render(again, "de") == large["de"]


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.report_samples import small_report; from assessment.exports.docx import render; "
        "print(hashlib.sha256(render(small_report(), 'nl')).hexdigest())"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert made.strip() == sha256(render(small_report(), "nl")).hexdigest()


def test_a_report_stays_small_enough_to_be_sent() -> None:
    raw = render(large_report(), "en")
    assert len(raw) < MEGABYTES * 1_000_000


def test_three_hundred_measures_give_a_sound_file() -> None:
    report = with_many_measures(300)
    raw = render(report, "en")
    assert faults(raw) == []
    opened = docx.Document(BytesIO(raw))
    assert sum(one.style.name.startswith("Measure, wave") for one in opened.paragraphs) == 300


def test_each_list_of_steps_begins_with_one(large: dict[str, bytes]) -> None:
    parts = parts_of(large["en"])
    numbering = etree.fromstring(parts["word/numbering.xml"])
    begun = {
        named(one, ".", "w:numId")[0] for one in found(numbering, "w:num") if found(one, "w:lvlOverride")
    }
    cards = [block for block in inner(compose(large_report(), "en").blocks) if isinstance(block, Card)]
    used = [
        named(one, "w:pPr/w:numPr/w:numId", "w:val")
        for one in found(text_part(large["en"]), ".//w:p")
        if style_of(one) == "CardStep"
    ]
    assert len(used) == sum(len(card.steps) for card in cards)
    assert len({one[0] for one in used}) == sum(bool(card.steps) for card in cards)
    assert {one[0] for one in used} <= begun


def test_lights_can_be_told_apart_without_their_colour() -> None:
    text = text_part(render(small_report(), "en"))
    signs = {
        named(one, "w:rPr/w:rStyle", "w:val")[0]: words_of(one)
        for one in found(text, ".//w:r")
        if (named(one, "w:rPr/w:rStyle", "w:val") or [""])[0].startswith("Light")
    }
    assert signs == {"LightRed": "■", "LightAmber": "▲", "LightGreen": "●", "LightNeutral": "○"}
    lines = [words_of(one) for one in found(text, ".//w:tc//w:p")]
    assert "■\u00a0\u00a0not met" in lines
    assert "▲\u00a0\u00a0not safe" in lines


def test_nothing_but_places_and_numbers_is_set_beside_the_styles(large: dict[str, bytes]) -> None:
    """A consultant restyles the report in its styles; no run and no paragraph has a look of its own."""
    text = text_part(large["en"])
    assert {str(one.tag).removeprefix(W) for one in found(text, ".//w:r/w:rPr/*")} == {"rStyle"}
    settings = {str(one.tag).removeprefix(W) for one in found(text, ".//w:p/w:pPr/*")}
    assert settings <= {"pStyle", "keepNext", "pageBreakBefore", "numPr", "sectPr"}
    assert found(text, ".//w:tcBorders") == []
    assert found(text, ".//w:tbl//w:shd") == []


def test_what_is_changed_in_a_style_reaches_those_based_on_it() -> None:
    styles = {one.style_id: one for one in docx.Document(BytesIO(render(small_report(), "en"))).styles}
    body, cell, strong, right = (styles[name] for name in ("Normal", "Cell", "CellStrong", "CellRight"))
    assert (strong.base_style.style_id, right.base_style.style_id) == ("Cell", "Cell")
    assert body.font.size.pt == 10
    assert cell.font.size.pt == 8.5
    assert strong.font.size is None
    assert right.font.color.rgb is None
    # No style names a typeface but that of the lights: the theme's is everywhere.
    assert {one.name for one in styles.values() if one.type == 1 and one.font.name} == set()


def test_a_table_repeats_its_head_and_keeps_short_rows_whole(large: dict[str, bytes]) -> None:
    tables = [
        one
        for one in found(text_part(large["en"]), ".//w:tbl")
        if named(one, "w:tblPr/w:tblStyle", "w:val") == ["ReportTable"]
    ]
    assert len(tables) > 30
    for table in tables:
        heads = [len(found(row, "w:trPr/w:tblHeader")) for row in found(table, "w:tr")]
        assert heads == [1] + [0] * (len(heads) - 1)
        for row in found(table, "w:tr"):
            if len(words_of(row)) < 300:
                assert found(row, "w:trPr/w:cantSplit")
        assert named(table, "w:tblPr/w:tblDescription", "w:val")[0]


def test_every_chart_is_a_sharp_picture_with_words_for_those_who_cannot_see_it(
    large: dict[str, bytes],
) -> None:
    text, parts = text_part(large["en"]), parts_of(large["en"])
    charts = [
        block.chart for block in inner(compose(large_report(), "en").blocks) if isinstance(block, Figure)
    ]
    told = named(text, ".//wp:inline/wp:docPr", "descr")
    assert told == [one_line(f"{chart.title}. {chart.alt}") for chart in charts]
    for frame in found(text, ".//wp:inline"):
        number = named(frame, "wp:docPr", "id")[0]
        picture = Image.open(BytesIO(parts[f"word/media/picture{number}.png"]))
        inches = int(named(frame, "wp:extent", "cx")[0]) / 914_400
        # Made smaller to keep to their page, pictures are sharper still.
        assert 190 <= picture.width / inches <= 255
        low, high = picture.convert("L").getextrema()
        assert (low < 120, high) == (True, 255)
    assert named(text, ".//wp:anchor/wp:docPr", "descr") != [""]


def test_the_figures_of_a_chart_stand_beside_it_unless_a_table_says_them_anyway(
    large: dict[str, bytes],
) -> None:
    blocks = list(inner(compose(large_report(), "en").blocks))
    text = text_part(large["en"])
    charts = [one for one in found(text, ".//w:body/w:p") if found(one, ".//wp:inline")]
    figures = [(n, block) for n, block in enumerate(blocks) if isinstance(block, Figure)]
    assert len(charts) == len(figures)
    for picture, (number, block) in zip(charts, figures, strict=True):
        after = blocks[number + 1].kind
        if after == "table" or block.chart.kind in ("heatmap", "timeline"):
            continue
        following = picture.getnext()
        assert following is not None
        assert following.tag == f"{W}tbl"
        cells = [words_of(one) for one in found(following, ".//w:tc")]
        match block.chart:
            case Radar():
                assert set(block.chart.axes) <= set(cells)
            case Bars():
                assert {bar.label for bar in block.chart.bars} <= set(cells)
                assert {bar.between for bar in block.chart.bars if bar.between} <= set(cells)
            case Curve():
                assert block.chart.months[0] in cells


def test_charts_without_figures_have_tables_without_rows_or_none() -> None:
    c = catalogue("en")
    empty = Bar(id="x", label="x", value=None, low=None, high=None, level=None, planned=None)
    bars = Bars(title="t", alt="a", lowest=1, highest=5, planned_name="", bars=(empty,))
    assert [[line.text for line in one] for one in chart_tables(bars, c)[0].rows[0]] == [["x"], ["–"]]
    assert chart_tables(bars.model_copy(update={"bars": ()}), c) == ()
    nothing = Series(name="n", role="present", values=(None,) * 3)
    web = Radar(title="t", alt="a", axes=("x",) * 3, ids=("x",) * 3, lowest=1, highest=5, series=(nothing,))
    assert chart_tables(web, c) == ()
    months = tuple(f"m{number}" for number in range(30))
    moving = Series(name="n", role="planned", values=tuple(float(number) for number in range(30)))
    still = Series(name="n", role="planned", values=(2.0,) * 30)
    curve = Curve(title="t", alt="a", months=months, lowest=0, highest=40, series=(moving,))
    assert [len(one.columns) for one in chart_tables(curve, c)] == [9, 9, 9, 9]
    resting = chart_tables(curve.model_copy(update={"series": (still,)}), c)
    assert [column.head for column in resting[0].columns] == ["Month", "m0", "m29"]
    payoff = Payoff(
        title="t",
        alt="a",
        lowest=0,
        highest=100,
        percent=True,
        points=(Gained(days=0, share=0, said=""), Gained(days=100, share=40.0, said="")),
        knee=None,
        knee_name="",
        days_name="days",
        gain_name="gain",
    )
    table = chart_tables(payoff, c)[0]
    assert [column.head for column in table.columns] == ["days", "0", "100"]
    assert [line.text for one in table.rows[0] for line in one] == ["gain", "0%", "40%"]


def test_the_parts_of_a_bridge_stand_in_its_table_and_it_can_be_painted() -> None:
    stages = (
        Stage(name="then", begin=1, end=2.5, said="2.50", whole=True),
        Stage(name="real", begin=2.5, end=2.9, said="+0.40", main=True),
        Stage(name="now", begin=1, end=2.9, said="2.90", whole=True),
    )
    bridge = Bridge(title="t", alt="a", lowest=1, highest=5, stages=stages)
    table = chart_tables(bridge, catalogue("en"))[0]
    assert [[line.text for one in row for line in one] for row in table.rows] == [
        ["then", "2.50"],
        ["real", "+0.40"],
        ["now", "2.90"],
    ]
    register()
    picture = Image.open(BytesIO(painted(drawn(bridge, catalogue("en"), LIGHT))))
    assert len(picture.convert("RGB").getcolors(300)) > 5


def test_a_brand_brings_its_colours_its_logo_and_its_foot() -> None:
    raw = branded()
    parts = parts_of(raw)
    theme = etree.fromstring(parts["word/theme/theme1.xml"])
    accents = named(theme, ".//a:accent1/a:srgbClr", "val")
    assert accents != ["1F4E79"]
    # Yellow letters on white would not be read: the colour keeps its hue and is darkened.
    assert accents != ["F2B705"]
    assert "Nur für Sie" in words_of(etree.fromstring(parts["word/footer.xml"]))
    text = text_part(raw)
    assert named(text, ".//wp:inline/wp:docPr", "descr")[0] == "Logo von Musterberatung"
    assert faults(raw) == []


def test_libreoffice_shows_every_claim(as_pdf: dict[str, str]) -> None:
    shown = squeezed(as_pdf["de"])
    claims = [text for level, text in headings_of(large_report(), "de") if level == 1]
    assert [claim for claim in claims if squeezed(claim) not in shown] == []
    pages = as_pdf["de"].split("\f")
    assert squeezed("Transformation im Kundenservice") in squeezed(pages[0])
    assert "Vertraulich, Stand" not in pages[0]
    assert squeezed(claims[0]) in squeezed(pages[1])
    assert str(len(pages)) in pages[1].split("\n")[-1] or str(len(pages)) in pages[1]


@pytest.mark.parametrize("name", [*OPENED, "branded"])
def test_libreoffice_opens_odd_files(as_pdf: dict[str, str], name: str) -> None:
    assert "Servicecheck" in as_pdf[name]
    assert as_pdf[name].count("\f") >= 8


def test_a_shape_that_cannot_be_painted_is_not_left_out_in_silence() -> None:
    drawing = Drawing(20, 20)
    drawing.add(Ellipse(10, 10, 5, 3))
    with pytest.raises(TypeError, match="cannot paint a Ellipse"):
        painted(drawing)


def test_a_picture_has_its_dots_and_a_tall_one_not_too_many() -> None:
    drawing = Drawing(72, 144)
    drawing.add(Line(0, 72, 72, 72, strokeWidth=10))
    picture = Image.open(BytesIO(painted(drawing))).convert("L")
    assert picture.size == (200, 400)
    assert picture.getpixel((100, 200)) == 0
    assert picture.getpixel((100, 150)) == 255
    tall = Image.open(BytesIO(painted(Drawing(480, 20_000))))
    assert tall.width * tall.height < 6_000_000


def test_a_language_without_the_questionnaire_is_refused() -> None:
    from assessment.errors import ReportError

    only = small().model_copy(update={"languages": ("en",)})
    with pytest.raises(ReportError):
        render(small_report().model_copy(update={"questionnaire": only}), "nl")
