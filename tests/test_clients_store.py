"""Consultants' desks in the database: what is on a desk, what is not, and that nothing leaves it unasked."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from assessment.answers import Answer, AnswerSheet
from assessment.brand import UNBRANDED, Brand
from assessment.errors import StoreError
from assessment.pulse import Asked
from assessment.report import Earlier, Subject
from assessment.roadmap import Capacity, Terms
from assessment.store import New, Store
from assessment.store.tables import METADATA
from tests.conftest import NOON, Clock
from tests.report_samples import small

HELD = date(2026, 3, 1)
BLUE, GREEN = Brand(name="Blau", colour="#1F4E79"), Brand(name="Grün", colour="#2E7D32")


def new(*answers: Answer, organisation: str = "Beispiel AG", **more: Any) -> New:
    sheet = AnswerSheet(questionnaire="service-transformation", version="1.1.0", answers=answers)
    return New(sheet, Subject(organisation=organisation, held_on=more.pop("held_on", HELD)), "de", **more)


def said(what: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as caught:
        what()
    return str(caught.value)


class OnADesk:
    """A desk with one client, a site and an assessment, for tests that need them all."""

    def __init__(self, store: Store) -> None:
        self.clients = store.clients
        self.desk = store.clients.open("Beratung Beispiel")
        self.client = self.clients.add_client(self.desk, "Beispiel AG")
        self.site = self.clients.add_site(self.desk, self.client, "Nord", contacts=900_000, heads=120)
        self.assessment = self.clients.begin(
            self.desk, self.site, new(Answer(question="w1-q1", value=3, comment="so ist es"))
        )


@pytest.fixture
def mine(store: Store) -> OnADesk:
    return OnADesk(store)


def count(store: Store) -> dict[str, int]:
    with store._database.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
        }


def test_a_desk_shows_its_clients_by_name_with_what_is_due_first(store: Store, clock: Clock) -> None:
    mine = OnADesk(store)
    other = store.clients.add_client(mine.desk, "Anfang GmbH")
    clock.now += timedelta(hours=1)
    second = store.clients.begin(mine.desk, mine.site, new())
    store.clients.save_step(mine.desk, mine.assessment, text="Bericht schicken", on=date(2026, 4, 2))
    store.clients.save_step(mine.desk, second, text="Workshop planen", on=date(2026, 3, 9))
    here = store.clients.workspace(mine.desk)
    assert here.name == "Beratung Beispiel"
    assert [(line.name, line.sites, line.assessments) for line in here.clients] == [
        ("Anfang GmbH", 0, 0),
        ("Beispiel AG", 1, 2),
    ]
    line = here.clients[1]
    assert (line.next_step, line.next_on) == ("Workshop planen", date(2026, 3, 9))
    assert line.changed_at == NOON + timedelta(hours=1)
    assert here.clients[0].id == other and here.clients[0].changed_at is None
    store.clients.rename(mine.desk, "Beratung Neu")
    assert store.clients.workspace(mine.desk).name == "Beratung Neu"


def test_a_client_shows_its_sites_and_the_latest_assessment_first(store: Store, clock: Clock) -> None:
    mine = OnADesk(store)
    clock.now += timedelta(days=200)
    later = store.clients.begin(mine.desk, mine.site, new(held_on=date(2026, 9, 17)))
    here = store.clients.client(mine.desk, mine.client)
    [site] = here.sites
    assert (site.name, site.contacts, site.heads) == ("Nord", 900_000, 120)
    assert [one.assessment for one in site.assessments] == [later, mine.assessment]
    first = site.assessments[1]
    assert (first.questionnaire, first.organisation, first.held_on) == (
        "service-transformation",
        "Beispiel AG",
        HELD,
    )
    assert (first.answered, first.in_workshop, first.is_pulse, first.archived_at) == (1, False, False, None)
    store.workshops.open(mine.assessment, smallest=4, agenda=["w1-q1"])
    again = store.clients.client(mine.desk, mine.client).sites[0].assessments[1]
    assert again.in_workshop


def test_what_the_desk_opens_is_the_assessment_itself_under_a_link_of_its_own(
    store: Store, mine: OnADesk
) -> None:
    one, other = (store.clients.enter(mine.desk, mine.assessment) for _ in range(2))
    assert one.token != other.token
    opened = store.open(one.token)
    assert opened.id == mine.assessment
    assert opened.sheet.by_question["w1-q1"].comment == "so ist es"
    assert store.clients.read(mine.desk, mine.assessment).sheet == opened.sheet
    store.save_answer(opened.id, Answer(question="w1-q2", value=2), seen=0)
    assert store.open(other.token).sheet.by_question["w1-q2"].value == 2


def test_an_assessment_is_filed_by_its_private_link_and_moves_on_the_same_desk(
    store: Store, mine: OnADesk
) -> None:
    made = store.create("service-transformation", "1.1.0", language="nl")
    assert store.clients.file(mine.desk, mine.site, made.token) == made.assessment
    south = store.clients.add_site(mine.desk, mine.client, "Süd")
    store.clients.move(mine.desk, made.assessment, south)
    sites = {site.name: site for site in store.clients.client(mine.desk, mine.client).sites}
    assert [one.assessment for one in sites["Süd"].assessments] == [made.assessment]
    code = store.enter(store.let_in(made.assessment).code)
    assert store.clients.file(mine.desk, mine.site, code.token) == made.assessment, "by any of its links"
    assert "there is no assessment behind this link" in said(
        lambda: store.clients.file(mine.desk, mine.site, "nonsense")
    )


def test_nothing_can_be_seen_or_done_with_what_is_on_another_desk(store: Store, mine: OnADesk) -> None:
    theirs = OnADesk(store)
    clients, desk = store.clients, mine.desk
    refused: list[Callable[[], object]] = [
        lambda: clients.client(desk, theirs.client),
        lambda: clients.save_client(desk, theirs.client, name="meins"),
        lambda: clients.delete_client(desk, theirs.client),
        lambda: clients.add_site(desk, theirs.client, "Ost"),
        lambda: clients.save_site(desk, theirs.site, name="Ost", contacts=1, heads=1),
        lambda: clients.delete_site(desk, theirs.site),
        lambda: clients.begin(desk, theirs.site, new()),
        lambda: clients.move(desk, theirs.assessment, mine.site),
        lambda: clients.move(desk, mine.assessment, theirs.site),
        lambda: clients.duplicate(desk, theirs.assessment),
        lambda: clients.duplicate(desk, mine.assessment, site=theirs.site),
        lambda: clients.read(desk, theirs.assessment),
        lambda: clients.read_earlier(desk, theirs.assessment),
        lambda: clients.enter(desk, theirs.assessment),
        lambda: clients.compare(desk, theirs.assessment, None),
        lambda: clients.save_step(desk, theirs.assessment, text="x", on=None),
        lambda: clients.archive(desk, theirs.assessment, archived=True),
        lambda: clients.take_off(desk, theirs.assessment),
        lambda: clients.delete(desk, theirs.assessment),
    ]
    before = count(store), clients.client(theirs.desk, theirs.client), clients.client(desk, mine.client)
    for attempt in refused:
        assert "this is not on your desk any more, so nothing was changed" in said(attempt)
    with_their_link = clients.enter(theirs.desk, theirs.assessment).token
    assert "your role does not let you" in said(lambda: clients.file(desk, mine.site, with_their_link))
    links = before[0] | {"link": before[0]["link"] + 1}
    assert (
        count(store),
        clients.client(theirs.desk, theirs.client),
        clients.client(desk, mine.client),
    ) == (links, *before[1:])


def test_without_the_desk_s_link_nothing_opens(store: Store, mine: OnADesk) -> None:
    for link in ("", "x", mine.desk[:-1], mine.client, "\ud800"):
        assert "there is no desk behind this link" in said(lambda link=link: store.clients.workspace(link))  # type: ignore[misc]
        assert "there is no desk" in said(lambda link=link: store.clients.add_client(link, "x"))  # type: ignore[misc]
    with store._database.reading() as connection:
        rows = [str(row) for table in METADATA.sorted_tables for row in connection.execute(select(table))]
    assert not any(mine.desk in row for row in rows), "who reads the database cannot open a desk"


def test_a_client_s_brand_goes_to_its_reports_but_not_over_a_brand_of_their_own(
    store: Store, mine: OnADesk
) -> None:
    clients, desk = store.clients, mine.desk
    own = clients.begin(desk, mine.site, new(brand=GREEN))
    clients.save_client(desk, mine.client, brand=BLUE)
    later = clients.begin(desk, mine.site, new())
    made = store.create("service-transformation", "1.1.0", language="de")
    clients.file(desk, mine.site, made.token)
    brands = [clients.read(desk, one).brand for one in (mine.assessment, own, later, made.assessment)]
    assert brands == [BLUE, GREEN, BLUE, BLUE]
    red = BLUE.model_copy(update={"colour": "#B71C1C"})
    clients.save_client(desk, mine.client, brand=red)
    assert [clients.read(desk, one).brand for one in (mine.assessment, own, later)] == [red, GREEN, red]
    clients.save_client(desk, mine.client, brand=UNBRANDED)
    assert clients.read(desk, mine.assessment).brand == UNBRANDED
    assert clients.client(desk, mine.client).brand == UNBRANDED


def test_a_copy_has_all_answers_with_their_days_and_is_another_assessment(
    store: Store, mine: OnADesk, clock: Clock
) -> None:
    terms = Terms(capacity=Capacity(start=date(2026, 4, 1), per_month=7))
    store.save_plan(mine.assessment, terms, over=None)
    clock.now += timedelta(days=30)
    copy = store.clients.duplicate(mine.desk, mine.assessment)
    first, second = (store.clients.read(mine.desk, one) for one in (mine.assessment, copy))
    assert second.id != first.id and second.sheet == first.sheet and second.plan == terms
    assert second.sheet.answers[0].at == NOON
    store.save_answer(copy, Answer(question="w1-q1", value=1), seen=1)
    assert store.clients.read(mine.desk, mine.assessment).sheet.by_question["w1-q1"].value == 3
    south = store.clients.add_site(mine.desk, mine.client, "Süd")
    there = store.clients.duplicate(mine.desk, mine.assessment, site=south)
    [site] = [site for site in store.clients.client(mine.desk, mine.client).sites if site.id == south]
    assert [one.assessment for one in site.assessments] == [there]


def test_an_assessment_held_again_is_filed_beside_the_one_before_and_knows_what_it_asks(
    store: Store, mine: OnADesk
) -> None:
    first = store.clients.read(mine.desk, mine.assessment)
    asked = (Asked(question="w1-q1", reasons=("expired",), before=first.sheet.answers[0]),)
    held = Subject(organisation="Beispiel AG", held_on=date(2026, 9, 1))
    made = store.put_new(
        New(first.sheet.with_answers(()), held, "de", follows=first.id, questions=asked, brand=BLUE)
    )
    opened = store.open(made.token)
    assert (opened.follows, opened.pulse, opened.brand) == (first.id, asked, BLUE)
    filed = store.clients.client(mine.desk, mine.client).sites[0].assessments
    assert [(one.assessment, one.follows, one.is_pulse) for one in filed] == [
        (made.assessment, first.id, True),
        (first.id, "", False),
    ]
    store.ask_everything(made.assessment)
    assert store.open(made.token).pulse is None
    assert store.open(made.token).follows == first.id
    alone = store.put_new(New(first.sheet, held, "de", follows="not-there-any-more", questions=()))
    assert store.open(alone.token).pulse == (), "a pulse that asks nothing is one all the same"


def test_two_assessments_are_compared_and_no_more(store: Store, mine: OnADesk) -> None:
    first = store.clients.read(mine.desk, mine.assessment)
    later = store.clients.begin(mine.desk, mine.site, new(held_on=date(2026, 9, 1)))
    earlier = Earlier(questionnaire=small(), sheet=first.sheet, subject=first.subject)
    for _ in range(2):
        store.clients.compare(mine.desk, later, earlier)
    assert store.clients.read_earlier(mine.desk, later) == earlier
    assert store.clients.read(mine.desk, later).earlier_on == HELD
    store.clients.compare(mine.desk, later, None)
    assert store.clients.read_earlier(mine.desk, later) is None
    assert store.clients.read(mine.desk, later).earlier_on is None


def test_what_is_put_away_stays_and_comes_back(store: Store, mine: OnADesk) -> None:
    clients, desk = store.clients, mine.desk
    for _ in range(2):  # twice is once
        clients.archive(desk, mine.assessment, archived=True)
        clients.save_client(desk, mine.client, archived=True)
    assert clients.client(desk, mine.client).sites[0].assessments[0].archived_at == NOON
    [line] = clients.workspace(desk).clients
    assert line.archived_at == NOON and line.assessments == 0
    clients.archive(desk, mine.assessment, archived=False)
    clients.save_client(desk, mine.client, archived=False, note="kommt wieder", name="Beispiel SE")
    here = clients.client(desk, mine.client)
    assert (here.archived_at, here.note, here.name) == (None, "kommt wieder", "Beispiel SE")
    assert here.sites[0].assessments[0].archived_at is None


def test_taking_off_deletes_nothing_and_deleting_deletes_everything(store: Store, mine: OnADesk) -> None:
    clients, desk = store.clients, mine.desk
    link = clients.enter(desk, mine.assessment).token
    assert "this site has assessments, so it was not deleted" in said(
        lambda: clients.delete_site(desk, mine.site)
    )
    own = clients.take_off(desk, mine.assessment)
    assert store.open(link).id == store.open(own.token).id == own.assessment == mine.assessment
    assert "your role does not let you" in said(lambda: clients.file(desk, mine.site, link))
    clients.file(desk, mine.site, own.token)
    clients.delete_client(desk, mine.client)
    left = {name: many for name, many in count(store).items() if many}
    assert left == {"workspace": 1}
    assert "there is no assessment behind this link" in said(lambda: store.open(link))


def test_an_empty_desk_can_be_deleted_and_its_link_opens_nothing_more(store: Store, mine: OnADesk) -> None:
    clients, desk = store.clients, mine.desk
    other = clients.open("Beratung Zwei (fictitious)")
    assert "there are clients on this desk, so it was not deleted" in said(lambda: clients.delete_desk(desk))
    assert clients.workspace(desk).clients
    clients.delete_client(desk, mine.client)
    clients.delete_desk(desk)
    assert said(lambda: clients.workspace(desk))
    assert clients.workspace(other).name == "Beratung Zwei (fictitious)"
    clients.delete_desk(other)
    assert not any(count(store).values())


def test_a_site_without_assessments_can_go_and_one_assessment_alone_can_be_deleted(
    store: Store, mine: OnADesk
) -> None:
    store.clients.delete(mine.desk, mine.assessment)
    store.clients.save_site(mine.desk, mine.site, name="Nord-Ost", contacts=None, heads=0)
    [site] = store.clients.client(mine.desk, mine.client).sites
    assert (site.name, site.contacts, site.heads, site.assessments) == ("Nord-Ost", None, 0, ())
    store.clients.delete_site(mine.desk, mine.site)
    assert store.clients.client(mine.desk, mine.client).sites == ()
    assert count(store)["answer"] == 0


def test_a_desk_remembers_what_it_gave_away_as_a_benchmark_of_each_kind(store: Store, mine: OnADesk) -> None:
    from tests.test_pooling import made

    first, second = made(10, 20, 30, 40, 50), made(15, 25, 35, 45, 55)
    theirs = OnADesk(store)
    store.clients.keep_pool(mine.desk, "one", first)
    store.clients.keep_pool(mine.desk, "two", first)
    store.clients.keep_pool(mine.desk, "one", second)
    assert store.clients.workspace(mine.desk).pools == {"one": second, "two": first}
    assert store.clients.workspace(theirs.desk).pools == {}
