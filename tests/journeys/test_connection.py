"""The app does not answer for a while: one is told in one's own language, and nothing that was chosen meanwhile is lost."""

import signal

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Server, Visits
from tests.journeys.test_planning import put_sample
from tests.journeys.words import word

pytestmark = pytest.mark.journey

AWAY = "The app does not answer just now."


def opening(language: str) -> str:
    """Return the first sentence of the banner in this language."""
    whole = word(
        "The app does not answer just now. What you have chosen stays on the screen and is saved as soon as it answers again. "
        "Please do not close this page.",
        language,
    )
    return whole.split(".")[0]


@pytest.mark.parametrize("language", ["de", "nl"])
def test_an_answer_given_while_the_app_hangs_is_told_and_saved_when_it_is_back(
    visit_own: Visits, own_server: Server, language: str
) -> None:
    user = visit_own(language)
    query = put_sample(own_server, language).split("?")[1]
    user.open(f"/questions?{query}&p=w1")
    user.expect_chosen("w1-q1", 2)
    assert own_server.process
    own_server.process.send_signal(signal.SIGSTOP)
    card = user.page.locator(".st-key-card-w1-q1 [role=radiogroup] label")
    card.nth(4).click()
    banner = user.page.get_by_role("alert").filter(has_text=opening(language))
    expect(banner).to_be_visible()
    own_server.process.send_signal(signal.SIGCONT)
    expect(banner).to_be_hidden()
    user.settle()
    again = visit_own(language)
    again.open(f"/questions?{query}&p=w1")
    again.expect_chosen("w1-q1", 4)


def test_a_profile_fact_chosen_without_network_is_saved_when_it_is_back(
    visit_own: Visits, own_server: Server
) -> None:
    user = visit_own("en")
    address = put_sample(own_server, "en")
    user.open(
        address.replace("/roadmap", "/profile")
        if "/roadmap" in address
        else f"/profile?{address.split('?')[1]}"
    )
    user.page.context.set_offline(True)
    user.page.get_by_text("over 500", exact=True).click()
    banner = user.page.get_by_role("alert").filter(has_text=AWAY)
    expect(banner).to_be_visible()
    user.page.context.set_offline(False)
    expect(banner).to_be_hidden()
    user.settle()
    user.page.reload()
    user.settle()
    expect(user.page.get_by_role("radio", name="over 500")).to_be_checked()
