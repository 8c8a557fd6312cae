"""One question on the screen: its control, the four states, evidence and comment; saved by comparing, after each change.

A widget is a view of the store. What it holds is compared with what this session last saw; only a difference is saved,
and only over the revision that was seen: two tabs do not overwrite each other silently.
"""

from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from assessment.answers import Answer, Evidence
from assessment.errors import StoreError
from assessment.i18n import N_, Catalogue
from assessment.questionnaire import Questionnaire
from assessment.questions import LevelQuestion, Question, Value
from assessment.store import Assessment, Conflict
from assessment.ui import state
from assessment.ui.frame import guarded, tell
from assessment.ui.words import plain

UNKNOWN = "unknown"
ASIDE = "not_applicable"
EVIDENCE: dict[Evidence, str] = {
    "none": N_("No evidence yet"),
    "stated": N_("Somebody said so"),
    "documented": N_("Documented"),
    "verified": N_("Seen and checked"),
}
LONGEST = 6000
"""Characters of a comment."""


@dataclass(frozen=True)
class Draft:
    """What the widgets of one question hold."""

    choice: str | None = None
    reason: str = ""
    evidence: Evidence = "none"
    comment: str = ""

    @property
    def lacks_reason(self) -> bool:
        """Whether "not applicable" still needs its reason before it can be saved."""
        return self.choice == ASIDE and not self.reason.strip()


def draft_of(answer: Answer | None) -> Draft:
    """Return the widgets' contents for an answer."""
    if answer is None:
        return Draft()
    choice: str | None = None
    if answer.state == "given":
        choice = word_of(answer.value)
    elif answer.state != "open":
        choice = answer.state
    return Draft(choice, answer.reason, answer.evidence, answer.comment)


def answer_of(question: Question, draft: Draft) -> Answer:
    """Return the answer that the widgets' contents mean."""
    rest = {"evidence": draft.evidence, "comment": draft.comment}
    if draft.choice is None:
        return Answer(question=question.id, state="open", **rest)
    if draft.choice == UNKNOWN:
        return Answer(question=question.id, state="unknown", **rest)
    if draft.choice == ASIDE:
        return Answer(question=question.id, state="not_applicable", reason=draft.reason.strip(), **rest)
    value = next(value for value in question.control().options if word_of(value) == draft.choice)
    return Answer(question=question.id, value=value, reason="", **rest)


def word_of(value: Value | None) -> str:
    """Return a value as the id of its option."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def spoken(value: Value | None, c: Catalogue) -> str:
    """Return a value as it is said."""
    if isinstance(value, bool):
        return c.t("Yes") if value else c.t("No")
    return c.t("open") if value is None else str(value)


@st.fragment
def ask(identifier: str, number: str) -> None:
    """Draw one question of the open assessment and save what changes."""
    c = state.words()
    with guarded(c, part=identifier):
        opened = state.assessment()
        if opened is not None:
            _ask(opened, identifier, number, c)


def _ask(opened: Assessment, identifier: str, number: str, c: Catalogue) -> None:
    known = state.questionnaire(opened.sheet.questionnaire)
    question = known.questions_by_id[identifier]
    stored, revision = opened.sheet.by_question.get(identifier), opened.revision(identifier)
    _catch_up(identifier, stored, revision, c)
    with st.container(border=True, key=f"card-{identifier}"):
        _head(question, number, c)
        draft = _widgets(known, question, c)
        _keep(opened, question, draft, c)


def _key(identifier: str, part: str, c: Catalogue) -> str:
    """Name a widget: another language or another assessment is another widget, with nothing of this one in it."""
    return f"{part}-{identifier}-{c.language}-{state.mark()}"


def _on_screen(identifier: str, c: Catalogue) -> Draft | None:
    if not state.has_widget(_key(identifier, "choice", c)):
        return None
    return Draft(
        choice=state.widget(_key(identifier, "choice", c)),
        reason=state.widget(_key(identifier, "reason", c)) or "",
        evidence=state.widget(_key(identifier, "evidence", c)) or "none",
        comment=state.widget(_key(identifier, "comment", c)) or "",
    )


def _catch_up(identifier: str, stored: Answer | None, revision: int, c: Catalogue) -> None:
    """Show what is stored, unless something here was changed that is not saved yet."""
    known, screen = state.seen(identifier), _on_screen(identifier, c)
    untouched = screen is None or (known is not None and _same(screen, draft_of(known.answer)))
    if screen is not None and known is not None and known.revision == revision:
        return
    if untouched or known is None:
        waiting = state.held(identifier)
        _show(identifier, waiting if screen is None and isinstance(waiting, Draft) else draft_of(stored), c)
        state.note(identifier, stored, revision)


def _same(one: Draft, other: Draft) -> bool:
    if ASIDE not in (one.choice, other.choice):
        one, other = replace(one, reason=""), replace(other, reason="")
    return one == other


def _show(identifier: str, draft: Draft, c: Catalogue) -> None:
    state.set_widget(_key(identifier, "choice", c), draft.choice)
    state.set_widget(_key(identifier, "reason", c), draft.reason)
    state.set_widget(_key(identifier, "evidence", c), draft.evidence)
    state.set_widget(_key(identifier, "comment", c), draft.comment)


def _head(question: Question, number: str, c: Catalogue) -> None:
    st.header(f"{number} · {plain(question.label.localize(c.language))}", anchor=False, divider=False)
    if question.help:
        st.markdown(plain(question.help.localize(c.language)))


def _widgets(known: Questionnaire, question: Question, c: Catalogue) -> Draft:
    words = {UNKNOWN: c.t("We don't know"), ASIDE: c.t("Does not apply to us")}
    for value in question.control().options:
        words[word_of(value)] = _option(known, question, value, c)
    options = [word_of(value) for value in question.control().options] + [UNKNOWN, ASIDE]
    choice = st.radio(
        question.label.localize(c.language),
        options,
        format_func=words.__getitem__,
        key=_key(question.id, "choice", c),
        label_visibility="collapsed",
    )
    reason_key = _key(question.id, "reason", c)
    reason = str(state.widget(reason_key) or "")
    if choice == ASIDE:
        reason = st.text_input(c.t("Why does this not apply? (needed)"), key=reason_key, max_chars=LONGEST)
    evidence_key, comment_key = _key(question.id, "evidence", c), _key(question.id, "comment", c)
    filled = bool(state.widget(comment_key)) or state.widget(evidence_key) not in (None, "none")
    title = c.t("Evidence and comment (filled in)") if filled else c.t("Evidence and comment")
    with st.expander(title, icon=":material/edit_note:", key=f"more-{question.id}-{c.language}"):
        if question.evidence:
            st.markdown(
                c.t(
                    "**What to look for:** {evidence}", evidence=plain(question.evidence.localize(c.language))
                )
            )
        evidence = st.radio(
            c.t("What is the answer based on?"),
            list(EVIDENCE),
            format_func=lambda kind: c.t(EVIDENCE[kind]),
            horizontal=True,
            key=evidence_key,
        )
        comment = st.text_area(c.t("Comment"), key=comment_key, max_chars=LONGEST, height=100)
    return Draft(choice, reason, evidence, comment)


def _option(known: Questionnaire, question: Question, value: Value, c: Catalogue) -> str:
    if isinstance(question, LevelQuestion):
        return f"**{value}** · {plain(question.anchors[int(value)].localize(c.language))}"
    return spoken(value, c)


def _keep(opened: Assessment, question: Question, draft: Draft, c: Catalogue) -> None:
    """Save the draft if it differs from what was seen, and say what came of it."""
    known = state.seen(question.id)
    before = draft_of(known.answer if known else None)
    state.hold(question.id, draft if draft.lacks_reason else None)
    if draft.lacks_reason:
        st.warning(
            c.t("Not saved yet: please say in the field above why this does not apply."),
            icon=":material/pending:",
        )
        return
    if not _same(draft, before):
        answer = answer_of(question, draft)
        try:
            result = state.save(opened, answer)
        except StoreError as error:
            tell(error, c)
            st.badge(c.t("Not saved"), icon=":material/cloud_off:", color="red")
            return
        if isinstance(result, Conflict):
            _offer_both(opened, question, result, c)
            return
        state.note(question.id, answer, result.revision)
        if (before.choice is None) != (draft.choice is None):
            st.rerun()  # progress has changed
    if draft != Draft():
        st.badge(c.t("Saved"), icon=":material/cloud_done:", color="green")


def _offer_both(opened: Assessment, question: Question, conflict: Conflict, c: Catalogue) -> None:
    theirs = conflict.stored
    said: dict[Literal["given", "unknown", "not_applicable", "open"], str] = {
        "given": spoken(theirs.value, c),
        "unknown": c.t("We don't know"),
        "not_applicable": c.t("Does not apply to us"),
        "open": c.t("open"),
    }
    st.warning(
        c.t(
            "This answer was changed elsewhere in the meantime, to: {answer}. Yours is not saved yet. Which one shall stand?",
            answer=f"**{plain(said[theirs.state])}**"
            + (f" ({plain(theirs.comment)})" if theirs.comment else ""),
        ),
        icon=":material/sync_problem:",
    )

    def take_theirs() -> None:
        _show(question.id, draft_of(theirs), c)
        state.note(question.id, theirs, conflict.revision)

    def take_mine() -> None:
        state.note(question.id, theirs, conflict.revision)

    with st.container(horizontal=True):
        st.button(c.t("Keep the other answer"), key=f"theirs-{question.id}", on_click=take_theirs)
        st.button(c.t("Save my answer"), key=f"mine-{question.id}", on_click=take_mine, type="primary")
