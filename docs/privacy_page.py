"""Write docs/privacy.md anew from the schema: `python docs/privacy_page.py`. The page of the app says the same in three languages."""

from pathlib import Path

from assessment.store import purposes

PAGE = Path(__file__).parent / "privacy.md"

BEGIN = """# What is stored, why, and how long

Written from the schema (`assessment/store/purposes.py`) by `python docs/privacy_page.py`; a test holds both equal, and finds a
column without a word. The app shows the same in German, Dutch and English: “What is stored, why, and how long” on its start page.

Everything is in one database. Nothing is sent anywhere: `tests/journeys/test_no_network.py` runs the app with the network cut
and finds no attempt. There is no telemetry; Streamlit's own is off (`browser.gatherUsageStats`). How to set how long things
stay, to find, export and erase a person, and to read the trail: [operations.md](operations.md#privacy).

"""

ABOUT: dict[purposes.About, str] = {
    "somebody": "is about people",
    "perhaps": "is about people only if somebody writes a name",
    "nobody": "is about nobody",
}


def page() -> str:
    """Return the page."""
    parts = [BEGIN]
    for one in purposes.told():
        what = one.purpose
        parts.append(f"## {what.title}\n\n`{one.table}` · {ABOUT[what.about]}\n\n")
        parts.append(f"* What for: {what.why}\n* How long: {what.until}\n\n")
        parts.append("| column | what it holds |\n| --- | --- |\n")
        parts += [
            f"| `{held.column}` | {f'belongs to: {held.of}' if held.of else held.what} |\n"
            for held in one.columns
        ]
        parts.append("\n")
    return "".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
