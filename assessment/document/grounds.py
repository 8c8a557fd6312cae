"""What stands behind a question: why it matters, which duties and standards it touches; and figures from outside with their source.

Told from the questionnaire and the sheet alone, so that it can be shown while one answers.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from assessment.answers import AnswerSheet
from assessment.document.blocks import Block, Bullets, Callout, Column, Heading, Line, Paragraph, Table, cell
from assessment.i18n import N_, Catalogue
from assessment.questionnaire import Questionnaire, ReferencePoint, Register, RegisterRow, Watch
from assessment.questions import Mapping, Question
from assessment.report import COUNTRIES, register_rows

CONFIDENCE = {
    "high": N_("held to be sure"),
    "medium": N_("held to be fairly sure"),
    "low": N_("held to be unsure"),
}
"""The authors' judgement of being right today; apart from how a row was checked."""
VERIFIED = {
    "V1": N_("law read"),
    "V2": N_("two sources"),
    "V3": N_("one source"),
    "V0": N_("not looked up"),
}

CHECKED = N_(
    "Prompts for a lawyer, not a legal opinion. Beside each stands how it was checked (the law itself was read, two sources, "
    "one source, not looked up) and, apart from that, how sure its authors hold it to be."
)


def behind(
    question: Question, questionnaire: Questionnaire, sheet: AnswerSheet, *, c: Catalogue
) -> Iterator[Block]:
    """Yield why a question matters, the duties of this organisation that it touches, and the standards it maps to."""
    if question.why:
        yield Paragraph(text=question.why.localize(c.language))
    yield from _duties(question, questionnaire, sheet, c)
    if question.standards:
        yield Heading(level=3, text=c.t("Standards"))
        yield Bullets(
            items=tuple(Line(text=_standard(each, questionnaire, c)) for each in question.standards)
        )


def _duties(
    question: Question, questionnaire: Questionnaire, sheet: AnswerSheet, c: Catalogue
) -> Iterator[Block]:
    register = questionnaire.register_
    rows = register_rows(questionnaire, sheet, among=question.references)
    if register is None or not rows:
        return
    yield Heading(level=3, text=c.t("Legal duties that it touches"))
    yield Bullets(items=tuple(Line(text=duty_said(row, questionnaire, c=c)) for row in rows))
    yield Paragraph(
        text=c.t("As of {date}. {checked}", date=c.date(register.as_of), checked=c.t(CHECKED)),
        style="caption",
    )


def duty_said(row: RegisterRow, questionnaire: Questionnaire, *, c: Catalogue) -> str:
    """Return a row of the register in one line, the place where it holds first."""
    return c.t(
        "{place}: {instrument}. {duty} ({state}; {checked})",
        place=place_of(row, questionnaire, c=c),
        instrument=row.instrument.localize(c.language).removesuffix("."),
        duty=row.duty.localize(c.language),
        state=row.state.localize(c.language).removesuffix("."),
        checked=checked_said(row, c=c),
    )


def checked_said(row: RegisterRow, *, c: Catalogue) -> str:
    """Return how a row was checked and how sure its authors hold it to be."""
    ways = [c.t(words) for code, words in VERIFIED.items() if code in row.verified]
    return ", ".join((*(ways or [row.verified]), c.t(CONFIDENCE[row.confidence])))


def place_of(row: RegisterRow, questionnaire: Questionnaire, *, c: Catalogue) -> str:
    """Return where a row holds: a country of the profile by its name, a union of several by its letters."""
    names = {
        option.id: option.label
        for field in questionnaire.profile
        if field.id == COUNTRIES
        for option in field.options
    }
    found = names.get(row.jurisdiction)
    return found.localize(c.language) if found else row.jurisdiction.upper()


def _standard(mapping: Mapping, questionnaire: Questionnaire, c: Catalogue) -> str:
    """Return a standard with the parts that are touched: ISO/IEC 27001:2022, 6.7 and 8.1."""
    parts = [*mapping.parts, *([mapping.about.localize(c.language)] if mapping.about else [])]
    name = questionnaire.standards_by_id[mapping.standard].name
    return f"{name}: {', '.join(parts)}" if parts else name


# ── reference points ─────────────────────────────────────────────────────────────────────────────────────────────────


def points_of(section: str, questionnaire: Questionnaire) -> tuple[ReferencePoint, ...]:
    """Return the reference points that may stand beside a section as a reason."""
    return tuple(
        point
        for point in questionnaire.reference_points
        if section in point.sections and "rationale" in point.use
    )


FEW_POINTS = 3
"""So many figures from outside stand beside a section on the screen; the report has them all."""


def strongest(points: Iterable[ReferencePoint]) -> tuple[ReferencePoint, ...]:
    """Return the points with those first whose source was read and that rest on many people."""
    return tuple(sorted(points, key=lambda point: (point.verified or "V9", -(point.people or 0), point.id)))


def reference_points(points: Iterable[ReferencePoint], *, c: Catalogue) -> Iterator[Block]:
    """Yield figures from outside as a table: what was found, by whom, when, among how many, and what to mind."""
    rows = tuple(
        (
            cell(point.finding.localize(c.language)),
            cell(f"{point.organisation}, {point.year}"),
            cell(c.number(point.people, 0) if point.people is not None else c.t("not stated")),
            cell(point.caveat.localize(c.language), "muted"),
        )
        for point in points
    )
    if rows:
        yield Table(
            summary=c.t("Figures from outside, with their source and what to mind"),
            columns=(
                Column(head=c.t("Finding"), width=3.2),
                Column(head=c.t("Source"), width=1.8),
                Column(head=c.t("Asked or observed"), width=1, align="right"),
                Column(head=c.t("To mind"), width=3),
            ),
            rows=rows,
            row_heads=False,
        )


# ── the register ─────────────────────────────────────────────────────────────────────────────────────────────────────


def register_table(
    rows: Iterable[RegisterRow], questionnaire: Questionnaire, *, c: Catalogue
) -> Iterator[Block]:
    """Yield rows of the register as a table; nothing if there are none."""
    told = tuple(
        (
            (
                Line(text=row.instrument.localize(c.language), tone="strong"),
                Line(text=place_of(row, questionnaire, c=c), tone="muted"),
            ),
            cell(row.duty.localize(c.language)),
            cell(row.state.localize(c.language)),
            cell(checked_said(row, c=c), "muted"),
        )
        for row in rows
    )
    if told:
        yield Table(
            summary=c.t("Rows of the legal register: instrument, duty, state, how it was checked"),
            columns=(
                Column(head=c.t("Reference"), width=2.2),
                Column(head=c.t("Duty"), width=3.8),
                Column(head=c.t("State"), width=1.9),
                Column(head=c.t("Checked"), width=1.4),
            ),
            rows=told,
        )


# ── the register's age and what comes ────────────────────────────────────────────────────────────────────────────────


def age(register: Register, *, today: date, c: Catalogue) -> Callout:
    """Return how old the register is, and that it is no legal advice; a warning once it counts as old."""
    days = max((today - register.as_of).days, 0)
    lines = [
        Line(
            text=c.n(
                "The references were compiled as of {date}, {count} day ago; have them checked before you rely on them.",
                "The references were compiled as of {date}, {count} days ago; have them checked before you rely on them.",
                days,
                date=c.date(register.as_of),
            )
        )
    ]
    if register.is_old(today):
        lines.append(
            Line(text=c.t("That is longer ago than its authors want it to be: laws may have changed since."))
        )
    passed = len(register.passed(today))
    if passed:
        lines.append(
            Line(
                text=c.n(
                    "{count} day of the watch list has passed since.",
                    "{count} days of the watch list have passed since.",
                    passed,
                )
            )
        )
    old = register.is_old(today) or passed
    return Callout(
        tone="warning" if old else "note",
        title=c.t("The legal register is due for another look") if old else c.t("Not legal advice"),
        lines=tuple(lines),
    )


def watch_list(register: Register, rows: Iterable[str], *, today: date, c: Catalogue) -> Iterator[Block]:
    """Yield the days on which these rows need another look, the next one first; open ones last."""
    known = {row.id: row for row in register.rows}
    shown = set(rows)
    coming = sorted(
        (each for each in register.watch if shown & set(each.rows)), key=lambda each: each.day or date.max
    )
    if coming:
        yield Heading(level=2, text=c.t("What is changing in the law"))
        yield Table(
            summary=c.t("Days on which references need another look"),
            columns=(
                Column(head=c.t("When"), width=1.2),
                Column(head=c.t("What"), width=4),
                Column(head=c.t("Reference"), width=3),
            ),
            rows=tuple(
                (
                    cell(_day(each, today, c), "strong"),
                    cell(each.event.localize(c.language)),
                    tuple(
                        Line(text=known[name].instrument.localize(c.language), tone="muted")
                        for name in each.rows
                        if name in shown
                    ),
                )
                for each in coming
            ),
        )
        yield Paragraph(
            text=c.t(
                "What is not in this list is not recorded here as changing, as of {date}; that does not mean that nothing changes.",
                date=c.date(register.as_of),
            ),
            style="small",
        )


def _day(each: Watch, today: date, c: Catalogue) -> str:
    if each.day is None:
        return c.t("day open")
    return c.t("{date} (passed)", date=c.date(each.day)) if each.day < today else c.date(each.day)
