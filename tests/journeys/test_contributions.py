"""Others contribute: by a personal link on a phone, and by forms that come back; somebody decides what stands."""

import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from assessment.exports.form import render_form
from assessment.loader import read_questionnaire
from tests.form_samples import filled
from tests.journeys.conftest import Server, Visitor, Visits
from tests.journeys.words import word

pytestmark = pytest.mark.journey

FIRST, SECOND = "w3-q1", "w3-q2"


def leading(visit: Visits) -> Visitor:
    """Begin a short assessment and look at the contributions to it."""
    leader = visit("en")
    leader.open("/?lang=en")
    leader.button("Start the short version")
    leader.page.wait_for_url(re.compile("/profile"))
    leader.settle()
    query = leader.page.url.split("?")[1]
    leader.open(f"/contributions?{query}")
    return leader


def link_for(leader: Visitor, name: str) -> str:
    leader.page.get_by_label("Name", exact=True).fill(name)
    leader.button("Make a link")
    code = leader.page.locator(".st-key-link-made code")
    expect(leader.page.locator(".st-key-link-made")).to_contain_text(name)
    link = code.inner_text().strip()
    leader.button("I have copied it")
    return link


def sure(phone: Visitor, question: str, place: int) -> None:
    phone.page.locator(f".st-key-card-{question} [role=radiogroup]").nth(1).locator("label").nth(
        place
    ).click()
    phone.settle()


def refreshed(visitor: Visitor) -> None:
    visitor.page.reload()
    visitor.page.locator("h1").first.wait_for()
    visitor.settle()


def decision(leader: Visitor, question: str) -> Locator:
    return leader.page.locator("[data-testid=stForm]").filter(has_text=question)


def test_of_two_forms_under_one_name_both_stand_in_place_of_the_one_before(
    visit: Visits, server: Server, tmp_path: Path
) -> None:
    form = render_form(read_questionnaire("service-transformation"), "en", on=date(2026, 5, 4), short=True)
    said = {
        "first": {(FIRST, "answer"): "2"},
        "second": {(FIRST, "answer"): "3"},
        "third": {(SECOND, "answer"): "4"},
    }
    files = {name: tmp_path / f"{name}.xlsx" for name in said}
    for name, cells in said.items():
        files[name].write_bytes(filled(form, cells, who="Ines Beispiel"))
    leader = leading(visit)

    def hand_in(*names: str, replacing: bool = False) -> None:
        if not leader.page.locator("input[type=file]").count():
            leader.page.get_by_text("Forms that came back").click()
        field = leader.page.locator("input[type=file]").element_handle()
        leader.page.locator("input[type=file]").set_input_files([files[name] for name in names])
        for name in names:
            leader.page.get_by_text(f"{name}.xlsx").last.wait_for()
        leader.settle()
        if replacing:
            leader.page.get_by_text("Replace what Ines Beispiel handed in before").click()
            leader.settle()
        leader.page.get_by_role("button", name=re.compile(r"Take in")).click()
        # a new field takes its place when all are taken in: until then it would be the old one that gets the next form
        leader.page.wait_for_function("field => !field.isConnected", arg=field)
        leader.settle()

    hand_in("first")
    hand_in("second", "third", replacing=True)
    with sqlite3.connect(server.data / "assessment.db") as database:
        stored = database.execute(
            "SELECT contribution.id, question, value FROM contributed JOIN contribution ON contribution.id = contribution"
            " WHERE respondent = 'Ines Beispiel' ORDER BY question"
        ).fetchall()
    assert [(question, value) for _, question, value in stored] == [(FIRST, "3"), (SECOND, "4")]
    assert len({whose for whose, _, _ in stored}) == 2


def test_somebody_answers_by_a_personal_link_and_somebody_else_in_a_form_and_what_differs_is_decided(
    visit: Visits, server: Server, tmp_path: Path
) -> None:
    leader = leading(visit)
    link = link_for(leader, "Kim Beispiel")

    # On a phone, in German, without an account: each answer is saved, and says so.
    phone = visit("de", width=390)
    phone.open(f"{link}&lang=de&p=w3")
    expect(phone.page.get_by_text("Kim Beispiel")).to_be_visible()
    phone.choose(FIRST, 2)
    phone.page.locator(f".st-key-card-{FIRST}").get_by_text(re.compile("Gespeichert")).wait_for()
    sure(phone, FIRST, 1)
    phone.choose(SECOND, 6)  # does not apply
    reason = phone.page.locator(f".st-key-card-{SECOND} input[type=text]").first
    reason.fill("Wir arbeiten nur vor Ort.")
    reason.press("Enter")
    phone.page.locator(f".st-key-card-{SECOND}").get_by_text(re.compile("Gespeichert")).wait_for()
    assert phone.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert phone.faults(grave=True) == {}

    # On another device the same link goes on where one was.
    desk = visit("nl")
    desk.open(f"{link}&lang=nl&p=w3")
    desk.expect_chosen(FIRST, 2)
    expect(desk.page.locator(f".st-key-card-{SECOND} input[type=text]").first).to_have_value(
        "Wir arbeiten nur vor Ort."
    )

    # Somebody without access fills in a form in Dutch; another form has a mistake, and a third file is none.
    with leader.page.expect_download() as download:
        leader.page.get_by_role("button", name="Nederlands").click()
    form = Path(download.value.path()).read_bytes()
    lou, mo, junk = (tmp_path / f"{name}.xlsx" for name in ("lou", "mo", "junk"))
    cells = {(FIRST, "answer"): "2", (FIRST, "comment"): "Zie <b>het</b> overzicht."}
    lou.write_bytes(filled(form, {**cells, ("g09", "answer"): "Ja"}, who="Lou Voorbeeld"))
    mo.write_bytes(filled(form, {(FIRST, "answer"): "=2+1"}, who="Mo Muster"))
    junk.write_text("no workbook")
    leader.page.get_by_text("Forms that came back").click()
    leader.page.locator("input[type=file]").set_input_files([lou, mo, junk])
    leader.page.get_by_text("a formula stands here, which is not worked out: =2+1.").wait_for()
    leader.page.get_by_text("this is not an Excel workbook").wait_for()
    leader.settle()
    leader.page.get_by_role("button", name=re.compile(r"Take in \w+ answers?")).click()
    leader.settle()
    expect(leader.page.get_by_text("Lou Voorbeeld").first).to_be_visible()
    expect(leader.page.get_by_text(re.compile("a formula stands here"))).to_have_count(0)

    # What differs waits; what nobody contests is shown, and taken over at once.
    refreshed(leader)
    expect(leader.page.get_by_role("heading", name="One question waits for your decision")).to_be_visible()
    waiting = decision(leader, FIRST.upper())
    expect(waiting).to_contain_text("Kim Beispiel")
    expect(waiting).to_contain_text("Fairly sure")
    expect(waiting).to_contain_text("Zie <b>het</b> overzicht.")
    leader.button("Let this stand")
    expect(leader.page.get_by_text("Please choose first what shall stand.")).to_be_visible()
    assert leader.faults(grave=True) == {}
    decision(leader, FIRST.upper()).locator("[role=radiogroup] label").filter(
        has_text="Lou Voorbeeld"
    ).click()
    leader.button("Let this stand")
    expect(leader.page.get_by_role("heading", name="One question waits for your decision")).to_have_count(0)
    leader.page.get_by_role("button", name=re.compile(r"Take (it|all \d+) over")).click()
    leader.settle()
    expect(leader.page.get_by_text(re.compile(r"To \d+ questions nothing is to be decided"))).to_be_visible()

    # It stands in the assessment under the name of whoever said it.
    query = leader.page.url.split("?")[1]
    with sqlite3.connect(server.data / "assessment.db") as database:
        stored = dict(
            database.execute("SELECT question, respondent FROM answer WHERE respondent <> ''").fetchall()
        )
    assert (stored[FIRST], stored[SECOND]) == ("Lou Voorbeeld", "Kim Beispiel")
    leader.open(f"/questions?{query}&p=w3")
    leader.expect_chosen(FIRST, 1)

    # Who says something else afterwards asks for a decision again; a link that was taken back opens nothing.
    phone.choose(FIRST, 3)
    phone.page.locator(f".st-key-card-{FIRST}").get_by_text(re.compile("Gespeichert")).wait_for()
    leader.open(f"/contributions?{query}")
    expect(leader.page.get_by_role("heading", name="One question waits for your decision")).to_be_visible()
    leader.button("Take back")
    expect(leader.page.get_by_text("the link was taken back")).to_be_visible()
    phone.choose(FIRST, 4)
    expect(
        phone.page.get_by_text("dieser persönliche Link öffnet nichts oder nichts mehr.").first
    ).to_be_visible()
    leader.button("New link")
    again = leader.page.locator(".st-key-link-made code").inner_text().strip()
    phone.open(f"{again}&lang=de&p=w3")
    phone.expect_chosen(FIRST, 3)


def test_the_page_for_the_invited_shows_nothing_of_the_assessment_and_leads_nowhere_without_a_link(
    visit: Visits,
) -> None:
    leader = leading(visit)
    query = leader.page.url.split("?")[1]
    leader.open(f"/questions?{query}&p=w3")
    leader.choose(FIRST, 4)
    leader.wait_for_saved(FIRST)
    leader.open(f"/contributions?{query}")
    link = link_for(leader, "Lou Voorbeeld")
    guest = visit("nl")
    guest.open(f"{link}&lang=nl&p=w3")
    guest.expect_chosen(FIRST, None)
    assert guest.page.locator(".st-key-head-pages a").count() == 0
    guest.open("/contribute?lang=nl")
    expect(
        guest.page.get_by_text(
            word(
                "This page opens by the personal link that was sent to you. Please open that link again.",
                "nl",
            )
        )
    ).to_be_visible()
    guest.open("/contribute?i=nothing&lang=nl")
    expect(guest.page.get_by_text("deze persoonlijke link opent niets").first).to_be_visible()
    leader.open(f"/review?{query}")
    leader.button("Answers of others")
    expect(leader.page.get_by_role("heading", name="Personal links")).to_be_visible()
    leader.button("To the workshop")
    leader.button("Answers of others")
    expect(leader.page.get_by_role("heading", name="Personal links")).to_be_visible()
