"""A plan followed up in the browser: kept, settled, whose it is, a note; progress; the team's table out and in again."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Server, Visitor, Visits
from tests.journeys.test_planning import days, enter, first_measure, pick, put_sample, row, settle, tab

pytestmark = pytest.mark.journey

OWNER = "Mara Beispiel"
NOTE = "=Approved <b>in writing</b>"


@pytest.fixture
def user(visit: Visits, server: Server) -> Visitor:
    """Somebody at the roadmap of a new assessment with the sample's answers."""
    somebody = visit("en")
    somebody.open(put_sample(server, "en"))
    days(somebody).wait_for()
    somebody.settle()
    return somebody


def write(user: Visitor, place: Locator, text: str) -> None:
    place.fill(text)
    place.press("Control+Enter")
    user.settle()
    user.settle()


def line(user: Visitor, title: str) -> Locator:
    """Return a measure's row in the table of progress."""
    return user.page.locator("tbody tr").filter(has_text=title).first


def metric(user: Visitor, label: str) -> Locator:
    return (
        user.page.locator("[data-testid=stMetric]")
        .filter(has_text=label)
        .locator("[data-testid=stMetricValue]")
    )


def test_a_measure_is_done_by_somebody_with_a_note_and_progress_says_so(user: Visitor) -> None:
    tab(user, "Progress")
    expect(user.page.get_by_text("Nothing is followed up yet.")).to_be_visible()
    user.button("Keep this plan and measure progress against it")
    expect(user.page.get_by_text("Measured against the plan that was kept on")).to_be_visible()
    expect(metric(user, "Measures done")).to_have_text(re.compile("^0 of "))
    tab(user, "Measures")
    title = first_measure(user)
    settle(user, title, "Done")
    here = row(user, title)
    enter(user, here.get_by_label("Who answers for it?"), OWNER)
    write(user, row(user, title).get_by_label("Note", exact=True), NOTE)
    today = date.today()
    expect(row(user, title).get_by_text("So far:")).to_contain_text(f"{today.day} ")
    tab(user, "Progress")
    expect(metric(user, "Measures done")).to_have_text(re.compile("^1 of "))
    for said in ("Done", OWNER, NOTE):
        expect(line(user, title)).to_contain_text(said)
    user.page.reload()
    days(user).wait_for()
    tab(user, "Progress")
    expect(line(user, title)).to_contain_text(NOTE)
    rows = user.page.locator("tbody tr").count()
    pick(user, user.page.get_by_role("combobox", name=re.compile("Whose measures")), OWNER)
    assert rows > 1
    expect(user.page.locator("tbody tr")).to_have_count(1)


def test_a_measure_is_settled_on_the_page_of_progress_itself(user: Visitor) -> None:
    tab(user, "Progress")
    user.button("Keep this plan and measure progress against it")
    title = user.page.locator("tbody tr th").first.inner_text()
    pick(user, user.page.get_by_role("combobox", name=re.compile("Say how a measure stands")), title)
    user.page.get_by_text("Not wanted", exact=True).click()
    user.settle()
    user.settle()
    write(user, user.page.get_by_label("Why is it not wanted?"), "Nobody needs it.")
    expect(line(user, title)).to_contain_text("Dropped")
    expect(line(user, title)).to_contain_text("Nobody needs it.")
    user.page.get_by_text("As planned", exact=True).click()
    user.settle()
    user.settle()
    expect(line(user, title)).to_contain_text("Not begun")
    expect(line(user, title)).to_contain_text("Nobody needs it.")


def test_the_table_goes_out_is_edited_and_comes_in_with_its_differences_shown_first(
    user: Visitor, tmp_path: Path
) -> None:
    tab(user, "Take along")
    with user.page.expect_download() as download:
        user.button("Download as CSV")
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    rows[0] |= {"Status": "Under way", "Owner": OWNER, "Begun on": "2026-11-02", "Note": "Begun early."}
    tab(user, "Progress")
    hand_in(user, tmp_path, [{**rows[0], "Status": "Somewhere"}])
    alert = user.page.locator("[data-testid=stAlert]").filter(has_text="there is no status")
    expect(alert).to_contain_text("edited.csv:2: Status: there is no status “Somewhere”.")
    expect(user.page.get_by_text("Nothing was taken over.")).to_be_visible()
    user.page.get_by_role("button", name=re.compile("Remove")).first.click()
    user.settle()
    hand_in(user, tmp_path, rows, name="mended.csv")
    told = user.page.locator("li").filter(has_text=rows[0]["Measure"])
    expect(told.filter(has_text="Owner: nothing → " + OWNER)).to_be_visible()
    expect(told.filter(has_text="Status: as planned → Under way")).to_be_visible()
    expect(user.page.locator("tbody tr")).to_have_count(0)  # nothing is taken over yet
    user.button("Take over 4 changes")
    user.settle()
    expect(line(user, rows[0]["Measure"])).to_contain_text("Under way")
    expect(line(user, rows[0]["Measure"])).to_contain_text("since 2 Nov 2026")
    expect(line(user, rows[0]["Measure"])).to_contain_text("Begun early.")
    user.page.get_by_role("link", name="Report", exact=True).first.click()
    user.page.wait_for_url("**/report?**")
    user.settle()


def hand_in(user: Visitor, folder: Path, rows: list[dict[str, str]], *, name: str = "edited.csv") -> None:
    """Write the table as a team might, and hand it in."""
    file = folder / name
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    here = user.page.locator("[data-testid=stExpander]").filter(has_text="Take in an edited table")
    if not here.locator("details[open]").count():
        here.locator("summary").click()
        user.settle()
    here.locator("input[type=file]").set_input_files(file)
    user.settle()
    user.settle()
