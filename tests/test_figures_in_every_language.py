"""Every figure of a report is the same in every language: only words and signs differ."""

import re
from collections import Counter
from functools import cache

import pytest

from assessment.document import compose
from assessment.document.blocks import Block, Heading, OnePage
from assessment.document.plain import _lines
from assessment.document.telling import LEGAL, METHOD
from assessment.loader import read_sample
from assessment.report import Earlier, Report, assess, with_trade_off
from assessment.roadmap import Capacity
from tests.report_samples import HELD, START

FIGURE = re.compile("(?<![\\w.,])[+\u2212\u00b1]?\\d+(?:[.,'\u2019\u00a0\u202f]\\d+)*")
CITING = frozenset({LEGAL, METHOD})
"""Chapters that cite laws and sources, which each language does in its own way: "Art. 26 and 26(7)", "§ 26, Abs. 7"."""


@cache
def report(sample: str) -> Report:
    questionnaire, sheet, subject = read_sample(sample, language="en")
    earlier = Earlier(
        questionnaire=questionnaire,
        sheet=sheet.with_answers(sheet.answers[::3]),
        subject=subject.model_copy(update={"held_on": HELD.replace(year=2025)}),
    )
    made = assess(
        questionnaire, sheet, subject=subject, capacity=Capacity(start=START, per_month=12), earlier=earlier
    )
    return with_trade_off(made)


def figures(sample: str, language: str) -> list[tuple[str, Counter[str]]]:
    """Return, block by block, how often each figure stands there, without the signs between its digits."""
    chapter, found = "", []
    for block in compose(report(sample), language).blocks:
        chapter = _chapter(block) or chapter
        if chapter not in CITING:
            text = "\n".join(_lines(block))
            found.append(
                (chapter, Counter(re.sub(r"[.,'’\u00a0\u202f]", "", each) for each in FIGURE.findall(text)))
            )
    return found


def _chapter(block: Block) -> str:
    parts = block.blocks if isinstance(block, OnePage) else (block,)
    return next((part.anchor or "" for part in parts if isinstance(part, Heading) and part.level == 1), "")


@pytest.mark.parametrize("language", ["de", "nl", "de-CH"])
@pytest.mark.parametrize("sample", ["nordlicht", "seeblick"])
def test_every_figure_is_the_same_in_every_language(sample: str, language: str) -> None:
    english, other = figures(sample, "en"), figures(sample, language)
    assert [chapter for chapter, _ in english] == [chapter for chapter, _ in other]
    differing = [
        (chapter, ours - theirs, theirs - ours)
        for (chapter, ours), (_, theirs) in zip(english, other, strict=True)
        if ours != theirs
    ]
    assert differing == []
    assert sum(count for _, each in english for count in each.values()) > 400
