"""A whole client in one file: sites, what each weighs, and every assessment with all that belongs to it.

Questionnaires stand in it once each, however many assessments are compared with an earlier one.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from assessment.answers import Answer, AnswerSheet
from assessment.brand import UNBRANDED, Brand
from assessment.contributions import Contribution
from assessment.pulse import Asked
from assessment.questionnaire import Questionnaire
from assessment.report import Earlier, Subject
from assessment.roadmap import Terms
from assessment.values import Language, Model, Written
from assessment.workshop import Workshop

FORMAT = 1
"""The version of the file's form."""

MOST = 2_000_000_000
"""Contacts a year and heads at most."""

Many = Annotated[int, Field(ge=0, le=MOST)]


class KeptEarlier(Model):
    """An assessment that another is compared with."""

    questionnaire: Annotated[int, Field(ge=0)]
    """Its place among the file's questionnaires."""
    sheet: AnswerSheet
    subject: Subject


class KeptAssessment(Model):
    """An assessment with all that belongs to it but its private links, which are nobody else's."""

    id: Written
    """By this name others in the file follow it; it gets another one where it is taken in."""
    language: Language
    created_at: datetime | None = None
    changed_at: datetime | None = None
    subject: Subject
    sheet: AnswerSheet
    history: tuple[Answer, ...] = ()
    """Answers that later ones have replaced, of each question the oldest first."""
    plan: Terms | None = None
    brand: Brand = UNBRANDED
    earlier: KeptEarlier | None = None
    follows: Written = ""
    pulse: tuple[Asked, ...] | None = None
    workshop: Workshop | None = None
    contributions: tuple[Contribution, ...] = ()
    """What named people said apart, without the links by which some of them did."""
    next_step: Written = ""
    next_on: date | None = None
    archived_at: datetime | None = None


class KeptSite(Model):
    """A site with its assessments."""

    name: Written
    contacts: Many | None = None
    heads: Many | None = None
    assessments: tuple[KeptAssessment, ...] = ()


class ClientFile(Model):
    """A client as it is taken from one desk to another."""

    kind: Literal["client"] = "client"
    format: Literal[1] = 1
    name: Written
    note: Written = ""
    brand: Brand = UNBRANDED
    archived_at: datetime | None = None
    questionnaires: tuple[Questionnaire, ...] = ()
    sites: tuple[KeptSite, ...] = ()

    def earlier_of(self, kept: KeptAssessment) -> Earlier | None:
        """Return what an assessment is compared with, or None.

        Raises:
            IndexError: the file lacks its questionnaire.
        """
        found = kept.earlier
        if found is None:
            return None
        known = self.questionnaires[found.questionnaire]
        return Earlier(questionnaire=known, sheet=found.sheet, subject=found.subject)


class Pages:
    """Collects the questionnaires of a file, each once."""

    def __init__(self) -> None:
        self._found: list[Questionnaire] = []
        self._places: dict[str, int] = {}

    def keep(self, earlier: Earlier | None) -> KeptEarlier | None:
        """Return an earlier assessment with its questionnaire's place; that is kept if it was not yet."""
        if earlier is None:
            return None
        content = earlier.questionnaire.model_dump_json(by_alias=True)
        if content not in self._places:
            self._places[content] = len(self._found)
            self._found.append(earlier.questionnaire)
        return KeptEarlier(questionnaire=self._places[content], sheet=earlier.sheet, subject=earlier.subject)

    @property
    def questionnaires(self) -> tuple[Questionnaire, ...]:
        """All that were kept."""
        return tuple(self._found)
