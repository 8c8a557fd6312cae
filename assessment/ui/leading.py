"""What the facilitator of a workshop asks for: commands, each over where things stood when its button was drawn."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from assessment.answers import Answer
from assessment.errors import StoreError
from assessment.questionnaire import Questionnaire
from assessment.questions import Question, Value
from assessment.store import Desk
from assessment.ui import state
from assessment.ui.as_asked import is_asked
from assessment.workshop import Tally, Vote, options_of, tally

TROUBLE = "workshop-trouble"
"""Under this name the session keeps what went wrong with the last command, until it was told."""


def asks(command: Callable[[], object]) -> Callable[[], None]:
    """Return a button's callback: what cannot be written is told with the next drawing, and nothing is lost."""

    def pressed() -> None:
        try:
            command()
        except StoreError as error:
            state.note_shown(TROUBLE, error)

    return pressed


def ask(desk: Desk, question: str, *, minutes: int = 0) -> Callable[[], None]:
    """Return the command that lets everybody vote on a question."""
    live = desk.live
    return asks(
        partial(
            state.store().workshops.ask, live.id, question, seen=live.revision, seconds=minutes * 60 or None
        )
    )


def bring(desk: Desk, question: str, *, minutes: int = 0) -> Callable[[], None]:
    """Return the command that puts a question on the screen: to vote on, or with the votes that everybody gave on their own."""
    topic = desk.topic(question)
    if topic is None or not topic.tallies:
        return ask(desk, question, minutes=minutes)
    live = desk.live
    return asks(partial(state.store().workshops.show, live.id, question, seen=live.revision))


def apart(desk: Desk) -> Callable[[], None]:
    """Return the command that lets everybody answer the agenda on their own."""
    return asks(partial(state.store().workshops.apart, desk.live.id, seen=desk.live.revision))


def reveal_all(desk: Desk, known: Questionnaire) -> bool:
    """End that everybody answers on their own, and show what may be shown of every question; say whether that was done.

    Raises:
        StoreError: nothing was done.
    """

    def count_of(question: str) -> Callable[[Iterable[Vote], int, int], Tally]:
        return (
            partial(_count, known.questions_by_id[question])
            if is_asked(known, question)
            else _uncounted(question)
        )

    return state.store().workshops.reveal_all(desk.live.id, count_of, seen=desk.live.revision)


def reveal(desk: Desk, known: Questionnaire) -> Callable[[], None]:
    """Return the command that ends the voting and shows what may be shown."""
    question = known.questions_by_id[desk.live.question]

    count = partial(_count, question)
    return asks(partial(state.store().workshops.reveal, desk.live.id, count, seen=desk.live.revision))


def _count(question: Question, votes: Iterable[Vote], number: int, smallest: int) -> Tally:
    # What the question does not admit was voted before the questionnaire was changed: it counts no more.
    admitted = [vote for vote in votes if vote.value is None or vote.value in options_of(question)]
    return tally(question, admitted, round=number, smallest=smallest)


def _uncounted(question: str) -> Callable[[Iterable[Vote], int, int], Tally]:
    """Return what counts the votes on a question that is not asked any more: how many there were is all that is kept."""

    def count(votes: Iterable[Vote], number: int, smallest: int) -> Tally:
        return Tally(question=question, round=number, smallest=smallest, people=len(list(votes)), groups=())

    return count


def again(desk: Desk, *, minutes: int = 0) -> Callable[[], None]:
    """Return the command that lets everybody vote once more."""
    live = desk.live
    return asks(
        partial(state.store().workshops.again, live.id, seen=live.revision, seconds=minutes * 60 or None)
    )


def pause(desk: Desk) -> Callable[[], None]:
    """Return the command that stops the clock, or lets it go on."""
    workshops = state.store().workshops
    command = workshops.resume if desk.live.is_paused else workshops.pause
    return asks(partial(command, desk.live.id, seen=desk.live.revision))


def rest(desk: Desk) -> Callable[[], None]:
    """Return the command that goes back to the agenda."""
    return asks(partial(state.store().workshops.rest, desk.live.id, seen=desk.live.revision))


def close(desk: Desk) -> Callable[[], None]:
    """Return the command that ends the workshop."""
    return asks(partial(state.store().workshops.close, desk.live.id, seen=desk.live.revision))


def arrange(desk: Desk, agenda: Sequence[str]) -> Callable[[], None]:
    """Return the command that puts other questions on the agenda."""
    workshops = state.store().workshops
    return asks(partial(workshops.arrange, desk.live.id, tuple(agenda), seen=desk.live.revision))


def decide(desk: Desk, value: Value | None, reason: str) -> None:
    """Note what was agreed on; no value where the room does not know.

    Raises:
        StoreError: it could not be written.
    """
    answer = Answer(question=desk.live.question, state="unknown" if value is None else "given", value=value)
    state.writing().workshops.decide(desk.live.id, answer, reason, seen=desk.live.revision)


def later(desk: Desk) -> str | None:
    """Return the next question of the agenda that nothing was agreed on yet, after the present one; None after the last."""
    order = list(desk.agenda)
    here = order.index(desk.live.question) + 1 if desk.live.question in order else 0
    return next((name for name in (*order[here:], *order[:here]) if _is_open(desk, name)), None)


def _is_open(desk: Desk, question: str) -> bool:
    topic = desk.topic(question)
    return question != desk.live.question and (topic is None or topic.decided is None)
