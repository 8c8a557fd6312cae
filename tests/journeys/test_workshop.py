"""A workshop in separate real browsers: a facilitator on a big screen, eight people on phones in three languages."""

import re
import sqlite3
import time

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.conftest import Server, Visitor, Visits
from tests.journeys.words import word

pytestmark = pytest.mark.journey

LANGUAGES = ("de", "nl", "en")
MANAGEMENT, AGENT = 6, 0
"""The place of a role among the roles."""


def opened(visit: Visits, language: str = "en") -> Visitor:
    """Open a workshop on the sample, on a projector."""
    leader = visit(language, width=1280)
    leader.page.set_viewport_size({"width": 1280, "height": 720})
    leader.open(f"/?lang={language}")
    leader.button(word("Open the sample", language))
    leader.page.get_by_text(word("level as rated", language)).first.wait_for()
    leader.settle()
    leader.open(f"/workshop?{leader.page.url.split('?')[1]}")
    leader.button(word("Open the workshop", language))
    leader.page.locator(".st-key-poster strong").wait_for()
    return leader


def code_of(leader: Visitor) -> str:
    return leader.page.locator(".st-key-poster strong").inner_text()


def come_in(visit: Visits, code: str, language: str, role: int, *, by_hand: bool = False) -> Visitor:
    """Join from a phone, by the address behind the picture or by typing the code."""
    phone = visit(language, width=360)
    phone.page.set_viewport_size({"width": 360, "height": 740})
    phone.open(f"/join?lang={language}" + ("" if by_hand else f"&j={code}"))
    if by_hand:
        phone.page.get_by_label(word("Code on the big screen", language)).fill(code.lower().replace("-", " "))
    phone.page.locator("[role=radiogroup] label").nth(role).click()
    phone.button(word("Take part", language))
    phone.page.get_by_role("heading", name=word("You are in", language)).wait_for()
    return phone


def vote(phone: Visitor, option: int, language: str) -> None:
    # On the ballot: the page before has a choice of roles, and may still be there.
    group = phone.page.locator("[class*='st-key-card-vote-'] [role=radiogroup]")
    group.wait_for()
    label = group.locator("label").nth(option)
    label.click()
    answer = label.inner_text().split(" · ")[0]  # a level says its number first
    expect(
        phone.page.get_by_text(word("Your vote counts: {answer}", language).format(answer=answer))
    ).to_be_visible()


def wait_for_count(leader: Visitor, said: str) -> None:
    expect(leader.page.locator(".st-key-count h2")).to_have_text(said)


def bars(visitor: Visitor) -> list[str]:
    """Return how many chose each option, as it is shown."""
    visitor.page.locator(".ballots .people").first.wait_for()
    return visitor.page.locator(".ballots .people").all_inner_texts()


def fits(visitor: Visitor) -> None:
    """Nothing has to be scrolled sideways on a phone."""
    wide = visitor.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_eight_people_vote_blind_talk_vote_again_agree_and_disagree_in_three_languages(visit: Visits) -> None:
    leader = opened(visit, "de")
    code = code_of(leader)
    people = []
    for number in range(8):
        language = LANGUAGES[number % 3]
        role = MANAGEMENT if number < 4 else AGENT
        people.append((come_in(visit, code, language, role, by_hand=number == 1), language))
    wait_for_count(leader, "8")

    # Blind: nobody sees anything of the others before it is revealed, the facilitator only how many.
    leader.button(word("Begin with the first question", "de"))
    for place, (phone, language) in enumerate(people):
        vote(phone, 0 if place < 4 else 1, language)
        assert phone.page.locator(".ballots").count() == 0
        fits(phone)
    wait_for_count(leader, "8 / 8")
    assert leader.page.locator(".ballots .people").count() == 0

    # A vote can be changed until then; it counts once.
    first, language = people[0]
    vote(first, 1, language)
    vote(first, 0, language)
    wait_for_count(leader, "8 / 8")

    leader.button(word("Show the votes", "de"))
    assert sorted(bars(leader)) == ["4", "4"]
    tags = leader.page.locator(".ballots .tag").all_inner_texts()
    assert sorted(tags) == sorted(
        [f"{word('Management', 'de')}: 4", f"{word('Customer service agent', 'de')}: 4"]
    )
    for phone, _ in people:
        assert sorted(bars(phone)) == ["4", "4"]

    # Somebody loses the connection and comes back to where the others are.
    lost, language = people[5]
    lost.page.context.set_offline(True)
    leader.button(word("Vote again", "de"))
    wait_for_count(leader, "0 / 8")
    lost.page.context.set_offline(False)
    lost.page.reload()
    for phone, spoken in people:
        vote(phone, 1, spoken)
    wait_for_count(leader, "8 / 8")
    leader.button(word("Show the votes", "de"))
    assert bars(leader) == ["0", "8"]

    # What is agreed on reaches every phone; who disagrees writes it down, signed or not.
    leader.page.get_by_label(word("Why? (for the report)", "de")).fill("Die Prüfung liegt vor.")
    leader.button(word("Keep as agreed", "de"))
    for phone, spoken in people:
        expect(phone.page.get_by_text(word("Agreed on", spoken), exact=True)).to_be_visible()
    against, spoken = people[2]
    against.page.get_by_text(word("I see it differently", spoken)).click()
    field = against.page.get_by_role("textbox", name=word("In your own words, for the report", spoken))
    field.fill("Nobody has *asked* the night shift.")
    field.blur()
    expect(against.page.get_by_text(re.compile(f"{word('Saved', spoken)}$")).first).to_be_visible()
    expect(
        leader.page.get_by_text(re.compile(word("Agreed on: {answer}", "de").split("{")[0])).first
    ).to_be_visible()

    # The answer of the room is the answer of the assessment.
    leader.button(word("Agenda", "de"))
    leader.button(word("End the workshop", "de"))
    leader.button(word("End it now", "de"))
    expect(leader.page.get_by_text(word("What was agreed on last time", "de"))).to_be_visible()
    for phone, spoken in people:
        expect(phone.page.get_by_role("heading", name=word("The workshop is over", spoken))).to_be_visible()

    # The report carries it: what was agreed on and why, and who disagrees in their own words.
    leader.page.get_by_role("link", name=word("Report", "de")).first.click()
    button = leader.page.get_by_role("button", name=word("Download the PDF", "de")).first
    button.wait_for()
    leader.settle()
    with leader.page.expect_download() as download:
        button.click()
    told = " ".join("".join(page.extract_text() for page in PdfReader(download.value.path()).pages).split())
    assert "Die Prüfung liegt vor." in told
    assert "Nobody has *asked* the night shift." in told


def test_people_who_are_never_in_one_room_answer_on_their_own_and_all_is_shown_at_once(visit: Visits) -> None:
    leader = opened(visit)
    code = code_of(leader)
    leader.button("Everybody on their own")
    leader.page.get_by_text("A link for each role").click()
    link = leader.page.get_by_text(re.compile(r"r=planner")).first.inner_text()
    assert f"j={code}" in link
    phones = []
    for number in range(4):
        phone = visit("en", width=360)
        phone.open("/join?" + link.split("/join?", 1)[1].split()[0] + "&lang=en")
        expect(phone.page.get_by_role("radio", name="Planning and steering")).to_be_checked()
        phone.button("Take part")
        vote(phone, number % 2, "en")
        ballot = phone.page.locator("[class*='st-key-card-vote-'] h2")
        first = ballot.inner_text()
        phone.button("Next")
        expect(ballot).not_to_have_text(first)
        expect(phone.page.get_by_text("1 of 8 questions answered")).to_be_visible()
        vote(phone, 1, "en")
        expect(phone.page.get_by_text("2 of 8 questions answered")).to_be_visible()
        fits(phone)
        phones.append(phone)
    # Who comes back finds the first question that is not answered yet, and what was voted before.
    phones[0].page.reload()
    expect(phones[0].page.get_by_text("2 of 8 questions answered")).to_be_visible()
    phones[0].button("Back")
    expect(phones[0].page.get_by_text("Your vote counts")).to_be_visible()
    expect(leader.page.get_by_text("4 of 4 · ").first).to_be_visible()
    leader.button("Show all votes")
    leader.button("Begin with the first question")
    assert sum(map(int, bars(leader))) == 4
    for phone in phones:
        assert sum(map(int, bars(phone))) == 4


def test_nobody_votes_twice_by_scanning_the_code_again(visit: Visits) -> None:
    leader = opened(visit)
    code = code_of(leader)
    phone = come_in(visit, code, "en", AGENT)
    wait_for_count(leader, "1")
    phone.page.wait_for_function("() => JSON.stringify(localStorage).includes('assessment-seat')")
    phone.open(f"/join?lang=en&j={code}")
    expect(phone.page.get_by_role("heading", name="You are in")).to_be_visible()
    wait_for_count(leader, "1")


def test_the_code_also_leads_in_from_the_start_page(visit: Visits) -> None:
    leader = opened(visit)
    phone = visit("en", width=360)
    phone.open("/?lang=en")
    phone.page.get_by_label("Private link or code").fill(code_of(leader))
    phone.page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    expect(phone.page.get_by_role("heading", name="Take part in the workshop")).to_be_visible()
    expect(phone.page.get_by_label("Code on the big screen")).to_have_value(code_of(leader))


def test_a_wrong_code_is_told_and_nothing_typed_is_lost(visit: Visits) -> None:
    phone = visit("nl", width=360)
    phone.open("/join?lang=nl")
    phone.page.get_by_label(word("Code on the big screen", "nl")).fill("AAAA-BBBB")
    phone.page.locator("[role=radiogroup] label").nth(2).click()
    phone.button(word("Take part", "nl"))
    expect(phone.page.get_by_text(word("no workshop is open under this code.", "nl")[1:20])).to_be_visible()
    expect(phone.page.get_by_label(word("Code on the big screen", "nl"))).to_have_value("AAAA-BBBB")


def test_a_killed_server_loses_no_vote_that_was_confirmed_and_everybody_comes_back(
    visit_own: Visits, own_server: Server
) -> None:
    leader = opened(visit_own)
    code = code_of(leader)
    phones = [come_in(visit_own, code, "en", AGENT) for _ in range(4)]
    leader.button("Begin with the first question")
    for phone in phones[:3]:
        vote(phone, 1, "en")
    own_server.kill()
    with sqlite3.connect(own_server.data / "assessment.db") as database:
        assert database.execute("SELECT count(*) FROM vote").fetchone() == (3,)
    time.sleep(1)
    own_server.start()
    vote(phones[3], 0, "en")
    wait_for_count(leader, "4 / 4")
    leader.button("Show the votes")
    assert bars(leader) == ["1", "3"]
    for phone in phones:
        assert bars(phone) == ["1", "3"]


@pytest.mark.parametrize("dark", [False, True])
def test_screens_of_a_workshop_are_accessible_and_fit_projector_and_phone(visit: Visits, dark: bool) -> None:
    leader = opened(visit, "en")
    leader.page.emulate_media(color_scheme="dark" if dark else "light")
    phones = [come_in(visit, code_of(leader), "en", AGENT) for _ in range(4)]
    assert leader.faults() == {}
    leader.page.locator(".st-key-agenda-1").get_by_role("button", name="Ask").click()
    vote(phones[0], 1, "en")
    phones[0].page.emulate_media(color_scheme="dark" if dark else "light")
    assert phones[0].faults() == {}
    for phone in phones[1:]:
        vote(phone, 2, "en")
    wait_for_count(leader, "4 / 4")
    assert leader.faults() == {}
    needs_no_scrolling(leader)
    leader.button("Show the votes")
    bars(leader)
    assert leader.faults() == {}
    bars(phones[0])
    assert phones[0].faults() == {}
    leader.button("Keep as agreed")
    leader.page.get_by_text("Agreed on:").wait_for()
    needs_no_scrolling(leader)


def needs_no_scrolling(leader: Visitor) -> None:
    """The question, its options and the way on stand on one screen of 1280 by 720."""
    leader.settle()
    last = leader.page.locator(".ballots li").last.bounding_box()
    foot = leader.page.locator(".st-key-foot").bounding_box()
    assert last and foot
    assert last["y"] + last["height"] <= foot["y"]
