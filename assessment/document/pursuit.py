"""What became of the plan: what is done, runs, waits or was dropped, how late, and whether the answers followed."""

from collections.abc import Iterator
from typing import assert_never

from assessment.document.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    PageBreak,
    Paragraph,
    Table,
    cell,
)
from assessment.document.telling import PROGRESS, Teller, anchor_of_measure, anchor_of_question
from assessment.i18n import MISSING, N_
from assessment.report import Light
from assessment.roadmap import STAGES, Movement, Pursued, Pursuit, Stage

STAGE_NAMES: dict[Stage, str] = {
    "done": N_("Done"),
    "running": N_("Under way"),
    "waiting": N_("Not begun"),
    "dropped": N_("Dropped"),
}

MOVEMENTS: dict[Movement, str] = {
    "reached": N_("is where it should be"),
    "closer": N_("has risen, but not as far as it should"),
    "same": N_("has not moved"),
    "lower": N_("has fallen"),
    "short": N_("is below where it should be"),
    "not_asked": N_("not answered again since"),
}

LIGHTS: dict[Movement, Light] = {
    "reached": "green",
    "closer": "amber",
    "same": "red",
    "lower": "red",
    "short": "amber",
    "not_asked": "not_assessed",
}


def pursuit(tell: Teller) -> Iterator[Block]:
    """Yield what became of the plan; nothing where nothing is followed up."""
    found, c = tell.report.pursuit, tell.c
    if found is None:
        return
    yield Heading(
        level=1, text=claim(tell, found), anchor=PROGRESS, eyebrow=c.t("Progress"), short=c.t("Progress")
    )
    yield Paragraph(text=_frame(tell, found), style="lede")
    yield sums(tell, found)
    for stage in STAGES:
        rows = found.at(stage)
        if rows:
            yield Heading(level=2, text=c.t(STAGE_NAMES[stage]))
            yield _table(tell, stage, rows)
    yield from _answers(tell, found)
    yield PageBreak()


def claim(tell: Teller, found: Pursuit) -> str:
    """Return what became of the plan, in one line."""
    c, rows = tell.c, found.planned or found.rows
    done = c.number(sum(row.stage == "done" for row in rows), 0)
    late = len(found.late)
    if late:
        return c.n(
            "{done} of one measure done, {late} behind the plan",
            "{done} of {count} measures done, {late} behind the plan",
            len(rows),
            done=done,
            late=c.number(late, 0),
        )
    return c.n("{done} of one measure done", "{done} of {count} measures done", len(rows), done=done)


def _frame(tell: Teller, found: Pursuit) -> str:
    c, day = tell.c, tell.c.date(found.as_of)
    if not found.planned:
        return c.t("As of {day}. No plan was kept, so that nothing can be called late.", day=day)
    if found.kept_on is None:
        return c.t("As of {day}, measured against the plan that was kept.", day=day)
    return c.t(
        "As of {day}, measured against the plan that was kept on {kept}.", day=day, kept=c.date(found.kept_on)
    )


def sums(tell: Teller, found: Pursuit) -> KeyFigures:
    """Return the figures of a plan that is followed up."""
    c = tell.c
    rows = found.planned or found.rows
    done = [row for row in rows if row.stage == "done"]
    in_time = sum(row.late is not None and row.late <= 0 for row in done)
    running = [row for row in rows if row.stage == "running"]
    return KeyFigures(
        items=(
            KeyFigure(
                value=_of(tell, len(done), len(rows)),
                label=c.t("Measures done"),
                note=c.t("{count} of them in time", count=c.number(in_time, 0)) if found.planned else "",
            ),
            KeyFigure(value=c.number(len(running), 0), label=c.t("Under way")),
            KeyFigure(
                value=c.number(len(found.late), 0) if found.planned else MISSING,
                label=c.t("Behind the plan"),
                light="amber" if found.late else None,
            ),
            KeyFigure(
                value=_of(tell, round(found.days_done), round(found.days)), label=c.t("Person-days done")
            ),
        )
    )


def _of(tell: Teller, part: int, whole: int) -> str:
    return tell.c.t("{part} of {whole}", part=tell.c.number(part, 0), whole=tell.c.number(whole, 0))


def against(tell: Teller, row: Pursued) -> str:
    """Return how far a measure is from the plan that was kept; nothing if that is not known."""
    c = tell.c
    if row.late is None:
        if row.stage == "dropped":
            return ""
        return c.t("not in the plan that was kept") if not row.was_planned else c.t("day not known")
    if row.late == 0:
        words = {"done": c.t("on time"), "running": c.t("in time so far")}
        return words.get(row.stage, c.t("not due yet"))
    if row.late < 0:
        return c.n("one day early", "{count} days early", -row.late)
    if row.stage == "waiting":
        return c.n("should have begun one day ago", "should have begun {count} days ago", row.late)
    return c.n("one day late", "{count} days late", row.late)


def span(tell: Teller, row: Pursued, *, planned: bool) -> str:
    """Return from when to when a measure was planned, or really ran; a dash for an end that is not known."""
    c = tell.c
    begin, end = (row.aimed_begin, row.aimed_end) if planned else (row.begin, row.end)
    if begin is None and end is None:
        return MISSING
    if row.stage == "dropped" and not planned:
        return c.day(end)
    if begin is None:
        return c.t("until {end}", end=c.day(end))
    if end is None:
        return c.t("since {begin}", begin=c.day(begin))
    return c.t("{begin} to {end}", begin=c.day(begin), end=c.day(end))


def _light(row: Pursued) -> Light | None:
    if row.late is None or (row.stage == "waiting" and not row.is_late):
        return None
    match row.stage:
        case "done":
            return "amber" if row.is_late else "green"
        case "running" | "waiting":
            return "red" if row.is_late else "green"
        case "dropped":
            return None
        case _:
            assert_never(row.stage)


def _table(tell: Teller, stage: Stage, rows: tuple[Pursued, ...]) -> Table:
    c = tell.c
    really = {
        "done": c.t("Actual"),
        "running": c.t("Actual, or expected"),
        "waiting": "",
        "dropped": c.t("Dropped on"),
    }[stage]
    return Table(
        summary=c.t("Measures that are at this point: {stage}", stage=c.t(STAGE_NAMES[stage])),
        columns=(
            Column(head=c.t("Measure"), width=3.2),
            Column(head=c.t("Owner"), width=1.5),
            Column(head=c.t("Planned"), width=1.9),
            *((Column(head=really, width=1.9),) if really else ()),
            Column(
                head=c.t("Person-days") if stage == "dropped" else c.t("Against the plan"),
                width=1.6,
                align="right" if stage == "dropped" else "left",
            ),
        ),
        rows=tuple(_row(tell, row) for row in rows),
    )


def _row(tell: Teller, row: Pursued) -> tuple[Cell, ...]:
    named = tell.report.roadmap.slot(row.measure) is not None
    title = Line(
        text=tell.measure(row.measure), tone="strong", link=anchor_of_measure(row.measure) if named else None
    )
    note = " ".join(row.note.split())
    last = (
        cell(tell.days(round(row.days, 1)))
        if row.stage == "dropped"
        else cell(against(tell, row), light=_light(row))
    )
    return (
        (title, *((Line(text=note, tone="quote"),) if note else ())),
        cell(row.owner.strip() or MISSING),
        cell(span(tell, row, planned=True)),
        *(() if row.stage == "waiting" else (cell(span(tell, row, planned=False)),)),
        last,
    )


def everything(tell: Teller, found: Pursuit) -> Table:
    """Return all that is followed up in one table."""
    c = tell.c
    return Table(
        summary=c.t("Everything that is followed up: where it stands, who answers for it, its days"),
        columns=(
            Column(head=c.t("Measure"), width=3.2),
            Column(head=c.t("Status"), width=1.2),
            Column(head=c.t("Owner"), width=1.5),
            Column(head=c.t("Planned"), width=1.9),
            Column(head=c.t("Actual"), width=1.9),
            Column(head=c.t("Against the plan"), width=1.6),
        ),
        rows=tuple(_whole(tell, row) for row in found.rows),
    )


def _whole(tell: Teller, row: Pursued) -> tuple[Cell, ...]:
    note = " ".join(row.note.split())
    return (
        (
            Line(text=tell.measure(row.measure), tone="strong"),
            *((Line(text=note, tone="quote"),) if note else ()),
        ),
        cell(tell.c.t(STAGE_NAMES[row.stage])),
        cell(row.owner.strip()),
        cell(span(tell, row, planned=True)),
        cell(span(tell, row, planned=False)) if row.stage != "waiting" else (),
        cell(against(tell, row), light=_light(row)),
    )


def _answers(tell: Teller, found: Pursuit) -> Iterator[Block]:
    """Yield whether the answers followed that finished measures were to raise."""
    c = tell.c
    pairs = [(row, moved) for row in found.at("done") for moved in row.moved]
    known = [(row, moved) for row, moved in pairs if moved.movement != "not_asked"]
    if not pairs:
        return
    yield Heading(level=2, text=c.t("Did the answers follow?"))
    left = len(pairs) - len(known)
    if known:
        reached = sum(moved.movement == "reached" for _, moved in known)
        yield Paragraph(
            text=c.n(
                "One answer was to be raised by a finished measure; {reached} of them stands where it should.",
                "{count} answers were to be raised by finished measures; {reached} of them stand where they should.",
                len(known),
                reached=c.number(reached, 0),
            )
        )
        yield Table(
            summary=c.t("Answers that finished measures were to raise, and what became of them"),
            columns=(
                Column(head=c.t("Measure"), width=2.6),
                Column(head=c.t("Question"), width=3.6),
                Column(head=c.t("What became of it"), width=2.2),
            ),
            rows=tuple(
                (
                    cell(tell.measure(row.measure), "strong"),
                    cell(tell.question(moved.question), link=anchor_of_question(moved.question)),
                    cell(c.t(MOVEMENTS[moved.movement]), light=LIGHTS[moved.movement]),
                )
                for row, moved in known
            ),
        )
    if left:
        yield Paragraph(
            text=c.n(
                "One answer that a finished measure was to raise was not given again since. A pulse asks it.",
                "{count} answers that finished measures were to raise were not given again since. A pulse asks them.",
                left,
            ),
            style="caption",
        )
