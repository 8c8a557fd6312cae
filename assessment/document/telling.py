"""A report told in one language: names of things, numbers that say how sure they are, months of the plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.charts import index_said, month_after, range_said
from assessment.charts.axes import digits_of
from assessment.document.blocks import Anchor
from assessment.document.parts import EVERYTHING, Parts
from assessment.document.saying import Saying, saying
from assessment.i18n import MISSING, Catalogue
from assessment.questionnaire import Cap, Questionnaire
from assessment.questions import Value
from assessment.report import Report
from assessment.roadmap import SLOTS_PER_MONTH
from assessment.scoring import Limitation, Score
from assessment.values import Text, Variety

NAMED_AT_MOST = 3
"""So many names stand in a sentence; the rest is counted."""


@dataclass(frozen=True)
class Teller:
    """A report with the language it is told in."""

    report: Report
    language: Variety
    c: Catalogue
    parts: Parts = EVERYTHING
    """The chapters that there are to refer to."""

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that the report embeds."""
        return self.report.questionnaire

    @property
    def overall(self) -> Score:
        """The self-rated score of the whole."""
        return self.report.scorecard.overall

    @property
    def confirmed(self) -> Score:
        """The score of the whole as far as evidence confirms it."""
        return self.report.scorecard.confirmed

    @property
    def legal_is_assessed(self) -> bool:
        """Whether any legal topic has a light."""
        return any(topic.light != "not_assessed" for topic in self.report.legal)

    def say(self, text: Text) -> str:
        """Return a content text in this language."""
        return text.localize(self.language)

    def section(self, identifier: str) -> str:
        """Return a section's title."""
        return self.say(self.questionnaire.sections_by_id[identifier].title)

    def quoted(self, identifier: str) -> str:
        """Return a section's title in quotation marks."""
        return self.c.t("“{name}”", name=self.section(identifier))

    def question(self, identifier: str) -> str:
        """Return a question's wording, or a key figure's name."""
        return self.say(self.questionnaire.answerable[identifier].label)

    def answer(self, question: str, value: Value, *, inside: bool = False) -> Saying:
        """Return a value of a question as it is said; see `saying`."""
        known = self.questionnaire.answerable[question]
        return saying(known, value, c=self.c, language=self.language, inside=inside)

    def measure(self, identifier: str) -> str:
        """Return a measure's title."""
        return self.say(self.questionnaire.measures_by_id[identifier].title)

    def cap(self, identifier: str) -> Cap:
        """Return a condition that limits levels."""
        return next(cap for cap in self.questionnaire.caps if cap.id == identifier)

    def level_name(self, level: int) -> str:
        """Return a level's label."""
        return self.say(self.questionnaire.scale.at(level).label)

    def level(self, score: Score) -> str:
        """Return the level if enough is answered for one, else its range, else a dash."""
        if score.certain and score.level is not None:
            return self.c.number(score.level, 0)
        return self.levels_between(score)

    def levels_between(self, score: Score) -> str:
        """Return the lowest and the highest level that the answers not known leave open."""
        if score.level_low is None or score.level_high is None:
            return MISSING
        if score.level_low == score.level_high:
            return self.c.number(score.level_low, 0)
        return self.c.t("{low} to {high}", low=score.level_low, high=score.level_high)

    def point(self, score: Score, value: float | None) -> str:
        """Return a point of a score's index, with as many decimals as its range needs."""
        return index_said(self.questionnaire, score, value, c=self.c)

    def index(self, score: Score) -> str:
        """Return the index if enough is answered for a headline, else a dash."""
        return self.point(score, score.value if score.certain else None)

    def between(self, score: Score) -> str:
        """Return the index's range."""
        return range_said(score, c=self.c)

    def ends(self, score: Score) -> tuple[str, str]:
        """Return the lowest and the highest index that the answers not known leave open."""
        return self.points(score, score.low), self.points(score, score.high)

    def points(self, score: Score, amount: float | None) -> str:
        """Return a distance on a score's index, or a point of it whose range is known from elsewhere."""
        return self.c.number(amount, digits_of(score.bottom, score.top))

    def effort(self, low: float, high: float) -> str:
        """Return a range of person-days; a small one with its half days."""
        digits = 1 if high < FEW_DAYS and not (float(low).is_integer() and float(high).is_integer()) else 0
        return self.c.t(
            "{low} to {high} person-days", low=self.c.number(low, digits), high=self.c.number(high, digits)
        )

    def days(self, amount: float) -> str:
        """Return person-days as a number, with a decimal only where there is one."""
        return self.c.number(amount, 0 if amount == int(amount) else 1)

    def month(self, number: int) -> str:
        """Return the name of the plan's month, counted from 0."""
        return self.c.month(month_after(self.report.roadmap.capacity.start, number))

    def month_of_begin(self, slot: int) -> str:
        """Return the month in which this half-month lies."""
        return self.month(slot // SLOTS_PER_MONTH)

    def month_of_end(self, slot: int) -> str:
        """Return the month in which something ends whose first half-month after is this."""
        return self.month(max(slot - 1, 0) // SLOTS_PER_MONTH)

    def months(self, begin: int, end: int) -> str:
        """Return from which month to which something lasts, given its first half-month and the first after it."""
        first, last = self.month_of_begin(begin), self.month_of_end(end)
        return first if first == last else self.c.t("{begin} to {end}", begin=first, end=last)

    def some(self, names: Iterable[str], *, most: int = NAMED_AT_MOST) -> str:
        """Return the names as a list; beyond so many, the rest is counted, unless it is one."""
        every = list(names)
        if len(every) <= most + 1:
            return self.c.join(every)
        return self.c.t("{list} and {count} more", list=", ".join(every[:most]), count=len(every) - most)

    def holder(self, score: Score) -> Limitation | None:
        """Return what really holds a level: a limitation in force at exactly that level."""
        holding = [limit for limit in score.limited_by if limit.applies and limit.level == score.level]
        return min(holding, key=lambda limit: (limit.kind != "weakest", limit.source), default=None)


def anchor_of_measure(identifier: str) -> Anchor:
    """Return where a measure's card is found."""
    return f"measure-{identifier}"


def anchor_of_question(identifier: str) -> Anchor:
    """Return where the answer to a question is found."""
    return f"question-{identifier}"


def anchor_of_section(identifier: str) -> Anchor:
    """Return where a dimension's page is found."""
    return f"section-{identifier}"


DECISIONS: Anchor = "decisions"
GLANCE: Anchor = "glance"
CERTAINTY: Anchor = "certainty"
FEW_DAYS = 5
"""Below this, half days matter."""

LEGAL: Anchor = "legal-status"
ROADMAP: Anchor = "roadmap"
MEASURES: Anchor = "measures"
PROGRESS: Anchor = "progress"
ANSWERS: Anchor = "answers"
METHOD: Anchor = "method"
VALUE: Anchor = "value"
CHANGE: Anchor = "change"
PEOPLE: Anchor = "people"
