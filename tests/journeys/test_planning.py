"""The roadmap planned while one looks: what there is, what is settled, what would be otherwise, proven, taken along."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, expect

from assessment.loader import read_sample, sample_names
from assessment.store import Store
from assessment.values import language_of
from tests.extraction import messages
from tests.journeys.conftest import Server, Visitor, Visits
from tests.journeys.words import word

pytestmark = pytest.mark.journey

TABS = ("The plan", "Measures", "Progress", "What if", "What days buy", "How good is it?", "Take along")


Planner = Callable[..., Visitor]


@pytest.fixture
def planner(visit: Visits, server: Server) -> Planner:
    """Opens the roadmap of a new assessment with the sample's answers, for somebody with a browser of their own."""

    def begin(
        language: str = "en", *, width: int = 1280, dark: bool = False, of: str = "service-transformation"
    ) -> Visitor:
        user = visit(language, width=width, dark=dark)
        user.open(put_sample(server, language, of=of))
        days(user, language).wait_for()
        user.settle()
        return user

    return begin


def put_sample(server: Server, language: str, *, of: str = "service-transformation") -> str:
    """Put a sample into the database, as the start page does, and return the address of its roadmap."""
    _, sheet, subject = read_sample(sample_names(of)[0], language=language)
    with Store(f"sqlite:///{server.data / 'assessment.db'}") as store:
        token = store.put(sheet, subject, language=language_of(language)).token
    return f"/roadmap?a={token}&lang={language}"


def days(user: Visitor, language: str = "en") -> Locator:
    return user.page.get_by_label(word("Person-days a month", language), exact=True)


def tab(user: Visitor, name: str, language: str = "en") -> None:
    user.page.get_by_role("tab", name=word(name, language), exact=True).click()
    user.settle()
    user.settle()


def enter(user: Visitor, place: Locator, written: str) -> None:
    place.fill(written)
    place.press("Enter")
    user.settle()
    user.settle()


def claim(user: Visitor) -> str:
    return user.page.locator("h1").first.inner_text()


def row(user: Visitor, title: str) -> Locator:
    """Return the line of a measure."""
    return user.page.locator("[class*='st-key-row-']").filter(has_text=title).first


def unfold(user: Visitor, title: str) -> Locator:
    here = row(user, title)
    here.locator("summary").click()
    here.get_by_text("What is settled?").wait_for()
    user.settle()
    return here


def settle(user: Visitor, title: str, standing: str) -> None:
    unfold(user, title).get_by_text(standing, exact=True).click()
    user.settle()
    user.settle()


def pick(user: Visitor, menu: Locator, option: str) -> None:
    menu.scroll_into_view_if_needed()
    user.page.wait_for_timeout(300)  # a menu closes when the page scrolls
    menu.click()
    user.page.get_by_role("option", name=option, exact=True).click()
    user.settle()
    user.settle()


def first_measure(user: Visitor) -> str:
    """Return the title of the first measure of the plan; its line is on the tab of measures."""
    return user.page.locator("[class*='st-key-row-'] summary strong").first.inner_text()


def test_more_days_bring_another_plan_at_once_and_a_reload_keeps_them(planner: Planner) -> None:
    user = planner()
    before = user.text()
    enter(user, days(user), "")
    expect(user.page.get_by_text("Please say how many person-days a month there are")).to_be_visible()
    assert "Within 12 person-days" in user.text()
    enter(user, days(user), "30")
    expect(user.page.get_by_text("Within 30 person-days a month").first).to_be_visible()
    assert user.text() != before
    user.page.reload()
    expect(days(user)).to_have_value("30")
    user.speak("Deutsch")
    expect(days(user, "de")).to_have_value("30")


def test_what_counts_most_and_limits_are_kept_and_a_target_out_of_reach_is_told(planner: Planner) -> None:
    user = planner()
    user.page.get_by_text("More: what counts most").click()
    pick(user, user.page.get_by_role("combobox", name=re.compile("What should count most")), "Resilience")
    enter(user, user.page.get_by_label("IT and security", exact=True), "2")
    enter(user, user.page.get_by_role("spinbutton", name=re.compile("Budget for external cost")), "90000")
    user.page.reload()
    days(user).wait_for()
    user.page.get_by_text("More: what counts most").click()
    expect(user.page.get_by_label("IT and security", exact=True)).to_have_value("2")
    expect(user.page.get_by_role("spinbutton", name=re.compile("Budget for external cost"))).to_have_value(
        "90000"
    )
    expect(user.page.get_by_text("Set: what counts most: Resilience")).to_be_visible()
    group = user.page.get_by_role("group", name="Targets: how far is far enough?")
    enter(user, group.locator("input").first, "5")
    expect(user.page.get_by_text("What was asked for and cannot be")).to_be_visible()


def test_a_pinned_measure_is_still_pinned_after_a_reload_and_in_another_language(planner: Planner) -> None:
    user = planner()
    tab(user, "Measures")
    title = first_measure(user)
    settle(user, title, "Begins in a set month")
    menu = row(user, title).get_by_role("combobox", name=re.compile("Begins in"))
    pick(user, menu, "Mar 2027")
    expect(row(user, title).locator("summary")).to_contain_text("Mar 2027")
    user.page.reload()
    days(user).wait_for()
    tab(user, "Measures")
    expect(row(user, title).locator("summary")).to_contain_text("Mar 2027")
    expect(unfold(user, title).get_by_role("radio", name="Begins in a set month")).to_be_checked()


def test_a_measure_is_dropped_another_is_done_and_both_are_listed(planner: Planner) -> None:
    user = planner()
    tab(user, "Measures")
    dropped = first_measure(user)
    settle(user, dropped, "Not wanted")
    done = first_measure(user)
    assert done != dropped
    settle(user, done, "Done")
    expect(user.page.get_by_role("heading", name="Not wanted", exact=True)).to_be_visible()
    expect(row(user, done).locator("summary")).to_contain_text("It is done.")
    tab(user, "The plan")
    assert "It was taken out of the plan. Concerned: " + dropped in user.text()


def test_an_own_effort_is_taken_once_both_ends_are_there(planner: Planner) -> None:
    user = planner()
    tab(user, "Measures")
    title = first_measure(user)
    here = unfold(user, title)
    enter(user, here.get_by_label("Your own effort in person-days: at least"), "9")
    expect(here.get_by_text("Please give both ends")).to_be_visible()
    enter(user, here.get_by_label("at most", exact=True), "4")
    expect(here.get_by_text("The lower end is above the upper one")).to_be_visible()
    enter(user, here.get_by_label("at most", exact=True), "11")
    expect(row(user, title).get_by_text("9 to 11 person-days")).to_be_visible()


def test_a_plan_is_kept_and_what_stands_elsewhere_afterwards_is_told(planner: Planner) -> None:
    user = planner()
    user.button("Keep this plan")
    expect(user.page.get_by_text("This is the plan that you kept.")).to_be_visible()
    enter(user, days(user), "8")
    expect(
        user.page.get_by_text(re.compile("stand.? elsewhere than in the plan that you kept"))
    ).to_be_visible()
    user.button("Let go of the plan you kept")
    expect(user.page.get_by_role("button", name="Keep this plan", exact=True)).to_be_visible()


def test_what_is_tried_out_changes_nothing_until_it_is_taken_over(planner: Planner) -> None:
    user = planner()
    tab(user, "What if")
    pick(user, user.page.get_by_role("combobox", name="What if"), "A fifth more person-days")
    expect(user.page.get_by_text("14.4 person-days a month instead of 12.")).to_be_visible()
    index = user.page.locator("[data-testid=stMetricValue]").first.inner_text()
    expect(days(user)).to_have_value("12")
    user.button("Take this over")
    user.settle()
    expect(days(user)).to_have_value("14.4")
    tab(user, "The plan")
    expect(user.page.get_by_text("This is the plan that you kept.")).to_be_visible()
    assert index in user.text(), "the plan taken over is the one that was shown"
    tab(user, "What if")
    pick(user, user.page.get_by_role("combobox", name="What if"), "A question is answered otherwise")
    expect(user.page.get_by_text("Measures in the plan")).to_be_visible()
    user.button("To this question")
    user.page.wait_for_url("**/questions?**")


def test_what_days_buy_is_a_curve_and_a_table_and_goals_are_compared(planner: Planner) -> None:
    user = planner()
    tab(user, "What days buy")
    user.page.get_by_text("person-days over the whole horizon").first.wait_for()
    heads = user.page.locator("th").all_inner_texts()
    assert "Gain" in heads
    rows = user.page.locator("tbody tr").all_inner_texts()
    assert [line.split()[0] for line in rows] == ["50", "100", "200", "400"]
    user.page.get_by_text("Which measures stay right whatever counts most?").click()
    expect(user.page.get_by_text("in the plan whatever counts most")).to_be_visible()


@pytest.fixture
def short_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSESSMENT_PROOF_SECONDS", "4")


@pytest.fixture
def visit_own(short_proofs: None, browser: Browser, own_server: Server) -> Iterator[Visits]:
    visits = Visits(browser, own_server.url)
    yield visits
    visits.close()


def test_a_proof_can_be_stopped_goes_on_while_one_looks_elsewhere_and_is_there_for_everybody(
    visit_own: Visits, own_server: Server
) -> None:
    user = visit_own("en")
    user.open(put_sample(own_server, "en"))
    tab(user, "How good is it?")
    user.button("Prove this plan")
    user.page.get_by_role("button", name="Stop the proof").click()
    user.page.get_by_role("button", name="Prove this plan").wait_for()
    user.button("Prove this plan")
    user.page.get_by_role("button", name="Stop the proof").wait_for()
    user.page.get_by_role("link", name="Results", exact=True).first.click()
    user.page.wait_for_url("**/results?**")
    user.settle()
    other = visit_own("nl")
    other.open("/roadmap?" + user.page.url.split("?")[1].replace("lang=en", "lang=nl"))
    tab(other, "How good is it?", "nl")
    said = other.page.locator("[data-testid=stAlert]").filter(
        has_text=re.compile("bewezen|bewijs", re.IGNORECASE)
    )
    said.first.wait_for()
    user.page.get_by_role("link", name="Roadmap", exact=True).first.click()
    expect(user.page.get_by_text(re.compile("^(Proven|Not proven)")).first).to_be_visible()


def test_the_plan_is_taken_along_in_four_formats(planner: Planner) -> None:
    user = planner()
    tab(user, "Take along")
    files = {}
    for name in ("CSV", "ICS", "MMD", "XML"):
        with user.page.expect_download() as download:
            user.button(f"Download as {name}")
        files[name] = Path(download.value.path()).read_bytes()
        assert download.value.suggested_filename.endswith(f"-plan-en.{name.lower()}")
    rows = list(csv.reader(io.StringIO(files["CSV"].decode("utf-8-sig"))))
    planned = [line for line in rows[1:] if line[2] == "In the plan"]
    assert len(Calendar.from_ical(files["ICS"]).walk("VEVENT")) == len(planned) > 5
    assert files["MMD"].decode().startswith("gantt\n")
    assert b"<Project" in files["XML"]


def test_a_questionnaire_without_roles_and_money_does_not_ask_for_them(planner: Planner) -> None:
    user = planner(of="team-health")
    user.page.get_by_text("More: what counts most").click()
    expect(user.page.get_by_role("combobox", name=re.compile("What should count most"))).to_be_visible()
    for absent in ("Person-days a month of single groups", "Budget for external cost"):
        assert absent not in user.text()


@pytest.mark.parametrize(("language", "dark"), [("de", False), ("nl", True)])
def test_every_part_is_accessible_wholly_in_its_language_and_fits_a_phone(
    planner: Planner, language: str, dark: bool
) -> None:
    user = planner(language, dark=dark, width=390)
    english = [m for m in messages() if isinstance(m, str) and "{" not in m and m.count(" ") >= 2]
    user.page.locator("[data-testid=stExpander] summary").first.click()
    user.settle()
    for name in TABS:
        tab(user, name, language)
        if name == "Measures":
            user.page.locator("[class*='st-key-row-'] summary").first.click()
            user.settle()
        assert [message for message in english if message in user.text()] == [], name
        overhang = user.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert overhang <= 1, f"{name} is {overhang} pixels wider than the screen"
        assert user.faults(grave=True) == {}, name
