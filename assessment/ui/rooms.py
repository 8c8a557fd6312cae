"""Where one is in the questionnaire: one capability a page, a long one on several."""

from collections.abc import Container
from dataclasses import dataclass, replace

from assessment.answers import AnswerSheet, asked
from assessment.questionnaire import Questionnaire, Section
from assessment.questions import Question

ON_A_PAGE = 25
"""So many questions stand on a page at most."""


@dataclass(frozen=True)
class Room:
    """The questions of one page."""

    section: Section
    part: int
    parts: int
    first: int
    """The number of its first question in the section, from 1."""
    questions: tuple[Question, ...]
    answered: int

    @property
    def key(self) -> str:
        """What the address carries."""
        return self.section.id if self.part == 0 else f"{self.section.id}.{self.part + 1}"

    def counted(self, sheet: AnswerSheet) -> "Room":
        """Return the page with what is answered on this sheet."""
        given = (sheet.by_question.get(question.id) for question in self.questions)
        return replace(self, answered=sum(each is not None and each.state != "open" for each in given))

    @property
    def is_done(self) -> bool:
        """Whether every question is answered, or said not to be known or not to apply."""
        return self.answered == len(self.questions)


def rooms_of(
    questionnaire: Questionnaire, sheet: AnswerSheet, *, only: Container[str] | None = None
) -> tuple[Room, ...]:
    """Return the pages with something to ask, in order; with `only`, of these questions alone."""
    wanted = {q.id for q in asked(questionnaire, sheet) if only is None or q.id in only}
    answered = {answer.question for answer in sheet.answers if answer.state != "open"}
    rooms = []
    for section in questionnaire.whole.walk():
        here = [question for question in section.questions if question.id in wanted]
        starts = range(0, len(here), ON_A_PAGE)
        for part, start in enumerate(starts):
            questions = tuple(here[start : start + ON_A_PAGE])
            rooms.append(
                Room(
                    section=section,
                    part=part,
                    parts=len(starts),
                    first=start + 1,
                    questions=questions,
                    answered=sum(question.id in answered for question in questions),
                )
            )
    return tuple(rooms)
