"""What people write is text on every page: no script of theirs runs, no mark-up of theirs is drawn, nothing of theirs is fetched."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import func, select

from assessment.answers import Answer, AnswerSheet
from assessment.brand import Brand
from assessment.contributions import Contributed
from assessment.loader import read_questionnaire, read_sample
from assessment.report import Earlier, Subject
from assessment.roadmap import Terms, Track, Tracking
from assessment.store import Ballot, New, Store, Who
from assessment.store.tables import ANSWER_HISTORY
from assessment.store.traces import NAMES, TEXTS
from tests.conftest import capacity
from tests.identity import Provider, provider
from tests.journeys.conftest import ROOT, Visitor, Visits
from tests.journeys.test_signing import SignedServer, sign_in

pytestmark = pytest.mark.journey

MARK = "zq7"
NASTY = (
    f"{MARK}<script>window.caught='script'</script><img src=x onerror=\"window.caught='img'\">"
    "[a](javascript:window.caught='link') ![b](http://192.0.2.1/b.png) <http://192.0.2.1/c> **d** $e^2$ :red[f] :material/home: =1+1"
)
"""As long as the shortest field takes it (250)."""
SHORT = f"{MARK}<img src=x onerror=window.caught=1>$e^2$ :red[f]"
ADDRESS = f"{MARK}<img/src=x/onerror=window.caught=2>@example.org"

LOOK = """() => ({
  caught: window.caught ?? null,
  pictures: [...document.querySelectorAll('img')].map(one => one.getAttribute('src') || '').filter(src => src === 'x' || src.includes('192.0.2.1')),
  links: [...document.querySelectorAll('a')].map(one => one.getAttribute('href') || '').filter(href => /^javascript:|192\\.0\\.2\\.1/i.test(href)),
  drawn: [...document.querySelectorAll('.katex, strong, .stMarkdownColoredText')].map(one => one.textContent)
    .filter(text => ['d', 'f', 'e2', 'e^2'].includes(text)),
  told: [document.body.innerText, ...[...document.querySelectorAll('input, textarea')].map(one => one.value)].some(text => text.includes('zq7')),
})"""
UNFOLD = """() => [...document.querySelectorAll('[data-testid=stExpander] details:not([open]) > summary')].forEach(one => one.click())"""


class Firm(SignedServer):
    """The app, where people sign in, with a questionnaire that asks for text."""

    def settings(self) -> dict[str, str]:
        return super().settings() | {"ASSESSMENT_QUESTIONNAIRES": str(self.data / "questionnaires")}


@pytest.fixture(scope="module")
def identity() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture(scope="module")
def firm(identity: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firm]:
    data = tmp_path_factory.mktemp("firm")
    (data / "questionnaires").mkdir()
    (data / "questionnaires" / "every-type").symlink_to(ROOT / "tests" / "every-type")
    running = Firm(data, identity)
    running.start()
    yield running
    running.kill()


class Filled:
    """A desk with mark-up in every text that somebody can write, and the ways into it."""

    def __init__(self, store: Store, owner: str) -> None:
        own = store.seen_by(Who(person=owner))
        self.desk = own.clients.open(NASTY)
        self.client = own.clients.add_client(self.desk, NASTY)
        own.clients.save_client(
            self.desk, self.client, note=NASTY, brand=Brand(name=SHORT, footer=NASTY[:160])
        )
        site = own.clients.add_site(self.desk, self.client, NASTY, contacts=10, heads=2)
        questionnaire, sheet, _ = read_sample("nordlicht", language="en")
        every = sheet.with_answers(one.model_copy(update={"comment": NASTY}) for one in sheet.answers)
        subject = Subject(organisation=NASTY, unit=NASTY, author=NASTY, held_on=date(2026, 3, 1))
        tracks = tuple(Track(measure=one.id, owner=SHORT, note=NASTY) for one in questionnaire.measures)
        terms = Terms(capacity=capacity(), tracking=Tracking(tracks=tracks))
        before = Earlier(questionnaire=questionnaire, sheet=every, subject=subject)
        new = New(every, subject, "en", plan=terms, earlier=before)
        self.assessment = own.clients.begin(self.desk, site, new)
        own.clients.save_step(self.desk, self.assessment, text=NASTY, on=date(2026, 4, 1))
        self._answer(own, next(one.question for one in sheet.answers))
        own.links.share(self.assessment, NASTY, role="reader")
        own.people.invite(self.desk, ADDRESS, role="reader")
        other = store.people.sign_in("https://id.example", "other", email=ADDRESS, name=NASTY).id
        invitation = own.people.invite(self.desk, ADDRESS, role="consultant")
        store.seen_by(Who(person=other)).people.accept(invitation.token)
        store.seen_by(Who(person=other)).open(self.assessment)  # named in the trail
        self._contribute(own, next(one.question for one in sheet.answers))
        self._hold(own)
        own_kind = read_questionnaire(ROOT / "tests" / "every-type" / "questionnaire.yaml")
        text = AnswerSheet(
            questionnaire=own_kind.id,
            version=own_kind.version,
            answers=(Answer(question="missing", value=NASTY), Answer(question="tools", value=("tickets",))),
        )
        self.other = own.clients.begin(self.desk, site, New(text, subject, "en"))
        own.save_answer(self.other, Answer(question="missing", value=NASTY + " "), seen=1)

    def _answer(self, own: Store, question: str) -> None:
        said = Answer(
            question=question, state="not_applicable", reason=NASTY, comment=NASTY, respondent=NASTY
        )
        own.save_answer(self.assessment, said, seen=1)
        own.save_answer(self.assessment, said.model_copy(update={"comment": NASTY + "!"}), seen=2)

    def _contribute(self, own: Store, question: str) -> None:
        invited = own.contributions.invite(self.assessment, NASTY, role=NASTY)
        said = Answer(question=question, state="not_applicable", reason=NASTY, comment=NASTY)
        own.contributions.save(invited.token, Contributed(answer=said))
        kind = own.contributions.invite(self.assessment, "x")  # the page of somebody who was invited
        self.invited = kind.token

    def _hold(self, own: Store) -> None:
        self.voted = voted = "w1-q2"
        live = own.workshops.open(self.assessment, smallest=2, agenda=[voted, "w1-q3"])
        self.code = str(live.code)
        seat = own.seats.join(self.code, "agent").token

        def seen() -> int:
            here = own.workshops.desk(self.assessment)
            assert here is not None
            return here.live.revision

        own.workshops.ask(live.id, voted, seen=seen())
        own.seats.vote(seat, Ballot(question=voted, round=1, value=3))
        from assessment.workshop import tally

        questions = read_sample("nordlicht", language="en")[0].questions_by_id
        own.workshops.reveal(
            live.id,
            lambda votes, number, smallest: tally(questions[voted], votes, round=number, smallest=smallest),
            seen=seen(),
        )
        own.workshops.decide(live.id, Answer(question=voted, value=3), NASTY, seen=seen())
        own.seats.dissent(seat, voted, NASTY, signed=True)


def test_mark_up_that_people_write_is_text_on_every_page(
    firm: Firm, browser: Browser, identity: Provider, tmp_path: Path
) -> None:
    identity.claims = {}
    visits = Visits(browser, firm.url)
    try:
        ute = visits("en")
        ute.page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        refused: list[str] = []
        ute.page.on(
            "console",
            lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None,
        )
        ute.open("/?lang=en")
        sign_in(ute, "Ute")
        ute.outside.clear()  # the provider's own pages
        with Store(f"sqlite:///{firm.data / 'assessment.db'}") as store:
            filled = Filled(store, store.privacy.people("Ute")[0])
            _every_text_is_filled(store)
        told = [page for page, is_told in _walk(ute, filled) if is_told]
        assert [each for each in refused if "192.0.2.1" not in each] == [], "something of ours is refused"
        assert len(told) >= MOST_TELL, "\n".join(told)
        assert ute.outside == []
    finally:
        visits.close()


def test_an_invitation_is_not_taken_with_an_address_that_the_provider_has_not_verified(
    firm: Firm, browser: Browser, identity: Provider
) -> None:
    visits = Visits(browser, firm.url)
    try:
        with Store(f"sqlite:///{firm.data / 'assessment.db'}") as store:
            owner = store.people.sign_in(
                "https://id.example", "owner", email="owner@example.org", name="Olga"
            )
            own = store.seen_by(Who(person=owner.id))
            desk = own.clients.open("Firm")
            for is_verified, name in ((False, "Mallory"), (True, "Vera")):
                identity.claims = {} if is_verified else {"email_verified": False}
                token = own.people.invite(desk, f"{name.lower()}@beratung.example", role="owner").token
                who = visits("en")
                who.open("/?lang=en")
                sign_in(who, name)
                [cookie] = [one for one in who.page.context.cookies() if one.get("name") == "_streamlit_user"]
                assert cookie.get("httpOnly") and cookie.get("sameSite") == "Lax"
                who.open(f"/clients?lang=en&i={token}")
                who.settle()
                for _ in range(100 if is_verified else 1):  # it is taken while the page is drawn
                    names = [one.person.name for one in own.people.members(desk)]
                    if name in names:
                        break
                    who.page.wait_for_timeout(200)
                assert names.count(name) == is_verified, name
    finally:
        identity.claims = {}
        visits.close()


MOST_TELL = 12
"""So many of the pages below show something of what was written; else the walk looks at nothing."""


def _walk(ute: Visitor, filled: Filled) -> Iterator[tuple[str, bool]]:
    here, desk = f"lang=en&a={filled.assessment}", f"lang=en&d={filled.desk}"
    client = f"/clients?{desk}&k={filled.client}"
    for page in (
        f"/?{here}",
        f"/profile?{here}",
        f"/questions?{here}",
        f"/questions?lang=en&a={filled.other}",
        f"/review?{here}",
        f"/workshop?{here}",
        f"/contributions?{here}",
        f"/figures?{here}",
        *(
            f"/results?{here}&part={part}"
            for part in ("", "numbers", "law", "changes", "answers", "workshop")
        ),
        f"/roadmap?{here}",
        f"/report?{here}",
        f"/clients?{desk}",
        *(f"{client}&v={view}" for view in ("", "together", "time", "settings")),
        f"/contribute?lang=en&i={filled.invited}",
        f"/join?lang=en&w={filled.code}",
        "/privacy?lang=en",
    ):
        ute.open(page)
        ute.page.evaluate(UNFOLD)
        ute.settle()
        ute.page.wait_for_timeout(500)
        found = ute.page.evaluate(LOOK)
        is_told = found.pop("told")
        assert found == {"caught": None, "pictures": [], "links": [], "drawn": []}, page
        assert ute.page.get_by_text("Something went wrong").count() == 0, page
        yield page, is_told


def _every_text_is_filled(store: Store) -> None:
    """A new column of text that this test does not fill makes it fail."""
    empty = set()
    with store._database.reading() as connection:
        for column in (*NAMES, *TEXTS):
            there = select(func.count()).select_from(column.table).where(column.contains(MARK))
            if not connection.execute(there).scalar_one():
                empty.add(f"{column.table.name}.{column.name}")
    assert empty <= {f"{ANSWER_HISTORY.name}.value", "contributed.value"}
