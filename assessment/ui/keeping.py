"""What is on the screen and not saved yet is saved by whatever comes next: a run that was to save it may have been replaced.

Streamlit replaces a run that waits by the one of the next click. The values of the widgets are all there then; only
nobody has compared them. So each run, of a page or of one question, first compares every question of the page that is shown.
"""

from assessment.errors import StoreError
from assessment.i18n import Catalogue
from assessment.store import Conflict
from assessment.ui import state
from assessment.ui.drafts import UnfinishedError, answer_of, draft_of, same
from assessment.ui.offered import questionnaire
from assessment.ui.widgets import is_as_seen, on_screen


def keep_page(c: Catalogue, *, but: str = "") -> bool:
    """Save what differs from what was seen, on the page that this session shows; say whether anything was saved.

    What cannot be saved (unfinished, changed elsewhere, no database) is left to its own card, which tells it.

    Args:
        c: the reader's words.
        but: a question that is about to be drawn, and saves itself.
    """
    here, has_saved = state.on_page(), False
    for name in here.questions:
        question, known = questionnaire(here.questionnaire).questions_by_id.get(name), state.seen(name)
        if question is None or known is None or name == but or is_as_seen(question, known.answer, c):
            continue
        screen = on_screen(question, c)
        if screen is None:
            continue
        try:
            answer = answer_of(question, screen, c)
            if same(answer, answer_of(question, draft_of(question, known.answer, c), c)):
                continue
            opened = state.assessment()
            if opened is None:
                return False
            respondent = known.answer.respondent if known.answer else ""
            result = state.save(opened.id, answer.model_copy(update={"respondent": respondent}))
        except (UnfinishedError, StoreError):
            continue
        if not isinstance(result, Conflict):
            state.note(
                name, answer.model_copy(update={"respondent": respondent, "at": result.at}), result.revision
            )
            has_saved = True
    return has_saved
