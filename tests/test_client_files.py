"""A whole client as one file: out of one database and into another, with nothing lost and nothing believed unread."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assessment.answers import Answer
from assessment.brand import Brand
from assessment.clients import ClientFile
from assessment.contributions import Contributed, Contribution
from assessment.errors import AnswersError
from assessment.loader import client_as_bytes, read_client, read_questionnaire, read_sample
from assessment.pulse import Asked
from assessment.report import Earlier
from assessment.roadmap import Capacity, Commitment, Terms, Wishes
from assessment.store import New, Store
from assessment.workshop import ROLES, Topic, Vote, Workshop, tally
from tests.conftest import NOON, Clock


def full(store: Store, clock: Clock) -> tuple[str, str]:
    """Fill a desk with a client that has one of everything; return the desk and the client."""
    known, sheet, subject = read_sample("nordlicht", language="de")
    clients, desk = store.clients, store.clients.open("Beratung Beispiel")
    client = clients.add_client(desk, "Nordlicht =SUMME(1)")
    clients.save_client(desk, client, note="<b>ruft gern an</b>", brand=Brand(name="Blau", colour="#1F4E79"))
    north = clients.add_site(desk, client, "Nord", contacts=900_000, heads=120)
    clients.add_site(desk, client, "Süd")
    terms = Terms(
        capacity=Capacity(start=date(2026, 4, 1), per_month=7),
        wishes=Wishes(commitments=(Commitment(measure=known.measures[0].id, standing="done"),)),
    )
    question = next(q for q in known.questions_by_id.values() if q.id == "w1-q1")
    votes = [Vote(role, 3) for role in ROLES[:4]]
    held = Workshop(
        opened_at=NOON,
        closed_at=NOON + timedelta(hours=2),
        people=7,
        topics=(Topic(question="w1-q1", tallies=(tally(question, votes, round=1, smallest=4),)),),
    )
    first = clients.begin(desk, north, New(sheet, subject, "de", plan=terms, workshop=held))
    before = clients.read(desk, first)
    store.save_answer(first, Answer(question="w1-q1", value=1, respondent="Team Nord"), seen=1)
    said = Contributed(
        answer=Answer(question="w1-q1", value=4, comment="anders", at=NOON), confidence="unsure"
    )
    theirs = Contribution(id="", respondent="Ute Beispiel", role="Planung", received_at=NOON, answers=(said,))
    store.contributions.add(first, theirs)
    store.contributions.invite(first, "Jan Voorbeeld")
    clock.now += timedelta(days=120)
    asked = (Asked(question="w1-q2", reasons=("expired",), before=before.sheet.by_question["w1-q2"]),)
    earlier = Earlier(questionnaire=known, sheet=before.sheet, subject=before.subject)
    store.put_new(New(sheet, subject, "nl", follows=first, questions=asked, earlier=earlier))
    clients.save_step(desk, first, text="Bericht schicken", on=date(2026, 8, 1))
    clients.archive(desk, first, archived=True)
    return desk, client


def without_ids(file: ClientFile) -> ClientFile:
    """The file with the places of its assessments in place of their ids, which differ in each database."""
    text, names = file.model_dump_json(by_alias=True), [a.id for s in file.sites for a in s.assessments]
    for place, name in enumerate(names):
        text = text.replace(name, f"assessment-{place}")
    return ClientFile.model_validate_json(text)


def test_a_client_comes_back_from_its_file_with_everything_that_belongs_to_it(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    desk, client = full(store, clock)
    file = store.clients.whole(desk, client)
    raw = client_as_bytes(file)
    assert read_client(raw, "nord.client.gz") == file
    assert read_client(gzip.decompress(raw), "nord.client.json") == file, "unpacked by somebody"
    with Store(f"sqlite:///{tmp_path}/other.db", now=clock) as other:
        there = other.clients.open()
        again = other.clients.whole(there, other.clients.take_in(there, read_client(raw, "nord.client.gz")))
        assert without_ids(again) == without_ids(file)
        [first, second] = again.sites[0].assessments
        assert second.follows == first.id and second.pulse is not None
        assert [a.value for a in first.history] == [file.sites[0].assessments[0].history[0].value]
        assert [(c.respondent, len(c.answers)) for c in first.contributions] == [
            ("Jan Voorbeeld", 0),
            ("Ute Beispiel", 1),
        ]
        [ute] = [c for c in other.contributions.all(first.id) if c.answered]
        assert ute.contribution.answers[0].confidence == "unsure"
        assert not any(c.is_by_link for c in other.contributions.all(first.id)), "links open nothing there"
        assert first.workshop is not None and first.workshop.people == 7
        assert other.workshops.record(first.id) == first.workshop
        token = other.clients.enter(there, first.id).token
        assert other.open(token).sheet.by_question["w1-q1"].respondent == "Team Nord"
        assert [r.answer.value for r in other.history(first.id, "w1-q1")] == [a.value for a in first.history]
        saved = other.save_answer(first.id, Answer(question="w1-q1", value=5), seen=2)
        assert saved.revision == 3, "the history goes on"


def test_a_client_that_is_taken_in_twice_is_there_twice_and_the_first_is_untouched(
    store: Store, clock: Clock
) -> None:
    desk, client = full(store, clock)
    file = store.clients.whole(desk, client)
    other = store.clients.take_in(desk, file)
    assert other != client and len(store.clients.workspace(desk).clients) == 2
    assert store.clients.whole(desk, client) == file


def test_a_questionnaire_stands_in_the_file_once_however_many_are_compared_by_it(
    store: Store, clock: Clock
) -> None:
    desk, client = full(store, clock)
    [line] = [one for one in store.clients.client(desk, client).sites if one.name == "Nord"]
    for _ in range(3):
        store.clients.duplicate(desk, line.assessments[0].assessment)
    file = store.clients.whole(desk, client)
    assert sum(a.earlier is not None for s in file.sites for a in s.assessments) == 4
    assert len(file.questionnaires) == 1
    assert file.questionnaires[0] == read_questionnaire("service-transformation")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda raw: raw[:-20], "the end of this file is missing"),
        (lambda raw: raw[:40] + b"xxxx" + raw[44:], "this file is damaged"),
        (lambda raw: b"", "this is no file of a client"),
        (lambda raw: b"[1, 2", "this is no file of a client"),
        (lambda raw: b"\x1f\x8b", "the end of this file is missing"),
        (lambda raw: gzip.compress(b" " * (64 * 1024 * 1024 + 1)), "unpacks to more than a client can be"),
    ],
)
def test_what_is_no_such_file_is_told_and_never_taken_in(spoil: Callable[[bytes], bytes], says: str) -> None:
    raw = client_as_bytes(ClientFile(name="Beispiel AG"))
    with pytest.raises(AnswersError, match=says) as caught:
        read_client(spoil(raw), "c.client.gz")
    assert "c.client.gz" in str(caught.value) and "Take" in str(caught.value)


def test_every_problem_is_told_with_its_site_and_assessment() -> None:
    _, sheet, subject = read_sample("nordlicht", language="de")
    data = {
        "kind": "client",
        "format": 1,
        "name": "Beispiel AG",
        "sites": [
            {
                "name": "Nord",
                "assessments": [
                    {
                        "id": "a",
                        "language": "de",
                        "subject": subject.model_dump(mode="json"),
                        "sheet": changed,
                    }
                    for changed in (
                        sheet.model_dump(mode="json") | {"questionnaire": "nowhere"},
                        sheet.model_dump(mode="json") | {"version": "99.0.0"},
                        sheet.model_dump(mode="json")
                        | {"answers": [{"question": "w1-q1", "value": 17, "state": "given"}]},
                    )
                ],
            }
        ],
    }
    data["sites"][0]["assessments"][2]["earlier"] = {  # type: ignore[index]
        "questionnaire": 0,
        "sheet": sheet.model_dump(mode="json"),
        "subject": subject.model_dump(mode="json"),
    }
    with pytest.raises(AnswersError) as caught:
        read_client(json.dumps(data).encode(), "c.json")
    said = [str(problem) for problem in caught.value.problems]
    assert len(said) == 4
    for number, part in enumerate(("nowhere", "99.0.0", "w1-q1", "earlier assessment is missing")):
        assert part in said[number]
        assert f"Nord › {min(number, 2) + 1}" in said[number]


def test_a_questionnaire_inside_the_file_is_checked_like_any_other(store: Store, clock: Clock) -> None:
    desk, client = full(store, clock)
    data = json.loads(store.clients.whole(desk, client).model_dump_json(by_alias=True))
    measures = data["questionnaires"][0]["measures"]
    measures[0]["requires"], measures[1]["requires"] = [measures[1]["id"]], [measures[0]["id"]]
    with pytest.raises(AnswersError, match="the questionnaire inside this report cannot be read"):
        read_client(json.dumps(data).encode(), "c.json")


def test_what_does_not_belong_into_the_file_is_refused_not_dropped() -> None:
    raw = b'{"kind": "client", "format": 1, "name": "x", "secret": 1}'
    with pytest.raises(AnswersError, match="Extra inputs are not permitted"):
        read_client(raw, "c.json")
    with pytest.raises(AnswersError, match="this is no file of a client"):
        read_client(b'{"kind": "client", "format": 2, "name": "x"}', "c.json")


def test_times_and_days_keep_their_zone(store: Store, clock: Clock) -> None:
    desk, client = full(store, clock)
    file = read_client(client_as_bytes(store.clients.whole(desk, client)), "c.client.gz")
    first = file.sites[0].assessments[0]
    assert first.archived_at == datetime(2026, 6, 29, 12, tzinfo=UTC)
    assert all(answer.at is not None and answer.at.tzinfo is not None for answer in first.sheet.answers)
