"""What stands out: the findings in words, one sentence for each kind."""

from collections.abc import Iterator
from typing import assert_never

from assessment.document.blocks import Block, Bullets, Heading, Line
from assessment.document.telling import Teller, anchor_of_section
from assessment.findings import Finding, Kind

SHOWN: dict[Kind, int] = {"imbalance": 1, "gap": 3, "blind_spot": 2, "strength": 3}
"""So many of each kind are told here; caps, possible caps and what is unproven have places of their own."""


def what_stands_out(tell: Teller) -> Iterator[Block]:
    """Yield the most telling findings; nothing if there are none."""
    told = [
        finding
        for kind, most in SHOWN.items()
        for finding in [one for one in tell.report.findings if one.kind == kind][:most]
    ]
    if told:
        yield Heading(level=2, text=tell.c.t("What stands out"))
        yield Bullets(
            items=tuple(Line(text=sentence(tell, finding), link=_place(tell, finding)) for finding in told)
        )


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
        case _:
            assert_never(finding.kind)


def _place(tell: Teller, finding: Finding) -> str:
    return anchor_of_section(tell.questionnaire.path(finding.section)[0])
