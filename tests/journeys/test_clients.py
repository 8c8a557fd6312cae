"""A consultant's desk in a real browser: clients, sites, pulses, sites together, a client as a file."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessment.loader import read_client
from assessment.store import Store
from tests.journeys.conftest import Server, Visitor, Visits
from tests.journeys.test_looks import NOT_OURS
from tests.journeys.words import word

pytestmark = pytest.mark.journey


def opened_desk(user: Visitor, language: str, *sites: tuple[str, str]) -> None:
    """Open a desk with one client and these sites, each with its contacts a year."""
    user.open(f"/?lang={language}")
    user.button(word("Clients and sites", language))
    user.page.get_by_label(word("Name of the desk, for example your firm's", language)).fill(
        "Beratung Muster"
    )
    user.button(word("Open a desk", language))
    user.page.get_by_role("heading", name="Beratung Muster").wait_for()
    user.page.get_by_label(word("Another client", language)).fill("Nordlicht (fiktiv)")
    user.button(word("Add", language))
    user.page.get_by_role("heading", name="Nordlicht (fiktiv)").wait_for()
    for name, contacts in sites:
        user.page.get_by_label(word("Another site", language)).fill(name)
        user.page.get_by_label(word("Contacts a year", language)).last.fill(contacts)
        user.button(word("Add", language))
        user.page.get_by_role("heading", name=name, exact=True).wait_for()
    user.settle()


def a_sample(visit: Visits, language: str) -> str:
    """Return the private link of a sample that somebody else opened."""
    other = visit(language)
    other.open(f"/?lang={language}")
    other.button(word("Open the sample", language))
    other.page.wait_for_url("**/results?**")
    link = other.page.url
    other.page.close()
    return link


def file_at(user: Visitor, place: int, link: str, language: str) -> None:
    """File an assessment at a site by its link."""
    user.page.get_by_role("button", name=word("Assessment", language), exact=True).nth(place).click()
    field = user.page.get_by_label(
        word("Or file one of your own that exists, by its first private link", language)
    )
    field.fill(link)
    field.press("Enter")
    user.settle()
    user.page.keyboard.press("Escape")


def test_a_consultant_files_assessments_lets_a_pulse_follow_and_sees_the_sites_together(
    visit: Visits,
) -> None:
    user = visit("de")
    opened_desk(user, "de", ("Kiel", "800000"), ("Leer", "300000"))
    for place in range(2):
        file_at(user, place, a_sample(visit, "de"), "de")
        expect(user.page.get_by_text("vollständig · Index")).to_have_count(place + 1)

    user.page.get_by_role("button", name="Mehr").first.click()
    user.button("Puls beginnen")
    user.page.wait_for_url("**/questions?**")
    user.page.get_by_text("Fragen werden neu gestellt").wait_for()
    kept = 0
    unchanged = user.page.get_by_role("button", name="Unverändert")
    for _ in range(40):
        unchanged.first.wait_for()  # a page of a pulse has something open
        for left in reversed(range(unchanged.count())):
            unchanged.first.click()
            expect(unchanged).to_have_count(left)
            kept += 1
        user.settle()
        if not user.page.get_by_role("button", name="Weiter", exact=True).count():
            break
        here = user.page.url
        user.button("Weiter")
        user.page.wait_for_function("before => location.href !== before", arg=here)
        user.settle()
    assert 5 < kept < 40, "about ten minutes' worth"

    user.page.get_by_role("link", name="Mandanten").first.click()
    user.page.get_by_role("heading", name="Kiel", exact=True).wait_for()
    user.settle()
    expect(user.page.get_by_text(re.compile("Puls · vollständig"))).to_be_visible()

    user.page.get_by_text("Im Zeitverlauf").click()
    user.settle()
    table = user.page.locator("table").first
    expect(table).to_contain_text("Puls")
    expect(table.locator("tbody tr").last).to_contain_text("±0,00")

    user.page.get_by_text("Zusammen", exact=True).click()
    user.settle()
    expect(user.page.get_by_text("Jeder Standort zählt nach seinen Kontakten im Jahr.")).to_be_visible()
    expect(user.page.locator("table").nth(1)).to_contain_text("Leer")
    assert user.outside == []


def test_a_desk_is_found_again_by_its_browser_and_opens_elsewhere_by_its_link_only(visit: Visits) -> None:
    user = visit("en")
    opened_desk(user, "en")
    link = user.page.url
    user.page.wait_for_function("() => JSON.stringify(localStorage).includes('assessment-desk')")
    user.open("/clients?lang=en")
    user.page.get_by_role("heading", name="Beratung Muster").wait_for()
    other = visit("en")
    other.open("/clients?lang=en")
    other.page.get_by_role("heading", name="Several clients, several sites").wait_for()
    other.page.get_by_label("Private link of a desk").fill(link)
    other.button("Continue")
    other.page.get_by_text("Nordlicht (fiktiv)").first.wait_for()
    other.open("/clients?lang=en&d=nonsense")
    other.page.get_by_text("There is no desk behind this link").wait_for()
    user.open(link)
    user.page.get_by_role("heading", name="Nordlicht (fiktiv)").wait_for()
    user.button("All clients")
    user.page.get_by_text("This desk: name and private link").click()
    user.button("Close the desk in this browser")
    user.page.get_by_role("heading", name="Several clients, several sites").wait_for()
    user.page.wait_for_function(
        "() => !(localStorage.getItem('assessment-desk/clients') ?? '').includes('token')"
    )
    user.open("/clients?lang=en")
    user.page.get_by_role("heading", name="Several clients, several sites").wait_for()


def test_a_desk_is_deleted_once_it_is_empty(visit: Visits) -> None:
    user = visit("en")
    opened_desk(user, "en")
    link = user.page.url
    user.button("All clients")
    user.page.get_by_text("This desk: name and private link").click()
    expect(user.page.get_by_text("A desk can be deleted once its clients are.")).to_be_visible()
    expect(user.page.get_by_role("button", name="Delete the desk")).to_have_count(0)
    user.open(link)
    user.page.get_by_role("tab", name="About the client").click()
    user.page.get_by_text("Yes, delete the client").click()
    user.button("Delete the client")
    user.page.get_by_text("This desk: name and private link").click()
    user.page.get_by_text("Yes, delete the desk").click()
    user.button("Delete the desk")
    user.page.get_by_role("heading", name="Several clients, several sites").wait_for()
    user.open(link)
    user.page.get_by_text("There is no desk behind this link").wait_for()


def test_a_next_step_is_kept_and_shown_with_its_day(visit: Visits) -> None:
    user = visit("en")
    opened_desk(user, "en", ("Kiel", "1000"))
    file_at(user, 0, a_sample(visit, "en"), "en")
    user.page.get_by_role("button", name="Next step").click()
    user.page.get_by_label("What is to be done next?").fill("Ring <b>the</b> works council")
    user.page.get_by_label("What is to be done next?").press("Enter")
    expect(user.page.get_by_text("Ring <b>the</b> works council").first).to_be_visible()
    user.settle()
    user.page.reload()
    expect(user.page.get_by_text("Ring <b>the</b> works council").first).to_be_visible()


def test_a_client_is_taken_along_as_a_file_and_taken_in_again(visit: Visits, tmp_path: Path) -> None:
    user = visit("nl")
    opened_desk(user, "nl", ("Kiel", "1000"))
    file_at(user, 0, a_sample(visit, "nl"), "nl")
    user.page.get_by_text(word("About the client", "nl")).click()
    user.settle()
    with user.page.expect_download() as waiting:
        user.page.get_by_role("button", name=word("Download the client", "nl")).click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    client = read_client(file.read_bytes(), file.name)
    assert (client.name, [site.name for site in client.sites]) == ("Nordlicht (fiktiv)", ["Kiel"])
    assert len(client.sites[0].assessments) == 1
    user.button(word("All clients", "nl"))
    user.page.get_by_text(word("A client from a file", "nl")).click()
    user.page.locator("input[type=file]").first.set_input_files(file)
    user.button(word("Take the client in", "nl"))
    user.page.get_by_role("heading", name="Kiel", exact=True).wait_for()
    user.button(word("All clients", "nl"))
    expect(user.page.get_by_role("heading", name="Nordlicht (fiktiv)")).to_have_count(2)


@pytest.mark.parametrize(("language", "dark"), [("de", True), ("nl", False)])
def test_every_view_of_a_client_is_accessible_and_fits_a_phone(
    visit: Visits, language: str, dark: bool
) -> None:
    user = visit(language, dark=dark)
    opened_desk(user, language, ("Kiel", "1000"), ("Leer", "500"))
    for place in range(2):
        file_at(user, place, a_sample(visit, language), language)
    where = user.page.url
    for view in ("", "together", "time", "settings"):
        user.open(f"{where}&v={view}")
        assert user.faults().keys() <= NOT_OURS, view
    user.page.set_viewport_size({"width": 360, "height": 740})
    for view in ("", "together", "time", "settings"):
        user.open(f"{where}&v={view}")
        wide = user.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 1, view


def test_of_hundreds_of_clients_the_first_are_shown_and_every_other_is_found(
    visit: Visits, server: Server
) -> None:
    with Store(f"sqlite:///{server.data / 'assessment.db'}") as store:
        desk = store.clients.open("Viele")
        for number in range(1, 61):
            store.clients.add_client(desk, f"Mandant {number:03} (fiktiv)")
    user = visit("de")
    user.open(f"/clients?lang=de&d={desk}")
    cards = user.page.get_by_role("heading", name="Mandant")
    expect(cards).to_have_count(25)
    user.page.get_by_text("25 von 60 Mandanten").wait_for()

    user.button("Mehr anzeigen")
    expect(cards).to_have_count(50)
    user.button("Mehr anzeigen")
    expect(cards).to_have_count(60)
    expect(user.page.get_by_role("button", name="Mehr anzeigen")).to_have_count(0)

    field = user.page.get_by_label("Suche")
    field.fill("057")
    field.press("Enter")
    expect(cards).to_have_count(1)
    user.page.get_by_role("button", name="Öffnen").last.click()  # the first opens the menu of languages
    expect(user.page.get_by_role("heading", name="Mandant 057 (fiktiv)", level=1)).to_be_visible()
