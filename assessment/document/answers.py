"""The appendix with every answer, its evidence and its comment."""

from collections.abc import Iterator

from assessment.answers import Answer, Evidence, applies
from assessment.document.blocks import Block, Cell, Column, Heading, Line, PageBreak, Paragraph, Table, cell
from assessment.document.findings import to_ask_again
from assessment.document.formula import weight_said
from assessment.document.telling import ANSWERS, Teller, anchor_of_question
from assessment.i18n import MISSING, N_
from assessment.questionnaire import Section
from assessment.questions import Question, TextQuestion

EVIDENCE: dict[Evidence, str] = {
    "none": N_("none"),
    "stated": N_("stated"),
    "documented": N_("documented"),
    "verified": N_("verified"),
}


def answers(tell: Teller) -> Iterator[Block]:
    """Yield every question that concerns the organisation, with what was answered."""
    c, progress = tell.c, tell.report.progress
    yield Heading(
        level=1,
        text=c.t(
            "{answered} of {asked} questions are answered",
            answered=c.number(progress.answered, 0),
            asked=c.number(progress.asked, 0),
        ),
        anchor=ANSWERS,
        eyebrow=c.t("Appendix"),
        short=c.t("All answers"),
    )
    yield Paragraph(
        text=c.t(
            "Questions that do not concern the organisation are left out. Comments stand as they were written."
        ),
        style="lede",
    )
    yield from to_ask_again(tell)
    for dimension in tell.questionnaire.sections:
        tables = list(_tables(tell, dimension))
        if tables:
            yield Heading(level=2, text=tell.section(dimension.id))
            yield from tables
    yield PageBreak()


def _tables(tell: Teller, dimension: Section) -> Iterator[Block]:
    c = tell.c
    for section in dimension.walk():
        concerned = [
            q for q in section.questions if applies(q, tell.questionnaire, tell.report.sheet) is not False
        ]
        if not concerned:
            continue
        if section.id != dimension.id:
            yield Heading(level=3, text=tell.section(section.id))
        yield Paragraph(text=standing(tell, section.id), style="small")
        yield Table(
            summary=c.t("Answers on {section}", section=tell.section(section.id)),
            columns=(
                Column(head=c.t("Question"), width=3),
                Column(head=c.t("Answer"), width=4.4),
                Column(head=c.t("Evidence"), width=1.2),
            ),
            rows=tuple(_row(tell, question) for question in concerned),
        )


def standing(tell: Teller, section: str) -> str:
    """Return where a section stands, in one line."""
    c, score = tell.c, tell.report.scorecard.of(section)
    if score.coverage is None:
        return c.t("Not scored.")
    return c.t(
        "Level {level}, index {value}, possible {range}; {share} of the weight is answered.",
        level=tell.level(score),
        value=tell.index(score),
        range=tell.between(score),
        share=c.percent(score.coverage),
    )


def _row(tell: Teller, question: Question) -> tuple[Cell, ...]:
    c, answer = tell.c, tell.report.sheet.by_question.get(question.id)
    asked = [Line(text=tell.say(question.label), tone="strong", anchor=anchor_of_question(question.id))]
    if not question.weight:
        gate = any(cap.question == question.id for cap in tell.questionnaire.caps)
        said = c.t("Condition; not part of the index") if gate else c.t("Not part of the index")
        asked.append(Line(text=said, tone="muted"))
    elif question.weight != 1:
        asked.append(Line(text=c.t("Weight {weight}", weight=weight_said(question.weight, c)), tone="muted"))
    evidence = c.t(EVIDENCE[answer.evidence]) if answer is not None and answer.state == "given" else MISSING
    return tuple(asked), tuple(_said(tell, question, answer)), cell(evidence)


def _said(tell: Teller, question: Question, answer: Answer | None) -> Iterator[Line]:
    c = tell.c
    if answer is None:
        yield Line(text=c.t("Not answered"), tone="muted")
        return
    match answer.state:
        case "open":
            yield Line(text=c.t("Not answered"), tone="muted")
        case "unknown":
            yield Line(text=c.t("Not known"), tone="muted")
        case "not_applicable":
            yield Line(text=c.t("Not applicable"), tone="muted")
            yield Line(text=answer.reason, tone="quote")
        case "given":
            yield from _given(tell, question, answer)
    if answer.comment.strip():
        yield Line(text=answer.comment, tone="quote")


def _given(tell: Teller, question: Question, answer: Answer) -> Iterator[Line]:
    if answer.value is None:
        return
    said = tell.answer(question.id, answer.value)
    yield Line(text=said.short, tone="quote" if isinstance(question, TextQuestion) else "strong")
    yield from (Line(text=text) for text in said.more)
