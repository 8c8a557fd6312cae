"""What stands out: the findings in words, one sentence for each kind; doubts with the question to ask."""

from collections.abc import Iterator
from itertools import groupby
from typing import assert_never

from assessment.document.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Line,
    Paragraph,
    Table,
    cell,
)
from assessment.document.telling import ANSWERS, VALUE, Teller, anchor_of_section
from assessment.findings import Finding, Kind
from assessment.questions import TextQuestion

SHOWN: dict[Kind, int] = {"imbalance": 1, "gap": 3, "blind_spot": 2, "strength": 3}
"""So many of each kind are told here; caps, possible caps and what is unproven have places of their own."""
DOUBTS: tuple[Kind, ...] = ("contradiction", "all_top", "straight_lining", "many_set_aside")
"""What the questionnaire's checks found; each is told with the question to ask."""


def what_stands_out(tell: Teller) -> Iterator[Block]:
    """Yield whether there is something to ask again, then the most telling findings; nothing if there is neither."""
    told = [
        finding
        for kind, most in SHOWN.items()
        for finding in [one for one in tell.report.findings if one.kind == kind][:most]
    ]
    lines = [Line(text=sentence(tell, finding), link=_place(tell, finding)) for finding in told]
    doubt = tuple(line.model_copy(update={"light": "amber"}) for line in a_word_of_doubt(tell))
    if doubt or lines:
        yield Heading(level=2, text=tell.c.t("What stands out"))
        yield Bullets(items=(*doubt, *lines))


def to_ask_again(tell: Teller) -> Iterator[Block]:
    """Yield every doubt: what was answered, and beside it the question to ask; nothing if there are none."""
    c, doubts = tell.c, doubts_of(tell)
    if not doubts:
        return
    yield Heading(
        level=2,
        text=c.n(
            "One point is worth asking about again",
            "{count} points are worth asking about again",
            len(doubts),
        ),
    )
    yield Paragraph(
        text=c.t("The result counts every answer as it was given. It is surer once these points are settled.")
    )
    yield Table(
        summary=c.t("Answers worth asking about again, each with the question to ask"),
        columns=(
            Column(head=c.t("What was answered"), width=3.4),
            Column(head=c.t("What to ask"), width=3.2),
        ),
        rows=tuple((_answered(tell, doubt), cell(follow_up(tell, doubt))) for doubt in doubts),
    )


def doubts_of(tell: Teller) -> tuple[Finding, ...]:
    """Return what the questionnaire's checks found, contradictions first."""
    return tuple(finding for finding in tell.report.findings if finding.kind in DOUBTS)


def a_word_of_doubt(tell: Teller) -> tuple[Line, ...]:
    """Return the line that lowers trust where the result is summed up, with the way to the questions; none without doubts."""
    count = len(doubts_of(tell))
    if not count:
        return ()
    text = tell.c.n(
        "One point in the answers is worth asking about again before you rely on the result.",
        "{count} points in the answers are worth asking about again before you rely on the result.",
        count,
    )
    return (Line(text=text, link=ANSWERS),)


def sentence(tell: Teller, finding: Finding) -> str:
    """Return a finding in words."""
    c, name = tell.c, tell.section(finding.section)
    score = tell.report.scorecard.of(finding.section)
    match finding.kind:
        case "imbalance":
            other = tell.section(finding.source or finding.section)
            return c.t(
                "“{weakest}” is far behind “{strongest}”; each holds the other back.",
                weakest=name,
                strongest=other,
            )
        case "gap":
            return c.t(
                "Gap: “{section}” stands at index {value}, possible {range}.",
                section=name, value=tell.index(score), range=tell.between(score),
            )  # fmt: skip
        case "strength":
            return c.t(
                "Strength: “{section}” stands at index {value}, possible {range}.",
                section=name, value=tell.index(score), range=tell.between(score),
            )  # fmt: skip
        case "blind_spot":
            return c.t(
                "Not known: “{section}” has questions nobody could answer; {share} is covered.",
                section=name,
                share=c.percent(score.coverage),
            )
        case "cap" | "possible_cap":
            return tell.say(tell.cap(finding.source or "").reason)
        case "unproven":
            return c.t("“{section}” is rated higher than its evidence confirms.", section=name)
        case "contradiction":
            return c.t("These answers hardly go together.")
        case "all_top":
            return c.t(
                "Every answer that counts in “{section}” is at its best, so far without proof.", section=name
            )
        case "straight_lining":
            return c.t(
                "The same answer stands {count} times in a row: {answer}.",
                count=len(finding.questions),
                answer=answer_in_words(tell, finding.questions[0]),
            )
        case "many_set_aside":
            return c.t(
                "{count} of {asked} questions were said not to apply.",
                count=len(finding.questions),
                asked=tell.report.progress.asked,
            )
        case _:
            assert_never(finding.kind)


def answer_in_words(tell: Teller, question: str) -> str:
    """Return the answer to a question in a few words."""
    c, asked = tell.c, tell.questionnaire.answerable[question]
    answer = tell.report.sheet.by_question.get(question)
    if answer is None or answer.value is None:
        state = answer.state if answer is not None else "open"
        words = {"unknown": c.t("not known"), "not_applicable": c.t("not applicable")}
        return words.get(state, c.t("not answered"))
    if isinstance(asked, TextQuestion):
        return c.t("answered in words")
    return tell.answer(question, answer.value, inside=True).short


def _answered(tell: Teller, doubt: Finding) -> Cell:
    """Return the claim and, below it, the questions concerned, each with its answer and a link."""
    c, named = tell.c, doubt.questions
    lines = [Line(text=sentence(tell, doubt), tone="strong")]
    if doubt.kind in ("contradiction", "all_top"):
        lines += [
            Line(
                text=c.t(
                    "{question} Answer: {answer}.",
                    question=tell.question(question),
                    answer=answer_in_words(tell, question),
                ),
                link=_page_of(tell, question),
            )
            for question in named
        ]
        return tuple(lines)
    if doubt.kind == "straight_lining":
        lines += [
            Line(
                text=c.t("First: {question}", question=tell.question(named[0])), link=_page_of(tell, named[0])
            ),
            Line(
                text=c.t("Last: {question}", question=tell.question(named[-1])),
                link=_page_of(tell, named[-1]),
            ),
        ]
    for dimension, group in groupby(named, key=lambda question: tell.questionnaire.path(question)[0]):
        text = c.n(
            "{section}: one question",
            "{section}: {count} questions",
            len(list(group)),
            section=tell.section(dimension),
        )
        lines.append(Line(text=text, link=anchor_of_section(dimension)))
    return tuple(lines)


def follow_up(tell: Teller, doubt: Finding) -> str:
    """Return the question to ask about a doubt."""
    return tell.say(next(check.follow_up for check in tell.questionnaire.checks if check.id == doubt.source))


def _place(tell: Teller, finding: Finding) -> str:
    return _page_of(tell, finding.section)


def _page_of(tell: Teller, identifier: str) -> str:
    """Return where the page is of the dimension in which this section or question stands, or that of the key figures."""
    if identifier in tell.questionnaire.figures_by_id:
        return VALUE
    return anchor_of_section(tell.questionnaire.path(identifier)[0])
