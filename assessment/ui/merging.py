"""What named people answered, put together with the assessment: question by question, and nothing is overwritten unasked."""

from collections.abc import Iterable
from datetime import datetime

import streamlit as st

from assessment.answers import Answer
from assessment.charts import is_code
from assessment.contributions import Contributed, Difference, differences
from assessment.document.blocks import Column, Line, Table
from assessment.document.choices import ASIDE, BASED_ON, CONFIDENCE, UNKNOWN
from assessment.document.saying import saying
from assessment.i18n import Catalogue
from assessment.questionnaire import Questionnaire
from assessment.store import Assessment, Conflict, Contributor
from assessment.ui import blocks, leading, state
from assessment.ui.words import plain

AT_ONCE = 20
"""So many questions that wait for a decision are drawn at once; the next come as these are decided."""
KEEP = "keep"
BY = "by-"
NOTE = "merge-note"
"""Under this name the session keeps what the last command came to, until it was told."""


def merge(opened: Assessment, known: Questionnaire, everybody: tuple[Contributor, ...], c: Catalogue) -> None:
    """Draw what the contributions say, first what waits for a decision."""
    found = differences(known, opened.sheet, (one.contribution for one in everybody))
    of = {kind: [each for each in found if each.kind == kind] for kind in ("conflict", "new", "not_asked")}
    _told(c)
    st.header(c.t("Put together"), anchor=False)
    if not found:
        st.caption(c.t("Nobody has answered anything yet."))
        return
    _conflicts(opened, known, everybody, of["conflict"], c)
    _new(opened, known, of["new"], c)
    rest = len(found) - len(of["conflict"]) - len(of["new"]) - len(of["not_asked"])
    if rest:
        st.caption(
            c.n(
                "To one question nothing is to be decided: what was said stands there, or you have decided it.",
                "To {count} questions nothing is to be decided: what was said stands there, or you have decided it.",
                rest,
            )
        )
    if of["not_asked"]:
        with st.expander(
            c.n(
                "One question was answered that is not asked as things stand",
                "{count} questions were answered that are not asked as things stand",
                len(of["not_asked"]),
            )
        ):
            _table(known, of["not_asked"], c, key="not-asked")


def _told(c: Catalogue) -> None:
    note = state.shown(NOTE)
    if note is None:
        return
    state.note_shown(NOTE, None)
    if note == "choose":
        st.warning(c.t("Please choose first what shall stand."), icon=":material/edit:")
    else:
        st.warning(
            c.t(
                "An answer was changed elsewhere in the meantime, so it was left as it is. Look at it again."
            ),
            icon=":material/sync_problem:",
        )


def _conflicts(
    opened: Assessment,
    known: Questionnaire,
    everybody: tuple[Contributor, ...],
    found: list[Difference],
    c: Catalogue,
) -> None:
    if not found:
        return
    st.subheader(
        c.n("One question waits for your decision", "{count} questions wait for your decision", len(found)),
        anchor=False,
    )
    for each in found[:AT_ONCE]:
        _conflict(opened, known, everybody, each, c)
    more = len(found) - AT_ONCE
    if more > 0:
        st.caption(
            c.n("One more comes as these are decided.", "{count} more come as these are decided.", more)
        )


def _conflict(
    opened: Assessment,
    known: Questionnaire,
    everybody: tuple[Contributor, ...],
    each: Difference,
    c: Catalogue,
) -> None:
    offers = {f"{BY}{one.answer.respondent}": one for one in each.offered}
    shown = "-".join(str(_stamp(one.answer.at)) for one in each.offered)
    key = f"take-{each.question}-{opened.revision(each.question)}-{shown}-{c.language}"
    labels = {KEEP: _stored(known, each, c)}
    labels |= {name: _offered(known, one, c) for name, one in offers.items()}
    captions = [_about(each.stored, None, c) if _stands(each.stored) else ""]
    captions += [_about(one.answer, one, c) for one in offers.values()]
    label = known.questions_by_id[each.question].label.localize(c.language)
    seen = opened.revision(each.question)
    concerned = _concerned(everybody, each.question)

    def decide() -> None:
        chosen = state.widget(key)
        if chosen is None:
            state.note_shown(NOTE, "choose")
            return
        if chosen != KEEP and chosen in offers:
            result = state.writing().save_answer(opened.id, offers[chosen].answer, seen=seen)
            if isinstance(result, Conflict):
                state.note_shown(NOTE, "changed")
                return
        state.writing().contributions.settle(opened.id, each.question, shown=concerned)

    with st.form(f"conflict-{each.question}", border=True):
        code = f"{each.question.upper()} · " if is_code(each.question) else ""
        st.markdown(f"**{code}{plain(label)}**")
        st.radio(
            label,
            list(labels),
            format_func=labels.__getitem__,
            captions=captions,
            index=None,
            key=key,
            label_visibility="collapsed",
        )
        st.form_submit_button(
            c.t("Let this stand"), icon=":material/check:", on_click=leading.asks(decide), key=f"decide-{key}"
        )


def _concerned(everybody: Iterable[Contributor], question: str) -> tuple[tuple[str, datetime], ...]:
    """Return whose answers a decision on a question is about, each with when it was given as it is shown."""
    return tuple(
        (person.id, one.answer.at)
        for person in everybody
        for one in person.contribution.answers
        if one.answer.question == question and one.answer.at is not None
    )


def _stamp(at: datetime | None) -> int:
    return int(at.timestamp() * 1000) if at else 0


def _stands(answer: Answer | None) -> bool:
    return answer is not None and answer.state != "open"


def _stored(known: Questionnaire, each: Difference, c: Catalogue) -> str:
    if each.stored is None or each.stored.state == "open":
        return c.t("Leave it open for now")
    return c.t("**Keep what stands there:** {answer}", answer=_line(known, each.stored, c))


def _offered(known: Questionnaire, one: Contributed, c: Catalogue) -> str:
    return c.t("**{name}:** {answer}", name=plain(one.answer.respondent), answer=_line(known, one.answer, c))


def _line(known: Questionnaire, answer: Answer, c: Catalogue) -> str:
    """Return an answer in one line."""
    match answer.state:
        case "unknown":
            return c.t(UNKNOWN)
        case "not_applicable":
            return f"{c.t(ASIDE)} ({plain(answer.reason)})"
        case _:
            if answer.value is None:
                return c.t("open")
            question = known.questions_by_id[answer.question]
            return plain(saying(question, answer.value, c=c, language=c.language).line)


def _about(answer: Answer | None, one: Contributed | None, c: Catalogue) -> str:
    """Return who gave an answer and when, how sure they were, on what it is based, and their comment."""
    if answer is None:
        return ""
    said = [plain(answer.respondent)] if one is None and answer.respondent else []
    if answer.at is not None:
        said.append(state.moment(answer.at))
    if one is not None and one.confidence is not None:
        said.append(c.t(CONFIDENCE[one.confidence]))
    if answer.evidence != "none":
        said.append(c.t(BASED_ON[answer.evidence]))
    if answer.comment.strip():
        said.append(c.t("“{name}”", name=plain(" ".join(answer.comment.split()))))
    return " · ".join(said)


def _new(opened: Assessment, known: Questionnaire, found: list[Difference], c: Catalogue) -> None:
    """Draw the answers on which nobody differs and nothing stands yet, and the way to take them over."""
    if not found:
        return
    st.subheader(
        c.n("One answer is new", "{count} answers are new", len(found)),
        anchor=False,
    )
    st.markdown(c.t("Nothing stands there yet, and nobody who was asked says otherwise."))
    _table(known, found, c, key="new")

    def take() -> None:
        left = [
            each.question
            for each in found
            if isinstance(
                state.writing().save_answer(
                    opened.id, each.offered[-1].answer, seen=opened.revision(each.question)
                ),
                Conflict,
            )
        ]
        state.note_shown(NOTE, "changed" if left else None)

    st.button(
        c.n("Take it over", "Take all {count} over", len(found)),
        type="primary",
        icon=":material/done_all:",
        on_click=leading.asks(take),
        key="take-new",
    )


def _table(known: Questionnaire, found: list[Difference], c: Catalogue, *, key: str) -> None:
    rows = tuple(
        (
            (Line(text=known.questions_by_id[each.question].label.localize(c.language)),),
            tuple(Line(text=_words(known, one.answer, c)) for one in each.offered),
            tuple(Line(text=_by(one, c)) for one in each.offered),
        )
        for each in found
    )
    table = Table(
        summary=c.t("Answers of others"),
        columns=(
            Column(head=c.t("Question"), width=3),
            Column(head=c.t("Answer"), width=3),
            Column(head=c.t("Who"), width=3),
        ),
        rows=rows,
    )
    with st.expander(
        c.n("The answer", "The {count} answers", len(found)), key=f"{key}-{c.language}", expanded=key == "new"
    ):
        blocks.show([table], key=f"merge-{key}")


def _words(known: Questionnaire, answer: Answer, c: Catalogue) -> str:
    """Return an answer in one line, for where nothing is markup."""
    if answer.value is not None:
        question = known.questions_by_id[answer.question]
        return saying(question, answer.value, c=c, language=c.language).line
    return f"{c.t(ASIDE)} ({answer.reason})" if answer.state == "not_applicable" else c.t(UNKNOWN)


def _by(one: Contributed, c: Catalogue) -> str:
    said = [one.answer.respondent]
    said += [c.t(CONFIDENCE[one.confidence])] if one.confidence else []
    said += [c.t(BASED_ON[one.answer.evidence])] if one.answer.evidence != "none" else []
    said += [" ".join(one.answer.comment.split())] if one.answer.comment.strip() else []
    return " · ".join(said)
