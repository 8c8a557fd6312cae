"""Looking around a plan: the one that was kept, and what would be otherwise. Nothing is saved until somebody says so."""

from collections.abc import Iterator
from datetime import date

import streamlit as st

from assessment.answers import Answer, AnswerSheet
from assessment.document.blocks import Bullets, KeyFigure, KeyFigures, Line
from assessment.document.obstacles import obstacle
from assessment.document.saying import saying
from assessment.document.telling import Teller
from assessment.i18n import N_
from assessment.questions import Choose, Question, Value
from assessment.report import Report, with_roadmap
from assessment.roadmap import SLOTS_PER_MONTH, Commitment, Roadmap, Stood, Terms, aims, first_day, plan
from assessment.roadmap.outlook import Difference, difference
from assessment.store import Assessment
from assessment.ui import blocks, reckoning
from assessment.ui.drafts import word_of
from assessment.ui.frame import page_of
from assessment.ui.planning_fields import keep, with_wishes
from assessment.ui.rooms import rooms_of
from assessment.ui.widgets import key_of
from assessment.ui.words import plain

FEWER, MORE = 0.8, 1.2
"""The person-days that are tried, as parts of those there are."""

LATEST = 6
"""Months by which a measure is put off at most."""

SHOWN = 12
"""So many measures that move are named."""

KINDS = {
    "fewer": N_("A fifth fewer person-days"),
    "more": N_("A fifth more person-days"),
    "later": N_("A measure begins later"),
    "answer": N_("A question is answered otherwise"),
}


# ── the plan that was kept ───────────────────────────────────────────────────────────────────────────────────────────


def standing(roadmap: Roadmap) -> tuple[Stood, ...]:
    """Return where the measures of a plan stand in the calendar."""
    start = roadmap.capacity.start
    return tuple(
        Stood(measure=slot.measure, begin=first_day(start, slot.begin), end=first_day(start, slot.end))
        for slot in roadmap.slots
    )


def with_plan_kept(terms: Terms, roadmap: Roadmap, *, anew: bool = True) -> Terms:
    """Return the terms with this plan kept, and progress measured against it; unless `anew`, only if it was against none."""
    changed = with_wishes(terms, kept=standing(roadmap))
    if terms.tracking.aims and not anew:
        return changed
    today = date.today()  # noqa: DTZ011 - the day on the wall
    tracking = terms.tracking.model_copy(update={"aims": aims(roadmap, terms.tracking), "kept_on": today})
    return changed.model_copy(update={"tracking": tracking})


def keep_or_let_go(opened: Assessment, tell: Teller) -> None:
    """Draw what was kept, and the way to keep the plan or to let go of it."""
    c, terms, present = tell.c, reckoning.settings(opened), standing(tell.report.roadmap)
    kept = terms.wishes.kept
    if kept:
        st.caption(_since_kept(tell, kept, present))
    with st.container(horizontal=True):
        if kept != present and present:
            label = c.t("Keep this plan instead") if kept else c.t("Keep this plan")
            hint = c.t(
                "Whatever changes afterwards, measures stay where they stand now unless moving them pays. Progress is measured against "
                "this plan."
            )
            if st.button(label, icon=":material/bookmark_add:", key="keep", help=hint):
                keep(opened, with_plan_kept(terms, tell.report.roadmap))
        if kept and st.button(
            c.t("Let go of the plan you kept"), icon=":material/bookmark_remove:", key="let-go"
        ):
            keep(opened, with_wishes(terms, kept=()))


def _since_kept(tell: Teller, kept: tuple[Stood, ...], present: tuple[Stood, ...]) -> str:
    c = tell.c
    then, now = ({each.measure: each.begin for each in plan} for plan in (kept, present))
    known = tell.questionnaire.measures_by_id
    others = [name for name in {**then, **now} if then.get(name) != now.get(name) and name in known]
    if not others:
        return c.t("This is the plan that you kept.")
    said = c.n(
        "One measure stands elsewhere than in the plan that you kept: {list}.",
        "{count} measures stand elsewhere than in the plan that you kept: {list}.",
        len(others),
        list=tell.some(tell.measure(name) for name in others),
    )
    return plain(said)


# ── what if ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@st.cache_resource(max_entries=64, show_spinner=False)
def _planned(
    sheet: str, terms: str, present: str, _sheet: AnswerSheet, _terms: Terms, _report: Report
) -> Roadmap:
    return plan(
        _report.questionnaire,
        _sheet,
        capacity=_terms.capacity,
        wishes=_terms.wishes,
        present=_report.roadmap,
    )


def what_if(opened: Assessment, tell: Teller) -> None:
    """Draw the choice of what might be otherwise, and what would come of it."""
    c = tell.c
    st.caption(c.t("Try something out: nothing is saved. The plan changes as little as it can."))
    kind = st.selectbox(
        c.t("What if"),
        [None, *KINDS],
        format_func=lambda one: c.t(KINDS[one]) if one else c.t("Choose what to try out"),
        key=key_of("what-if", "plan", c),
        placeholder=c.t("Choose an option"),
    )
    terms = reckoning.settings(opened)
    match kind:
        case "fewer" | "more":
            days = round(terms.capacity.per_month * (FEWER if kind == "fewer" else MORE), 1)
            st.markdown(
                c.t(
                    "{then} person-days a month instead of {now}.",
                    then=tell.days(days),
                    now=tell.days(terms.capacity.per_month),
                )
            )
            changed = terms.model_copy(update={"capacity": terms.capacity.scaled(days)})
            _compare(opened, tell, changed, opened.sheet)
        case "later":
            later = _later(tell, terms)
            if later is not None:
                _compare(opened, tell, later, opened.sheet)
        case "answer":
            _other_answer(opened, tell, terms)
        case _:
            pass


def _later(tell: Teller, terms: Terms) -> Terms | None:
    """Draw which measure begins how much later, and return the terms for it."""
    c, plan = tell.c, tell.report.roadmap
    if not plan.slots:
        st.info(c.t("There is no measure in the plan."))
        return None
    with st.grid(2, min_column_width=240):
        measure = st.selectbox(
            c.t("Measure"),
            [slot.measure for slot in plan.slots],
            format_func=tell.measure,
            key=key_of("later-measure", "plan", c),
            placeholder=c.t("Choose an option"),
        )
        months = st.selectbox(
            c.t("Later by"),
            range(1, LATEST + 1),
            format_func=lambda count: c.n("one month", "{count} months", count),
            key=key_of("later-months", "plan", c),
            placeholder=c.t("Choose an option"),
        )
    slot = plan.slot(measure or "")
    if slot is None or months is None:
        return None
    begin = first_day(plan.capacity.start, slot.begin + months * SLOTS_PER_MONTH)
    pinned = Commitment(measure=slot.measure, standing="pinned", begin=begin)
    return terms.model_copy(update={"wishes": terms.wishes.with_commitment(slot.measure, pinned)})


def _other_answer(opened: Assessment, tell: Teller, terms: Terms) -> None:
    """Draw which question would be answered how, and what would come of it; the answer itself is given elsewhere."""
    c, rooms = tell.c, rooms_of(tell.questionnaire, opened.sheet)
    asked = {
        each.id: (each, room.key)
        for room in rooms
        for each in room.questions
        if isinstance(each.control(), Choose)
    }
    if not asked:
        return
    name = st.selectbox(
        c.t("Question"),
        list(asked),
        format_func=tell.question,
        key=key_of("other-question", "plan", c),
        placeholder=c.t("Choose an option"),
    )
    question, room = asked[name or next(iter(asked))]
    control = question.control()
    stored = opened.sheet.by_question.get(question.id)
    present = word_of(stored.value) if stored is not None and stored.value is not None else ""
    options = {word_of(value): value for value in (control.options if isinstance(control, Choose) else ())}
    others = [option for option in options if option != present]
    if not others:
        return
    answer = st.radio(
        c.t("Answered with"),
        others,
        format_func=lambda one: plain(_option(tell, question, options[one])),
        key=key_of(f"other-answer-{question.id}", "plan", c),
    )
    rest = tuple(each for each in opened.sheet.answers if each.question != question.id)
    sheet = opened.sheet.with_answers((*rest, Answer(question=question.id, value=options[answer])))
    _compare(opened, tell, terms, sheet)
    if st.button(c.t("To this question"), icon=":material/arrow_forward:", key="to-question"):
        st.switch_page(page_of("questions"), query_params={**st.query_params.to_dict(), "p": room})


def _option(tell: Teller, question: Question, value: Value) -> str:
    return saying(question, value, c=tell.c, language=tell.language).line


def _compare(opened: Assessment, tell: Teller, terms: Terms, sheet: AnswerSheet) -> None:
    """Draw what would be otherwise, and take it over if somebody says so."""
    c, report = tell.c, tell.report
    with st.spinner(c.t("Planning …")):
        second = _planned(
            sheet.model_dump_json(),
            terms.model_dump_json(),
            report.roadmap.model_dump_json(),
            sheet,
            terms,
            report,
        )
    then = Teller(with_roadmap(report, second), tell.language, c)
    found = difference(report.roadmap, second, of=report.questionnaire.id)
    blocks.show([KeyFigures(items=tuple(_figures(tell, second)))], key="what-if")
    lines = tuple(Line(text=text) for text in _told(then, found))
    blocks.show([Bullets(items=lines)], key="what-if-lines")
    for item in second.obstacles:
        if item not in report.roadmap.obstacles:
            st.warning(plain(obstacle(then, item)))
    if terms != reckoning.settings(opened):
        hint = c.t("Takes over what was tried and keeps the plan that comes of it.")
        if st.button(
            c.t("Take this over"), type="primary", icon=":material/check:", key="take-over", help=hint
        ):
            keep(opened, with_plan_kept(terms, second, anew=False))


def _figures(tell: Teller, second: Roadmap) -> Iterator[KeyFigure]:
    """Yield the ends of both plans side by side."""
    c, name = tell.c, tell.questionnaire.id
    one, two = tell.report.roadmap.projection[-1], second.projection[-1]
    pairs = (
        (
            c.t("Index at the end"),
            tell.point(tell.overall, two.values[name]),
            tell.point(tell.overall, one.values[name]),
        ),
        (c.t("Level at the end"), c.number(two.levels[name], 0), c.number(one.levels[name], 0)),
        (c.t("Open conditions"), c.number(len(two.caps), 0), c.number(len(one.caps), 0)),
        (
            c.t("Measures in the plan"),
            c.number(len(second.slots), 0),
            c.number(len(tell.report.roadmap.slots), 0),
        ),
    )
    for label, value, before in pairs:
        note = c.t("as now") if value == before else c.t("now: {value}", value=before)
        yield KeyFigure(label=label, value=value, note=note)


def _told(then: Teller, found: Difference) -> Iterator[str]:
    """Yield what is otherwise, one sentence each."""
    c = then.c
    if found.added:
        yield c.t("Comes in: {list}.", list=c.join(then.measure(name) for name in found.added))
    if found.removed:
        yield c.t("Falls out: {list}.", list=c.join(then.measure(name) for name in found.removed))
    moved = sorted(found.moved, key=lambda each: -abs(each.by))
    for each in moved[:SHOWN]:
        months = c.number(abs(each.by) / SLOTS_PER_MONTH, abs(each.by) % SLOTS_PER_MONTH)
        count = 1 if abs(each.by) == SLOTS_PER_MONTH else 2  # one and a half are several
        values = {"measure": then.measure(each.measure), "months": months}
        if each.by > 0:
            yield c.n("{measure}: one month later", "{measure}: {months} months later", count, **values)
        else:
            yield c.n("{measure}: one month earlier", "{measure}: {months} months earlier", count, **values)
    if len(moved) > SHOWN:
        yield c.n("One more measure moves.", "{count} more measures move.", len(moved) - SHOWN)
    if found.delay > 0:
        yield c.n(
            "Conditions of law limit levels for one month longer, all added up.",
            "Conditions of law limit levels for {count} months longer, all added up.",
            found.delay,
        )
    elif found.delay:
        yield c.n(
            "Conditions of law limit levels for one month less, all added up.",
            "Conditions of law limit levels for {count} months less, all added up.",
            -found.delay,
        )
    if found.kept and not moved:
        yield c.t("All other measures stay where they are.")
    elif found.kept:
        yield c.n("One measure stays where it is.", "{count} measures stay where they are.", found.kept)
