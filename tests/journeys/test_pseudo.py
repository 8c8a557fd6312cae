"""Every page in a language that is 40 % longer than English and that nobody speaks: nothing is cut, nothing bypasses the catalogue.

See tests/pseudo.py. The pages are walked once, each with all that can be opened on it, at every width; 720 pixels are what
is left of 1440 at a zoom of 200 %, 320 of 1280 at 400 %.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from playwright.sync_api import Browser, Locator

from assessment.answers import Answer, AnswerSheet
from assessment.loader import read_questionnaire, read_sample, sample_names
from assessment.report import Subject
from assessment.store import Store
from tests.journeys.conftest import ROOT, Server, Visitor, Visits
from tests.pseudo import FROM, INSTEAD_OF, as_own, own, pseudo

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("pseudo")]

READING = (Path(__file__).parent / "reading.js").read_text("utf-8")
WIDTHS = (1440, 820, 720, 390, 320)

# ── what may stand on a page although no catalogue has it, and why ───────────────────────────────────────────────────────────

MONTHS = "|".join(
    sorted(
        {
            name
            for style in ("wide", "abbreviated")
            for name in Locale(INSTEAD_OF).months["format"][style].values()
        },
        key=len,
        reverse=True,
    )
)
ALLOWED = {
    r"⟪[^⟪⟫]*⟫?": "what the user wrote",
    rf"\b(\d{{1,2}} )?({MONTHS}) \d{{4}}": "a date as Babel writes it in Dutch, whose formats the pseudo-language keeps",
    r"\b(PDF|JSON|CSV|TXT|ICS|MMD|XML|DOCX|PPTX|XLSX|PNG|JPE?G)\b": "the name of a file format",
    r"^EU(?=: )": "the Union by its letters: what holds in it all",
    r"\b[A-Z]{1,2}\d{1,2}(-Q\d{1,2})?\b": "an id of a section, a question or a measure",
    r"\b(English|Deutsch|Nederlands)( \(Schweiz\))?(?!\w)": "a language's own name, the same in every language",
}
STREAMLIT = {
    "progress": "name of the bar that shows progress",
    r"\d+ options? available\.": "of a menu of choices, for screen readers",
}
"""Words of Streamlit's own, spoken rather than shown: it has no setting to translate them. The others are in ui/living.py."""


def names_of_others() -> set[str]:
    """Return names that are the same in every language: of standards and their parts, of who found a figure."""
    known = read_questionnaire("service-transformation")
    parts = {
        part
        for question in known.questions_by_id.values()
        for each in question.standards
        for part in each.parts
    }
    return (
        parts
        | {each.name for each in known.standards}
        | {each.organisation for each in known.reference_points}
    )


NAMES = re.compile("|".join(map(re.escape, sorted(names_of_others(), key=len, reverse=True))))


@dataclass
class Walk:
    """What was found on the way through a page: at each place, in each width."""

    bypassing: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    unfit: dict[tuple[str, str], dict[str, list[tuple[str, int]]]] = field(default_factory=dict)
    most: dict[tuple[str, str], int] = field(default_factory=dict)
    """Pixels that are lacking, at most."""
    scrolling: dict[str, set[int]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """The exceptions that were made."""
    places: int = 0

    def bypasses(self) -> list[str]:
        """Return a line for each text that comes from elsewhere, with the first place where it stands."""
        return [
            f"{kind} “{text[:140]}” ({why}), first at {places[0]}"
            for (kind, text, why), places in self.bypassing.items()
        ]

    def faults(self) -> list[str]:
        """Return a line for each kind of fault at each place, with the widths and the first of the texts."""
        lines = []
        for (kind, where), texts in self.unfit.items():
            places = list(dict.fromkeys(name for each in texts.values() for name, _ in each))
            widths = sorted({width for each in texts.values() for _, width in each})
            also = f" and in {len(places) - 1} more places" if len(places) > 1 else ""
            more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
            said = f"“{next(iter(texts))[:90]}”{more}"
            by = f"by up to {self.most[kind, where]} pixels at {', '.join(map(str, widths))}"
            lines.append(f"{places[0]}{also}: {kind} {by} in {where}: {said}")
        return lines

    def note(self, name: str, width: int, read: dict[str, Any]) -> None:
        self.places += 1
        for one in read["said"]:
            if left := bypassing(one["text"], self.used):
                self.bypassing.setdefault((one["kind"], one["text"], left), []).append(
                    f"{name} in {one['where']}"
                )
        for one in read["faults"]:
            texts = self.unfit.setdefault((one["kind"], one["where"]), {})
            texts.setdefault(one["text"], []).append((name, width))
            self.most[one["kind"], one["where"]] = max(
                one["by"], self.most.get((one["kind"], one["where"]), 0)
            )
        for one in read["scrolling"]:
            self.scrolling.setdefault(f"{name}: {one['where']} “{one['text']}”", set()).add(width)


def bypassing(text: str, used: set[str]) -> str:
    """Return the words of a text that come from no catalogue; nothing if there are none. The exceptions it makes go into `used`."""
    for pattern in STREAMLIT:
        if re.fullmatch(pattern, text):
            used.add(pattern)
            return ""
    left = NAMES.sub(" ", text)
    for pattern in ALLOWED:
        left, found = re.subn(pattern, " ", left)
        if found:
            used.add(pattern)
    plain = re.findall(r"[^\W\d_]*[A-Za-z][^\W\d_]*", left)
    if plain:
        return "not from the catalogue: " + " ".join(plain[:6])
    return "" if _is_whole(left) else "cut by the code: a bracket has no partner"


def _is_whole(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "⟦") - (sign == "⟧")
        if depth < 0:
            return False
    return depth == 0


# ── the app in the pseudo-language ───────────────────────────────────────────────────────────────────────────────────────────


class PseudoServer(Server):
    """The app as it is served, but with the pseudo-language in the place of Dutch."""

    def __init__(self, data: Path, questionnaires: Path) -> None:
        super().__init__(data)
        self.questionnaires = questionnaires

    def module(self) -> str:
        return "tests.pseudo"

    def settings(self) -> dict[str, str]:
        own = {"ASSESSMENT_QUESTIONNAIRES": str(self.questionnaires), "ASSESSMENT_PROOF_SECONDS": "3"}
        return super().settings() | own


@pytest.fixture(scope="module")
def pseudo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PseudoServer]:
    folder = tmp_path_factory.mktemp("questionnaires")
    (folder / "every-type").symlink_to(ROOT / "tests" / "every-type")
    running = PseudoServer(tmp_path_factory.mktemp("data"), folder)
    running.start()
    yield running
    running.kill()


class Walker:
    """Somebody who walks through a page and looks at each place of it in every width."""

    def __init__(self, server: Server, user: Visitor) -> None:
        self.server, self.user, self.page = server, user, user.page
        self.page.set_default_timeout(60_000)
        self.walk = Walk()

    def store(self) -> Store:
        return Store(f"sqlite:///{self.server.data / 'assessment.db'}")

    def sample(self, of: str = "service-transformation") -> str:
        """Put a sample into the database; return the query of its address."""
        _, sheet, subject = read_sample(sample_names(of)[0], language=FROM)
        with self.store() as store:
            return f"a={store.put(*as_own(sheet, subject), language=INSTEAD_OF).token}&lang={INSTEAD_OF}"

    def empty(self) -> str:
        known = read_questionnaire("service-transformation")
        with self.store() as store:
            made = store.create(known.id, known.version, language=INSTEAD_OF, short=True)
            return f"a={made.token}&lang={INSTEAD_OF}"

    def every_type(self) -> str:
        """Begin the questionnaire of every type, its profile given."""
        known = read_questionnaire(ROOT / "tests" / "every-type")
        sheet = AnswerSheet(
            questionnaire=known.id,
            version=known.version,
            profile={"size": "large"},
            answers=(
                Answer(question="way", value=2),
                Answer(question="privacy", value=False, comment=own("Who knows")),
            ),
        )
        subject = Subject(organisation=own("Muster (fictitious)"), held_on=date(2026, 11, 2))
        with self.store() as store:
            return f"a={store.put(sheet, subject, language=INSTEAD_OF).token}&lang={INSTEAD_OF}"

    def open(self, path: str) -> None:
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        self.user.open(path)
        self.settle()

    def settle(self) -> None:
        self.user.settle()
        self.user.settle()

    def look(self, name: str, widths: tuple[int, ...] = WIDTHS) -> None:
        """Look at what is there, in every width."""
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.wait_for_timeout(450)  # charts draw themselves anew
            self.walk.note(name, width, self.read())
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        self.page.wait_for_timeout(150)

    def unfold(self) -> None:
        """Open everything that is folded, but of lists of the same kind the first ones only."""
        for _ in range(3):
            closed = self.page.locator("[data-testid=stMain] details:not([open]) > summary").filter(
                visible=True
            )
            if not closed.count():
                return
            closed.evaluate_all("all => all.slice(0, 40).forEach(one => one.click())")
            self.settle()

    def tabs(self, name: str) -> None:
        """Open each tab and look at it."""
        tabs = self.page.locator("[data-testid=stMain] [role=tab]").filter(visible=True)
        for number in range(tabs.count()):
            tabs.nth(number).click()
            self.settle()
            self.unfold()
            self.look(f"{name}, tab {number + 1}")

    def menus(self, name: str) -> None:
        """Open every menu, and point at everything that explains itself: at one width."""
        menus = self.page.locator("[data-testid=stMain] [data-testid=stSelectbox] input").filter(visible=True)
        for number in range(menus.count()):
            menus.nth(number).scroll_into_view_if_needed()
            self.page.wait_for_timeout(300)  # a menu closes when the page scrolls
            menus.nth(number).click()
            self.page.wait_for_timeout(300)
            self.walk.note(f"{name}, menu {number + 1}", WIDTHS[0], self.said_only())
            self.page.keyboard.press("Escape")
            self.page.wait_for_timeout(100)
        helps = self.page.locator(
            "[data-testid=stTooltipIcon] button, [data-testid=stTooltipHoverTarget]"
        ).filter(visible=True)
        for number in range(min(helps.count(), 12)):
            helps.nth(number).hover(force=True)
            self.page.wait_for_timeout(350)
            self.walk.note(f"{name}, help {number + 1}", WIDTHS[0], self.said_only())
        self.page.mouse.move(2, 2)

    def said_only(self) -> dict[str, Any]:
        return {**self.read(), "faults": [], "scrolling": []}

    def read(self) -> dict[str, Any]:
        """Return what the page says; where something is not in the language, once more: the script that mends words may be late."""
        found: dict[str, Any] = self.page.evaluate(READING)
        if any(bypassing(one["text"], set()) for one in found["said"]):
            self.page.wait_for_timeout(600)
            found = self.page.evaluate(READING)
        return found

    def button(self, message: str) -> None:
        self.user.button(pseudo(message))
        self.settle()


# ── the pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def start(walker: Walker) -> None:
    walker.open(f"/?lang={INSTEAD_OF}")
    walker.unfold()
    walker.look("start")
    walker.menus("start")
    walker.open("/?" + walker.sample())
    walker.look("start, something open")
    walker.menus("start, something open")
    walker.unfold()
    walker.page.locator(".st-key-continue-file input[type=file]").set_input_files(
        {
            "name": "answers.json",
            "mimeType": "application/json",
            "buffer": json.dumps({"questionnaire": "none"}).encode(),
        }
    )
    walker.page.get_by_role("button", name=pseudo("Open the file")).wait_for()
    walker.button("Open the file")
    walker.look("start, a file that is none")
    walker.open(f"/?lang={INSTEAD_OF}")
    walker.unfold()
    walker.look("start, one is remembered")
    walker.button("Continue")
    walker.look("start, no link")
    walker.page.get_by_label(pseudo("Private link or code"), exact=True).fill("nobody-has-this")
    walker.button("Continue")
    walker.look("start, an unknown link")
    for path in ("questions", "results"):
        walker.open(f"/{path}?lang={INSTEAD_OF}")
        walker.look(f"{path}, nothing open")
    walker.open(f"/questions?a=nobody-has-this-link&lang={INSTEAD_OF}")
    walker.look("an unknown link")


def profile(walker: Walker) -> None:
    walker.open("/profile?" + walker.sample())
    walker.page.locator(
        "[class*=st-key-organisation-] input"
    ).first.wait_for()  # the page itself, not what is told instead of it
    walker.unfold()
    walker.look("profile")
    walker.menus("profile")


def questions(walker: Walker) -> None:
    walker.open("/questions?p=w1&" + walker.sample())
    walker.unfold()
    walker.look("questions, answered")
    walker.menus("questions, answered")
    walker.open("/questions?" + walker.empty())
    walker.look("questions, nothing answered")


def every_type(walker: Walker) -> None:
    query = walker.every_type()
    walker.open("/questions?p=work&" + query)
    walker.user.choose("way", 1)
    walker.unfold()
    walker.look("every type, first page")
    walker.open("/questions?p=figures&" + query)
    card(walker, "first-contact").wait_for()
    write(walker, "first-contact", "120")
    card(walker, "tools").locator("[data-testid=stCheckbox] label").first.click()
    card(walker, "missing").wait_for()  # asked of those who have few tools
    write(walker, "missing", own("The user’s words"))
    card(walker, "requests").locator("[role=radiogroup]").first.locator("label").last.click()
    walker.settle()
    walker.unfold()
    walker.look("every type, second page")
    walker.menus("every type, second page")
    for page in ("profile", "results", "roadmap", "report"):
        walker.open(f"/{page}?{query}")
        walker.unfold()
        walker.look(f"every type, {page}")


def review(walker: Walker) -> None:
    query = walker.sample()
    walker.open("/review?" + query)
    walker.unfold()
    walker.look("review, answered")
    walker.menus("review")
    walker.open("/review?" + walker.empty())
    walker.unfold()
    walker.look("review, nothing answered")


def figures(walker: Walker) -> None:
    walker.open("/figures?" + walker.sample())
    walker.tabs("figures")
    walker.menus("figures")


def results(walker: Walker) -> None:
    walker.open("/results?" + walker.sample())
    walker.tabs("results")
    walker.menus("results, the last tab")
    walker.open("/results?" + walker.empty())
    walker.unfold()
    walker.look("results, nothing answered")


def roadmap(walker: Walker) -> None:
    query = walker.sample()
    walker.open("/roadmap?" + query)
    walker.unfold()
    walker.tabs("roadmap")
    walker.menus("roadmap")


def what_if(walker: Walker) -> None:
    walker.open("/roadmap?" + walker.sample())
    walker.page.get_by_role("tab", name=pseudo("What if"), exact=True).click()
    walker.settle()
    menu = walker.page.get_by_role("tabpanel").filter(visible=True).get_by_role("combobox").first
    menu.click()
    options = walker.page.get_by_role("option").all_inner_texts()
    assert len(options) >= 3
    walker.page.keyboard.press("Escape")
    for number, option in enumerate(options):
        menu.scroll_into_view_if_needed()
        walker.page.wait_for_timeout(300)
        menu.click()
        walker.page.get_by_role("option", name=option, exact=True).click()
        walker.settle()
        walker.settle()
        walker.look(f"roadmap, what if {number + 1}", (1440, 320))


def proof(walker: Walker) -> None:
    walker.open("/roadmap?" + walker.sample("team-health"))
    walker.page.get_by_role("tab", name=pseudo("How good is it?"), exact=True).click()
    walker.settle()
    walker.button("Prove this plan")
    walker.page.wait_for_timeout(6_000)
    walker.settle()
    walker.look("roadmap, proven", (1440, 390, 320))


def report(walker: Walker) -> None:
    walker.open("/report?" + walker.sample())
    walker.unfold()
    walker.page.wait_for_timeout(4_000)
    walker.settle()
    walker.look("report")
    walker.menus("report")


def card(walker: Walker, question: str) -> Locator:
    return walker.page.locator(f".st-key-card-{question}")


def write(walker: Walker, question: str, text: str) -> None:
    one = card(walker, question).locator("input[type=text], textarea").first
    one.fill(text)
    one.press("Control+Enter" if question == "missing" else "Enter")
    walker.settle()


PAGES = {
    each.__name__: each
    for each in (start, profile, questions, every_type, figures, results, roadmap, what_if, proof, report)
} | ({"review": review} if (ROOT / "assessment" / "ui" / "pages" / "review.py").is_file() else {})


@pytest.fixture(scope="module")
def walked(browser: Browser, pseudo_server: PseudoServer) -> Callable[[str], Walk]:
    """Walks through a page once for all tests."""
    done: dict[str, Walk | Exception] = {}

    def walk(name: str) -> Walk:
        if name not in done:
            visits = Visits(browser, pseudo_server.url)
            walker = Walker(pseudo_server, visits(INSTEAD_OF))
            try:
                PAGES[name](walker)
                done[name] = walker.walk
            except Exception as stopped:
                stopped.add_note(f"after: {walker.walk.bypasses() + walker.walk.faults()}")
                done[name] = stopped
            finally:
                visits.close()
                if folder := os.environ.get("PSEUDO_FOUND"):
                    write_down(walker.walk, Path(folder) / f"{name}.json")
        result = done[name]
        if isinstance(result, Exception):
            raise result
        return result

    return walk


def write_down(walk: Walk, path: Path) -> None:
    """Write what was found to a file, for whoever mends the pages: PSEUDO_FOUND names the folder."""
    scrolling = {place: sorted(widths) for place, widths in walk.scrolling.items()}
    found = {"bypassing": walk.bypasses(), "unfit": walk.faults(), "scrolling": scrolling}
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_text_on_a_page_comes_from_the_catalogue(walked: Callable[[str], Walk], page: str) -> None:
    found = walked(page)
    assert found.places >= 3
    assert found.bypasses() == []


@pytest.mark.parametrize("page", PAGES)
def test_no_text_is_cut_or_lies_over_another_in_any_width(walked: Callable[[str], Walk], page: str) -> None:
    assert walked(page).faults() == []
