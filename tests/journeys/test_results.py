"""The results in a real browser: no figure too early, every number opens, and every place has an address."""

from collections.abc import Callable, Collection, Iterator
from urllib.parse import parse_qs, urlparse

import pytest
import yaml
from playwright.sync_api import Browser, Locator, expect

from assessment.loader import read_sample
from assessment.questionnaire import Questionnaire
from assessment.report import Subject
from assessment.store import Store
from tests.conftest import START, a_sheet, every_answer, level_question, questionnaire_data, section
from tests.journeys.conftest import Server, Visitor, Visits
from tests.journeys.words import word

pytestmark = pytest.mark.journey

EARLY = "Show what there is so far"

Put = Callable[[Collection[str]], str]


@pytest.fixture
def put(server: Server) -> Put:
    """Make an assessment of the sample without the answers in these dimensions; return its private link's token."""

    def made(left_open: Collection[str]) -> str:
        known, sheet, subject = read_sample("nordlicht", language="en")
        kept = [answer for answer in sheet.answers if answer.question not in known.figures_by_id]
        kept = [answer for answer in kept if known.path(answer.question)[0] not in left_open]
        with Store(f"sqlite:///{server.data / 'assessment.db'}") as store:
            return store.put(sheet.with_answers(kept), subject, language="en").token

    return made


def query(user: Visitor) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlparse(user.page.url).query).items()}


def figures(user: Visitor) -> int:
    return user.page.locator("[data-testid=stMetric], .js-plotly-plot, .levels").count()


def tab(user: Visitor, name: str) -> Locator:
    return user.page.get_by_role("tab", name=name, exact=True)


def title(user: Visitor) -> str:
    return user.page.locator("[role=tabpanel] h1").first.inner_text()


def cell(user: Visitor, section: str) -> Locator:
    return user.page.locator(f"button[data-section={section}]").first


def test_no_figure_is_shown_before_a_dimension_is_complete_and_the_way_leads_on(
    visit: Visits, put: Put
) -> None:
    token = put({"engineering"})
    user = visit("de")
    user.open(f"/results?a={token}&lang=de")
    user.page.get_by_role(
        "heading", name=word("The result comes when everything is answered", "de")
    ).wait_for()
    assert figures(user) == 0
    assert user.page.get_by_role("button", name=word("See its result", "de")).count() == 3
    for part in ("numbers", "engineering"):
        user.open(f"/results?a={token}&lang=de&part={part}")
        user.settle()
        assert figures(user) == 0, part
    user.open(f"/results?a={token}&lang=de&open=e1")
    user.page.get_by_role("heading", name="Customer Service Engineering").first.wait_for()
    assert figures(user) == 0
    user.open(f"/results?a={token}&lang=de&part=legal_status")
    user.page.locator("[data-testid=stMetric]").first.wait_for()
    user.open(f"/results?a={token}&lang=de&part=engineering")
    user.button(word("To its first question", "de"))
    user.page.wait_for_url("**/questions?**")
    assert query(user) == {"a": token, "lang": "de", "p": "e1"}


def test_whoever_is_done_all_the_same_sees_a_provisional_picture_and_can_leave_it(
    visit: Visits, put: Put
) -> None:
    user = visit("en")
    user.open(f"/results?a={put({'engineering'})}")
    user.button(EARLY)
    user.page.get_by_text("A provisional picture").wait_for()
    cell(user, "w1").wait_for()
    tab(user, "Customer-service engineering").click()
    user.settle()
    user.page.get_by_text("A provisional picture").wait_for()
    user.button("Hide the figures again")
    user.page.get_by_role("button", name=EARLY).wait_for()
    assert figures(user) == 0
    other = visit("en")
    other.open(f"/results?a={put({'engineering'})}")
    other.page.get_by_role("button", name=EARLY).wait_for()
    assert figures(other) == 0, "the choice is of one session and one assessment"


def test_nothing_can_be_shown_early_where_nothing_is_answered(visit: Visits, put: Put) -> None:
    user = visit("en")
    user.open(f"/results?a={put({'work-at-home', 'legal', 'automation', 'engineering'})}")
    user.page.get_by_role("heading", name="The result comes when everything is answered").wait_for()
    assert user.page.get_by_role("button", name=EARLY).count() == 0
    assert user.page.get_by_role("button", name="To its first question").count() == 4


def test_a_press_opens_a_number_and_reload_and_back_keep_the_place(visit: Visits, put: Put) -> None:
    token = put(())
    user = visit("en")
    user.open(f"/results?a={token}&lang=en")
    cell(user, "w3").click()
    user.page.wait_for_url("**open=w3**")
    user.settle()
    assert query(user) == {"a": token, "lang": "en", "part": "numbers", "open": "w3"}
    opened = title(user)
    assert opened.startswith("W3 · ")
    user.page.reload()
    user.page.locator("[role=tabpanel] h1").first.wait_for()
    user.settle()
    assert title(user) == opened
    user.page.locator(".st-key-way-up").get_by_role("button", name="Work at home").click()
    user.page.wait_for_url("**open=work-at-home**")
    user.settle()
    cell(user, "w2").click()
    user.page.wait_for_url("**open=w2**")
    user.settle()
    for _ in range(2):
        user.page.go_back()
        user.settle()
    assert (query(user)["open"], title(user)) == ("w3", opened)
    user.page.go_back()
    user.page.locator(".js-plotly-plot").first.wait_for()
    user.settle()
    expect(tab(user, "Overview")).to_have_attribute("aria-selected", "true")
    assert query(user) == {"a": token, "lang": "en"}


def test_a_turned_tab_has_an_address_that_opens_it(visit: Visits, put: Put) -> None:
    token = put(())
    user = visit("en")
    user.open(f"/results?a={token}&lang=en")
    tab(user, "Legal status").click()
    user.page.wait_for_url("**part=legal_status**")
    user.settle()
    found = title(user)
    other = visit("en")
    other.open(user.page.url)
    expect(tab(other, "Legal status")).to_have_attribute("aria-selected", "true")
    assert title(other) == found
    other.open(f"/results?a={token}&lang=en&part=no-such-part&open=no-such-section")
    expect(tab(other, "Overview")).to_have_attribute("aria-selected", "true")


def test_an_opened_number_leads_to_its_question(visit: Visits, put: Put) -> None:
    token = put(())
    user = visit("en")
    user.open(f"/results?a={token}&lang=en&open=w3")
    user.button("W3-Q2")
    user.page.wait_for_url("**/questions?**")
    user.settle()
    assert query(user) == {"a": token, "lang": "en", "p": "w3", "q": "w3-q2"}
    assert "w3-q2" in user.cards()


def test_the_keyboard_reaches_a_level_and_opens_its_number(visit: Visits, put: Put) -> None:
    user = visit("en")
    user.open(f"/results?a={put(())}&lang=en&part=work-at-home")
    cell(user, "w1").focus()
    user.page.keyboard.press("Tab")
    focused = "() => { let one = document.activeElement; while (one?.shadowRoot) one = one.shadowRoot.activeElement; return one?.dataset.section }"
    assert user.page.evaluate(focused) == "w2"
    name = cell(user, "w2").get_attribute("aria-label") or ""
    assert name.startswith("W2 ") and "level" in name and "answered" in name
    user.page.keyboard.press("Enter")
    user.page.wait_for_url("**open=w2**")


def test_a_press_on_a_point_of_the_radar_opens_its_number(visit: Visits, put: Put) -> None:
    user = visit("en")
    user.open(f"/results?a={put(())}&lang=en")
    user.page.locator(".js-plotly-plot .scatterlayer .point, .js-plotly-plot .point").first.wait_for()
    user.page.wait_for_timeout(500)
    where = """() => {
      const chart = document.querySelector('.js-plotly-plot');
      chart.scrollIntoView({ block: 'center' });
      const web = chart._fullLayout.polar._subplot, box = chart.getBoundingClientRect(), point = chart.calcdata[0][2];
      return [box.left + web.cx + web.xaxis.c2p(point.x) - web.xaxis.c2p(0), box.top + web.cy + web.yaxis.c2p(point.y) - web.yaxis.c2p(0)];
    }"""
    user.page.evaluate(where)
    user.page.wait_for_timeout(300)
    x, y = user.page.evaluate(where)
    user.page.mouse.move(x, y)
    user.page.locator(".hovertext").wait_for()
    user.page.mouse.click(x, y)
    user.page.wait_for_url("**open=w3**")


@pytest.mark.parametrize("width", [390, 320])
def test_no_level_is_cut_or_covered_on_a_phone(visit: Visits, put: Put, width: int) -> None:
    user = visit("de", width=width)
    user.open(f"/results?a={put(())}&lang=de")
    cell(user, "w1").wait_for()
    cells = user.page.locator("button[data-section]")
    assert cells.count() == 22
    cut = cells.evaluate_all(
        """all => {
          const isCut = (x) => x.scrollWidth > x.clientWidth + 1 && getComputedStyle(x).display !== 'inline';
          return all.filter((one) => [one, ...one.querySelectorAll('*')].some(isCut)).map((one) => one.dataset.section);
        }"""
    )
    assert cut == []
    boxes = [box for number in range(cells.count()) if (box := cells.nth(number).bounding_box())]
    assert len(boxes) == 22
    for number, one in enumerate(boxes):
        assert one["x"] >= 0 and one["x"] + one["width"] <= width and one["height"] >= 24
        for other in boxes[number + 1 :]:
            beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            below = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            assert beside or below
    assert user.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 1


@pytest.mark.parametrize("dark", [False, True])
def test_overview_and_numbers_are_accessible(visit: Visits, put: Put, dark: bool) -> None:
    user = visit("de", dark=dark)
    token = put(())
    for part in ("overview", "numbers"):
        user.open(f"/results?a={token}&lang=de&part={part}")
        cell(user, "legal" if part == "numbers" else "l1").wait_for()
        assert user.faults(grave=True) == {}, part


# ── questionnaires of another shape ──────────────────────────────────────────────────────────────────────────────────


SHAPES = {
    "alone": (section("s", level_question("a"), level_question("b")),),
    "named-alike": (
        section("overview", section("numbers", level_question("a"))),
        section("hollow", level_question("c", applies_if=[{"question": "a", "at_least": 5}])),
        section("twin", level_question("b"), title={"en": "overview"}),
    ),
}
"""One dimension with nothing below it; dimensions that are called like parts of the page, or alike, and one in which nothing is asked."""


@pytest.fixture(scope="module")
def shaped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that offers questionnaires of unusual shapes."""
    folder = tmp_path_factory.mktemp("questionnaires")
    for name, parts in SHAPES.items():
        (folder / name).mkdir()
        data = questionnaire_data(*parts) | {"id": name}
        (folder / name / "questionnaire.yaml").write_text(yaml.safe_dump(data), "utf-8")
    running = Server(tmp_path_factory.mktemp("data"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSESSMENT_QUESTIONNAIRES", str(folder))
        running.start()
        yield running
    running.kill()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("alone", ["overview", "s", "numbers"]),
        ("named-alike", ["overview_", "overview", "hollow", "twin", "numbers"]),
    ],
)
def test_questionnaires_of_any_shape_have_results(
    browser: Browser, shaped: Server, name: str, parts: list[str]
) -> None:
    known = Questionnaire.model_validate(questionnaire_data(*SHAPES[name]) | {"id": name})
    visits = Visits(browser, shaped.url)
    user = visits("en")
    with Store(f"sqlite:///{shaped.data / 'assessment.db'}") as store:
        full, none = (
            store.put(
                a_sheet(known, said), Subject(organisation="Fictitious", held_on=START), language="en"
            ).token
            for said in (
                {**every_answer(known), "c": "open"} if "c" in known.questions_by_id else every_answer(known),
                {},
            )
        )
    user.open(f"/results?a={none}")
    user.page.get_by_role("heading", name="The result comes when everything is answered").wait_for()
    assert figures(user) == 0
    for number, part in enumerate(parts):
        user.open(f"/results?a={full}&part={part}")
        user.settle()
        expect(user.page.get_by_role("tab").nth(number)).to_have_attribute("aria-selected", "true")
        assert user.page.get_by_text("Something went wrong").count() == 0, part
        assert title(user), part
    visits.close()
