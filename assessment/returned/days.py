"""A day that somebody wrote, in whichever of the languages."""

import re
from datetime import date, datetime

from assessment.answers import FIRST_YEAR, LAST_YEAR
from assessment.authoring.opening import Content
from assessment.document.days import day_example
from assessment.errors import Problem
from assessment.i18n import Catalogue
from assessment.returned.cells import Line, shown, text_of


def day_in(line: Line, tongues: list[Catalogue], problems: list[Problem]) -> date | None:
    """Return the day in the line's answer; None for none, and for what is no day, which is told."""
    content = line.content("answer", problems)
    if content is None:
        return None
    found = _day_of(content, tongues[0].day_pattern)
    if found is not None and FIRST_YEAR <= found.year <= LAST_YEAR:
        return found
    problems.append(
        Problem(
            "“{value}” is no day.",
            "Write it for example as {example}.",
            at=line.at("answer"),
            values={
                "value": shown(text_of(content)),
                "example": day_example(tongues[0]),
            },
        )
    )
    return None


def _day_of(content: Content, pattern: str) -> date | None:
    if isinstance(content, datetime):
        return content.date()
    return content if isinstance(content, date) else _written(text_of(content), pattern)


def _written(text: str, pattern: str) -> date | None:
    parts = [int(part) for part in re.findall(r"\d{1,4}", text)]
    if len(parts) != 3 or re.fullmatch(r"[\d\s./-]+", text) is None:
        return None
    if len(re.findall(r"\d+", text)[0]) == 4:
        year, month, day = parts
    else:
        order = [part for part in re.split(r"\W", pattern) if part]
        named = dict(zip(order, parts, strict=True))
        year, month, day = named["YYYY"], named["MM"], named["DD"]
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
