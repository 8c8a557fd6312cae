"""A life of a database in single commits: somebody answers, votes, files clients, invites. Each step is one commit."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import create_engine, func, make_url, select
from sqlalchemy.pool import NullPool

from assessment.answers import Answer
from assessment.contributions import Contributed
from assessment.store import Ballot, Store, Who
from assessment.store.tables import ANSWER, METADATA

NOON = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)


def steps(store: Store) -> Iterator[Callable[[], object]]:
    """Return one step after the other; each is to be made before the next one is asked for."""
    kept: dict[str, Any] = {}

    def keep(name: str, make: Callable[[], object]) -> Callable[[], object]:
        return lambda: kept.__setitem__(name, make())

    yield keep("made", lambda: store.create("service-transformation", "1.0.0", language="de"))
    this = kept["made"].assessment
    for revision, value in enumerate((3, 4, 2)):
        answer = Answer(question="q1", value=value, comment="Grüße 👍\n„so“", evidence="documented")
        yield lambda answer=answer, revision=revision: store.save_answer(this, answer, seen=revision)  # type: ignore[misc]
    yield lambda: store.save_answer(this, Answer(question="q2", state="unknown"), seen=0)
    yield lambda: store.save_head(this, organisation="Müller & Söhne (erfunden)", held_on=date(2026, 2, 28))
    yield lambda: store.save_profile(this, "countries", value=("de", "nl"))
    yield keep("code", lambda: store.let_in(this))
    yield lambda: store.enter(kept["code"].code)
    yield keep("desk", lambda: store.clients.open("Desk"))
    yield keep("client", lambda: store.clients.add_client(kept["desk"], "Nordlicht (fictitious)"))
    yield keep(
        "site", lambda: store.clients.add_site(kept["desk"], kept["client"], "Kiel", contacts=9, heads=3)
    )
    yield lambda: store.clients.file(kept["desk"], kept["site"], kept["made"].token)
    yield lambda: store.clients.save_step(kept["desk"], this, text="Call", on=date(2026, 4, 1))
    yield keep("invited", lambda: store.contributions.invite(this, "Kim Beispiel"))
    said = Contributed(answer=Answer(question="q1", value=5, at=NOON))
    yield lambda: store.contributions.save(kept["invited"].token, said)
    yield keep("room", lambda: store.workshops.open(this, smallest=4, agenda=("q1", "q2")))
    room = kept["room"]
    yield keep("seat", lambda: store.seats.join(room.code, "agent"))
    yield lambda: store.workshops.ask(room.id, "q1", seen=room.revision)
    desk = store.workshops.desk(this)
    assert desk is not None
    live = desk.live
    for value in (2, 4):
        ballot = Ballot(question="q1", round=live.round, value=value)
        yield lambda ballot=ballot: store.seats.vote(kept["seat"].token, ballot)  # type: ignore[misc]
    yield keep(
        "person",
        lambda: store.people.sign_in("https://idp.example", "1", email="kim@example.org", name="Kim"),
    )
    yield lambda: store.people.invite(kept["desk"], "lou@example.org", role="consultant")
    mine = store.seen_by(
        Who(links=(kept["made"].token,))
    )  # what is done through the app leaves a line in the trail, too
    yield lambda: mine.save_answer(this, Answer(question="q3", value=1), seen=0)
    yield lambda: mine.links.share(this, "Kim", role="reader")
    yield keep("other", lambda: store.create("service-transformation", "1.0.0", language="nl"))
    yield lambda: store.delete(kept["other"].assessment)


def live_through(store: Store, *, note: Callable[[int], object] = lambda _number: None) -> int:
    """Make every step, and return how many there were; `note` is told of each once it is acknowledged."""
    number = 0
    for number, step in enumerate(steps(store), 1):
        step()
        note(number)
    return number


def picture(url: str) -> dict[str, Any]:
    """Return what can be compared of two databases: rows of each table, answers, revisions."""
    driver = "sqlite" if url.startswith("sqlite") else "postgresql+psycopg"
    engine = create_engine(make_url(url).set(drivername=driver), poolclass=NullPool)
    with engine.connect() as connection:
        seen: dict[str, Any] = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
        }
        answers = select(ANSWER.c.question, ANSWER.c.value, ANSWER.c.revision).order_by(ANSWER.c.question)
        seen["answers"] = [list(row) for row in connection.execute(answers)]
    engine.dispose()
    return seen
