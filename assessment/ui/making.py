"""Assessments are made: empty, of somebody's answers, from a file; each is open then."""

from datetime import date

from assessment.answers import AnswerSheet
from assessment.loader import followed_in_upload, read_report, read_upload, read_uploaded_workshop
from assessment.questionnaire import Questionnaire
from assessment.report import Earlier, Subject
from assessment.store import New
from assessment.ui import state
from assessment.ui.pulsing import from_now_on
from assessment.values import language_of


def begin(known: Questionnaire, *, short: bool) -> None:
    """Make an empty assessment and open it."""
    state.open_link(
        state.store()
        .create(known.id, known.version, language=language_of(state.language()), short=short)
        .token
    )


def take_in(sheet: AnswerSheet, subject: Subject) -> None:
    """Make an assessment of these answers and open it."""
    state.open_link(state.store().put(sheet, subject, language=language_of(state.language())).token)


def hand_in(raw: bytes, name: str) -> None:
    """Make an assessment of an answers file or report, with the workshop that was held on it, and open it.

    Raises:
        AnswersError: it cannot be read; with every problem found.
    """
    _, sheet, subject = read_upload(raw, name)
    held = read_uploaded_workshop(raw, name)
    new = New(sheet, subject, language_of(state.language()), workshop=held)
    state.open_link(state.store().put_new(new).token)


def assess_again(raw: bytes, name: str) -> None:
    """Begin an assessment, held today, with the answers of a report and compared with it, and open it.

    Raises:
        AnswersError: it cannot be read; with every problem found.
    """
    before, old, held = read_report(raw, name)
    _, sheet, subject = read_upload(raw, name)
    today, followed = date.today(), followed_in_upload(raw, name)  # noqa: DTZ011 - the day on the wall
    made = state.store().put(
        sheet,
        subject.model_copy(update={"held_on": today}),
        language=language_of(state.language()),
        plan=followed and from_now_on(followed, today),
        earlier=Earlier(questionnaire=before, sheet=old, subject=held),
    )
    state.open_link(made.token)
