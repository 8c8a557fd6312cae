"""One question on the screen: its control, the four states, evidence and comment; saved by comparing, after each change.

A widget is a view of the store. What it holds is compared with what this session last saw; only a difference is saved,
and only over the revision that was seen: two tabs do not overwrite each other silently.
"""

from dataclasses import replace
from textwrap import shorten
from typing import Literal, NamedTuple

import streamlit as st

from assessment.answers import Answer
from assessment.document import grounds
from assessment.document.choices import BASED_ON
from assessment.document.saying import saying
from assessment.errors import StoreError
from assessment.i18n import Catalogue
from assessment.questionnaire import Questionnaire
from assessment.questions import Question
from assessment.store import Conflict, Part
from assessment.ui import blocks, reconnecting, state
from assessment.ui.drafts import Draft, UnfinishedError, answer_of, draft_of, same, told_anew
from assessment.ui.frame import guarded, required, tell
from assessment.ui.keeping import keep_page
from assessment.ui.offered import questionnaire
from assessment.ui.outline import count_in
from assessment.ui.widgets import (
    LONGEST,
    beneath,
    draw,
    is_brought,
    is_chosen_anew,
    key_of,
    on_screen,
    put_beneath,
    put_on_screen,
    settle,
)
from assessment.ui.words import plain

AT_A_GLANCE = 120
"""Characters of a comment that are shown while it is folded away."""


def ask(identifier: str, number: str) -> None:
    """Draw one question of the open assessment and save what changes."""
    st.fragment(_asked)(identifier, number)


def _asked(identifier: str, number: str) -> None:
    c = state.words()
    with guarded(c, part=identifier), state.one_run():
        part = _as_seen(identifier, c) or state.part(identifier)
        if part is not None:
            _ask(part, identifier, number, c)


def _as_seen(identifier: str, c: Catalogue) -> Part | None:
    """Return the answer as this session saw it, where it is about to be saved over: saving says whether it is another by now."""
    here, seen = state.on_page(), state.seen(identifier)
    if state.is_whole_run() or seen is None or identifier not in here.questions:
        return None
    question = questionnaire(here.questionnaire).questions_by_id.get(identifier)
    if question is None or not is_chosen_anew(question, seen.answer, c):
        return None
    return Part(
        assessment=here.assessment,
        questionnaire=here.questionnaire,
        answer=seen.answer,
        revision=seen.revision,
    )


def _ask(part: Part, identifier: str, number: str, c: Catalogue) -> None:
    known = questionnaire(part.questionnaire)
    question = known.questions_by_id[identifier]
    settle(question, c)
    catch_up(question, part.answer, part.revision, c)
    kept = save(part, question, on_screen(question, c) or Draft(), c)
    if not state.is_whole_run() and (keep_page(c, but=identifier) or state.is_leaving()):
        # Another card does not say yet that it is saved; or the click on “Next” came along with this change. Before anything is
        # drawn: of a card that is drawn anew while it is being drawn, a browser may get one half, and forget what was chosen.
        st.rerun()
    with st.container(border=True, key=f"card-{identifier}"):
        head(question, number, c)
        draw(question, c)
        _behind(known, question, c)
        evidence_and_comment(question, c)
        told(question, kept, c)


def catch_up(question: Question, stored: Answer | None, revision: int, c: Catalogue) -> None:
    """Show what is stored, unless something here was changed that is not saved yet."""
    known, screen = state.seen(question.id), on_screen(question, c)
    if screen is None:
        waiting = state.held(question.id)
        if (
            waiting is not None
        ):  # over the answer that was seen then: a later one of somebody else is not overwritten
            put_on_screen(question, told_anew(waiting.draft, question, waiting.language, c), c)
            state.note(question.id, waiting.over.answer, waiting.over.revision)
            return
        if is_brought(question, c):
            return
    elif known is None:
        # A browser that comes back after its server was lost brings along what it shows. Over nothing it is saved; over
        # another answer it is told as a conflict, because which of the two is newer is not known any more.
        state.note(question.id, stored, revision)  # what is folded away is as it is stored
        brought = on_screen(question, c) or screen
        empty = replace(draft_of(question, None, c), evidence=brought.evidence, comment=brought.comment)
        if brought != empty and not _untouched(question, brought, stored, c):
            state.hold(question.id, state.Held(brought, c.language, state.Seen(None, 0)))
            state.note(question.id, None, 0)
            return
    elif known.revision == revision or not _untouched(question, screen, known.answer, c):
        return
    put_on_screen(question, draft_of(question, stored, c), c)
    state.note(question.id, stored, revision)


def _untouched(question: Question, screen: Draft, known: Answer | None, c: Catalogue) -> bool:
    """Say whether what is on screen means the answer that was last seen."""
    try:
        return same(answer_of(question, screen, c), answer_of(question, draft_of(question, known, c), c))
    except UnfinishedError:
        return False


def head(question: Question, number: str, c: Catalogue) -> None:
    """Draw what is asked."""
    label = plain(question.label.localize(c.language))
    st.header(f"{number} · {label}" if number else label, anchor=False, divider=False)
    if question.help:
        st.markdown(plain(question.help.localize(c.language)))


def _behind(known: Questionnaire, question: Question, c: Catalogue) -> None:
    """Draw why the question matters, and the duties and standards behind it, folded away until wanted."""
    if not (question.why or question.standards):
        opened = required()
        if next(grounds.behind(question, known, opened.sheet, c=c), None) is None:
            return
    folded = st.expander(
        c.t("Why we ask this"),
        icon=":material/lightbulb:",
        key=f"why-{question.id}-{c.language}",
        type="compact",
        on_change="rerun",
    )
    if folded.open:  # each line that nobody reads would be drawn with each answer
        with folded:
            opened = required()
            blocks.show(grounds.behind(question, known, opened.sheet, c=c), key=f"why-{question.id}")


def evidence_and_comment(question: Question, c: Catalogue) -> None:
    """Draw the fields of evidence and comment, folded away until wanted."""
    evidence, comment = beneath(question, c)
    folded = st.expander(
        c.t("Evidence and comment"),  # always the same: under another name it would fold itself away
        icon=":material/edit_note:",
        key=f"more-{question.id}-{c.language}",
        type="compact",
        on_change="rerun",
    )
    if not folded.open:
        said = [c.t(BASED_ON[evidence])] if evidence != "none" else []
        said += [shorten(comment, AT_A_GLANCE, placeholder=" …")] if comment.strip() else []
        if said:
            st.caption(plain(" · ".join(said)))
        return
    evidence_key = key_of(question.id, "evidence", c)
    if not state.has_widget(evidence_key) and not reconnecting.was_brought(evidence_key):
        put_beneath(question, evidence, comment, c)
    with folded:
        if question.evidence:
            st.markdown(
                c.t(
                    "**What to look for:** {evidence}", evidence=plain(question.evidence.localize(c.language))
                )
            )
        st.radio(
            c.t("What is the answer based on?"),
            list(BASED_ON),
            format_func=lambda kind: c.t(BASED_ON[kind]),
            horizontal=True,
            key=evidence_key,
        )
        st.text_area(c.t("Comment"), key=key_of(question.id, "comment", c), max_chars=LONGEST, height=100)


class Kept(NamedTuple):
    """What came of saving what is on the screen."""

    answer: Answer | None
    """The one on the screen where it is stored now."""
    problem: Exception | Conflict | None = None
    is_counted_anew: bool = False
    """Whether the question became answered, or open again."""


def save(part: Part, question: Question, draft: Draft, c: Catalogue, *, redraw: bool = False) -> Kept:
    """Save the draft if it differs from what was seen; what cannot be saved is held, and `told` says why.

    Before anything is drawn: an answer never waits for a drawing, and the server sends the drawing in one go.
    The page is drawn anew where the answer changes what else it shows: which questions are asked, or with `redraw` all of it.
    """
    known = state.seen(question.id) or state.Seen(None, 0)
    state.hold(question.id, state.Held(draft, c.language, known))
    try:
        answer = answer_of(question, draft, c)
    except UnfinishedError as lacking:
        return Kept(None, lacking)
    before = answer_of(question, draft_of(question, known.answer, c), c)
    is_changed = not same(answer, before)
    if is_changed:
        try:
            answer = answer.model_copy(update={"respondent": known.answer.respondent if known.answer else ""})
            result = state.save(part.assessment, answer)
        except StoreError as error:
            return Kept(None, error)
        if isinstance(result, Conflict):
            return Kept(None, result)
        answer = answer.model_copy(update={"at": result.at})
        state.note(question.id, answer, result.revision)
        known = state.Seen(answer, result.revision)
    state.hold(question.id, None)
    deciding = questionnaire(part.questionnaire).deciding_questions
    if is_changed and (redraw or question.id in deciding):
        st.rerun()
    return Kept(known.answer, is_counted_anew=(answer.state == "open") != (before.state == "open"))


def told(question: Question, kept: Kept, c: Catalogue) -> None:
    """Say what came of saving, and offer both where somebody else has changed the answer."""
    match kept.problem:
        case UnfinishedError() as lacking:
            st.warning(str(lacking), icon=":material/pending:")
        case StoreError() as error:
            tell(error, c)
            st.badge(c.t("Not saved"), icon=":material/cloud_off:", color="red")
        case Conflict() as conflict:
            _offer_both(question, conflict, c)
    if kept.answer is None:
        return
    if kept.is_counted_anew:
        count_in(kept.answer, c)
    if not same(kept.answer, Answer(question=question.id, state="open")):
        when = state.moment(kept.answer.at)
        said = c.t("Saved {moment}", moment=when) if when else c.t("Saved")
        st.badge(said, icon=":material/cloud_done:", color="green")


def _offer_both(question: Question, conflict: Conflict, c: Catalogue) -> None:
    theirs = conflict.stored
    said: dict[Literal["given", "unknown", "not_applicable", "open"], str] = {
        "given": ""
        if theirs.value is None
        else saying(question, theirs.value, c=c, language=c.language).line,
        "unknown": c.t("We don't know"),
        "not_applicable": c.t("Does not apply to us"),
        "open": c.t("open"),
    }
    st.warning(
        c.t(
            "This answer was changed elsewhere in the meantime, to: {answer}. Yours is not saved yet. Which one shall stand?",
            answer=f"**{plain(said[theirs.state].removesuffix('.'))}**"
            + (f" ({plain(theirs.comment)})" if theirs.comment else ""),
        ),
        icon=":material/sync_problem:",
    )

    def take_theirs() -> None:
        state.hold(question.id, None)
        put_on_screen(question, draft_of(question, theirs, c), c)
        state.note(question.id, theirs, conflict.revision)

    def take_mine() -> None:
        state.note(question.id, theirs, conflict.revision)

    with st.container(horizontal=True):
        st.button(c.t("Keep the other answer"), key=f"theirs-{question.id}", on_click=take_theirs)
        st.button(c.t("Save my answer"), key=f"mine-{question.id}", on_click=take_mine, type="primary")
