"""What is known about a person is told and erased; what has ended is taken away; every column has a reason."""

import json
import re
from datetime import timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from assessment.answers import Answer
from assessment.cli import main
from assessment.contributions import Contributed, Contribution
from assessment.errors import StoreError
from assessment.store import Ballot, Store, Who, purposes
from assessment.store.privacy import Purged
from assessment.store.tables import CODE, INVITATION, LINK, METADATA, PERSON, TRAIL, VOTE, WORKSHOP
from assessment.store.traces import NAMES, TEXTS
from tests.conftest import NOON, Clock

UTE = "Ute Beispiel"
YEAR = timedelta(days=365)
NOTHING = Purged(0, 0, 0, 0, 0, 0, 0, 0)


def person(store: Store, name: str, email: str) -> tuple[str, Store]:
    who = store.people.sign_in("https://id.example", email, email=email, name=name)
    return who.id, store.seen_by(Who(person=who.id))


def rows(store: Store, table: object) -> int:
    with store._database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]


def everything(store: Store) -> str:
    """Return all that the database holds, as text."""
    store._writer.write_notes()  # else in a moment
    with store._database.reading() as connection:
        return repr([connection.execute(select(table)).all() for table in METADATA.sorted_tables])


def a_life(store: Store) -> tuple[str, str, Store, str]:
    """Let Ute sign in, own a desk with Jan, and answer by a personal link; return her id, the assessment, herself, the desk."""
    ute, seen = person(store, UTE, "ute@example.org")
    _, jan = person(store, "Jan Voorbeeld", "jan@example.org")
    desk = seen.clients.open("Beratung (fictitious)")
    jan.people.accept(seen.people.invite(desk, "jan@example.org", role="owner").token)
    other = jan.clients.open("Zweite (fictitious)")
    jan.people.invite(other, " UTE@example.org", role="reader")
    site = seen.clients.add_site(desk, seen.clients.add_client(desk, "Nord AG (fictitious)"), "Kiel")
    new = store.create("service-transformation", "1.1.0", language="de")
    seen.clients.file(desk, site, new.token)
    seen.save_head(new.assessment, author=UTE.upper())
    said = Answer(
        question="w1-q1", value=3, comment="Ute Beispiel and Jan decided so.", respondent=UTE, at=NOON
    )
    seen.save_answer(new.assessment, said, seen=0)
    seen.save_answer(new.assessment, said.model_copy(update={"value": 2}), seen=1)
    seen.contributions.add(
        new.assessment,
        Contribution(
            id="", respondent=f" {UTE}", received_at=NOON, answers=(Contributed(answer=said),)
        ).model_copy(update={"respondent": UTE}),
    )
    seen.links.share(new.assessment, "ute beispiel", role="reader")
    return ute, new.assessment, seen, desk


def test_a_person_is_told_all_that_is_stored_about_them(store: Store) -> None:
    ute, assessment, seen, _ = a_life(store)
    mine = seen.privacy.about_me()
    assert (mine.id, mine.name, mine.email) == (ute, UTE, "ute@example.org")
    assert [(one.desk, one.role) for one in mine.member_of] == [("Beratung (fictitious)", "owner")]
    assert mine.invited_to == ("Zweite (fictitious)",)
    assert {"answered", "changed", "shared"} <= {one.act for one in mine.did}
    assert {one.assessment for one in mine.did} == {"", assessment}
    assert mine.named == ()  # what others wrote is not for her to search
    found = {(place.table, place.column, place.is_alone) for place in store.privacy.about(ute).named}
    assert found == {
        ("answer", "comment", False),
        ("answer", "respondent", True),
        ("answer_history", "comment", False),
        ("answer_history", "respondent", True),
        ("assessment", "author", True),
        ("contributed", "comment", False),
        ("contribution", "respondent", True),
        ("invitation", "email", True),
        ("link", "label", True),
        ("person", "email", True),
        ("person", "name", True),
    }
    assert store.privacy.find(UTE.lower()) == tuple(
        place for place in store.privacy.about(ute).named if place.column != "email"
    )


def test_who_is_erased_is_nobody_any_more(store: Store) -> None:
    ute, assessment, seen, desk = a_life(store)
    seen.privacy.erase_me()
    assert store.privacy.people("UTE@EXAMPLE.ORG") == ()
    for refused in (
        lambda: seen.clients.workspace(desk),
        lambda: seen.save_answer(assessment, Answer(question="w1-q1", value=1), seen=2),
        seen.privacy.about_me,
        lambda: store.privacy.about(ute),
    ):
        with pytest.raises(StoreError):
            refused()
    assert "ute@example.org" not in everything(store).casefold()
    again, _ = person(store, UTE, "ute@example.org")
    assert again != ute


def test_the_last_owner_of_a_desk_hands_it_over_first(store: Store) -> None:
    ute, seen = person(store, UTE, "ute@example.org")
    seen.clients.open("Beratung (fictitious)")
    before = everything(store)
    with pytest.raises(StoreError, match="last owner"):
        seen.privacy.erase_me()
    with pytest.raises(StoreError, match="last owner"):
        store.privacy.erase(ute)
    assert everything(store) == before


def test_a_name_is_forgotten_wherever_it_stands_alone(store: Store) -> None:
    _, assessment, seen, _ = a_life(store)
    forgotten = store.privacy.forget(UTE)
    assert {place.column for place in forgotten} == {"author", "label", "respondent"}
    left = store.privacy.find(UTE)
    assert {(place.table, place.column) for place in left} == {
        ("answer", "comment"),
        ("answer_history", "comment"),
        ("contributed", "comment"),
        ("person", "name"),  # who signs in is erased, not forgotten
    }
    (contributor,) = seen.contributions.all(assessment)
    assert contributor.contribution.respondent.startswith("N. N. ")
    opened = seen.open(assessment)
    assert (opened.subject.author, opened.sheet.by_question["w1-q1"].respondent) == ("", "")
    assert opened.sheet.by_question["w1-q1"].value == 2
    for name in ("", "  "):
        with pytest.raises(StoreError, match="no name"):
            store.privacy.forget(name)


def test_a_name_is_found_however_it_is_written(store: Store) -> None:
    new = store.create("service-transformation", "1.1.0", language="de")
    store.save_answer(
        new.assessment, Answer(question="w1-q1", value=3, comment="Frau MÜLLER weiß es"), seen=0
    )
    store.save_head(new.assessment, author="müller ")
    found = {(place.column, place.assessment, place.rows) for place in store.privacy.find(" Müller")}
    assert found == {("comment", new.assessment, 1), ("author", new.assessment, 1)}
    assert store.privacy.find("100%") == ()  # no pattern


def test_what_has_ended_is_taken_away_and_nothing_else(store: Store, clock: Clock) -> None:
    new = store.create("service-transformation", "1.1.0", language="de")
    store.links.share(new.assessment, "ends", role="reader", until=clock.now + timedelta(days=1))
    store.links.share(new.assessment, "stays", role="reader")
    store.let_in(new.assessment)
    invited = store.contributions.invite(new.assessment, "Jan", until=clock.now + timedelta(days=1))
    _, ute = person(store, UTE, "ute@example.org")
    desk = ute.clients.open("Beratung (fictitious)")
    ute.people.invite(desk, "jan@example.org", role="reader")
    live = store.workshops.open(new.assessment, smallest=2, agenda=["w1-q1"])
    seat = store.seats.join(str(live.code), "agent").token
    store.workshops.ask(live.id, "w1-q1", seen=live.revision)
    store.seats.vote(seat, Ballot(question="w1-q1", round=1, value=3))
    assert store.privacy.purge(keep=YEAR) == NOTHING
    clock.now += timedelta(days=40)
    before = everything(store)
    counted = store.privacy.purge(keep=YEAR, really=False)
    assert counted == Purged(0, 0, 1, 1, 1, 1, 1, 0)
    assert everything(store) == before
    assert store.privacy.purge(keep=YEAR) == counted
    assert store.privacy.purge(keep=YEAR) == NOTHING
    assert [one.label for one in store.links.all(new.assessment)] == ["stays"]
    assert (rows(store, CODE), rows(store, INVITATION), rows(store, VOTE), rows(store, WORKSHOP)) == (
        0,
        0,
        0,
        1,
    )
    (jan,) = store.contributions.all(new.assessment)
    assert jan.is_revoked
    with pytest.raises(StoreError):
        store.contributions.open(invited.token)
    with pytest.raises(StoreError):
        store.seats.join(str(live.code), "agent")


def test_what_nobody_touches_goes_after_the_time_that_was_said(store: Store, clock: Clock) -> None:
    clock.now -= 4 * YEAR  # the database lets no line of the trail go that is young by its own clock
    old = store.create("service-transformation", "1.1.0", language="de")
    store.save_answer(old.assessment, Answer(question="w1-q1", value=3), seen=0)
    _, ute = person(store, UTE, "ute@example.org")
    desk = ute.clients.open("Beratung (fictitious)")
    person(store, "Jan", "jan@example.org")  # belongs nowhere
    site = ute.clients.add_site(desk, ute.clients.add_client(desk, "Nord AG (fictitious)"), "Kiel")
    ute.clients.file(desk, site, old.token)
    client = ute.clients.workspace(desk).clients[0].id
    file = ute.clients.whole(desk, client)
    clock.now += timedelta(days=300)
    young = store.create("service-transformation", "1.1.0", language="de")
    clock.now += timedelta(days=100)
    came = ute.clients.take_in(desk, file)  # as it was, 400 days ago
    assert store.privacy.purge(really=False)[:2] == (0, 0)
    assert store.privacy.purge(keep=YEAR)[:2] == (1, 1)
    with pytest.raises(StoreError):
        store.open(old.token)
    assert store.open(young.token).id == young.assessment
    assert [len(each.assessments) for each in ute.clients.client(desk, came).sites] == [1]
    assert rows(store, PERSON) == 1
    clock.now += YEAR + timedelta(days=1)
    assert store.privacy.purge(keep=YEAR)[:2] == (2, 0)


def test_every_column_of_text_is_searched_or_holds_no_words_of_a_person() -> None:
    """A new column that somebody can write into has to be added to one of the lists of `traces`."""
    texts = {
        f"{column.table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if type(column.type).__name__ == "Text"
    }
    searched = {f"{column.table.name}.{column.name}" for column in (*NAMES, *TEXTS)}
    no_words = {
        "assessment.profile",  # choices of the questionnaire
        "assessment.brand",
        "client.brand",
        "workspace.pools",  # numbers
        "follow_up.questions",  # ids
        "workshop.agenda",
        "workshop.topic",  # stands in topics, too
        "vote.value",
        "dissent.text",  # of nobody: a seat has no name; goes when the workshop closes
        "trail.what",
    }
    assert texts == searched | no_words
    assert not searched & no_words


def test_links_and_the_trail_are_kept_by_whom_they_concern(store: Store) -> None:
    """A reader of the database finds no token: what opens something is stored as a hash."""
    new = store.create("service-transformation", "1.1.0", language="de")
    mine = store.seen_by(Who(links=(new.token,)))
    lent = mine.links.share(new.assessment, "x", role="reader")
    code = mine.let_in(new.assessment).code
    mine.open(new.token)
    assert rows(store, TRAIL) and rows(store, LINK)
    said = everything(store)
    for secret in (new.token, lent.token, code):
        assert secret not in said


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["db", *arguments])
    return result.exit_code, result.output


def test_an_administrator_finds_exports_and_erases_a_person(url: str, tmp_path: Path) -> None:
    with Store(url) as store:
        ute, *_ = a_life(store)
    code, said = run("person", "find", UTE, "--database", url)
    assert code == 0 and ute in said and "in a text" in said and "alone" in said
    file = tmp_path / "ute.json"
    assert run("person", "export", "ute@example.org", "-o", str(file), "--database", url)[0] == 0
    written = json.loads(file.read_text("utf-8"))
    assert (written["id"], written["email"]) == (ute, "ute@example.org")
    assert len(written["did"]) > 3 and written["named"]
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("somebody else's")
    file.chmod(0o644)
    code, said = run("person", "export", "ute@example.org", "-o", str(file), "--database", url)
    assert code == 1 and "there already" in said and file.read_text() == "somebody else's"
    assert run("person", "export", "ute@example.org", "-o", str(file), "--force", "--database", url)[0] == 0
    assert json.loads(file.read_text("utf-8")) == written and file.stat().st_mode & 0o077 == 0
    with Store(url) as store:
        before = everything(store)
    code, said = run("person", "erase", UTE, "--database", url)
    assert code == 0 and "Nothing was changed" in said
    with Store(url) as store:
        assert everything(store) == before
    code, said = run("person", "erase", UTE, "--sure", "--database", url)
    assert code == 0 and "Erased 1" in said and "comment" in said and "Backups" in said
    with Store(url) as store:
        assert {place.is_alone for place in store.privacy.find(UTE)} == {False}
        assert store.privacy.find("ute@example.org") == ()
    code, said = run("person", "export", "ute@example.org", "-o", str(file), "--database", url)
    assert code == 1 and "nobody" in said


def test_an_administrator_purges_after_looking(url: str) -> None:
    with Store(url, now=Clock()) as store:  # long ago
        old = store.create("service-transformation", "1.1.0", language="de")
    with Store(url) as store:
        young = store.create("service-transformation", "1.1.0", language="de")
    code, said = run("purge", "--keep-months", "1", "--dry-run", "--database", url)
    assert code == 0 and re.search(r"^1 +assessments", said, re.MULTILINE)
    code, said = run("purge", "--database", url)
    assert code == 0 and re.search(r"^0 +assessments", said, re.MULTILINE)
    code, said = run("purge", "--keep-months", "1", "--database", url)
    assert code == 0 and re.search(r"^1 +assessments", said, re.MULTILINE)
    with Store(url) as store:
        assert store.open(young.token).id == young.assessment
        with pytest.raises(StoreError):
            store.open(old.token)


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "nothing.db"
    code, said = run("purge", "--database", f"sqlite:///{file}")
    assert code == 1 and "nothing.db" in said
    assert not file.exists()


def test_every_table_and_column_has_a_word_and_no_word_is_left_over() -> None:
    told = {one.table: [held.column for held in one.columns] for one in purposes.told()}
    assert told == {table.name: [column.name for column in table.columns] for table in METADATA.sorted_tables}
    assert purposes.unused() == set()


def test_a_column_nobody_has_a_word_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the test above can fail."""
    known = dict(purposes._HERE)
    del known["filed.next_step"]
    monkeypatch.setattr(purposes, "_HERE", known)
    with pytest.raises(KeyError, match="next_step"):
        list(purposes.told())


def test_the_page_of_the_documentation_is_the_present_one() -> None:
    """If it is not: `python docs/privacy_page.py`."""
    docs = Path(__file__).parent.parent / "docs"
    spec = spec_from_file_location("privacy_page", docs / "privacy_page.py")
    assert spec is not None and spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    assert (docs / "privacy.md").read_text("utf-8") == made.page()
