"""How the figures are made, what in the workbook is live and what is not, and what it was made from."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from assessment.document.blocks import Block, Bullets, Callout, Heading, Paragraph
from assessment.document.rules import how_made
from assessment.document.telling import Teller
from assessment.exports.xlsx.book import Look, Sheet


class _Said(NamedTuple):
    text: str
    look: Look


def checksum(tell: Teller) -> str:
    """Return the checksum (SHA-256) of questionnaire and answers, written as JSON with sorted names."""
    report = tell.report
    data = {
        "questionnaire": report.questionnaire.model_dump(mode="json", by_alias=True),
        "sheet": report.sheet.model_dump(mode="json", by_alias=True),
    }
    written = json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def write_method(tell: Teller, sheet: Sheet, *, fixed: int, left_out: str = "") -> None:
    """Write the method; `fixed` formulas were too long for the program, `left_out` says which chapters are not here."""
    c, report, q = tell.c, tell.report, tell.questionnaire
    sheet.widths(34, 110)
    sheet.put(0, 0, c.t("Method and sources"), "title")
    about: tuple[tuple[str, str | date], ...] = (
        (c.t("Organisation"), report.subject.organisation.strip() or c.t("Organisation not named")),
        (c.t("As of"), report.subject.held_on),
        (c.t("Questionnaire"), f"{tell.say(q.title)} ({q.id})"),
        (c.t("Version of the questionnaire"), q.version),
        (c.t("Version of the engine"), report.engine_version),
        (c.t("Checksum of questionnaire and answers"), checksum(tell)),
    )
    for row, (name, said) in enumerate(about, start=2):
        sheet.put(row, 0, name, "strong")
        sheet.put(row, 1, said, "day" if name == c.t("As of") else "text")
    row = 2 + len(about) + 1
    for text, look in (*_live(tell, fixed, left_out), *_blocks(how_made(tell)), *_sources(tell)):
        if look == "heading":
            row += 1
            sheet.put(row, 0, text, look)
        else:
            sheet.put(row, 1, text, look)
        row += 1
    sheet.finish(columns=2)


def _live(tell: Teller, fixed: int, left_out: str) -> Iterator[_Said]:
    c = tell.c
    yield _Said(c.t("What follows a changed answer"), "heading")
    yield _Said(
        c.t(
            "Live: which questions are asked, worth, index, range, coverage, level, conditions and limits, as rated and as "
            "confirmed, and the legal lights. The formulas give what the engine gives, to a billionth."
        ),
        "wrapped",
    )
    yield _Said(
        c.t(
            "Not live: roadmap, measures, value, findings and the extract from the register. They are those of the report; for "
            "other answers, have a new report made."
        ),
        "wrapped",
    )
    yield _Said(
        c.t(
            "Cells that are not yellow are locked without a password. Whoever wants to change a formula can lift the "
            "protection; then the sheet is no longer the engine’s."
        ),
        "wrapped",
    )
    if fixed:
        yield _Said(
            c.n(
                "One formula is too long for spreadsheets; its cell holds the report’s figure and does not follow.",
                "{count} formulas are too long for spreadsheets; their cells hold the report’s figures and do not follow.",
                fixed,
            ),
            "wrapped",
        )
    if left_out:
        yield _Said(left_out, "wrapped")


def _blocks(blocks: Iterable[Block]) -> Iterator[_Said]:
    """Yield headings, paragraphs and lists; the rules of a questionnaire consist of nothing else."""
    for block in blocks:
        match block:
            case Heading():
                yield _Said(block.text, "heading")
            case Paragraph():
                yield _Said(block.text, "wrapped")
            case Bullets():
                yield from (_Said(f"– {item.text}", "wrapped") for item in block.items)
            case Callout():
                yield from (_Said(line.text, "wrapped") for line in block.lines)
            case _:
                raise AssertionError(f"a rule is told by a {block.kind}")


def _sources(tell: Teller) -> Iterator[_Said]:
    c, q = tell.c, tell.questionnaire
    if q.sources:
        yield _Said(c.t("Sources"), "heading")
        yield from (
            _Said(f"{number}. {tell.say(each)}", "wrapped") for number, each in enumerate(q.sources, start=1)
        )
