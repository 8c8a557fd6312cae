"""How far people agree, where the middle of them lies, and which questions can be voted on at all.

Agreement is the consensus of Tastle and Wierman (2007, Information Sciences 177, section 3): for shares p of the values X,

    Cns = 1 + sum of p(x) * log2(1 - |x - mean| / (highest x - lowest x))

1 where all say the same, 0 where half say the highest and half the lowest. X is here a value's worth, 0 to 1: agreement is the
same on every scale.
"""

from math import log2

from assessment.questionnaire import Questionnaire
from assessment.questions import Choose, Question, Value
from assessment.values import TOLERANCE
from assessment.workshop.votes import Group, Tally, Topic


def options_of(question: Question) -> tuple[Value, ...]:
    """Return what can be voted on a question, in the order in which it is asked; nothing where nobody chooses."""
    control = question.control()
    return control.options if isinstance(control, Choose) else ()


def can_be_voted_on(question: Question) -> bool:
    """Say whether several people can vote on a question: one value of few is chosen, and values differ in worth."""
    # by the values, not by the bounds: options without a worth have bounds, too, and would always agree
    return len({question.worth(value) for value in options_of(question)}) > 1


def votable(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the ids of the questions that can be voted on, in the order they are asked."""
    return tuple(q.id for q in questionnaire.whole.all_questions() if can_be_voted_on(q))


def as_asked(questionnaire: Questionnaire, topic: Topic) -> Topic | None:
    """Return what still stands of a topic once the questionnaire was changed; None where its question cannot be voted on any more.

    A round with a value that is gone counts no more, nor do those before it: they were another question. An answer that the question
    does not admit any more is left out, with the reason for it.
    """
    question = questionnaire.questions_by_id.get(topic.question)
    if question is None or not can_be_voted_on(question):
        return None
    tallies: list[Tally] = []
    for tally in topic.tallies:
        values = [count.value for group in tally.groups for count in group.counts]
        tallies = [*tallies, tally] if all(_admits(question, value) for value in values) else []
    before, decided = (
        answer if answer is not None and (answer.value is None or _admits(question, answer.value)) else None
        for answer in (topic.before, topic.decided)
    )
    if (tuple(tallies), before, decided) == (topic.tallies, topic.before, topic.decided):
        return topic
    reason = topic.reason if decided is not None else ""
    return topic.model_copy(
        update={"tallies": tuple(tallies), "before": before, "decided": decided, "reason": reason}
    )


def _admits(question: Question, value: Value) -> bool:
    try:
        question.admit(value)
    except ValueError:
        return False
    return True


def agreement(question: Question, group: Group) -> float | None:
    """Return how far a group agrees, from 0 to 1; None where fewer than two gave a value."""
    spread = [(question.worth(count.value), count.people) for count in group.counts]
    people = sum(number for _, number in spread)
    if people < 2:
        return None
    mean = sum(worth * number for worth, number in spread) / people
    found = 1 + sum(
        number / people * log2(1 - abs(worth - mean))
        for worth, number in spread
        if abs(worth - mean) < 1 - TOLERANCE
    )
    return min(1.0, max(0.0, found))


def middle(question: Question, group: Group) -> Value | None:
    """Return the median value of a group: of two middle ones the lower, so that nobody's hope counts as the group's; None without one."""
    ordered = [
        count.value
        for count in sorted(group.counts, key=lambda count: question.worth(count.value))
        for _ in range(count.people)
    ]
    return ordered[(len(ordered) - 1) // 2] if ordered else None
