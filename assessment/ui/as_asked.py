"""An open workshop as its questionnaire asks by now: an upgrade may have changed that while people were voting.

What was voted or agreed on and is not admitted any more is shown nowhere; the store keeps it.
"""

from assessment.questionnaire import Questionnaire
from assessment.store import Attendance, Ballot, Desk, Live
from assessment.workshop import as_asked, can_be_voted_on, options_of


def is_asked(known: Questionnaire, identifier: str) -> bool:
    """Say whether a question is still there, to be voted on."""
    question = known.questions_by_id.get(identifier)
    return question is not None and can_be_voted_on(question)


def desk_as_asked(known: Questionnaire, desk: Desk) -> Desk:
    """Return a workshop as its facilitator leads it, with what is still asked; the present question stays, asked or not."""
    topics = (as_asked(known, topic) for topic in desk.topics)
    return desk.model_copy(
        update={
            "live": _live(known, desk.live),
            "agenda": tuple(name for name in desk.agenda if is_asked(known, name)),
            "topics": tuple(topic for topic in topics if topic is not None),
            "answered": {name: count for name, count in desk.answered.items() if is_asked(known, name)},
        }
    )


def attendance_as_asked(known: Questionnaire, here: Attendance) -> Attendance:
    """Return a workshop as somebody takes part in it, with what is still asked; a vote with a value that is gone is none."""
    errand = here.errand
    if errand is not None:
        agenda = tuple(name for name in errand.agenda if is_asked(known, name))
        ballots = tuple(one for one in errand.ballots if _stands(known, one))
        errand = errand.model_copy(update={"agenda": agenda, "ballots": ballots}) if agenda else None
    ballot = here.ballot if here.ballot is not None and _stands(known, here.ballot) else None
    return here.model_copy(update={"live": _live(known, here.live), "errand": errand, "ballot": ballot})


def _live(known: Questionnaire, live: Live) -> Live:
    topic = as_asked(known, live.topic) if live.topic is not None else None
    return live.model_copy(update={"topic": topic})


def _stands(known: Questionnaire, ballot: Ballot) -> bool:
    if not is_asked(known, ballot.question):
        return False
    return ballot.value is None or ballot.value in options_of(known.questions_by_id[ballot.question])
