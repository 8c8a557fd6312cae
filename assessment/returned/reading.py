"""A form that somebody filled in, read by its marks: what is understood is taken, what is not is told cell by cell."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from assessment.authoring.opening import Book, book_in
from assessment.contributions import Contributed, Contribution
from assessment.document.form_marks import BELOW, DAY, EDITION, FORMAT, NAME, ROLE, SHEET
from assessment.errors import AnswersError, Problem, QuestionnaireError
from assessment.i18n import Catalogue, catalogue, varieties
from assessment.loader.marks import read_bytes
from assessment.questionnaire import Questionnaire
from assessment.returned.answering import answered
from assessment.returned.cells import Line, lines_of, text_of
from assessment.returned.days import day_in
from assessment.values import Model


class Returned(Model):
    """A form that came back."""

    file: str
    contribution: Contribution
    """What was understood; under the file's name, if the form bears none."""
    short: bool
    """It was the short version."""
    notices: tuple[Problem, ...] = ()
    """What one should know, though every answer was read."""
    problems: tuple[Problem, ...] = ()
    """What was not understood, and is in none of the answers."""

    @property
    def answers(self) -> tuple[Contributed, ...]:
        """What was answered, without the questions that bear a comment alone."""
        return tuple(one for one in self.contribution.answers if one.answer.state != "open")


def read_form_file(path: Path, *, questionnaire: Questionnaire, received_at: datetime) -> Returned:
    """Read a form from a file; see `read_form`.

    Raises:
        AnswersError: it cannot be read, or is no form of this questionnaire.
    """
    raw = read_bytes(path)
    if isinstance(raw, Problem):
        raise AnswersError([raw])
    return read_form(raw, str(path), questionnaire=questionnaire, received_at=received_at)


def read_form(raw: bytes, file: str, *, questionnaire: Questionnaire, received_at: datetime) -> Returned:
    """Read a form that somebody hands in; nothing in it is run.

    Raises:
        AnswersError: it is no workbook, is too large, or is no form of this questionnaire.
    """
    try:
        book = book_in(raw, file)
    except QuestionnaireError as error:
        raise AnswersError(error.problems) from None
    data = _data(book)
    problem = _another(data, questionnaire)
    if problem is not None:
        raise AnswersError([replace(problem, file=file)])
    tongues = _tongues(data.get("language", ""), questionnaire)
    problems: list[Problem] = []
    notices = list(_notices(data, questionnaire))
    found: dict[str, Line] = {}
    for each in lines_of(book):
        found[each.id] = _merged(found[each.id], each, problems) if each.id in found else each
    name, role, at = _who(found, file, tongues, received_at, problems)
    answers = []
    below: defaultdict[str, dict[str, Line]] = defaultdict(dict)
    for each in found.values():
        above, is_item, item = each.id.partition(BELOW)
        if is_item:
            below[above][item] = each
    for question in questionnaire.answerable.values():
        line = found.pop(question.id) if question.id in found else None
        items = below.get(question.id, {})
        for each in items.values():
            found.pop(each.id, None)
        if line is None and not items:
            continue
        one, wrong = answered(question, line, items, questionnaire, tongues)
        problems += wrong
        if one is not None:
            answer = one.answer.model_copy(update={"respondent": name, "at": at})
            answers.append(one.model_copy(update={"answer": answer}))
    problems += [_gone(line) for line in found.values() if line.is_filled]
    return Returned(
        file=file,
        contribution=Contribution(
            id="", respondent=name, role=role, received_at=received_at, answers=tuple(answers)
        ),
        short=data.get("short") == "yes",
        notices=tuple(replace(one, file=file) for one in notices),
        problems=tuple(replace(one, file=file) for one in problems),
    )


def _data(book: Book) -> dict[str, str]:
    grid = book.grid(SHEET)
    return {text_of(row.cells.get(1)): text_of(row.cells.get(2)) for row in grid.rows} if grid else {}


def _another(data: dict[str, str], questionnaire: Questionnaire) -> Problem | None:
    """Return what is wrong if this is no form of this questionnaire."""
    if data.get("format") != FORMAT:
        return Problem(
            "this workbook is no form that this program has made: its hidden sheet “{sheet}” is missing.",
            "Take a form from the page of contributions or with `assessment form`, and fill it in.",
            values={"sheet": SHEET},
        )
    edition = data.get("edition", "")
    if edition != str(EDITION):
        return Problem(
            "the form was made by another version of this program (form {theirs}, this one reads {ours}).",
            "Read it with the newer version, or take a new form.",
            values={"theirs": edition[:20], "ours": EDITION},
        )
    given = data.get("questionnaire", "")
    if given != questionnaire.id:
        return Problem(
            "the form belongs to the questionnaire “{theirs}”, not to “{ours}”.",
            "Hand it in where that questionnaire is open.",
            values={"theirs": given[:80], "ours": questionnaire.id},
        )
    return None


def _notices(data: dict[str, str], questionnaire: Questionnaire) -> Iterator[Problem]:
    version = data.get("version", "")
    if version != questionnaire.version:
        yield Problem(
            "the form was made for version {theirs} of the questionnaire; this is version {ours}.",
            "Answers to questions that still exist were read. Look whether they still mean the same.",
            values={"theirs": version[:40], "ours": questionnaire.version},
        )


def _tongues(language: str, questionnaire: Questionnaire) -> list[Catalogue]:
    """Return the languages in which something may be said, that of the form first."""
    known = [code for code in varieties() if code in questionnaire.languages]
    first = [code for code in varieties() if code == language]
    return [catalogue(code) for code in dict.fromkeys([*first, *known])] or [catalogue("en")]


def _merged(one: Line, other: Line, problems: list[Problem]) -> Line:
    """Return the line that is filled in; if both are and say different things, tell it."""
    if not other.is_filled:
        return one
    if one.is_filled and one.contents != other.contents:
        problems.append(
            Problem(
                "the question “{question}” stands here a second time, with another answer.",
                "Keep one of the two rows; the first was read.",
                at=other.at("answer"),
                values={"question": other.id},
            )
        )
        return one
    return other


def _gone(line: Line) -> Problem:
    return Problem(
        "there is no question “{question}” in this questionnaire, so the answer was not read.",
        "Answer the questions of the present version, or copy what is still of use into a comment.",
        at=line.at("answer"),
        values={"question": line.id},
    )


def _who(
    found: dict[str, Line],
    file: str,
    tongues: list[Catalogue],
    received_at: datetime,
    problems: list[Problem],
) -> tuple[str, str, datetime]:
    """Return who filled the form in, in which role, and when."""
    name_line, role_line, day_line = (
        found.pop(mark) if mark in found else None for mark in (NAME, ROLE, DAY)
    )
    name, role = (line.text("answer", problems).strip() if line else "" for line in (name_line, role_line))
    if not name:
        name = Path(file).stem
        problems.append(
            Problem(
                "the form does not say who filled it in.",
                "Write the name on the first sheet. Until then the answers stand under the name of the file.",
                at=name_line.at("answer") if name_line else "",
            )
        )
    day = day_in(day_line, tongues, problems) if day_line else None
    if day is not None and day_line is not None and day > _day_of(received_at):
        problems.append(
            Problem(
                "the day {day} has not come yet.",
                "Correct it. Until then the day counts on which the form was handed in.",
                at=day_line.at("answer"),
                values={"day": day.isoformat()},
            )
        )
        day = None
    at = received_at if day is None or day == _day_of(received_at) else datetime.combine(day, time(12), UTC)
    return name[:300], role[:300], at


def _day_of(moment: datetime) -> date:
    return moment.date()
