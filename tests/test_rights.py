"""Who may do what: every command of the store, given as every role, as a stranger, from another desk, by a guessed and an ended link."""

import inspect
import secrets
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from assessment.answers import Answer, AnswerSheet
from assessment.brand import Brand
from assessment.contributions import Contributed, Contribution
from assessment.errors import StoreError
from assessment.pooling import Pool
from assessment.report import Subject
from assessment.roadmap import Terms
from assessment.store import Ballot, New, Store, Who
from assessment.store.rights import RIGHTS, Right, Role
from assessment.store.tables import METADATA, TRAIL, WRONG_CODE
from tests.conftest import NOON, Clock, a_database, capacity

SUBJECT = Subject(organisation="Beispiel AG (fictitious)", held_on=date(2026, 3, 1))
ANSWER = Answer(question="w1-q1", value=3)
NEW = New(
    AnswerSheet(questionnaire="service-transformation", version="1.1.0", answers=(ANSWER,)), SUBJECT, "de"
)
BRAND = Brand(name="Blau", colour="#1F4E79")
LENT: tuple[Role, ...] = ("reader", "contributor", "consultant")


class Tenant:
    """A desk with everything that a desk can have, and somebody in every role."""

    def __init__(self, store: Store, name: str) -> None:
        self.name = name
        self.people = {
            role: store.people.sign_in(
                "https://id.example", f"{role}-{name}", email=f"{role}@{name}.example", name=role
            ).id
            for role in (*RIGHTS, "guest", "left")
        }
        self.own = own = store.seen_by(Who(person=self.people["owner"]))
        self.desk = own.clients.open(name)
        self.client = own.clients.add_client(self.desk, "Nord AG")
        self.site = own.clients.add_site(self.desk, self.client, "Kiel")
        self.empty = own.clients.add_site(self.desk, self.client, "Leer")
        self.assessment = own.clients.begin(self.desk, self.site, NEW)
        self.other_client = own.clients.add_client(self.desk, "Süd AG")
        self.invite(store, "guest", "consultant", client=self.other_client)
        self.invite(store, "left", "consultant")
        for role in LENT:
            self.invite(store, role, role)
        own.people.remove_member(self.desk, self.people["left"])
        self.links = {"owner": own.links.renew(self.assessment).token}
        for role in LENT:
            self.links[role] = own.links.share(self.assessment, role, role=role).token
        an_hour = store._now() + timedelta(hours=1)
        self.ended = own.links.share(self.assessment, "ended", role="consultant", until=an_hour).token
        self.taken = own.links.share(self.assessment, "taken", role="consultant").token
        self.mark = {one.label: one.mark for one in own.links.all(self.assessment)}
        own.links.take_back(self.assessment, self.mark["taken"])
        self.invitation = own.people.invite(self.desk, "new@example.org", role="reader")
        self.asked = own.contributions.invite(self.assessment, "Ute")
        live = own.workshops.open(self.assessment, smallest=2, agenda=["w1-q1", "w1-q2"])
        self.workshop, self.seen, self.code = live.id, live.revision, str(live.code)

    def invite(self, store: Store, who: str, role: Role, *, client: str | None = None) -> None:
        made = self.own.people.invite(self.desk, f"{who}@{self.name}.example", role=role, client=client)
        store.seen_by(Who(person=self.people[who])).people.accept(made.token)


class Command(NamedTuple):
    """One of the store's commands, and what it needs."""

    needs: Right
    give: Callable[[Store, Tenant], object]
    at: str = "assessment"
    """Where one needs it: at the assessment, at the desk, or at the whole desk, which somebody with one client only has not."""


def _contribution() -> Contribution:
    return Contribution(id="", respondent="Jan", role="", received_at=NOON, answers=())


def _delete_desk(store: Store, of: Tenant) -> None:
    """Delete a desk; who may is told first that it has clients, and deletes those."""
    try:
        store.clients.delete_desk(of.desk)
    except StoreError as error:
        if "there are clients on this desk" not in str(error):
            raise
        for line in of.own.clients.workspace(of.desk).clients:
            of.own.clients.delete_client(of.desk, line.id)
        store.clients.delete_desk(of.desk)


AT: dict[str, Command] = {
    # the assessment
    "save_answer": Command(
        Right.ANSWER, lambda s, t: s.save_answer(t.assessment, Answer(question="w1-q2", value=2), seen=0)
    ),
    "save_head": Command(Right.CHANGE, lambda s, t: s.save_head(t.assessment, organisation="x")),
    "save_profile": Command(Right.CHANGE, lambda s, t: s.save_profile(t.assessment, "size", value="x")),
    "save_plan": Command(
        Right.CHANGE, lambda s, t: s.save_plan(t.assessment, Terms(capacity=capacity()), over=None)
    ),
    "save_brand": Command(Right.CHANGE, lambda s, t: s.save_brand(t.assessment, BRAND)),
    "ask_everything": Command(Right.CHANGE, lambda s, t: s.ask_everything(t.assessment)),
    "earlier": Command(Right.READ, lambda s, t: s.earlier(t.assessment)),
    "history": Command(Right.READ, lambda s, t: s.history(t.assessment, "w1-q1")),
    "let_in": Command(Right.CHANGE, lambda s, t: s.let_in(t.assessment)),
    "delete": Command(Right.CHANGE, lambda s, t: s.delete(t.assessment)),
    "links.all": Command(Right.CHANGE, lambda s, t: s.links.all(t.assessment)),
    "links.share": Command(Right.CHANGE, lambda s, t: s.links.share(t.assessment, "x", role="reader")),
    "links.take_back": Command(Right.CHANGE, lambda s, t: s.links.take_back(t.assessment, t.mark["reader"])),
    "links.renew": Command(Right.OWN, lambda s, t: s.links.renew(t.assessment)),
    "contributions.add": Command(
        Right.CHANGE, lambda s, t: s.contributions.add(t.assessment, _contribution())
    ),
    "contributions.all": Command(Right.CHANGE, lambda s, t: s.contributions.all(t.assessment)),
    "contributions.remove": Command(
        Right.CHANGE, lambda s, t: s.contributions.remove(t.assessment, t.asked.contribution)
    ),
    "contributions.settle": Command(
        Right.CHANGE,
        lambda s, t: s.contributions.settle(t.assessment, "w1-q1", shown=[(t.asked.contribution, NOON)]),
    ),
    "contributions.invite": Command(Right.CHANGE, lambda s, t: s.contributions.invite(t.assessment, "Jan")),
    "contributions.renew": Command(
        Right.CHANGE, lambda s, t: s.contributions.renew(t.assessment, t.asked.contribution)
    ),
    "contributions.revoke": Command(
        Right.CHANGE, lambda s, t: s.contributions.revoke(t.assessment, t.asked.contribution)
    ),
    "workshops.open": Command(
        Right.CHANGE, lambda s, t: s.workshops.open(t.assessment, smallest=2, agenda=["w1-q1"])
    ),
    "workshops.desk": Command(Right.READ, lambda s, t: s.workshops.desk(t.assessment)),
    "workshops.record": Command(Right.READ, lambda s, t: s.workshops.record(t.assessment)),
    **{
        f"workshops.{name}": Command(
            Right.CHANGE,
            lambda s, t, name=name, more=more: getattr(s.workshops, name)(t.workshop, *more, seen=t.seen),  # type: ignore[misc]
        )
        for name, more in {
            "arrange": (["w1-q2"],),
            "ask": ("w1-q1",),
            "reveal": (lambda *_: None,),
            "apart": (),
            "reveal_all": (lambda *_: None,),
            "show": ("w1-q1",),
            "again": (),
            "decide": (ANSWER, "so"),
            "pause": (),
            "resume": (),
            "rest": (),
            "close": (),
        }.items()
    },
    "trail.of": Command(Right.OWN, lambda s, t: s.trail.of(t.assessment)),
    "trail.exported": Command(Right.READ, lambda s, t: s.trail.exported(t.assessment, "pdf")),
    # the desk
    "trail.of_desk": Command(Right.OWN, lambda s, t: s.trail.of_desk(t.desk), "whole desk"),
    "clients.workspace": Command(Right.READ, lambda s, t: s.clients.workspace(t.desk), "any client"),
    "clients.rename": Command(Right.OWN, lambda s, t: s.clients.rename(t.desk, "x"), "whole desk"),
    "clients.delete_desk": Command(Right.OWN, _delete_desk, "whole desk"),
    "clients.keep_pool": Command(
        Right.CHANGE, lambda s, t: s.clients.keep_pool(t.desk, "k", Pool.model_construct()), "whole desk"
    ),
    "clients.client": Command(Right.READ, lambda s, t: s.clients.client(t.desk, t.client), "desk"),
    "clients.add_client": Command(Right.CHANGE, lambda s, t: s.clients.add_client(t.desk, "x"), "whole desk"),
    "clients.save_client": Command(
        Right.CHANGE, lambda s, t: s.clients.save_client(t.desk, t.client, name="x"), "desk"
    ),
    "clients.delete_client": Command(
        Right.OWN, lambda s, t: s.clients.delete_client(t.desk, t.client), "desk"
    ),
    "clients.add_site": Command(Right.CHANGE, lambda s, t: s.clients.add_site(t.desk, t.client, "x"), "desk"),
    "clients.save_site": Command(
        Right.CHANGE,
        lambda s, t: s.clients.save_site(t.desk, t.site, name="x", contacts=None, heads=None),
        "desk",
    ),
    "clients.delete_site": Command(Right.CHANGE, lambda s, t: s.clients.delete_site(t.desk, t.empty), "desk"),
    "clients.begin": Command(Right.CHANGE, lambda s, t: s.clients.begin(t.desk, t.site, NEW), "desk"),
    "clients.file": Command(
        Right.CHANGE, lambda s, t: s.clients.file(t.desk, t.site, t.links["owner"]), "desk"
    ),
    "clients.move": Command(Right.CHANGE, lambda s, t: s.clients.move(t.desk, t.assessment, t.empty), "desk"),
    "clients.duplicate": Command(
        Right.CHANGE, lambda s, t: s.clients.duplicate(t.desk, t.assessment), "desk"
    ),
    "clients.read": Command(Right.READ, lambda s, t: s.clients.read(t.desk, t.assessment), "desk"),
    "clients.read_earlier": Command(
        Right.READ, lambda s, t: s.clients.read_earlier(t.desk, t.assessment), "desk"
    ),
    "clients.whole": Command(Right.CHANGE, lambda s, t: s.clients.whole(t.desk, t.client), "desk"),
    "clients.take_in": Command(
        Right.CHANGE,
        lambda s, t: s.clients.take_in(t.desk, t.own.clients.whole(t.desk, t.client)),
        "whole desk",
    ),
    "clients.enter": Command(Right.READ, lambda s, t: s.clients.enter(t.desk, t.assessment), "desk"),
    "clients.compare": Command(
        Right.CHANGE, lambda s, t: s.clients.compare(t.desk, t.assessment, None), "desk"
    ),
    "clients.save_step": Command(
        Right.CHANGE, lambda s, t: s.clients.save_step(t.desk, t.assessment, text="x", on=None), "desk"
    ),
    "clients.archive": Command(
        Right.CHANGE, lambda s, t: s.clients.archive(t.desk, t.assessment, archived=True), "desk"
    ),
    "clients.take_off": Command(Right.OWN, lambda s, t: s.clients.take_off(t.desk, t.assessment), "desk"),
    "clients.delete": Command(Right.CHANGE, lambda s, t: s.clients.delete(t.desk, t.assessment), "desk"),
    "people.role": Command(Right.READ, lambda s, t: s.people.role(t.desk), "any client"),
    "people.members": Command(Right.CHANGE, lambda s, t: s.people.members(t.desk), "whole desk"),
    "people.save_member": Command(
        Right.OWN,
        lambda s, t: s.people.save_member(t.desk, t.people["reader"], role="consultant"),
        "whole desk",
    ),
    "people.remove_member": Command(
        Right.OWN, lambda s, t: s.people.remove_member(t.desk, t.people["reader"]), "whole desk"
    ),
    "people.invite": Command(
        Right.OWN, lambda s, t: s.people.invite(t.desk, "x@example.org", role="reader"), "whole desk"
    ),
    "people.invited": Command(Right.OWN, lambda s, t: s.people.invited(t.desk), "whole desk"),
    "people.take_back": Command(
        Right.OWN, lambda s, t: s.people.take_back(t.desk, t.invitation.id), "whole desk"
    ),
    "people.take_over": Command(Right.OWN, lambda s, t: s.people.take_over(t.desk), "whole desk"),
}
"""What needs a role, at the assessment or the desk of a tenant."""

BY_A_SECRET: dict[str, Callable[[Store, str], object]] = {
    "open": lambda s, secret: s.open(secret),
    "open_part": lambda s, secret: s.open_part(secret, "w1-q1"),
    "enter": lambda s, secret: s.enter(secret),
    "contributions.open": lambda s, secret: s.contributions.open(secret),
    "contributions.save": lambda s, secret: s.contributions.save(secret, Contributed(answer=ANSWER)),
    "seats.join": lambda s, secret: s.seats.join(secret, "agent"),
    "seats.attend": lambda s, secret: s.seats.attend(secret),
    "seats.vote": lambda s, secret: s.seats.vote(secret, Ballot(question="w1-q1", round=1, value=3)),
    "seats.dissent": lambda s, secret: s.seats.dissent(secret, "w1-q1", "no", signed=False),
    "people.accept": lambda s, secret: s.people.accept(secret),
}
"""What is open to whoever has the secret, and to nobody else."""

OF_ONES_OWN = {
    "create",
    "put",
    "put_new",
    "clients.open",
    "seats.is_code",
    "people.desks",
    "people.leave",
    "privacy.about_me",
    "privacy.erase_me",
    "unfit",
    "figures",
}
"""What makes something new, concerns only oneself, or says no more than that a code is one; tested one by one below."""

WHOEVER_RUNS_IT: dict[str, Callable[[Store], object]] = {
    "close": lambda s: s.close(),
    "seen_by": lambda s: s.seen_by(Who()),
    "people.sign_in": lambda s: s.people.sign_in("https://id.example", "x", email="x@x.example", name="x"),
    "privacy.find": lambda s: s.privacy.find("x"),
    "privacy.people": lambda s: s.privacy.people("x"),
    "privacy.about": lambda s: s.privacy.about("x"),
    "privacy.erase": lambda s: s.privacy.erase("x"),
    "privacy.forget": lambda s: s.privacy.forget("x"),
    "privacy.purge": lambda s: s.privacy.purge(),
}
"""What only the program itself does."""

PARTS = ("clients", "contributions", "links", "people", "privacy", "seats", "trail", "workshops")


def commands(store: Store) -> set[str]:
    """Return the name of everything that can be asked of a store."""

    def of(thing: object, prefix: str = "") -> Iterator[str]:
        for name, _ in inspect.getmembers(thing, callable):
            if not name.startswith("_"):
                yield prefix + name

    return {*of(store), *(name for part in PARTS for name in of(getattr(store, part), f"{part}."))}


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store._database.reading() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table)).all()), key=repr)
            for table in METADATA.sorted_tables
            if table
            not in {TRAIL, WRONG_CODE}  # what guards leaves lines, too: test_trail.py, test_wrong_codes.py
        }


class World(NamedTuple):
    """A database with two tenants, to be copied."""

    url: str
    mine: Tenant
    other: Tenant


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Both tenants, made once for each kind of database."""
    with a_database(request.param, request, tmp_path_factory.mktemp("world")) as url:
        with Store(url, now=Clock(), patience=5) as store:
            made = World(url, Tenant(store, "eins"), Tenant(store, "zwei"))
        yield made


@pytest.fixture
def store(world: World, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A copy of the world, two hours later: the links that end have ended."""
    clock = Clock()
    clock.now += timedelta(hours=2)
    kind = "sqlite" if world.url.startswith("sqlite") else "postgresql"
    with (
        a_database(kind, request, tmp_path, like=world.url) as url,
        Store(url, now=clock, patience=5) as opened,
    ):
        world.mine.own = opened.seen_by(Who(person=world.mine.people["owner"]))
        world.other.own = opened.seen_by(Who(person=world.other.people["owner"]))
        yield opened


@pytest.fixture
def two(world: World, store: Store) -> tuple[Tenant, Tenant]:
    return world.mine, world.other


def refused(what: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as caught:
        what()
    return str(caught.value)


def test_every_command_of_the_store_is_in_one_of_these_lists(store: Store) -> None:
    listed = [AT.keys(), BY_A_SECRET.keys(), OF_ONES_OWN, WHOEVER_RUNS_IT]
    assert commands(store) == set().union(*listed)
    assert sum(map(len, listed)) == len(set().union(*listed))
    parts = {name for name, part in vars(store).items() if not name.startswith("_") and hasattr(part, "_now")}
    assert parts == set(PARTS)


def strangers(store: Store, mine: Tenant, other: Tenant) -> dict[str, Store]:
    """Everybody whose business it is not: nobody may do anything at all with what is `mine`."""
    return {
        "a stranger": store.seen_by(Who()),
        "a guess": store.seen_by(Who(links=(secrets.token_urlsafe(24),))),
        "a name for a link": store.seen_by(Who(links=(mine.assessment,))),
        "a made-up person": store.seen_by(Who(person=secrets.token_hex(16))),
        "a link that has ended": store.seen_by(Who(links=(mine.ended,))),
        "a link that was taken back": store.seen_by(Who(links=(mine.taken,))),
        "a member who was removed": store.seen_by(Who(person=mine.people["left"])),
        "another desk's link": store.seen_by(Who(links=(other.links["owner"],))),
        "another desk's owner": other.own,
        "another desk's owner with a link that has ended": store.seen_by(
            Who(links=(mine.ended,), person=other.people["owner"])
        ),
        "a personal link": store.seen_by(Who(links=(mine.asked.token,))),
        "an invitation": store.seen_by(Who(links=(mine.invitation.token,))),
    }


def test_nobody_else_may_do_anything(store: Store, two: tuple[Tenant, Tenant]) -> None:
    mine, other = two
    before = everything(store)
    for who, seen in strangers(store, mine, other).items():
        for name, command in AT.items():
            said = refused(lambda command=command, seen=seen: command.give(seen, mine))  # type: ignore[misc]
            assert said, (who, name)
    assert everything(store) == before


def test_a_desk_of_ones_own_opens_nothing_on_another(store: Store, two: tuple[Tenant, Tenant]) -> None:
    """The desk that is named is one's own; the client, the site and the assessment are another's."""
    mine, other = two
    before = everything(store)
    mixed = Tenant.__new__(Tenant)
    vars(mixed).update(vars(mine), desk=other.desk)
    theirs = {
        "clients.workspace",
        "clients.rename",
        "clients.keep_pool",
        "clients.add_client",
        "clients.take_in",
    }
    theirs |= {name for name in AT if name.startswith("people.")}
    for name, command in AT.items():
        if command.at == "desk" and name not in theirs:
            assert refused(lambda command=command: command.give(other.own, mixed)), name  # type: ignore[misc]
    site = Tenant.__new__(Tenant)
    vars(site).update(vars(other), assessment=mine.assessment)
    for name in ("clients.move", "clients.duplicate", "clients.read", "clients.enter", "clients.delete"):
        assert refused(lambda name=name: AT[name].give(other.own, site)), name  # type: ignore[misc]
    assert refused(lambda: other.own.clients.duplicate(other.desk, other.assessment, site=mine.site))
    assert refused(lambda: other.own.people.remove_member(other.desk, mine.people["reader"]))
    client = mine.client
    assert refused(lambda: other.own.people.invite(other.desk, "x@x.example", role="reader", client=client))
    assert everything(store) == before
    other.own.people.take_back(other.desk, mine.invitation.id)  # "twice is no error", so neither is another's
    assert everything(store) == before


def roles(store: Store, mine: Tenant, at: str) -> dict[str, tuple[Store, Right | None]]:
    """Everybody with a role, and the most that they may do there."""
    found: dict[str, tuple[Store, Right | None]] = {
        f"{role}, signed in": (store.seen_by(Who(person=mine.people[role])), right)
        for role, right in RIGHTS.items()
    }
    if at == "assessment":
        found |= {
            f"{role}, by link": (store.seen_by(Who(links=(mine.links[role],))), right)
            for role, right in RIGHTS.items()
        }
        # what one is in both ways counts, whichever is more
        both = Who(links=(mine.links["consultant"],), person=mine.people["reader"])
        found["reader with a better link"] = store.seen_by(both), Right.CHANGE
    found["consultant of another client"] = (
        store.seen_by(Who(person=mine.people["guest"])),
        Right.CHANGE if at == "any client" else None,
    )
    return found


@pytest.mark.parametrize("name", AT)
def test_everybody_may_do_what_their_role_says_and_nothing_more(
    store: Store, two: tuple[Tenant, Tenant], name: str
) -> None:
    command, mine = AT[name], two[0]
    before = everything(store)
    everybody = roles(store, mine, command.at)
    may = {
        who: seen for who, (seen, right) in everybody.items() if right is not None and right >= command.needs
    }
    for who in everybody.keys() - may.keys():
        seen = everybody[who][0]
        assert refused(lambda seen=seen: command.give(seen, mine)), who  # type: ignore[misc]
    assert everything(store) == before
    # Most can be done once only: by the one with the smallest right among those who may.
    least = min(may, key=lambda who: everybody[who][1] or Right.OWN)
    command.give(may[least], mine)
    if name in CHANGES_NOTHING:
        for seen in may.values():
            command.give(seen, mine)
    assert (everything(store) == before) == (name in CHANGES_NOTHING)


CHANGES_NOTHING = {name for name, command in AT.items() if command.needs == Right.READ} | {
    "links.all",
    "trail.of",
    "trail.of_desk",
    "contributions.all",
    "contributions.settle",  # nothing is there to be settled
    "clients.file",  # it is filed there
    "clients.whole",
    "people.members",
    "people.invited",
    "workshops.open",  # one is open
    "workshops.reveal",  # nothing is asked
    "workshops.reveal_all",
    "workshops.again",
    "workshops.decide",
    "workshops.resume",
    "workshops.show",
    "clients.compare",  # with nothing, as before
}
"""What only looks, or has nothing to do here."""


@pytest.mark.parametrize("name", WHOEVER_RUNS_IT)
def test_what_the_program_does_itself_nobody_else_may(
    store: Store, two: tuple[Tenant, Tenant], name: str
) -> None:
    for who in (two[0].own, store.seen_by(Who(links=(two[0].links["owner"],))), store.seen_by(Who())):
        assert "your role does not let you" in refused(lambda who=who: WHOEVER_RUNS_IT[name](who))  # type: ignore[misc]


def test_a_secret_opens_what_it_is_for_and_nothing_else(store: Store, two: tuple[Tenant, Tenant]) -> None:
    mine, _ = two
    code = mine.own.let_in(mine.assessment).code
    seat = store.seats.join(mine.code, "agent").token
    good = {
        "open": mine.links["reader"],
        "open_part": mine.links["reader"],
        "enter": code,
        "contributions.open": mine.asked.token,
        "contributions.save": mine.asked.token,
        "seats.join": mine.code,
        "seats.attend": seat,
        "seats.vote": seat,
        "seats.dissent": seat,
    }
    guess, stranger = secrets.token_urlsafe(24), store.seen_by(Who(person=mine.people["left"]))
    wrong = {guess, "", mine.assessment, mine.ended, mine.taken, mine.mark["reader"], *good.values()}
    before = everything(store)
    for name, give in BY_A_SECRET.items():
        for secret in wrong - {good.get(name)}:
            assert refused(lambda give=give, secret=secret: give(stranger, secret)), name  # type: ignore[misc]
    assert everything(store) == before
    for name, secret in good.items():
        BY_A_SECRET[name](stranger, secret)
