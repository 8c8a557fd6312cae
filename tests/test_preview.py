"""The pages of a PDF as pictures, and the files that are made once for whoever asks."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from assessment.exports.pdf import render
from assessment.ui.paper import SAID, Leaf, count_of, leaf
from assessment.ui.preview import KEPT, SMALL, WIDTH, Made, Shelf
from tests.report_samples import large_report, small_report


@cache
def pdf(language: str = "en") -> bytes:
    return render(small_report(), language)


def drawn(page: int, width: int = WIDTH, raw: bytes = b"") -> Leaf:
    raw = raw or pdf()
    return leaf(sha256(raw).hexdigest(), page, width, raw)


def a_file(name: str) -> Made:
    return Made(name.encode(), name, "")


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_page_of_the_pdf_can_be_looked_at_as_wide_as_asked_and_as_tall_as_paper() -> None:
    count = count_of(sha256(pdf()).hexdigest(), pdf())
    assert count == len(PdfReader(BytesIO(pdf())).pages)
    for page in range(1, count + 1):
        found = drawn(page)
        picture = Image.open(BytesIO(found.png))
        assert picture.format == "PNG"
        assert picture.size == (found.width, found.height)
        assert abs(found.width - WIDTH) <= 1 and abs(found.height / found.width - 297 / 210) < 0.005


def test_paper_stays_white_and_what_is_drawn_on_it_is_seen() -> None:
    picture = Image.open(BytesIO(drawn(2).png)).convert("RGB")
    colours = {colour: count for count, colour in picture.getcolors(1 << 20)}
    assert max(colours, key=colours.__getitem__) == (255, 255, 255)
    assert min(map(sum, colours)) < 200
    assert picture.getpixel((3, 3)) == (255, 255, 255)


def test_a_page_says_how_it_begins_in_one_short_line() -> None:
    page = PdfReader(BytesIO(pdf("de"))).pages[1].extract_text()
    text = drawn(2, raw=pdf("de")).text
    assert len(text) <= SAID + 2 and "\n" not in text and text.endswith(" …")
    for word in text.removesuffix(" …").split()[:12]:
        assert word in page


def test_a_picture_is_small_enough_to_turn_pages_by_and_its_neighbours_are_a_fraction_of_it() -> None:
    raw = render(large_report(), "de")
    for page in (1, 2, 4, 20):
        assert len(drawn(page, raw=raw).png) < 220_000
        assert len(drawn(page, SMALL, raw=raw).png) < 9_000


def test_many_readers_see_the_same_pages_at_once() -> None:
    leaf.clear()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(drawn, [1, 2, 3, 1, 2, 3, 1, 2, 3, 4] * 3))
    assert len({each.png for each in found}) == 4


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_asks_for_a_file_that_is_being_made_gets_that_one() -> None:
    shelf, begun, go = Shelf(), threading.Event(), threading.Event()
    made: list[str] = []

    def slow() -> Made:
        made.append("once")
        begun.set()
        assert go.wait(10)
        return a_file("report")

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(shelf.take, "key", slow)
        assert begun.wait(10)
        assert not shelf.has("key")
        others = [pool.submit(shelf.take, "key", slow) for _ in range(3)]
        go.set()
        assert {each.result(10) for each in (first, *others)} == {a_file("report")}
    assert made == ["once"] and shelf.has("key")


def test_a_file_that_could_not_be_made_is_made_anew_when_it_is_asked_for_again() -> None:
    shelf = Shelf()

    def fails() -> Made:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        shelf.take("key", fails)
    assert not shelf.has("key")
    assert shelf.take("key", lambda: a_file("second")) == a_file("second")


def test_only_the_files_asked_for_last_are_kept() -> None:
    shelf = Shelf()
    for number in range(KEPT):
        shelf.take(str(number), lambda: a_file("any"))
    shelf.take("0", lambda: a_file("not made"))
    shelf.take("one more", lambda: a_file("any"))
    assert shelf.has("0") and not shelf.has("1") and shelf.has("2") and shelf.has("one more")
