"""Every page in each language: readable by assistive technology, on a phone, in the dark, without a word left in English."""

import re

import pytest
from playwright.sync_api import expect

from tests.extraction import messages
from tests.journeys.conftest import ROOT, Visitor, Visits
from tests.journeys.words import word

pytestmark = pytest.mark.journey

PAGES = (
    "start",
    "profile",
    "questions",
    "review",
    "workshop",
    "join",
    "clients",
    "contributions",
    "contribute",
    "figures",
    "results",
    "roadmap",
    "report",
    "privacy",
)
ACCESSIBILITY = (ROOT / "docs" / "accessibility.md").read_text("utf-8")
NOT_OURS = set(re.findall(r"^\| `([a-z-]+)` \|", ACCESSIBILITY, re.MULTILINE))
"""What Streamlit's own frame causes, as docs/accessibility.md names it; the list may only shrink."""


SAID = """one => [one, ...one.querySelectorAll('[aria-label], [alt]')]
  .map(each => each.getAttribute('aria-label') || each.getAttribute('alt') || '').join(' ')"""


def sample(user: Visitor, language: str) -> str:
    user.open(f"/?lang={language}")
    user.button(word("Open the sample", language))
    user.page.get_by_text(word("level as rated", language)).first.wait_for()
    user.settle()
    return user.page.url.split("?")[1]


@pytest.mark.parametrize(("language", "dark"), [("en", False), ("de", True), ("nl", False)])
def test_every_page_is_accessible_and_wholly_in_its_language(
    visit: Visits, language: str, dark: bool
) -> None:
    user = visit(language, dark=dark)
    query = sample(user, language)
    faults: dict[str, list[tuple[str, str]]] = {}
    english = [
        message
        for message in messages()
        if isinstance(message, str) and "{" not in message and message.count(" ") >= 2
    ]
    assert len(english) > 100
    for page in PAGES:
        user.open(f"/{'' if page == 'start' else page}?{query}")
        user.page.wait_for_timeout(800)
        user.settle()
        if language != "en":
            text = user.text()
            assert [message for message in english if message in text] == [], page
        for rule, place in user.faults().items():
            faults.setdefault(rule, []).append((page, place))
    ours = {rule: places for rule, places in faults.items() if rule not in NOT_OURS}
    assert ours == {}
    assert set(faults) >= NOT_OURS, "what is no longer found leaves docs/accessibility.md"


@pytest.mark.parametrize("width", [320, 390, 640, 820])
def test_nothing_hangs_over_the_edge_of_a_small_screen_or_at_twice_the_size(
    visit: Visits, width: int
) -> None:
    user = visit("de", width=width)
    query = sample(user, "de")
    for page in PAGES:
        user.open(f"/{'' if page == 'start' else page}?{query}")
        overhang = user.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert overhang <= 1, f"{page} is {overhang} pixels wider than the screen"


@pytest.mark.parametrize("dark", [False, True])
def test_the_app_has_its_own_colours_wherever_it_is_started(visit: Visits, dark: bool) -> None:
    user = visit("en", dark=dark)
    user.open()
    button = user.page.get_by_role("button", name="Start the short version")
    colour = button.evaluate("one => getComputedStyle(one).backgroundColor")
    assert colour == ("rgb(43, 116, 198)" if dark else "rgb(31, 78, 121)")


def test_the_style_sheet_reaches_what_it_is_for(visit: Visits) -> None:
    user = visit("en")
    query = sample(user, "en")
    user.open(f"/questions?{query}&p=w1")
    style = "(one, name) => getComputedStyle(one)[name]"
    card = user.page.locator(".st-key-card-w1-q1 [role=radiogroup]").first.locator("label")
    chosen = card.filter(has=user.page.locator("input:checked"))
    expect(chosen).to_have_count(1)
    assert float(card.first.evaluate(style, "borderTopWidth").removesuffix("px")) >= 1
    assert chosen.evaluate(style, "backgroundColor") != card.first.evaluate(style, "backgroundColor")
    head = user.page.locator(".st-key-head")
    user.page.locator("[data-testid=stMain]").evaluate("one => one.scrollTo(0, 900)")
    assert head.bounding_box()["y"] == 0, "the head stays"  # type: ignore[index]
    assert user.page.locator(".st-key-outline").bounding_box()["y"] > 0, "the outline stays"  # type: ignore[index]
    here = user.page.locator(".st-key-head-pages a[aria-current=page]")
    expect(here).to_have_count(1)
    expect(here).to_contain_text("Questions")
    user.page.set_viewport_size({"width": 390, "height": 800})
    assert user.page.locator(".st-key-outline details").evaluate("one => one.open") is False
    for part in ("name", "pages", "language"):
        box = user.page.locator(f".st-key-head-{part}").bounding_box()
        assert box is not None
        assert box["x"] >= 0, f"{part} begins on the screen"
        assert box["x"] + min(box["width"], 140) <= 390, f"{part} is on the screen"


def test_every_chart_says_in_words_what_it_shows(visit: Visits) -> None:
    user = visit("nl")
    query = sample(user, "nl")
    for page in ("results", "roadmap"):
        user.open(f"/{page}?{query}")
        user.page.locator(".js-plotly-plot").first.wait_for()
        user.settle()
        for chart in user.page.locator("[data-testid=stPlotlyChart]").all():
            said = chart.evaluate(SAID)
            assert len(said.strip()) > 40, f"{page}: {said!r}"
