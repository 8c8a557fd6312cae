"""What a workshop's screens say about roles, questions and time."""

from datetime import UTC, datetime

from assessment.document.saying import saying
from assessment.i18n import N_, Catalogue
from assessment.questions import LevelQuestion, Question, Value
from assessment.store import Live
from assessment.ui.words import plain
from assessment.workshop import Role

ROLE_NAMES: dict[Role, str] = {
    "agent": N_("Customer service agent"),
    "team-lead": N_("Team lead"),
    "planner": N_("Planning and steering"),
    "it": N_("IT"),
    "data-protection": N_("Data protection"),
    "works-council": N_("Works council"),
    "management": N_("Management"),
    "other": N_("Another role"),
}


def option_said(question: Question, value: Value, c: Catalogue) -> tuple[str, str]:
    """Return a value's mark and its words: 3 and the anchor; nothing and yes."""
    if isinstance(question, LevelQuestion):
        return str(value), question.words(value)[0].localize(c.language)
    return "", saying(question, value, c=c, language=c.language).short


def value_said(question: Question, value: Value | None, c: Catalogue) -> str:
    """Return a value in one line, for a sentence; that it is not known where there is none."""
    return plain(value_named(question, value, c))


def value_named(question: Question, value: Value | None, c: Catalogue) -> str:
    """Return a value in one line, for a menu, which knows no markup."""
    if value is None:
        return c.t("We don't know")
    return saying(question, value, c=c, language=c.language).line


def value_short(question: Question, value: Value | None, c: Catalogue) -> str:
    """Return a value by its mark alone, where its words stand beside."""
    if value is None:
        return c.t("We don't know")
    return plain(saying(question, value, c=c, language=c.language).short)


def seconds_left(live: Live) -> int | None:
    """Return the seconds until the time is up, 0 when it is; None without a clock."""
    if live.until is None:
        return live.left or None
    return max(0, round((live.until - datetime.now(UTC)).total_seconds()))


def clock(seconds: int) -> str:
    """Return minutes and seconds as a clock shows them."""
    return f"{seconds // 60}:{seconds % 60:02d}"
