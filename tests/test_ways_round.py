"""Ways round a role, a link's end or an owner's decision that are none: each was one once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from assessment.answers import Answer
from assessment.contributions import Contributed
from assessment.errors import StoreError
from assessment.store import Created, Store, Who
from assessment.ui.signing import is_verified
from tests.conftest import Clock
from tests.test_rights import NEW

DAY = timedelta(days=1)


def made(store: Store) -> Created:
    return store.create("service-transformation", "1.1.0", language="de")


def signed_in(store: Store, name: str, *, email: str | None = None) -> tuple[str, Store]:
    address = f"{name}@firm.example" if email is None else email
    person = store.people.sign_in("https://id.example", name, email=address, name=name).id
    return person, store.seen_by(Who(person=person))


def lent_link(store: Store, own: Created, clock: Clock) -> str:
    """A link that lets somebody change the assessment for a day."""
    owner = store.seen_by(Who(links=(own.token,)))
    return owner.links.share(own.assessment, "for a day", role="consultant", until=clock.now + DAY).token


def lent(store: Store, own: Created, clock: Clock) -> Store:
    """The store as somebody sees it who came by such a link."""
    return store.seen_by(Who(links=(lent_link(store, own, clock),)))


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as caught:
        call()
    return str(caught.value)


def test_who_was_lent_a_link_cannot_make_themselves_the_owner(store: Store, clock: Clock) -> None:
    own = made(store)
    guest = lent(store, own, clock)
    assert "your role does not let you" in refused(lambda: guest.links.renew(own.assessment))
    assert store.seen_by(Who(links=(own.token,))).open(own.token).role == "owner"


def test_nobody_makes_another_s_assessment_theirs_by_filing_it(store: Store, clock: Clock) -> None:
    own = made(store)
    link = lent_link(store, own, clock)
    _, nina = signed_in(store, "nina")
    desk = nina.clients.open("Beratung (fictitious)")
    site = nina.clients.add_site(desk, nina.clients.add_client(desk, "Nord AG (fictitious)"), "Kiel")
    assert "your role does not let you" in refused(lambda: nina.clients.file(desk, site, link))
    code = store.let_in(own.assessment).code
    by_code = store.enter(code).token
    assert "your role does not let you" in refused(lambda: nina.clients.file(desk, site, by_code))
    assert nina.clients.file(desk, site, own.token) == own.assessment


def test_a_link_that_ends_makes_none_that_lasts_longer(store: Store, clock: Clock) -> None:
    own = made(store)
    guest = lent(store, own, clock)
    longer = guest.links.share(own.assessment, "for ever", role="consultant").token
    much = clock.now + 30 * DAY
    later = guest.links.share(own.assessment, "for a month", role="reader", until=much).token
    assert "your role does not let you" in refused(lambda: guest.let_in(own.assessment))
    clock.now += 2 * DAY
    for link in (longer, later):
        assert "no assessment behind this link" in refused(lambda link=link: store.open(link))


def test_what_was_begun_on_a_desk_can_be_opened_once_it_is_taken_off(store: Store) -> None:
    _, ute = signed_in(store, "ute")
    _, kim = signed_in(store, "kim")
    desk = ute.clients.open("Beratung (fictitious)")
    kim.people.accept(ute.people.invite(desk, "kim@firm.example", role="consultant").token)
    site = ute.clients.add_site(desk, ute.clients.add_client(desk, "Nord AG (fictitious)"), "Kiel")
    begun = ute.clients.begin(desk, site, NEW)
    assert "your role does not let you" in refused(lambda: kim.clients.take_off(desk, begun))
    own = ute.clients.take_off(desk, begun)
    assert store.seen_by(Who(links=(own.token,))).open(own.token).role == "owner"
    assert "there is no assessment" in refused(lambda: ute.open(begun))
    owner = store.seen_by(Who(links=(own.token,)))
    lent = owner.links.share(begun, "to change it", role="consultant").token
    [mark] = [one.mark for one in owner.links.all(begun) if one.role == "owner"]
    guest = store.seen_by(Who(links=(lent,)))
    assert "your role does not let you" in refused(lambda: guest.links.take_back(begun, mark))
    assert owner.open(own.token).role == "owner"


def test_an_invitation_to_an_address_that_was_forgotten_is_gone(store: Store) -> None:
    _, ute = signed_in(store, "ute")
    desk = ute.clients.open("Beratung (fictitious)")
    invited = ute.people.invite(desk, "bob@firm.example", role="owner").token
    _, nobody = signed_in(store, "nobody", email="")
    refused(lambda: nobody.people.accept(invited))
    store.privacy.forget("bob@firm.example")
    refused(lambda: nobody.people.accept(invited))
    assert ute.people.invited(desk) == ()


def test_an_owner_s_decision_about_a_member_takes_back_what_they_were_invited_to_before(store: Store) -> None:
    _, ute = signed_in(store, "ute")
    bob_is, bob = signed_in(store, "bob")
    desk = ute.clients.open("Beratung (fictitious)")
    first, second = (ute.people.invite(desk, "Bob@firm.example", role="owner").token for _ in range(2))
    bob.people.accept(first)
    ute.people.remove_member(desk, bob_is)
    refused(lambda: bob.people.accept(second))
    assert bob.people.desks() == ()


def test_an_invitation_to_less_makes_a_member_no_less(store: Store) -> None:
    _, ute = signed_in(store, "ute")
    _, bob = signed_in(store, "bob")
    desk = ute.clients.open("Beratung (fictitious)")
    bob.people.accept(ute.people.invite(desk, "bob@firm.example", role="consultant").token)
    less = ute.people.invite(desk, "bob@firm.example", role="reader").token
    assert bob.people.accept(less).role == "consultant" == bob.people.desks()[0].role
    more = ute.people.invite(desk, "bob@firm.example", role="owner").token
    assert bob.people.accept(more).role == "owner" == bob.people.desks()[0].role


def test_what_people_are_asked_about_now_is_not_too_old_to_keep(store: Store, clock: Clock) -> None:
    year = timedelta(days=365)
    asked, answered, met = made(store), made(store), made(store)
    clock.now += year + 30 * DAY
    store.contributions.invite(asked.assessment, "Zoe", until=clock.now + 10 * DAY)
    zoe = store.contributions.invite(answered.assessment, "Zoe", until=clock.now + DAY)
    store.contributions.save(zoe.token, Contributed(answer=Answer(question="w1-q1", value=3)))
    store.workshops.open(met.assessment, smallest=2, agenda=["w1-q1"])
    clock.now += 2 * DAY
    assert store.privacy.purge(keep=year).assessments == 0
    clock.now += year + 30 * DAY
    assert store.privacy.purge(keep=year).assessments == 3


def test_who_was_let_in_or_shut_out_by_a_personal_link_is_told_each_time(store: Store) -> None:
    own = made(store)
    mine = store.seen_by(Who(links=(own.token,)))
    zoe = mine.contributions.invite(own.assessment, "Zoe")
    mine.contributions.renew(own.assessment, zoe.contribution)
    mine.contributions.revoke(own.assessment, zoe.contribution)
    mine.contributions.remove(own.assessment, zoe.contribution)
    acts = [line.act for line in mine.trail.of(own.assessment)]
    assert (acts.count("shared"), acts.count("deleted")) == (3, 1)


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        (None, True),
        (True, True),
        ("true", True),
        (False, False),
        ("false", False),
        ("False", False),
        (0, False),
        ("", False),
    ],
)
def test_an_address_counts_unless_the_provider_says_that_it_is_not_verified(
    told: object, counts: bool
) -> None:
    assert is_verified(told) is counts
