"""What the store gives back of contributions, and how their answers become rows and are made from them."""

from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from assessment.answers import AnswerSheet
from assessment.contributions import Contributed, Contribution
from assessment.store.records import answer_as_row, answer_from_row
from assessment.values import Id, Language, Model


class Invited(Model):
    """A personal link, and the only time its token is known."""

    contribution: str
    token: str
    until: datetime


class Contributor(Model):
    """What somebody contributed, and how."""

    contribution: Contribution
    until: datetime | None = None
    """Until when their personal link opens; None if they handed in a file."""
    is_revoked: bool = False
    """Their link was taken back; what they answered until then is kept."""

    @property
    def id(self) -> str:
        """The contribution's id."""
        return self.contribution.id

    @property
    def is_by_link(self) -> bool:
        """Whether they answer by a personal link, and not in a file."""
        return self.until is not None

    def is_open(self, now: datetime) -> bool:
        """Say whether their link still opens."""
        return self.until is not None and not self.is_revoked and now <= self.until

    @property
    def answered(self) -> int:
        """Questions that they said something to."""
        return sum(one.answer.state != "open" for one in self.contribution.answers)


class Invitation(Model):
    """What somebody sees who opens a personal link: the questions' frame, and their own answers alone."""

    contribution: Contribution
    assessment: str
    organisation: str
    language: Language
    """The language that the assessment was made in."""
    until: datetime
    only: tuple[Id, ...] | None = None
    """What is asked, where the assessment is a pulse; None where everything is."""
    sheet: AnswerSheet
    """Their own answers under the facts of the organisation, which decide what is asked."""


def contributed_as_row(one: Contributed) -> dict[str, Any]:
    """Return the columns of an answer in a contribution; whose it is stands with the contribution."""
    row = answer_as_row(one.answer)
    del row["respondent"]
    return {**row, "confidence": one.confidence, "settled": one.settled}


def contributed_from_row(row: RowMapping, respondent: str) -> Contributed:
    """Return an answer of a contribution, with who gave it and when."""
    answer = answer_from_row({**row, "respondent": respondent})
    return Contributed(answer=answer, confidence=row["confidence"], settled=row["settled"])
