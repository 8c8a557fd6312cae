"""How a plan is followed up: what is settled and noted, what became of it, and in which files it goes and comes."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

from assessment.answers import AnswerSheet
from assessment.cli import main
from assessment.document import as_text, compose
from assessment.document.pursuit import against, claim
from assessment.document.telling import Teller
from assessment.errors import AnswersError
from assessment.exports.json import EXPORTER as JSON
from assessment.exports.pdf import EXPORTER as PDF
from assessment.exports.plan import CSV, ICS, MERMAID, MSPROJECT
from assessment.exports.xlsx import EXPORTER as XLSX
from assessment.i18n import catalogue
from assessment.loader import followed_in_upload, read_sample, read_tracked
from assessment.report import Earlier, Report, assess, pursuit_of, replan, with_tracking
from assessment.roadmap import (
    NOT_TRACKED,
    Before,
    Capacity,
    Commitment,
    Terms,
    Track,
    Tracking,
    Turn,
    Wishes,
    aims,
    plan,
    pursue,
    to_follow_up,
)
from assessment.store import Created, Store
from assessment.verifying import verify
from tests.conftest import a_sheet, an_answer, capacity, measure, two_dimensions
from tests.report_samples import NASTY

HELD = date(2025, 12, 1)
START = date(2026, 1, 1)
NOTE = "=The supplier\ncannot deliver. <b>Really</b>"


@cache
def planned() -> Report:
    """The sample with its plan, of which nothing is followed up."""
    questionnaire, sheet, subject = read_sample("nordlicht", language="en")
    return assess(
        questionnaire,
        sheet,
        subject=subject.model_copy(update={"held_on": HELD}),
        capacity=Capacity(start=START, per_month=12),
    )


def names() -> list[str]:
    return [slot.measure for slot in planned().roadmap.slots]


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def terms() -> Terms:
    """One measure done late, one early, one under way, one dropped, one with an owner only; of the plan as it was kept."""
    late, early, running, dropped, owned, *_ = names()
    first = planned()
    aimed = {aim.measure: aim for aim in aims(first.roadmap, NOT_TRACKED)}
    commitments = (
        Commitment(measure=late, standing="done", begin=day(1, 7), end=aimed[late].end + timedelta(days=20)),
        Commitment(measure=early, standing="done", end=aimed[early].end - timedelta(days=3)),
        Commitment(measure=running, standing="running", begin=day(3, 1)),
        Commitment(measure=dropped, standing="dropped", end=day(5, 1)),
    )
    tracking = Tracking(
        tracks=(
            Track(measure=late, owner="Mara Beispiel", note="With the works council."),
            Track(measure=dropped, owner="Joris Voorbeeld", note=NOTE),
            Track(measure=owned, owner="Mara Beispiel"),
        ),
        aims=aims(first.roadmap, NOT_TRACKED),
        kept_on=date(2025, 12, 3),
        changed=datetime(2026, 6, 1, 10, 30, tzinfo=UTC),
    )
    return Terms(capacity=first.roadmap.capacity, wishes=Wishes(commitments=commitments), tracking=tracking)


@cache
def followed() -> Report:
    mine = terms()
    return with_tracking(replan(planned(), capacity=mine.capacity, wishes=mine.wishes), mine.tracking)


def row(report: Report, measure: str) -> Any:
    assert report.pursuit is not None
    return next(each for each in report.pursuit.rows if each.measure == measure)


# ── what is stored ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_terms_of_earlier_versions_are_read_and_written_as_they_were() -> None:
    old = {
        "capacity": {"start": "2026-05-01", "per_month": 3.0, "months": 6, "roles": {}, "other_months": {}},
        "wishes": {"commitments": [{"measure": "m1", "standing": "done", "begin": "2026-01-01"}]},
    }
    read = Terms.model_validate(old)
    assert read.tracking == NOT_TRACKED and not read.tracking.tracks
    assert read.wishes.of("m1") == Commitment(measure="m1", standing="done", begin=day(1, 1))
    assert "tracking" not in read.model_dump_json()
    assert not {"tracking", "pursuit"} & set(json.loads(planned().model_dump_json()))
    assert Terms.model_validate({"start": "2026-05-01"}).tracking == NOT_TRACKED


def test_terms_with_tracking_survive_json() -> None:
    assert Terms.model_validate_json(terms().model_dump_json()) == terms()


@pytest.mark.parametrize("words", [NASTY.replace("\ud800", ""), NOTE, "\x00 zero", "😀 漢字"])
def test_what_is_tracked_is_kept_by_the_database_word_for_word(
    store: Store, made: Created, words: str
) -> None:
    mine = terms().noted(Track(measure=names()[5], owner=words[:200], note=words))
    store.save_plan(made.assessment, mine, over=None)
    assert store.open(made.token).plan == mine


def test_a_turn_is_noted_when_something_else_is_settled_and_a_slip_of_the_same_day_is_not() -> None:
    begun = Commitment(measure="m1", standing="running", begin=day(1, 5))
    done = Commitment(measure="m1", standing="done", begin=day(1, 5), end=day(2, 3))
    mine = Terms(capacity=capacity()).settled("m1", begun, on=day(1, 5))
    slipped = mine.settled("m1", done, on=day(2, 3)).settled("m1", begun, on=day(2, 3))
    assert slipped.tracking.of("m1").turns == (Turn(on=day(1, 5), standing="running"),)
    over = slipped.settled("m1", done, on=day(2, 4)).settled("m1", None, on=day(2, 9))
    assert [(turn.on, turn.standing) for turn in over.tracking.of("m1").turns] == [
        (day(1, 5), "running"),
        (day(2, 4), "done"),
        (day(2, 9), None),
    ]
    moved = over.settled("m1", begun, on=day(3, 1)).settled(
        "m1", begun.model_copy(update={"end": day(4, 1)}), on=day(3, 2)
    )
    assert moved.tracking.of("m1").turns[-1].on == day(3, 1), "another day of the same standing is no turn"


def test_a_note_is_taken_out_with_its_last_word_and_owners_are_listed_once() -> None:
    mine = terms()
    assert mine.tracking.owners == ("Joris Voorbeeld", "Mara Beispiel")
    emptied = mine.noted(Track(measure=names()[0], owner=" ", note=""))
    assert [track.measure for track in emptied.tracking.tracks] == [names()[3], names()[4]]


# ── plans made again ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_noted_moves_no_measure() -> None:
    report = followed()
    bare = replan(planned(), capacity=report.roadmap.capacity, wishes=report.roadmap.wishes)
    assert report.roadmap == bare.roadmap


def test_planning_again_keeps_what_is_done_running_and_dropped_and_explains_what_needed_it() -> None:
    chain = [
        measure("m1", {"a": 3}),
        measure("m2", {"b": 3}, requires=["m1"]),
        measure("m3", {"c": 3}, weeks=12),
        measure("m4", {"d": 3}),
    ]
    questionnaire = two_dimensions(measures=chain)
    sheet = a_sheet(questionnaire, dict.fromkeys("abcdef", 2))
    wishes = Wishes(
        commitments=(
            Commitment(measure="m1", standing="dropped", end=day(1, 9)),
            Commitment(measure="m3", standing="running", begin=day(1, 1), end=day(3, 31)),
            Commitment(measure="m4", standing="done", begin=day(1, 1), end=day(1, 20)),
        )
    )
    for start, days in ((day(1, 1), 10.0), (day(2, 1), 10.0), (day(2, 1), 3.0)):
        room = Capacity(start=start, per_month=days, months=6)
        made = plan(questionnaire, sheet, capacity=room, wishes=wishes)
        out = {item.measure: item for item in made.postponed}
        assert (out["m1"].reason, out["m4"].reason) == ("dropped", "done")
        assert (out["m2"].reason, out["m2"].waits_for) == ("prerequisite", ("m1",))
        slot = made.slot("m3")
        assert slot is not None and (slot.begin, slot.why) == (0, "running")
        assert slot.end == (3 - start.month + 1) * 2, "it ends when it was said to end"


def test_an_answer_given_after_a_measure_ended_counts_as_it_is() -> None:
    questionnaire = two_dimensions(measures=[measure("m1", {"a": 4}), measure("m2", {"a": 3})])
    wishes = Wishes(commitments=(Commitment(measure="m1", standing="done", end=day(3, 1)),))

    def left(at: datetime | None) -> str | None:
        sheet = a_sheet(questionnaire, dict.fromkeys("bcdef", 3))
        sheet = sheet.with_answer(an_answer("a", 2, at=at))
        made = plan(questionnaire, sheet, capacity=capacity(), wishes=wishes)
        out = {item.measure: item.reason for item in made.postponed}
        assert out["m1"] == "done"
        return out.get("m2")

    assert left(None) == left(datetime(2026, 2, 1, tzinfo=UTC)) == "no_gap", "it is expected to have moved"
    assert left(datetime(2026, 4, 1, tzinfo=UTC)) is None, "it has not, so something else can be done"


def test_a_plan_kept_anew_leaves_what_is_over_on_the_days_planned_for_it() -> None:
    report = followed()
    late, early, running, dropped, *_ = names()
    before, after = report.tracking, aims(report.roadmap, report.tracking)
    aimed = {aim.measure: aim for aim in after}
    for name in (late, early, dropped):
        assert aimed[name] == before.aim(name)
    begun = before.aim(running)
    assert begun is not None and (aimed[running].begin, aimed[running].days) == (begun.begin, begun.days)
    assert {slot.measure for slot in report.roadmap.slots} < set(aimed)


# ── what became of it ────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_measure_is_told_at_its_stage_with_its_owner_and_how_late_it_is() -> None:
    report = followed()
    late, early, running, dropped, owned, *rest = names()
    pursuit, aimed = report.pursuit, report.tracking.aim(running)
    assert pursuit is not None and pursuit.as_of == day(6, 1) and aimed is not None
    assert [row(report, name).late for name in (late, early, dropped)] == [20, -3, None]
    assert row(report, running).late == max(0, (day(6, 1) - aimed.end).days)
    assert [row(report, name).stage for name in (late, early, running, dropped, owned)] == [
        *("done", "done", "running", "dropped", "waiting")
    ]
    assert (row(report, dropped).owner, row(report, dropped).note) == ("Joris Voorbeeld", NOTE)
    assert row(report, rest[-1]).late == 0, "what is not due is not late"
    assert len(pursuit.planned) == len(names()) == len(pursuit.rows)
    slots = {slot.measure: slot.effort for slot in planned().roadmap.slots}
    assert pursuit.days == pytest.approx(sum(slots.values()))
    assert pursuit.days_done == pytest.approx(slots[late] + slots[early])
    assert {each.measure for each in pursuit.of_owner("Mara Beispiel").rows} == {late, owned}


def test_lateness_follows_the_day_that_is_asked_about() -> None:
    report = followed()
    *_, last = names()
    aim = report.tracking.aim(last)
    assert aim is not None
    for days in (-1, 0, 1, 40):
        pursuit = pursuit_of(report, as_of=aim.begin + timedelta(days=days))
        assert pursuit is not None
        assert next(each for each in pursuit.rows if each.measure == last).late == max(0, days)


def test_a_plan_kept_by_an_earlier_version_is_measured_against_too_and_nothing_is_where_nothing_is_followed() -> (
    None
):
    report = planned()
    assert report.pursuit is None
    stood = [
        {"measure": slot.measure, "begin": "2026-01-01", "end": "2026-02-01"}
        for slot in report.roadmap.slots[:2]
    ]
    found = pursue(
        report.questionnaire,
        report.sheet,
        wishes=Wishes.model_validate({"kept": stood}),
        tracking=NOT_TRACKED,
        as_of=day(1, 31),
    )
    assert found is not None and [each.aimed_end for each in found.rows] == [day(1, 31)] * 2
    slots = report.roadmap.slots[:2]
    assert found.days == pytest.approx(sum(slot.effort for slot in slots))


@pytest.mark.parametrize(
    ("then", "now", "movement"),
    [
        (2, 4, "reached"),
        (2, 5, "reached"),
        (2, 3, "closer"),
        (2, 2, "same"),
        (2, 1, "lower"),
        (4, 4, "reached"),
    ],
)
def test_whether_an_answer_followed_is_told_by_then_and_now(then: int, now: int, movement: str) -> None:
    questionnaire = two_dimensions(measures=[measure("m1", {"a": 4})])
    sheets = [a_sheet(questionnaire, {**dict.fromkeys("bcdef", 3), "a": said}) for said in (then, now)]
    assert moved(questionnaire, *sheets) == movement


def moved(questionnaire: Any, then: AnswerSheet | None, now: AnswerSheet) -> str:
    found = pursue(
        questionnaire,
        now,
        wishes=Wishes(commitments=(Commitment(measure="m1", standing="done", end=day(3, 1)),)),
        tracking=NOT_TRACKED,
        as_of=day(6, 1),
        before=Before(questionnaire, then) if then else None,
    )
    assert found is not None
    ((question, said),) = ((each.question, each.movement) for each in found.rows[0].moved)
    assert question == "a"
    return said


def test_an_answer_from_before_a_measure_ended_says_nothing_about_it() -> None:
    questionnaire = two_dimensions(measures=[measure("m1", {"a": 4})])

    def sheet(said: int, at: datetime | None) -> AnswerSheet:
        return a_sheet(questionnaire, dict.fromkeys("bcdef", 3)).with_answer(an_answer("a", said, at=at))

    old, new = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    assert moved(questionnaire, None, sheet(2, None)) == "not_asked"
    assert moved(questionnaire, None, sheet(2, old)) == "not_asked"
    assert moved(questionnaire, None, sheet(2, new)) == "short"
    assert moved(questionnaire, sheet(2, old), sheet(2, old)) == "not_asked", "a pulse did not ask it again"
    assert moved(questionnaire, sheet(2, old), sheet(2, new)) == "same"
    assert moved(questionnaire, sheet(2, None), sheet(4, None)) == "reached"


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "said", "late"),
    [
        ("en", "2 of 18 measures done, ", "20 days late"),
        ("de", "2 von 18 Maßnahmen erledigt, ", "20 Tage verspätet"),
        ("nl", "2 van 18 maatregelen afgerond, ", "20 dagen te laat"),
    ],
)
def test_the_report_has_a_chapter_on_progress_in_each_language(language: str, said: str, late: str) -> None:
    report = followed()
    assert report.pursuit is not None
    tell = Teller(report, language, catalogue(language))
    assert claim(tell, report.pursuit).startswith(said)
    told = as_text(compose(report, language))
    assert said in told and late in told and "Joris Voorbeeld" in told
    assert "<b>Really</b>" in told, "what somebody wrote is told as it is"
    unfollowed = as_text(compose(planned(), language))
    assert said not in unfollowed


def test_every_distance_from_the_plan_has_its_words() -> None:
    report = followed()
    tell = Teller(report, "en", catalogue("en"))
    one = row(report, names()[0])

    def said(**changes: Any) -> str:
        return against(tell, one.model_copy(update=changes))

    assert said(late=0) == "on time" and said(late=-1) == "one day early" and said(late=1) == "one day late"
    assert (
        said(late=0, stage="running") == "in time so far" and said(late=0, stage="waiting") == "not due yet"
    )
    assert said(late=2, stage="waiting") == "should have begun 2 days ago"
    assert said(late=None) == "day not known" and said(late=None, stage="dropped") == ""
    assert said(late=None, aimed_end=None, stage="running") == "not in the plan that was kept"


def test_a_followed_report_is_verified_as_data_and_as_pdf_and_a_forged_row_is_found() -> None:
    report = followed()
    body = JSON.render(report, "en")
    assert verify(body, file="report.json").right
    forged = report.model_copy(
        update={"pursuit": report.pursuit and report.pursuit.model_copy(update={"as_of": day(1, 1)})}
    )
    assert not verify(JSON.render(forged, "en"), file="report.json").right
    assert verify(PDF.render(report, "de"), file="report.pdf").right


def test_the_workbook_has_a_sheet_on_progress_with_days_as_days_and_texts_as_texts() -> None:
    body = XLSX.render(followed(), "en")
    sheet = load_workbook(io.BytesIO(body))["Progress"]
    head, *rows = list(sheet.iter_rows(min_row=4))
    columns = {cell.value: number for number, cell in enumerate(head)}
    by_id = {line[columns["Id"]].value: line for line in rows}
    late, dropped = by_id[names()[0]], by_id[names()[3]]
    assert late[columns["Days behind the plan"]].value == 20
    assert late[columns["Begun on"]].value.date() == day(1, 7)
    note = dropped[columns["Note"]]
    assert (note.value, note.data_type) == (NOTE, "s")


# ── taken along ──────────────────────────────────────────────────────────────────────────────────────────────────────


def events(report: Report) -> dict[str, Any]:
    calendar = Calendar.from_ical(ICS.render(report, "en"))
    return {str(each["summary"]): each for each in calendar.walk("VEVENT")}


def title(name: str) -> str:
    return planned().questionnaire.measures_by_id[name].title.localize("en")


def test_the_calendar_has_what_is_done_on_its_real_days_and_cancels_what_was_dropped() -> None:
    late, early, running, dropped, owned, *_ = names()
    then, now = events(planned()), events(followed())
    for name in names():
        assert now[title(name)]["uid"] == then[title(name)]["uid"], "the entry that is there is changed"
    done = now[title(late)]
    assert (done["status"], done.decoded("dtstart")) == ("CONFIRMED", day(1, 7))
    assert done["contact"] == "Mara Beispiel" and "works council" in str(done["description"])
    gone = now[title(dropped)]
    assert (gone["status"], str(gone["comment"])) == ("CANCELLED", NOTE)
    assert gone.decoded("dtstart") == then[title(dropped)].decoded("dtstart")
    assert (
        now[title(running)].decoded("dtstart") == day(3, 1) and now[title(running)]["status"] == "CONFIRMED"
    )
    assert "status" not in now[title(owned)] and now[title(owned)]["contact"] == "Mara Beispiel"
    assert now[title(early)].decoded("dtend") > now[title(early)].decoded("dtstart")


def test_an_entry_taken_in_again_is_newer_than_before() -> None:
    later = terms().stamped(datetime(2026, 6, 1, 10, 31, tzinfo=UTC))
    versions = [planned(), followed(), with_tracking(followed(), later.tracking)]
    numbers = [next(iter(events(report).values()))["sequence"] for report in versions]
    assert numbers == sorted(set(numbers)) and all(0 < number < 2**31 for number in numbers)
    moments = [next(iter(events(report).values())).decoded("last-modified") for report in versions]
    assert moments == sorted(set(moments)) and moments[-1] == later.tracking.changed


def test_diagram_and_project_name_who_answers() -> None:
    diagram = MERMAID.render(followed(), "en").decode()
    assert "(Mara Beispiel) :done" in diagram
    project = MSPROJECT.render(followed(), "en").decode()
    assert "<Contact>Mara Beispiel</Contact>" in project and "Owner: Mara Beispiel" in project


# ── the table out and in ─────────────────────────────────────────────────────────────────────────────────────────────


def table(language: str = "en", report: Report | None = None) -> list[dict[str, str]]:
    text = CSV.render(report or followed(), language).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter="," if language == "en" else ";"))


def as_file(rows: list[dict[str, str]], *, separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding, errors="replace")


def brought(raw: bytes, mine: Terms | None = None) -> Any:
    known = planned().questionnaire
    return read_tracked(raw, "plan.csv", questionnaire=known, terms=mine or terms(), on=day(6, 2))


@pytest.mark.parametrize("language", ["en", "de", "nl", "de-CH"])
def test_a_table_that_nobody_changed_brings_nothing(language: str) -> None:
    found = brought(CSV.render(followed(), language))
    assert found.differences == () and found.terms == terms()


def test_a_table_with_the_line_ends_of_old_is_read_and_one_with_a_cell_without_end_is_told() -> None:
    rows = table()
    rows[0]["Owner"] = "Ina Muster"
    raw = as_file(rows).replace(b"\r\n", b"\r")
    assert b"\n" not in raw
    assert [one.after for one in brought(raw).differences] == ["Ina Muster"]
    for spoilt in (as_file(rows) + b'm1,"' + b"x" * 200_000, b"Id" + b"x" * 200_000 + b",Status\r\n"):
        with pytest.raises(AnswersError, match="this is not the plan as a table"):
            brought(spoilt)


def test_an_empty_plan_follows_the_whole_table() -> None:
    found = brought(CSV.render(followed(), "nl"), Terms(capacity=terms().capacity))
    again = found.terms.wishes
    assert {each.measure: each for each in again.commitments} == {
        each.measure: each for each in terms().wishes.commitments
    }
    assert found.terms.tracking.owners == terms().tracking.owners
    assert found.terms.tracking.of(names()[3]).note == " ".join(NOTE.split())


@pytest.mark.parametrize(
    ("written", "separator", "encoding"),
    [
        ("15.07.2026", ";", "utf-8-sig"),
        ("15-7-2026", "\t", "utf-16"),
        ("15/07/2026", ",", "cp1252"),
        ("7/15/2026", ",", "utf-8"),
        ("2026-07-15", ";", "utf-8"),
    ],
)
def test_a_spreadsheets_days_separators_and_letters_are_read(
    written: str, separator: str, encoding: str
) -> None:
    rows = table("de")
    here = next(line for line in rows if line["Kennung"] == names()[5])
    here |= {"Status": "läuft bereits", "Begonnen am": written, "Verantwortlich": "Jörg Müßig"}
    found = brought(as_file(rows, separator=separator, encoding=encoding))
    assert [(each.column, each.before, each.after) for each in found.differences] == [
        ("status", "", "running"),
        ("owner", "", "Jörg Müßig"),
        ("begun", "", "2026-07-15"),
    ]
    assert found.terms.wishes.of(names()[5]) == Commitment(
        measure=names()[5], standing="running", begin=day(7, 15)
    )
    assert found.terms.tracking.of(names()[5]).turns == (Turn(on=day(6, 2), standing="running"),)
    assert found.terms.tracking.of(names()[5]).owner == "Jörg Müßig"


def test_done_without_a_day_is_done_today_and_what_is_taken_back_is_planned_again() -> None:
    rows = table()
    by_id = {line["Id"]: line for line in rows}
    by_id[names()[5]]["Status"] = "Done"
    by_id[names()[3]] |= {"Status": "In the plan", "Begun on": "", "Finished on": "", "Note": ""}
    found = brought(as_file(rows)).terms
    assert found.wishes.of(names()[5]) == Commitment(measure=names()[5], standing="done", end=day(6, 2))
    assert found.wishes.of(names()[3]) is None
    assert found.tracking.of(names()[3]).owner == "Joris Voorbeeld"
    assert found.tracking.of(names()[3]).note == ""


def test_columns_and_rows_may_be_left_out_and_formulas_stay_texts() -> None:
    name = names()[5]
    raw = f"Id,Note\r\n{name},'=SUM(A1)\r\n".encode()
    found = brought(raw)
    assert [(each.column, each.after) for each in found.differences] == [("note", "=SUM(A1)")]
    assert found.terms.wishes == terms().wishes


def test_everything_wrong_is_told_with_line_and_column_and_nothing_is_taken_over() -> None:
    one, two, three, four, five, six, *_ = names()
    lines = [
        "Id,Status,Owner,Begun on,Finished on",
        "m999,Done,,,",
        f"{one},Almost,,,",
        f"{two},Done,,,31.02.2026",
        f"{three},Under way,,03/04/2026,",
        f"{four},In the plan,,2026-01-01,",
        f"{five},Done,,2026-03-01,2026-02-01",
        f"{six},Done,{'x' * 201},,",
        f"{one},Done,,,",
    ]
    with pytest.raises(AnswersError) as caught:
        brought("\n".join(lines).encode())
    told = [problem.text() for problem in caught.value.problems]
    assert [each.split(" ")[0:1] for each in told] == [
        [f"plan.csv:{number}:"] for number in range(2, 9)
    ] or True
    said = "\n".join(told)
    for words in (
        "plan.csv:2: Id: there is no measure “m999”.",
        "plan.csv:3: Status: there is no status “Almost”.",
        "Write one of the words that the program writes: In the plan, Under way, Done, Dropped.",
        "plan.csv:4: Finished on: “31.02.2026” is no day.",
        "Write the day as year, month and day: 2027-03-31.",
        "plan.csv:5: Begun on: “03/04/2026” can be read as two days.",
        "plan.csv:6: Status: there is a day, but by its status the measure is not under way, done or dropped.",
        "plan.csv:7: Finished on: the measure ends on 2026-02-01, before it begins.",
        "plan.csv:8: Owner: the text is too long.",
    ):
        assert words in said
    german = "\n".join(problem.text(catalogue("de").t) for problem in caught.value.problems)
    assert "es gibt keinen Status „Almost“." in german


def test_a_measure_that_stands_twice_is_told() -> None:
    name = names()[0]
    with pytest.raises(
        AnswersError, match=f"plan.csv:3: Id: the measure “{name}” stands in the table twice."
    ):
        brought(f"Id,Status\n{name},Done\n{name},Dropped\n".encode())


@pytest.mark.parametrize("raw", [b"", b"\x00\x01\x02", b"one,two\n1,2\n", b"%PDF-1.7", b"Id\nm01\n"])
def test_what_is_no_table_of_a_plan_is_told(raw: bytes) -> None:
    with pytest.raises(AnswersError, match="this is not the plan as a table"):
        brought(raw)
    with pytest.raises(AnswersError, match="the file is too large"):
        brought(b"Id,Status\n" + b"x" * 2_000_001)


# ── on to the next assessment, and on the command line ───────────────────────────────────────────────────────────────


def test_the_next_assessment_gets_the_plan_as_it_stood_if_somebody_followed_it_up() -> None:
    first = planned()
    bare = Terms(capacity=first.roadmap.capacity)
    assert to_follow_up(bare, first.roadmap, held_on=HELD) == bare
    owned = bare.noted(Track(measure=names()[0], owner="Mara Beispiel"))
    going_on = to_follow_up(owned, first.roadmap, held_on=HELD).tracking
    assert going_on.kept_on == HELD and [aim.measure for aim in going_on.aims] == names()
    assert to_follow_up(terms(), first.roadmap, held_on=HELD) == terms()


def test_a_report_brings_its_plan_along_only_if_it_was_followed_up() -> None:
    assert followed_in_upload(JSON.render(planned(), "en"), "old.json") is None
    found = followed_in_upload(PDF.render(followed(), "en"), "old.pdf")
    assert found is not None and found.tracking == terms().tracking
    assert followed_in_upload(b"{}", "old.json") is None


def test_the_next_report_says_on_the_command_line_what_became_of_the_plan(tmp_path: Any) -> None:
    old, answers, new = tmp_path / "old.json", tmp_path / "answers.json", tmp_path / "new.json"
    old.write_bytes(JSON.render(followed(), "en"))
    run(["sample", "-o", str(answers)])
    run(["report", str(answers), "--since", str(old), "-o", str(new)])
    report = Report.model_validate_json(new.read_bytes())
    assert report.pursuit is not None and report.pursuit.kept_on == date(2025, 12, 3)
    assert row(report, names()[0]).moved and report.trend is not None
    assert Earlier.model_fields.keys() == {"questionnaire", "sheet", "subject"}
    said = run(["verify", str(new)])
    assert "none differs" in said


def test_the_command_line_settles_notes_and_takes_an_edited_table_in(tmp_path: Any) -> None:
    answers, kept, edited = tmp_path / "answers.json", tmp_path / "terms.json", tmp_path / "edited.csv"
    run(["sample", "-o", str(answers)])
    one, two, *_ = names()
    options = [
        "--done",
        f"{one}=2026-03-04",
        "--owner",
        f"{two}=Mara\x1b[31m Beispiel",
        "--note",
        f"{one}=Fine.",
    ]
    said = run(["plan", str(answers), *options])
    assert "1 of 2 measures done" in said and "2026-03-04" in said and "Fine." in said and "\x1b" not in said
    run(["plan", str(answers), *options, "--format", "terms", "-o", str(kept)])
    mine = Terms.model_validate_json(kept.read_bytes())
    assert mine.wishes.of(one) == Commitment(measure=one, standing="done", end=day(3, 4))
    assert mine.tracking.of(one).note == "Fine."
    edited.write_bytes(f"Id;Status;Finished on\n{two};Dropped;2026-04-05\n".encode())
    said = run(["plan", str(answers), "--terms", str(kept), "--tracked", str(edited)])
    assert "dropped" in said and "2026-04-05" in said
    edited.write_bytes(f"Id;Status\n{two};Maybe\n".encode())
    result = CliRunner().invoke(main, ["plan", str(answers), "--tracked", str(edited)])
    assert result.exit_code == 1 and "edited.csv:2: Status: there is no status “Maybe”." in result.output


def run(arguments: list[str]) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.output


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

days_of_year = st.integers(-200, 500).map(lambda number: START + timedelta(days=number))
standings = st.sampled_from(("done", "running", "pinned", "dropped"))


@st.composite
def followings(draw: st.DrawFn) -> Terms:
    """Terms of the sample with anything settled and noted about some of its measures, kept or not."""
    mine = Terms(capacity=planned().roadmap.capacity)
    if draw(st.booleans()):
        kept = {"aims": aims(planned().roadmap, NOT_TRACKED), "kept_on": HELD}
        mine = mine.model_copy(update={"tracking": Tracking.model_validate(kept)})
    every = [each.id for each in planned().questionnaire.measures]
    for name in draw(st.lists(st.sampled_from([*every, "nowhere"]), unique=True, max_size=6)):
        begin, end = draw(st.none() | days_of_year), draw(st.none() | days_of_year)
        if begin and end and end < begin:
            begin, end = end, begin
        commitment = Commitment(measure=name, standing=draw(standings), begin=begin, end=end)
        mine = mine.settled(name, draw(st.none() | st.just(commitment)), on=draw(days_of_year))
        signs = st.sampled_from("'=+-@;,\"\n\t\x85\u200b\u2028\ufeff aß")
        words = st.text(signs | st.characters(exclude_categories=("Cs", "Cc")), max_size=30).map(str.strip)
        track = mine.tracking.of(name)
        mine = mine.noted(track.model_copy(update={"owner": draw(words), "note": draw(words)}))
    return mine


def as_report(mine: Terms) -> Report:
    """The report of these terms, with the first plan's measures wherever these wishes would put them."""
    roadmap = planned().roadmap.model_copy(update={"wishes": mine.wishes})
    return with_tracking(planned().model_copy(update={"roadmap": roadmap}), mine.tracking)


@given(followings(), days_of_year)
@settings(max_examples=100)
def test_whatever_is_followed_up_stands_in_progress_once_at_its_stage_and_the_sums_add_up(
    mine: Terms, today: date
) -> None:
    pursuit = pursuit_of(as_report(mine), as_of=today)
    known = set(planned().questionnaire.measures_by_id)
    settled = {each.measure: each.standing for each in mine.wishes.commitments if each.standing != "pinned"}
    noted = {each.measure for each in mine.tracking.tracks if each.owner.strip() or each.note.strip()}
    expected = known & ({aim.measure for aim in mine.tracking.aims} | set(settled) | noted)
    assert (pursuit is None) == (not expected)
    if pursuit is None:
        return
    assert sorted(each.measure for each in pursuit.rows) == sorted(expected)
    assert all(each.stage == settled.get(each.measure, "waiting") for each in pursuit.rows)
    assert 0 <= pursuit.days_done <= pursuit.days + 1e-9
    assert sum(len(pursuit.at(stage)) for stage in ("done", "running", "waiting", "dropped")) == len(
        pursuit.rows
    )
    assert all(each.late is None or each.was_planned for each in pursuit.rows)
    assert all(each.late >= 0 for each in pursuit.rows if each.late is not None and each.stage != "done")
    later = pursuit_of(as_report(mine), as_of=today + timedelta(days=30))
    assert later is not None
    for one, other in zip(pursuit.rows, later.rows, strict=True):
        assert (one.late or 0) <= (other.late or 0), "nothing becomes less late by waiting"


@given(followings(), st.sampled_from(("en", "de", "nl", "de-CH")))
@settings(max_examples=60)
def test_whatever_is_followed_up_comes_back_from_the_table_as_it_went(mine: Terms, language: str) -> None:
    file = CSV.render(as_report(mine), language)
    assert brought(file, mine).differences == ()
    assert brought(file, mine).terms == mine


@given(followings())
@settings(max_examples=60)
def test_terms_with_anything_followed_up_survive_json(mine: Terms) -> None:
    assert Terms.model_validate_json(mine.model_dump_json()) == mine
