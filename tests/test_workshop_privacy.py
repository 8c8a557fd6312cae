"""Attacks on what is shown of votes: everything that is ever shown, put together, against the smallest group.

The attacker is given more than anybody has: who took part, in which role, in which round. What they look for are votes. Each
attack is also let loose on ways of showing votes that are too naive, to prove that it finds something where there is something.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.questions import LevelQuestion, Question, YesNoQuestion
from assessment.workshop import ROLES, Count, Group, Role, Tally, Vote, composition, tally
from tests.conftest import level_question, text

Person = Hashable
VoteOf = tuple[Person, int]
"""One person's vote in one round."""
Way = Callable[..., Tally]
"""A way to count a round."""

LEVELS = LevelQuestion.model_validate(level_question("q"))
YES_NO = YesNoQuestion.model_validate({"id": "q", "type": "yes_no", "label": text("Is it so?")})


# ── the first attack: sums and differences of shown groups ───────────────────────────────────────────────────────────


def who_is_in(shown: Tally, voters: Sequence[tuple[Person, Role]]) -> list[frozenset[Person]]:
    """Return, for each shown group, whose votes are counted in it."""
    groups = []
    for group in shown.groups:
        inside = frozenset(one for one, role in voters if group.role in (None, role))
        assert group.people == len(inside) == sum(count.people for count in group.counts) + group.unknown
        groups.append(inside)
    return groups


def worked_out(groups: Sequence[frozenset[Any]], *, smallest: int) -> list[frozenset[Any]]:
    """Return every set of fewer than `smallest` people whose votes are some sum or difference of the groups'.

    All combinations with any factors are tried at once: a set comes out exactly if it lies in the space that the groups span. People
    who are in the same groups cannot be told apart, so that such sets are made of whole classes of them.
    """
    classes: dict[tuple[bool, ...], set[Person]] = defaultdict(set)
    for person in sorted(set().union(*groups), key=repr):
        classes[tuple(person in group for group in groups)].add(person)
    keys = list(classes)
    basis = reduced([[Fraction(key[row]) for key in keys] for row in range(len(groups))])
    small = [place for place, key in enumerate(keys) if len(classes[key]) < smallest]
    found = []
    for many in range(1, smallest):
        for chosen in combinations(small, many):
            people = frozenset().union(*(classes[keys[place]] for place in chosen))
            if len(people) < smallest and spans(
                basis, [Fraction(place in chosen) for place in range(len(keys))]
            ):
                found.append(people)
    return found


def reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Return the rows in reduced echelon form."""
    basis: list[list[Fraction]] = []
    for row in rows:
        left = rest_of(basis, row)
        lead = next((place for place, amount in enumerate(left) if amount), None)
        if lead is None:
            continue
        left = [amount / left[lead] for amount in left]
        basis = [[one - other[lead] * two for one, two in zip(other, left, strict=True)] for other in basis]
        basis.append(left)
    return basis


def rest_of(basis: list[list[Fraction]], row: list[Fraction]) -> list[Fraction]:
    for one in basis:
        lead = next(place for place, amount in enumerate(one) if amount)
        factor = row[lead]
        row = [amount - factor * other for amount, other in zip(row, one, strict=True)]
    return row


def spans(basis: list[list[Fraction]], row: list[Fraction]) -> bool:
    return not any(rest_of(basis, row))


# ── the second attack: every world of votes that would show the same ─────────────────────────────────────────────────


def found_out(
    question: Question, roles: Sequence[Role], way: Way, *, smallest: int
) -> Iterator[tuple[tuple[int, ...], tuple[Any, ...]]]:
    """Yield each set of fewer than `smallest` people and each world in which their votes are certain.

    Every way of voting is tried, "don't know" included; what is certain is what all worlds have in common that show the same. Left
    out is what is said aloud not to be promised: people of a shown set of enough people who all said the same.
    """
    worlds: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    shown: dict[str, Tally] = {}
    for world in product((*question.values(), None), repeat=len(roles)):
        votes = [Vote(role, value) for role, value in zip(roles, world, strict=True)]
        made = way(question, votes, round=1, smallest=smallest)
        worlds[made.model_dump_json()].append(world)
        shown[made.model_dump_json()] = made
    sets = [chosen for many in range(1, smallest) for chosen in combinations(range(len(roles)), many)]
    for key, alike in worlds.items():
        groups = who_is_in(shown[key], list(enumerate(roles)))
        for chosen in sets:
            said = {tuple(sorted(repr(world[place]) for place in chosen)) for world in alike}
            if len(said) == 1:
                yield from (
                    (chosen, world)
                    for world in alike
                    if not all(agreed(place, groups, world, smallest) for place in chosen)
                )


def agreed(place: int, groups: Sequence[frozenset[Person]], world: tuple[Any, ...], smallest: int) -> bool:
    """Say whether somebody is one of enough people whom no shown group tells apart and who all said the same."""
    mine = [place in group for group in groups]
    alike = [other for other in range(len(world)) if [other in group for group in groups] == mine]
    return bool(groups) and len(alike) >= smallest and len({world[other] for other in alike}) == 1


# ── ways of showing votes that are too naive ─────────────────────────────────────────────────────────────────────────


def counted(votes: Sequence[Vote], role: Role | None) -> Group:
    said = Counter(vote.value for vote in votes if vote.value is not None)
    return Group(
        role=role,
        people=len(votes),
        counts=tuple(Count(value=value, people=said[value]) for value in sorted(said, key=repr)),
        unknown=sum(vote.value is None for vote in votes),
    )


def without_the_rest(question: Question, votes: Iterable[Vote], *, round: int, smallest: int) -> Tally:
    """Show every role of enough people, and do not look at who is left over."""
    cast = list(votes)
    roles = Counter(vote.role for vote in cast)
    groups = [counted(cast, None)] if len(cast) >= smallest else []
    groups += [
        counted([vote for vote in cast if vote.role == role], role)
        for role in ROLES
        if roles[role] >= smallest
    ]
    return Tally(question="q", round=round, smallest=smallest, people=len(cast), groups=tuple(groups))


def whoever_voted(question: Question, votes: Iterable[Vote], *, round: int, smallest: int) -> Tally:
    """Show everybody together, however few they are."""
    cast = list(votes)
    return Tally(
        question="q", round=round, smallest=smallest, people=len(cast), groups=(counted(cast, None),)
    )


def only_who_differs(question: Question, votes: Iterable[Vote], *, round: int, smallest: int) -> Tally:
    """Show a role only where it does not agree with itself: so what is left out tells how it voted."""
    made = tally(question, (cast := list(votes)), round=round, smallest=smallest)
    told = [g for g in made.groups if g.role is None or len(g.counts) + bool(g.unknown) > 1]
    return made.model_copy(update={"groups": tuple(told)}) if cast else made


# ── who takes part, in the laws ──────────────────────────────────────────────────────────────────────────────────────

roles = st.sampled_from(ROLES)
few_roles = st.sampled_from(ROLES[:3])
rooms = st.one_of(st.lists(roles, max_size=24), st.lists(few_roles, max_size=16))
numbers = st.integers(2, 6)


@st.composite
def histories(draw: st.DrawFn) -> tuple[int, list[list[tuple[Person, Role]]]]:
    """Draw the smallest number, and who voted in each of several rounds, of one workshop or of several."""
    people = list(enumerate(draw(rooms)))
    voted = st.lists(st.booleans(), min_size=len(people), max_size=len(people))
    rounds = draw(st.lists(voted, min_size=1, max_size=5))
    return draw(numbers), [
        [one for one, is_there in zip(people, there, strict=True) if is_there] for there in rounds
    ]


def everything_shown(
    history: list[list[tuple[Person, Role]]], way: Way, *, smallest: int
) -> list[frozenset[VoteOf]]:
    """Return whose votes are in each group ever shown."""
    groups: list[frozenset[VoteOf]] = []
    for number, voters in enumerate(history, start=1):
        votes = [Vote(role, 1 + (place + number) % 5) for place, (_, role) in enumerate(voters)]
        made = way(LEVELS, votes, round=number, smallest=smallest)
        groups += [frozenset((person, number) for person in inside) for inside in who_is_in(made, voters)]
    return groups


@given(histories())
def test_no_sum_or_difference_of_all_that_is_ever_shown_is_the_votes_of_fewer_than_the_smallest_group(
    drawn: tuple[int, list[list[tuple[Person, Role]]]],
) -> None:
    smallest, history = drawn
    assert worked_out(everything_shown(history, tally, smallest=smallest), smallest=smallest) == []


@given(histories(), st.data())
def test_people_who_tell_one_another_their_votes_take_no_more_off_the_smallest_group_than_themselves(
    drawn: tuple[int, list[list[tuple[Person, Role]]]], data: st.DataObject
) -> None:
    smallest, history = drawn
    groups = everything_shown(history, tally, smallest=smallest)
    everybody = sorted({person for group in groups for person, _ in group}, key=repr)
    told = data.draw(st.sets(st.sampled_from(everybody), max_size=smallest - 1)) if everybody else set()
    left = [frozenset(vote for vote in group if vote[0] not in told) for group in groups]
    assert worked_out(left, smallest=smallest - len(told)) == []


def test_the_sums_find_what_a_count_without_the_rule_of_the_rest_gives_away() -> None:
    voters: list[tuple[Person, Role]] = [
        ("ann", "it"),
        *((name, "agent") for name in "bcde"),
        *((name, "planner") for name in "fghi"),
    ]
    groups = everything_shown([voters], without_the_rest, smallest=4)
    assert worked_out(groups, smallest=4) == [frozenset({("ann", 1)})]
    assert worked_out(everything_shown([voters], tally, smallest=4), smallest=4) == []


def test_the_one_left_over_is_really_read_from_a_count_without_the_rule_of_the_rest() -> None:
    votes = [Vote("it", 5), *[Vote("agent", 2)] * 4, *[Vote("planner", 3)] * 4]
    everybody, *shown = without_the_rest(LEVELS, votes, round=1, smallest=4).groups
    left = Counter({count.value: count.people for count in everybody.counts})
    for group in shown:
        left.subtract({count.value: count.people for count in group.counts})
    assert +left == Counter({5: 1})


@given(histories())
def test_the_sums_find_a_rest_that_is_too_small_wherever_there_is_one(
    drawn: tuple[int, list[list[tuple[Person, Role]]]],
) -> None:
    smallest, history = drawn
    is_small = []
    for voters in history:
        many = Counter(role for _, role in voters)
        rest = sum(number for number in many.values() if number < smallest)
        is_small.append(0 < rest < smallest <= len(voters))
    found = worked_out(everything_shown(history, without_the_rest, smallest=smallest), smallest=smallest)
    assert bool(found) == any(is_small)


def test_the_sums_find_a_vote_that_is_shown_as_it_comes_in() -> None:
    # why a round is counted once: the same votes, with one more, are another number
    moments = [frozenset("abcd"), frozenset("abcde")]
    assert worked_out(moments, smallest=4) == [frozenset("e")]


def test_the_sums_find_who_came_late_if_a_round_kept_the_votes_of_the_one_before() -> None:
    # why each round has votes of its own, and what can be guessed of people who are known to keep to what they said
    voters: list[tuple[Person, Role]] = [(name, "agent") for name in "abcdefg"]
    carried = [inside for many in (5, 7) for inside in who_is_in_all(voters[:many])]
    assert worked_out(carried, smallest=4) == [frozenset("fg")]
    assert worked_out(everything_shown([voters[:5], voters], tally, smallest=4), smallest=4) == []


def who_is_in_all(voters: list[tuple[Person, Role]]) -> list[frozenset[Person]]:
    votes = [Vote(role, 3) for _, role in voters]
    return who_is_in(tally(LEVELS, votes, round=1, smallest=4), voters)


# ── every world ──────────────────────────────────────────────────────────────────────────────────────────────────────

SMALL_ROOMS = [
    (smallest, sizes)
    for smallest, most in ((2, 5), (3, 6), (4, 6))
    for sizes in product(range(most + 1), repeat=3)
    if 0 < sum(sizes) <= most
] + [(4, (4, 3)), (4, (3, 3, 1)), (4, (4, 4)), (4, (5, 3)), (3, (3, 3, 1))]
"""Every room of three roles and so many people, and the first ones in which roles of four are shown or hidden for others."""


def room(sizes: Sequence[int]) -> list[Role]:
    return [role for role, many in zip(ROLES, sizes, strict=False) for _ in range(many)]


@pytest.mark.parametrize(("smallest", "sizes"), SMALL_ROOMS)
def test_in_every_world_of_a_small_room_nobody_is_found_out(smallest: int, sizes: tuple[int, ...]) -> None:
    assert next(found_out(YES_NO, room(sizes), tally, smallest=smallest), None) is None


@pytest.mark.parametrize(
    ("way", "sizes"),
    [
        (without_the_rest, (3, 1)),
        (without_the_rest, (3, 2)),
        (whoever_voted, (2,)),
        (only_who_differs, (3, 3)),
    ],
)
def test_the_search_through_all_worlds_finds_what_naive_counts_give_away(
    way: Way, sizes: tuple[int, ...]
) -> None:
    assert next(found_out(YES_NO, room(sizes), way, smallest=3), None) is not None


def test_what_is_not_promised_is_so_a_group_of_one_mind_says_what_each_of_them_said() -> None:
    made = tally(YES_NO, [Vote("agent", True)] * 4, round=1, smallest=4)
    assert [(count.value, count.people) for count in made.groups[0].counts] == [(True, 4)]


# ── what is left out, and when ───────────────────────────────────────────────────────────────────────────────────────

values = st.sampled_from((*LEVELS.values(), None))


@given(rooms, st.integers(1, 6), st.data())
def test_which_groups_are_shown_hangs_on_who_voted_and_never_on_what(
    there: list[Role], smallest: int, data: st.DataObject
) -> None:
    def shape(drawn: list[Any]) -> list[tuple[Role | None, int]]:
        votes = [Vote(role, value) for role, value in zip(there, drawn, strict=True)]
        made = tally(LEVELS, votes, round=1, smallest=smallest)
        return [(group.role, group.people) for group in made.groups]

    some = st.lists(values, min_size=len(there), max_size=len(there))
    assert shape(data.draw(some)) == shape(data.draw(some))


@given(st.lists(st.builds(Vote, roles, values)), st.integers(1, 6), st.randoms(use_true_random=False))
def test_a_count_keeps_no_trace_of_the_order_in_which_people_voted(
    votes: list[Vote], smallest: int, chance: Any
) -> None:
    mixed = list(votes)
    chance.shuffle(mixed)
    first, second = (tally(LEVELS, some, round=1, smallest=smallest) for some in (votes, mixed))
    assert first.model_dump_json() == second.model_dump_json()


@given(rooms, numbers)
def test_as_few_roles_as_possible_are_left_out(there: list[Role], smallest: int) -> None:
    many = Counter(there)
    made = tally(LEVELS, [Vote(role, 3) for role in there], round=1, smallest=smallest)
    shown = [group.role for group in made.groups if group.role is not None]
    big = [role for role in ROLES if many[role] >= smallest]

    def is_safe(chosen: Sequence[Role]) -> bool:
        rest = len(there) - sum(many[role] for role in chosen)
        return rest == 0 or rest >= smallest

    safe = [
        chosen for size in range(1, len(big) + 1) for chosen in combinations(big, size) if is_safe(chosen)
    ]
    new = [chosen for chosen in safe if sum(many[role] for role in chosen[:1]) < len(there)]
    assert len(shown) == max(map(len, new), default=0)


# ── who takes part ───────────────────────────────────────────────────────────────────────────────────────────────────


@given(rooms, numbers)
def test_no_sum_or_difference_of_who_takes_part_is_a_group_of_fewer_than_the_smallest(
    there: list[Role], smallest: int
) -> None:
    told = composition(there, smallest=smallest)
    everybody = frozenset(enumerate(there))
    named = [frozenset(one for one in everybody if one[1] == role) for role, _ in told.roles]
    assert [len(group) for group in named] == [many for _, many in told.roles]
    if len(there) >= smallest:
        assert worked_out([everybody, *named], smallest=smallest) == []
    else:
        assert told.roles == ()


@given(rooms, st.integers(1, 6))
def test_who_takes_part_is_told_by_the_same_rule_as_votes(there: list[Role], smallest: int) -> None:
    made = tally(LEVELS, [Vote(role, 3) for role in there], round=1, smallest=smallest)
    told = composition(there, smallest=smallest)
    assert told.people == made.people == len(there)
    assert told.roles == tuple((group.role, group.people) for group in made.groups if group.role is not None)
