"""Forms to fill in without this app: taken along in each language, and handed in again, several at once."""

import hashlib
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from assessment.errors import MOST_TOLD, AnswersError
from assessment.exports.form import render_form
from assessment.i18n import Catalogue, catalogue, languages
from assessment.questionnaire import Questionnaire
from assessment.returned import Returned, read_form
from assessment.store import Assessment, Contributor
from assessment.ui import leading, state
from assessment.ui.frame import tell
from assessment.ui.offered import questionnaire
from assessment.ui.words import plain

TURN = "forms-turn"
"""Under this name the session keeps how often forms were taken in: the field for them is empty after each time."""
DONE = "forms-done"
"""Under this name the session keeps which of the forms on the page were taken in already."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEW = 5
"""So many problems of a form are shown at once; the others are folded away."""


def take_along(opened: Assessment, known: Questionnaire, c: Catalogue) -> None:
    """Draw the ways to get the form, one for each language."""
    st.header(c.t("A form to fill in"), anchor=False)
    st.markdown(
        c.t(
            "A workbook for people without access: every question with its help and anchors, and lists to choose from. It works in Excel "
            "and LibreOffice, and in whichever language it is filled in, it can be handed in here."
        )
    )
    with st.container(horizontal=True):
        for code in (one for one in languages() if one in known.languages):
            edition = "-short" if opened.sheet.short else ""
            st.download_button(
                catalogue(code).own_name,
                partial(_form, known.id, code, short=opened.sheet.short),
                f"{known.id}{edition}-{code}.xlsx",
                XLSX,
                icon=":material/download:",
                on_click="ignore",
                key=f"form-{code}",
                help=c.t("Download the form in this language"),
            )


def _form(identifier: str, language: str, *, short: bool) -> bytes:
    return render_form(questionnaire(identifier), language, on=date.today(), short=short)  # noqa: DTZ011 - the day on the wall


@st.cache_data(max_entries=32, show_spinner=False)
def _read(raw: bytes, name: str, identifier: str, at: datetime) -> Returned:
    return read_form(raw, name, questionnaire=questionnaire(identifier), received_at=at)


def take_in(
    opened: Assessment, known: Questionnaire, everybody: tuple[Contributor, ...], c: Catalogue
) -> None:
    """Draw the field for forms that came back, what is in them, and the way to take them in."""
    turn = int(state.shown(TURN) or 0)
    with st.expander(c.t("Forms that came back"), icon=":material/upload_file:", key=f"forms-{c.language}"):
        files = st.file_uploader(
            c.t("Filled-in forms (.xlsx), several at once"),
            type=["xlsx"],
            accept_multiple_files=True,
            key=f"forms-{turn}",
        )
    found: dict[str, Returned] = {}
    since = f"forms-since-{turn}"
    at: datetime = state.shown(since) or datetime.now(UTC)
    if files:  # when the first of these came: with the time of each drawing, all would be read anew
        state.note_shown(since, at)
    for file in files or []:
        try:
            back = _read(file.getvalue(), file.name, known.id, at)
        except AnswersError as error:
            tell(error, c)
            continue
        _what(back, c)
        found[hashlib.sha256(file.getvalue()).hexdigest()] = back
    if not found:
        return
    before = {one.contribution.respondent for one in everybody if not one.is_by_link}
    again = {one.contribution.respondent for one in found.values()} & before
    replace = bool(again) and st.toggle(
        c.t("Replace what {list} handed in before", list=c.join(plain(name) for name in sorted(again))),
        key=f"forms-replace-{turn}",
    )
    count = sum(len(one.answers) for one in found.values())

    def keep() -> None:
        done: tuple[str, ...] = state.shown(DONE) or ()
        for digest, one in found.items():
            if digest in done:  # after the database was away, one is not taken in twice
                continue
            name = one.contribution.respondent
            # What was handed in before is replaced by the first file under the name; a second one of these files stands beside it.
            stands = any(name == found[each].contribution.respondent for each in done if each in found)
            state.store().contributions.add(
                opened.id, one.contribution, replace=replace and name in again and not stands
            )
            done = (*done, digest)
            state.note_shown(DONE, done)
        state.note_shown(DONE, ())
        state.note_shown(TURN, turn + 1)

    st.button(
        c.n("Take in one answer", "Take in {count} answers", count),
        type="primary",
        icon=":material/move_to_inbox:",
        on_click=leading.asks(keep),
        key="take-in",
        disabled=not any(one.contribution.answers for one in found.values()),
    )
    st.caption(c.t("Nothing of the assessment is changed by this; you then decide question by question."))


def _what(back: Returned, c: Catalogue) -> None:
    who = back.contribution
    said = c.n("one answer", "{count} answers", len(back.answers))
    role = f" ({who.role})" if who.role else ""
    st.markdown(f":material/description: **{plain(who.respondent + role)}** · {said} · {plain(back.file)}")
    for notice in back.notices:
        st.info(plain(notice.text(c.t)), icon=":material/info:")
    for problem in back.problems[:FEW]:
        st.warning(plain(problem.text(c.t)), icon=":material/error:")
    more = back.problems[FEW:]
    if more:
        with st.expander(c.n("One more problem", "{count} more problems", len(more))):
            for problem in more[:MOST_TOLD]:
                st.warning(plain(problem.text(c.t)), icon=":material/error:")
            if len(more) > MOST_TOLD:
                st.caption(c.n("One more problem.", "{count} more problems.", len(more) - MOST_TOLD))
    if back.problems:
        st.caption(
            c.t(
                "What is told here is in none of the answers. Correct the form and hand it in again, or take in the rest."
            )
        )
