"""Pictures of every page as people see it: `make looks` writes them to the folder `looks`, to be looked at one by one.

Each page in each language, at the width of a desk, a tablet and a phone, light and dark; of a worked sample, and the first
page before anything was begun. Parts of the name, given as words, choose among them: `python docs/looks.py questions nl`.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.journeys.conftest import Server, Visitor, Visits, chromium
from tests.journeys.words import word

WHERE = Path("looks")
LANGUAGES = ("de", "nl", "en")
WIDTHS = (1440, 820, 390)
PAGES = {
    "first": "/",
    "start": "/",
    "profile": "/profile",
    "questions": "/questions",
    "review": "/review",
    "workshop": "/workshop",
    "join": "/join",
    "clients": "/clients",
    "figures": "/figures",
    "results": "/results",
    "results-numbers": "/results?open=a3",
    "roadmap": "/roadmap",
    "report": "/report",
    "privacy": "/privacy",
}
TALLEST = 9000
"""Pixels: a longer page is cut."""


def whole(page: Page, path: Path) -> None:
    """Take a picture of the whole page: Streamlit scrolls a part of it, so the window is made as high."""
    before = page.viewport_size
    assert before is not None
    high = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight + 120")
    page.set_viewport_size({"width": before["width"], "height": min(max(high, before["height"]), TALLEST)})
    page.wait_for_timeout(700)
    page.screenshot(path=path)
    page.set_viewport_size(before)


def asked() -> Iterator[tuple[str, int, bool, list[str]]]:
    """Yield the looks that are wanted, the pages of one visit together."""
    wanted = set(sys.argv[1:])

    def is_wanted(names: Iterable[str], name: str) -> bool:
        return name in wanted or not wanted & set(names)

    shades = {"light": False, "dark": True}
    for language, width, shade in product(LANGUAGES, map(str, WIDTHS), shades):
        pages = [name for name in PAGES if is_wanted(PAGES, name)]
        if is_wanted(LANGUAGES, language) and is_wanted(map(str, WIDTHS), width) and is_wanted(shades, shade):
            yield language, int(width), shades[shade], pages


def sample(user: Visitor, language: str) -> str:
    """Open the sample; return the address's query."""
    user.open(f"/?lang={language}")
    user.button(word("Open the sample", language))
    user.page.wait_for_url("**/results?**")
    user.settle()
    return user.page.url.split("?")[1]


def main() -> None:
    """Take the pictures."""
    WHERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = Server(Path(data))
        server.start()
        visits = Visits(chromium(playwright), server.url)
        try:
            for language, width, dark, pages in asked():
                user = visits(language, width=width, dark=dark)
                query = sample(user, language) if pages != ["first"] else ""
                for name in pages:
                    path = PAGES[name]
                    more = "" if name == "first" else f"{'&' if '?' in path else '?'}{query}"
                    user.open(path + (more or f"?lang={language}"))
                    user.page.wait_for_timeout(900)
                    shade = "dark" if dark else "light"
                    file = WHERE / f"{name}-{language}-{width}-{shade}.png"
                    whole(user.page, file)
                    print(file)
                visits.close()
        finally:
            visits.close()
            server.kill()


if __name__ == "__main__":
    main()
