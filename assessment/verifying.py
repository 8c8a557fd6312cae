"""Is what a report says what its answers give? Everything is computed again from the data inside and compared.

A checksum is not a signature: this finds slips, tampering with a page and tampering with the data inside. Somebody who
changes the answers inside and has all pages made anew from them makes a report that is right in itself, of other answers.
"""

import json
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from pydantic import ValidationError

from assessment.errors import AnswersError, Problem, QuestionnaireError, ReportError
from assessment.exports.pdf import Edition, render
from assessment.loader import logo_from, questionnaire_ids, read_questionnaire
from assessment.loader.marks import too_many_parts, too_much_wrong
from assessment.loader.paper import EDITION, REPORT, inside, is_paper, opened
from assessment.report import ENGINE_VERSION, Report, assess, with_roadmap, with_trade_off
from assessment.roadmap.planning import retold
from assessment.values import TOLERANCE, Model

NUMBER = re.compile(r"\d+(?:[.,’'\u00a0\u202f]\d+)*")
"""A number as people write it in any of our languages."""
LONGEST = 160
"""Characters of a passage that are told."""


class Difference(Model):
    """One thing that is not what the answers give."""

    where: str
    """`page 4`, or a path into the data."""
    said: str
    ought: str


class Verification(Model):
    """What was checked, and what differs."""

    engine_version: str
    """Of the program that made the report."""
    organisation: str
    values: int
    """Numbers and words of the data that were computed again."""
    numbers: int
    """Numbers printed on the pages that were compared; 0 for a report without pages."""
    pages: int
    questionnaire: str
    """Id and version."""
    questionnaire_known: bool
    """The questionnaire inside is the one that this installation has, word for word."""
    plan_found_again: bool
    """The plan is the one that the search finds; else it is another one, of which everything said was computed again."""
    bound_not_checked: bool
    """A proof of how good the plan is was taken as it stands."""
    same_bytes: bool
    """The file is byte for byte what this program writes; other than that, pictures and overlays were not compared."""
    data: tuple[Difference, ...]
    printed: tuple[Difference, ...]

    @property
    def right(self) -> bool:
        """Whether nothing differs."""
        return not self.data and not self.printed


def verify(raw: bytes, *, file: str) -> Verification:
    """Compute a report again from the answers inside it, and compare everything it says.

    Args:
        raw: a PDF or a JSON that this program wrote.
        file: its name, for messages.

    Raises:
        AnswersError: it cannot be read, holds no report, or one of another version of the program.
    """
    parts = inside(raw, file=file) if is_paper(raw) else {REPORT: raw}
    report = _report(parts[REPORT], file)
    again, found_again = recomputed(report)
    said, ought = (json.loads(each.model_dump_json(by_alias=True)) for each in (report, again))
    data = list(_differences(said, ought, ()))
    known = _known(report)
    same, pages, printed, numbers = not is_paper(raw), 0, [], 0
    if is_paper(raw):
        edition = _edition(parts.get(EDITION, b""), file)
        # from the data as it is, so that a page is blamed only for what is wrong with the page
        anew = render(report, edition.language, brand=edition.brand, parts=edition.parts)
        same = anew == raw
        theirs = _lines(raw, file)
        ours = theirs if same else _lines(anew, file)
        pages, numbers = len(theirs), sum(len(NUMBER.findall(line)) for page in theirs for line in page)
        printed = list(_on_pages(theirs, ours))
    return Verification(
        engine_version=report.engine_version,
        organisation=report.subject.organisation,
        values=sum(1 for _ in _leaves(ought)),
        numbers=numbers,
        pages=pages,
        questionnaire=f"{report.questionnaire.id} {report.questionnaire.version}",
        questionnaire_known=known,
        plan_found_again=found_again,
        bound_not_checked=report.roadmap.proof is not None,
        same_bytes=same,
        data=tuple(data),
        printed=tuple(printed),
    )


def recomputed(report: Report) -> tuple[Report, bool]:
    """Return the report as its own answers, questionnaire and terms give it, and whether the plan is the one that the search finds."""
    plan = report.roadmap
    again = assess(
        report.questionnaire,
        report.sheet,
        subject=report.subject,
        capacity=plan.capacity,
        wishes=plan.wishes,
        earlier=report.earlier,
        workshop=report.workshop,
        tracking=report.tracking,
    )
    found_again = again.roadmap == plan
    if not found_again:
        own = retold(report.questionnaire, report.sheet, plan)
        if own is not None:
            again = with_roadmap(again, own.model_copy(update={"proof": plan.proof}))
    if report.trade_off is not None:
        again = with_trade_off(again)
    # who computed it is no result
    return again.model_copy(update={"engine_version": report.engine_version}), found_again


def _report(raw: bytes, file: str) -> Report:
    if problem := too_many_parts(raw, file):
        raise AnswersError([problem])
    try:
        return Report.model_validate_json(raw)
    except ValidationError as error:
        if problem := too_much_wrong(error, file):
            raise AnswersError([problem]) from None
        version = _version(raw)
        if version is not None and version != ENGINE_VERSION:
            message = "this report was made by version {version} of the program; this is {own}, which reads it otherwise."
            remedy = "Verify it with that version."
        else:
            message = "the data inside is not a report: {reason}."
            remedy = "Use a PDF or JSON report that this program wrote."
        reason = error.errors(include_url=False)[0]
        where = " › ".join(map(str, reason["loc"]))
        values: dict[str, object] = {
            "version": version,
            "own": ENGINE_VERSION,
            "reason": f"{where}: {reason['msg']}" if where else reason["msg"],
        }
        raise AnswersError([Problem(message, remedy, file=file, values=values)]) from None


def _version(raw: bytes) -> str | None:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    version = data.get("engine_version") if isinstance(data, dict) else None
    return version if isinstance(version, str) else None


def _edition(raw: bytes, file: str) -> Edition:
    try:
        edition = Edition.model_validate_json(raw)
        if edition.brand.logo and logo_from(edition.brand.logo, name=EDITION) != edition.brand.logo:
            raise ReportError([])  # not a logo that this program has written: its decoder is spared the rest
        return edition
    except (ValidationError, ReportError):
        message = "the PDF does not say in which language and brand its pages are."
        remedy = "Use the PDF as this program wrote it."
        raise AnswersError([Problem(message, remedy, file=file)]) from None


def _known(report: Report) -> bool:
    own = report.questionnaire
    if own.id not in questionnaire_ids():
        return False
    try:
        return read_questionnaire(own.id) == own
    except QuestionnaireError:
        return False


# ── data ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

Path = tuple[str, ...]


def _differences(said: Any, ought: Any, path: Path) -> Iterator[Difference]:
    """Yield every place at which two trees of plain data differ; numbers may differ by the tolerance of scores."""
    match said, ought:
        case dict(), dict():
            for key in sorted(said.keys() | ought.keys()):
                yield from _differences(said.get(key), ought.get(key), (*path, key))
        case list(), list():
            for number in range(max(len(said), len(ought))):
                one = said[number] if number < len(said) else None
                other = ought[number] if number < len(ought) else None
                yield from _differences(one, other, (*path, _name(one, other, number)))
        case _:
            if not _alike(said, ought):
                yield Difference(where=" › ".join(path), said=_short(said), ought=_short(ought))


def _name(one: Any, other: Any, number: int) -> str:
    """Return what a part of a list is called: by its id, where it has one."""
    part = one if isinstance(one, dict) else other
    if isinstance(part, dict):
        for key in ("id", "of", "measure", "question", "section", "month"):
            if isinstance(part.get(key), (str, int)):
                return str(part[key])
    return str(number + 1)


def _alike(said: Any, ought: Any) -> bool:
    if isinstance(said, bool) or isinstance(ought, bool):
        return said is ought
    if isinstance(said, (int, float)) and isinstance(ought, (int, float)):
        return abs(said - ought) <= TOLERANCE
    return bool(said == ought)


def _leaves(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _leaves(value)
    elif isinstance(data, list):
        for value in data:
            yield from _leaves(value)
    else:
        yield data


def _short(value: Any) -> str:
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────

Lines = Sequence[Sequence[str]]
"""The lines of each page."""


def _lines(raw: bytes, file: str) -> Lines:
    made = []
    for page in opened(raw, file=file).pages:
        lines = (" ".join(line.split()) for line in page.extract_text().splitlines())
        made.append([line for line in lines if line])
    return made


def _on_pages(theirs: Lines, ours: Lines) -> Iterator[Difference]:
    for number in range(max(len(theirs), len(ours))):
        one = theirs[number] if number < len(theirs) else ()
        other = ours[number] if number < len(ours) else ()
        if one == other:
            continue
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        for kind, begin, end, other_begin, other_end in matcher.get_opcodes():
            if kind != "equal":
                yield Difference(
                    where=f"page {number + 1}",
                    said=_short(" ".join(one[begin:end])),
                    ought=_short(" ".join(other[other_begin:other_end])),
                )
