"""Whether the figures that the content rests on name where they come from."""

import re
from collections.abc import Iterator

from assessment.inspection.result import Finding
from assessment.questionnaire import Questionnaire
from assessment.values import Text

_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)[\s\u00a0\u202f]*(?:%|per\s?cent\b|percent\b|Prozent\b|procent\b)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_NAME = re.compile(r"(?<=[\w,;:(] )(?:[A-ZÄÖÜ][\w&.-]*[\w&]|[A-Z]{2,})")
"""A capital letter within a sentence; in English that is a name."""
_PARTS = re.compile(r"[,;/&()·]|\band\b|\bund\b|\ben\b")


def findings(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield figures from outside whose source is not among the sources."""
    if not questionnaire.sources and (questionnaire.reference_points or questionnaire.key_figures):
        yield Finding(
            kind="sources_missing",
            severity="warning",
            where=("sources",),
            what="there are reference points or key figures, and no sources.",
            why="Whoever reads a figure asks where it comes from.",
            to_do="List the sources in `sources`.",
        )
    else:
        yield from _of_points(questionnaire)
    yield from _of_reasons(questionnaire)


def _of_points(questionnaire: Questionnaire) -> Iterator[Finding]:
    listed = " ".join(said for source in questionnaire.sources for said in source.root.values()).casefold()
    for point in questionnaire.reference_points:
        parts = [part.strip().casefold() for part in _PARTS.split(point.organisation)]
        named = [part for part in parts if len(part) >= 2]
        if not any(re.search(rf"\b{re.escape(part)}\b", listed) for part in named):
            yield Finding(
                kind="reference_point_without_source",
                severity="warning",
                where=("reference_points", point.id),
                what=f"no source names “{point.organisation}”.",
                why="Whoever wants to look the figure up does not find where.",
                to_do="Add the study to `sources`, under the same name.",
            )


def _of_reasons(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield the figures of `why` texts that neither a source nor a reference point has, where these name nobody either."""
    grounds = " ".join(
        (
            *(said for source in questionnaire.sources for said in source.root.values()),
            *(said for point in questionnaire.reference_points for said in point.finding.root.values()),
            *(f"{point.organisation} {point.year}" for point in questionnaire.reference_points),
        )
    )
    known = {_plain(number) for number in _NUMBER.findall(grounds)}
    for part in (*questionnaire.whole.walk(), *questionnaire.questions_by_id.values()):
        if part.why is None:
            continue
        said = _in_english(part.why)
        missing = [figure for figure in _figures(said) if _plain(figure) not in known]
        if missing and not any(re.search(rf"\b{re.escape(name)}\b", grounds) for name in _NAME.findall(said)):
            yield Finding(
                kind="figure_without_source",
                severity="warning",
                where=(*questionnaire.path(part.id), "why"),
                what=f"neither a source nor a reference point has {', '.join(missing)}, or names who found it.",
                why="A figure without a source is an assertion.",
                to_do="Name who found it, and add that to `sources` or to the reference points; or leave the figure out.",
            )


def _in_english(text: Text) -> str:
    return text.localize("en")


def _figures(said: str) -> list[str]:
    """Return the shares of a text, and the figures that stand in a sentence with a year."""
    found = _SHARE.findall(said)
    for sentence in re.split(r"(?<=[.!?])\s+", said):
        if _YEAR.search(sentence):
            found += _NUMBER.findall(_YEAR.sub(" ", sentence))
    return list(dict.fromkeys(found))


def _plain(number: str) -> str:
    """Return a figure without what languages put between its digits: 1,612 and 1.612 are one."""
    grouped = re.fullmatch(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+", number)
    return re.sub(r"\D", "", number) if grouped else number.replace(",", ".")
