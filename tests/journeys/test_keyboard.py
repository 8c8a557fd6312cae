"""The short version from the first page to the result with nothing but a keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor, Visits
from tests.journeys.words import word

pytestmark = pytest.mark.journey

FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return null;
  const box = at.closest('label') ?? at;
  const edge = getComputedStyle(box), own = getComputedStyle(at);
  const said = (one) => {
    const copy = one.cloneNode(true);
    copy.querySelectorAll('[aria-hidden=true]').forEach(part => part.remove());
    return copy.textContent;
  };
  const card = at.closest('[class*="st-key-card-"]');
  return {
    name: (at.getAttribute('aria-label') || (at.labels?.[0] ? said(at.labels[0]) : said(at))).trim(),
    kind: at.type || at.tagName.toLowerCase(),
    card: card ? [...card.classList].find(one => one.startsWith('st-key-card-')).slice(12) : null,
    ring: Math.max(parseFloat(edge.outlineWidth) || 0, parseFloat(own.outlineWidth) || 0),
    ringed: edge.outlineStyle !== 'none' || own.outlineStyle !== 'none' || edge.boxShadow !== 'none' || own.boxShadow !== 'none',
  };
}"""

Focus = dict[str, str | float | bool | None]


class Typist:
    """Somebody without a mouse."""

    def __init__(self, user: Visitor) -> None:
        self.user = user
        self.seen: list[Focus] = []

    def focus(self) -> Focus:
        found: Focus | None = self.user.page.evaluate(FOCUSED)
        return found or {"name": "", "kind": "", "card": None, "ring": 0, "ringed": True}

    def press(self, key: str) -> Focus:
        self.user.page.keyboard.press(key)
        return self.focus()

    def to(self, name: str | re.Pattern[str], *, key: str = "Tab", most: int = 60) -> Focus:
        """Go on until something with this name has the focus."""
        for _ in range(most):
            at = self.press(key)
            self.seen.append(at)
            said = str(at["name"])
            if name.search(said) if isinstance(name, re.Pattern) else said.strip().endswith(name):
                return at
        raise AssertionError(
            f"{name!r} cannot be reached by {key}; reached: {[s['name'] for s in self.seen[-most:]]}"
        )


def test_the_short_version_can_be_walked_by_keyboard_alone(visit: Visits) -> None:
    user = visit("de", width=1280)
    user.open("/?lang=de")
    hand = Typist(user)
    hand.to(word("Start the short version", "de"))
    hand.press("Enter")
    user.page.wait_for_url("**/profile?**")
    user.settle()
    assert hand.focus()["name"] == user.page.locator("h1").inner_text(), "a new page is read from its title"
    user.page.get_by_text("Deutschland", exact=True).wait_for()
    hand.to("Deutschland")
    hand.press("Space")
    user.settle()
    hand.to(word("To the questions", "de"))
    hand.press("Enter")
    user.page.wait_for_url("**/questions?**")
    user.settle()

    answered: list[str] = []
    for _ in range(40):
        title = user.page.locator("h1").inner_text()
        user.page.locator("[class*='st-key-card-']").first.wait_for()
        for _ in range(80):
            if hand.focus()["card"] == user.cards()[0]:
                break
            hand.seen.append(hand.press("Tab"))
        while card := hand.focus()["card"]:
            assert card not in answered, f"Enter goes on from {card}"
            levels = user.page.locator(f"[class*='st-key-choice-{card}-de']").count()
            hand.press("3" if levels else "1")
            user.settle()
            user.expect_chosen(str(card), 2 if levels else 0)
            assert hand.focus()["card"] == card, "the focus stays where the answer was given"
            answered.append(str(card))
            hand.press("Enter")
        assert (
            str(hand.focus()["name"]).strip().endswith((word("Next", "de"), word("To the review", "de")))
        ), f"after the last question one goes on, not to {hand.focus()}"
        hand.press("Enter")
        if user.page.url.split("?")[0].endswith("/questions"):
            expect(user.page.locator("h1")).not_to_have_text(title)
        user.settle()
        if "/review?" in user.page.url:
            break
    user.page.wait_for_url("**/review?**")
    every = f"{len(answered)} von {len(answered)} Fragen beantwortet"  # of the short version
    expect(user.page.get_by_text(every, exact=False)).to_be_visible()
    hand.to(word("To the results", "de"))
    hand.press("Enter")
    user.page.wait_for_url("**/results?**")
    user.page.get_by_text(word("level as rated", "de")).first.wait_for()
    unseen = {
        (str(at["name"])[:60], at["kind"])
        for at in hand.seen
        if at["kind"] not in ("main", "section") and at["name"] and not at["ringed"]
    }
    assert unseen == set(), "what has the focus shows it"


def test_digits_choose_only_where_a_question_has_the_focus(visit: Visits) -> None:
    user = visit("en")
    user.open("/?lang=en")
    user.button("Start the complete version")
    user.page.wait_for_url("**/profile?**")
    user.button("To the questions")
    user.page.wait_for_url("**/questions?**")
    user.settle()
    first = user.cards()[0]
    user.page.keyboard.press("4")
    user.settle()
    user.expect_chosen(first, None)
    user.choose(first, 0)
    user.page.locator(f".st-key-card-{first} summary").last.click()
    comment = user.page.locator(f".st-key-card-{first} textarea")
    comment.fill("")
    comment.press_sequentially("5 of 7 teams")
    comment.press("Tab")
    user.wait_for_saved(first)
    user.expect_chosen(first, 0)
    expect(comment).to_have_value("5 of 7 teams")
