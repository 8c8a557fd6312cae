"""What may be shown of votes: never a group of fewer than so many people, nor one that comes out by subtraction.

The reader to hold out against has seen every screen, report and file of every workshop, kept what was shown at each moment, and
knows who took part, in which role and in which round. k is the workshop's smallest number.

Promised to everybody who voted:

* Of each round at most these numbers exist: everybody's votes, and those of some roles. These roles and all others together fall
  into sets without a person in common, each of k people or more. Whatever is added or taken away, the votes of fewer come out
  only where a whole such set said the same. "Don't know" is a vote like any other.
* What is shown hangs on how many of each role voted and never on what: that something is left out tells nothing about votes.
* No number changes after it was shown. A round is counted once, in the step that ends the voting; votes that come later are
  refused, those who leave or are forgotten stay counted. Before that one number is shown: how many have voted.
* Every round has votes of its own, given blind from nothing, and so has every question: no number of one is a part of another.
* Agreement, middle, order of talking, every screen, report and file are made of the `Tally`: none of them sees a vote.

Not promised, and to be said where people ask; a larger smallest number makes each of these rarer:

* If all of a shown set said the same, that is what each of them said. If nearly all did, it is likely of each.
* People who tell one another their votes know what is left: k - 1 of k know the last one's, and each knows their own.
* Rounds and questions may be guessed from one another. If one person more votes in the second round and the rest keep to what
  they said, the difference is that person's vote; nothing but the rest being free to change their minds speaks against it.
* Who takes part, in which role, and whether somebody voted is no secret: whoever watches the lobby sees a number go up, and that a
  role is not shown says something about how many it has. All that is promised of votes holds against who knows all this.
* What somebody writes against what was agreed on stands there as they wrote it, with the role if they want that.
* With a smallest number of 1 votes are open, by agreement of the room: everything is shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from assessment.questions import Question
from assessment.workshop.votes import ROLES, Composition, Count, Group, Role, Tally, Vote


def tally(question: Question, votes: Iterable[Vote], *, round: int, smallest: int) -> Tally:
    """Count a round: everybody, and the roles that may be shown; nothing at all where fewer than `smallest` voted.

    Raises:
        ValueError: a vote is not one of the question's values.
    """
    given = [
        vote if vote.value is None else vote._replace(value=question.admit(vote.value)) for vote in votes
    ]
    groups: tuple[Group, ...] = ()
    if len(given) >= smallest and given:
        shown = shown_roles(Counter(vote.role for vote in given), smallest=smallest)
        groups = (
            _group(question, given, role=None),
            *(_group(question, [vote for vote in given if vote.role == role], role=role) for role in shown),
        )
    return Tally(question=question.id, round=round, smallest=smallest, people=len(given), groups=groups)


def composition(roles: Iterable[Role], *, smallest: int) -> Composition:
    """Say who is there: how many, and the roles that are many enough to be named with a number."""
    there = Counter(roles)
    shown = shown_roles(there, smallest=smallest) if there.total() >= smallest else ()
    return Composition(people=there.total(), roles=tuple((role, there[role]) for role in shown))


def shown_roles(people: Mapping[Role, int], *, smallest: int) -> tuple[Role, ...]:
    """Return the roles that may be shown beside everybody, in the order of `ROLES`.

    Each has at least `smallest` people, and so have all others together, or there are none. While that does not hold, the shown role
    with the fewest people joins the others; of two as small, the later one. A role that is everybody is left out: it has no other
    numbers than everybody has, and a second row of them would tell who is there, which is for `composition` to say.
    """
    shown = [role for role in ROLES if people.get(role, 0) >= smallest]
    everybody = sum(people.values())

    def others() -> int:
        return everybody - sum(people[role] for role in shown)

    while shown and 0 < others() < smallest:
        shown.remove(min(reversed(shown), key=lambda role: people[role]))
    return tuple(shown) if len(shown) > 1 or others() else ()


def _group(question: Question, votes: list[Vote], *, role: Role | None) -> Group:
    chosen = Counter(vote.value for vote in votes if vote.value is not None)
    counts = tuple(Count(value=value, people=chosen[value]) for value in question.values() if value in chosen)
    return Group(
        role=role, people=len(votes), counts=counts, unknown=sum(vote.value is None for vote in votes)
    )
