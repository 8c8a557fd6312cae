"""White label: colours are corrected until they read, a logo is written anew, and what cannot be used is told."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from assessment.brand import READABLE, UNBRANDED, VISIBLE, Brand, palette_of
from assessment.errors import AssessmentError
from assessment.exports.pdf import render
from assessment.loader import logo_from, read_brand
from assessment.loader.brand import KEPT_SIDE, LOGO_BYTES
from assessment.theme import LIGHT, contrast, luminance
from tests.report_samples import small_report
from tests.tagged import broken_rules, faults_of_structure

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def picture(form: str = "PNG", *, size: tuple[int, int] = (300, 100), mode: str = "RGBA") -> bytes:
    out = BytesIO()
    Image.new(mode, size, (240, 180, 0, 128) if mode == "RGBA" else (240, 180, 0)).save(out, form)
    return out.getvalue()


def a_brand(folder: Path, text: str, *, logo: bytes | None = None) -> Path:
    if logo is not None:
        (folder / "logo.png").write_bytes(logo)
    file = folder / "brand.yaml"
    file.write_text(text, "utf-8")
    return file


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@given(COLOURS, COLOURS)
def test_every_colour_becomes_one_that_reads_and_levels_keep_their_order(colour: str, accent: str) -> None:
    palette = palette_of(Brand(colour=colour, accent=accent))
    assert contrast(palette.brand, palette.tint) >= READABLE
    assert contrast(palette.accent, palette.paper) >= min(VISIBLE, contrast(LIGHT.accent, palette.paper))
    lights = [luminance(shade) for shade in palette.levels]
    assert lights == sorted(lights, reverse=True)
    for own, usual in zip((*palette.levels, *palette.waves), (*LIGHT.levels, *LIGHT.waves), strict=True):
        assert luminance(own) == pytest.approx(luminance(usual), abs=0.02)


def test_a_colour_that_reads_is_used_as_it_is_and_no_brand_changes_nothing() -> None:
    assert palette_of(Brand(colour="#6b2d5c")).brand == "#6B2D5C"
    assert palette_of(UNBRANDED) == LIGHT


def test_name_footer_and_colour_stand_on_the_pages_and_the_numbers_are_the_same() -> None:
    brand = Brand(
        name="Musterberatung <fiktiv>", colour="#F2B705", footer="Für den Auftraggeber & sonst niemand"
    )
    plain, own = render(small_report(), "de"), render(small_report(), "de", brand=brand)
    said = words(own)
    assert said.count("Musterberatung <fiktiv> · Für den Auftraggeber & sonst niemand · Stand") > 5
    assert "Vertraulich · Stand" not in said and "Vertraulich · Stand" in words(plain)
    digits = [[c for c in words(pdf) if c.isdigit()] for pdf in (plain, own)]
    assert digits[0] == digits[1]
    assert broken_rules(own, "ua1") == "" and broken_rules(own, "3a") == ""


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGBA"), ("PNG", "RGB"), ("JPEG", "RGB")])
def test_a_logo_is_a_figure_with_its_name_and_keeps_the_standards(form: str, mode: str) -> None:
    logo = logo_from(picture(form, mode=mode), name="logo")
    brand = Brand.model_construct(name="Musterberatung", colour=None, accent=None, footer="", logo=logo)
    pdf = render(small_report(), "de", brand=brand)
    assert broken_rules(pdf, "ua1") == "" and broken_rules(pdf, "3a") == ""
    assert faults_of_structure(pdf) == []
    with pikepdf.open(BytesIO(pdf)) as opened:
        named = [str(each.Alt) for each in opened.objects if _is_figure(each)]
    assert "Logo von Musterberatung" in named


def _is_figure(each: pikepdf.Object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure" and "/Alt" in each


def test_a_logo_is_written_anew_without_what_else_its_file_held() -> None:
    out = BytesIO()
    large = Image.new("RGB", (2000, 500), (10, 20, 30))
    exif = Image.Exif()
    exif[0x010E] = "a secret remark"
    large.save(out, "JPEG", exif=exif)
    made = logo_from(out.getvalue(), name="logo.jpg")
    assert b"secret" in out.getvalue() and b"secret" not in made
    with Image.open(BytesIO(made)) as opened:
        assert opened.format == "PNG" and max(opened.size) == KEPT_SIDE


def test_a_brand_is_read_with_its_logo(tmp_path: Path) -> None:
    file = a_brand(tmp_path, 'name: Muster\ncolour: "#6b2d5c"\nlogo: logo.png\n', logo=picture())
    brand = read_brand(file)
    assert (brand.name, brand.colour, brand.accent) == ("Muster", "#6B2D5C", None)
    assert brand.logo == logo_from(picture(), name="logo.png")
    assert Brand.model_validate_json(brand.model_dump_json()) == brand


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("logo: ../logo.png", "not a file beside this one"),
        ("logo: /etc/passwd", "not a file beside this one"),
        ("logo: 'c:\\\\logo.png'", "not a file beside this one"),
        ("logo: https://example.org/logo.png", "not a file beside this one"),
        ("logo: none.png", "there is no file"),
        ("logo: brand.yaml", "cannot be read as PNG or JPEG"),
        ("colour: blue", "a colour is written"),
        ("color: '#123456'", "Did you mean “colour”?"),
        (f"name: {'x' * 81}", "name"),
    ],
)
def test_a_brand_that_cannot_be_used_is_told_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(AssessmentError) as told:
        read_brand(a_brand(tmp_path, text))
    assert says in str(told.value) and "brand.yaml" in str(told.value)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "cannot be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read"),
        (picture()[:200], "cannot be read"),
        (picture("GIF", mode="RGB"), "cannot be read"),
        (b"x" * (LOGO_BYTES + 1), "more than 2 MB"),
        (picture(size=(5001, 1), mode="RGB"), "larger than 5000 by 5000"),
    ],
    ids=["empty", "svg", "cut off", "gif", "too many bytes", "too many pixels"],
)
def test_a_logo_that_cannot_be_used_is_told(raw: bytes, says: str) -> None:
    with pytest.raises(AssessmentError, match=says):
        logo_from(raw, name="logo.png")
