"""Signing in with a provider, as people of a firm do it: the way in and back, roles, invitations, and what stays closed."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, TimeoutError, expect

from assessment.store import Store
from tests.identity import Provider, provider, settings
from tests.journeys.conftest import Server, Visitor, Visits
from tests.journeys.test_reports import downloaded

pytestmark = pytest.mark.journey


class SignedServer(Server):
    """The app, where people sign in."""

    def __init__(self, data: Path, who: Provider) -> None:
        super().__init__(data)
        self.file = data / "sign-on.toml"
        self.file.write_text(settings(who, app=self.url), "utf-8")

    def settings(self) -> dict[str, str]:
        return super().settings() | {"ASSESSMENT_SIGN_ON": str(self.file)}


@pytest.fixture(scope="module")
def identity() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture(scope="module")
def firm(identity: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignedServer]:
    running = SignedServer(tmp_path_factory.mktemp("firm"), identity)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def come(browser: Browser, firm: SignedServer, identity: Provider) -> Iterator[Visits]:
    identity.claims = {}
    visits = Visits(browser, firm.url)
    yield visits
    visits.close()


def sign_in(visitor: Visitor, name: str, *, button: str = "Sign in") -> None:
    place = urlsplit(visitor.page.url).path
    visitor.page.get_by_role("button", name=button).click()
    visitor.page.get_by_role("heading", name="Provider").wait_for()
    visitor.page.get_by_label("Name").fill(name)
    visitor.page.get_by_role("button", name="Go").click()
    visitor.page.wait_for_url(
        lambda url: urlsplit(url).path == place
    )  # the way back leads over the start page
    expect(visitor.page.get_by_role("button", name=name)).to_be_visible()
    visitor.settle()


def pick(visitor: Visitor, label: str, begins: str) -> None:
    """Choose from a menu; it closes when the page scrolls, so whoever saw that opens it again."""
    option = visitor.page.get_by_role("option", name=re.compile(f"^{begins}"))
    for _ in range(5):
        visitor.page.get_by_label(label).click()
        with suppress(TimeoutError):
            option.wait_for(timeout=3_000)
            break
    option.click()


def about(visitor: Visitor) -> None:
    visitor.page.get_by_text("This desk: name and people").click()
    visitor.settle()


def test_who_has_not_signed_in_sees_nothing_and_gets_to_the_very_place_afterwards(come: Visits) -> None:
    ute = come("de")
    for path in ("/", "/questions?lang=de", "/clients?lang=de", "/results?lang=de"):
        ute.open(path)
        expect(ute.page.get_by_role("heading", name="Bitte melden Sie sich an")).to_be_visible()
        assert ute.page.get_by_role("link", name="Fragen").count() == 0
    ute.open("/clients?lang=de&v=time")
    sign_in(ute, "Ute", button="Anmelden")
    expect(ute.page).to_have_url(re.compile(r"/clients\?.*v=time"))
    expect(ute.page.get_by_role("heading", name="Mehrere Mandanten, mehrere Standorte")).to_be_visible()
    ute.page.reload()
    expect(ute.page.get_by_role("button", name="Ute")).to_be_visible()


def test_signing_out_closes_everything(come: Visits) -> None:
    jan = come("en")
    jan.open("/?lang=en")
    sign_in(jan, "Jan")
    jan.page.get_by_role("button", name="Jan").click()
    jan.page.get_by_role("button", name="Sign out").click()
    jan.page.get_by_role("heading", name="Signed out").or_(
        jan.page.get_by_role("heading", name="Please sign in")
    ).wait_for()
    jan.open("/clients?lang=en")
    expect(jan.page.get_by_role("heading", name="Please sign in")).to_be_visible()


def test_who_signed_in_too_long_ago_signs_in_again(come: Visits, identity: Provider) -> None:
    identity.claims = {"iat": 1_700_000_000}
    old = come("en")
    old.open("/?lang=en")
    old.page.get_by_role("button", name="Sign in").click()
    old.page.get_by_label("Name").fill("Old")
    old.page.get_by_role("button", name="Go").click()
    expect(old.page.get_by_role("heading", name="Please sign in")).to_be_visible()
    assert old.page.get_by_role("button", name="Old").count() == 0


def test_an_owner_invites_a_reader_who_sees_results_and_changes_nothing(come: Visits) -> None:
    ute, kim = come("en"), come("en")
    ute.open("/clients?lang=en")
    sign_in(ute, "Olga")
    ute.page.get_by_label("Name of the desk, for example your firm's").fill("Beispielberatung")
    ute.button("Open a desk")
    expect(ute.page.get_by_role("heading", name="Beispielberatung")).to_be_visible()
    ute.page.get_by_label("Another client").fill("Nordlicht")
    ute.button("Add")
    expect(ute.page.get_by_role("heading", name="Nordlicht")).to_be_visible()
    ute.button("All clients")
    about(ute)
    ute.page.get_by_label("Their e-mail address, as they sign in with it").fill("kim@beratung.example")
    pick(ute, "What they may do", "Reader")
    ute.button("Make an invitation")
    link = ute.page.get_by_text(re.compile(r"clients\?i=")).first.inner_text()
    kim.open(link.strip() + "&lang=en")
    sign_in(kim, "Mallory")  # the invitation is for another address
    expect(kim.page.get_by_text("this invitation is not valid")).to_be_visible()
    kim.page.context.clear_cookies()
    kim.open(link.strip() + "&lang=en")
    sign_in(kim, "Kim")
    expect(kim.page.get_by_role("heading", name="Beispielberatung")).to_be_visible()
    for theirs in ("Another client", "A client from a file", "Compare with others, without a server"):
        expect(kim.page.get_by_text(theirs)).to_have_count(0)  # the store would refuse it: test_rights.py
    kim.page.get_by_role("button", name="Open the desk").or_(
        kim.page.get_by_text("Open", exact=True)
    ).first.click()
    expect(kim.page.get_by_role("heading", name="Nordlicht")).to_be_visible()
    for theirs in ("Another site", "About the client"):
        expect(kim.page.get_by_text(theirs)).to_have_count(0)
    kim.button("All clients")
    about(kim)
    assert kim.page.get_by_text("Invite somebody").count() == 0
    # The owner sees who was here.
    ute.page.reload()
    ute.settle()
    ute.page.get_by_text("Who looked and who changed something").click()
    expect(ute.page.get_by_role("row", name=re.compile(r"Kim.*looked at it"))).to_be_visible()
    with ute.page.expect_download() as waiting:
        ute.page.get_by_role("button", name="All lines as a table").click()
    trail = Path(waiting.value.path()).read_text("utf-8-sig")
    assert re.search(r"Kim.*looked at it", trail) and trail.splitlines()[0].startswith("At what time,By whom")
    assert kim.page.get_by_text("Who looked and who changed something").count() == 0
    # Taken off again, Kim is out at the next click.
    ute.page.reload()
    ute.settle()
    about(ute)
    kims = ute.page.locator("[class*=st-key-member-]").filter(has=ute.page.get_by_text("Kim", exact=True))
    kims.locator("[class*=st-key-remove-] button").first.click()
    expect(kims).to_have_count(0)
    ute.settle()
    kim.page.reload()
    kim.settle()
    expect(kim.page.get_by_role("heading", name="Nordlicht")).to_have_count(0)


def test_guests_need_no_account(come: Visits) -> None:
    guest = come("en", width=360)
    guest.open("/join?lang=en")
    expect(guest.page.get_by_role("heading", name="Take part in the workshop")).to_be_visible()
    guest.open("/contribute?lang=en&x=nothing")
    assert guest.page.get_by_role("heading", name="Please sign in").count() == 0


def test_somebody_sees_what_is_stored_about_them_and_erases_it(come: Visits, firm: SignedServer) -> None:
    nina = come("en")
    nina.open("/privacy?lang=en")
    sign_in(nina, "Nina")
    nina.open("/privacy?lang=en")
    expect(nina.page.get_by_role("heading", name="What is stored about you")).to_be_visible()
    told = json.loads(downloaded(nina, "Download what is stored about me").read_text("utf-8"))
    assert (told["name"], told["email"]) == ("Nina", "nina@beratung.example")
    nina.page.get_by_text("Erase my data: I lose access").click()
    nina.settle()
    nina.page.get_by_role("button", name="Erase me").click()
    nina.page.get_by_role("heading", name="Signed out").or_(
        nina.page.get_by_role("heading", name="Please sign in")
    ).wait_for()
    with Store(f"sqlite:///{firm.data / 'assessment.db'}") as store:
        assert store.privacy.find("Nina") == ()
        assert store.privacy.people("nina@beratung.example") == ()
