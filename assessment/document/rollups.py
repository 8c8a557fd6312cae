"""Sites together, told: where the group stands and how sure that is, who stands lowest, who drives it, what to do once for all."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assessment.charts import is_code
from assessment.charts.axes import digits_of
from assessment.document.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Line,
    Paragraph,
    Table,
    Tone,
    cell,
)
from assessment.i18n import MISSING, N_, Catalogue
from assessment.questionnaire import Questionnaire
from assessment.report import Light
from assessment.rollup import GroupChange, Measure, Rollup, SectionRollup, Weak, change_of
from assessment.values import TOLERANCE

MOST_QUESTIONS = 8
MOST_SITES = 6
"""So many sites stand beside one another in a table; more are only in the figures of the group."""

BY: dict[Measure, str] = {
    "contacts": N_("Each site counts by its contacts a year."),
    "heads": N_("Each site counts by the people who work there."),
    "equal": N_("Nobody said how many contacts or people the sites have, so each counts the same."),
}
LIGHTS: dict[Light, str] = {
    "red": N_("open"),
    "amber": N_("partly open"),
    "green": N_("cleared"),
    "not_assessed": N_("not assessed"),
}


class Group(NamedTuple):
    """Sites put together, with what is needed to name them."""

    rollup: Rollup
    questionnaire: Questionnaire
    names: Mapping[str, str]
    """The sites' names, by id, in the order in which they are told."""
    c: Catalogue

    def title(self, section: str) -> str:
        """Return a section's title, the whole under the group's name."""
        if section == self.questionnaire.id:
            return self.c.t("All together")
        said = self.questionnaire.sections_by_id[section].title.localize(self.c.language)
        return f"{section.upper()} · {said}" if is_code(section) else said

    def question(self, name: str) -> str:
        """Return a question's text."""
        said = self.questionnaire.questions_by_id[name].label.localize(self.c.language)
        return f"{name.upper()} · {said}" if is_code(name) else said

    def number(self, section: SectionRollup, value: float | None) -> str:
        """Return an index as it is written."""
        return self.c.number(value, digits_of(section.bottom, section.top))


def standing(group: Group) -> Iterator[Block]:
    """Yield where the group stands, in a few sentences."""
    c, rollup = group.c, group.rollup
    whole = rollup.sections[0]
    if whole.value is None:
        yield Paragraph(text=c.t("No site has an index yet: too little is answered."), style="lede")
        return
    yield Paragraph(
        text=c.t(
            "Index {index}, between {low} and {high} if what is not known is counted at its worst and at its best.",
            index=group.number(whole, whole.value),
            low=group.number(whole, whole.low),
            high=group.number(whole, whole.high),
        ),
        style="lede",
    )
    yield Bullets(items=tuple(Line(text=text) for text in _said(group, whole)))


def _said(group: Group, whole: SectionRollup) -> Iterator[str]:
    c, rollup = group.c, group.rollup
    yield c.t(BY[rollup.by])
    if rollup.unweighted:
        names = c.join([group.names[name] for name in rollup.unweighted])
        yield c.t("Without a weight, and so without influence here: {list}.", list=names)
    if whole.known < 1 - TOLERANCE:
        yield c.t("For {share} of the weight the index is known.", share=c.percent(whole.known))
    levels = sorted(whole.at_least, reverse=True)
    shown = [level for level in levels if whole.at_least[level] > TOLERANCE and level > levels[-1]]
    if shown:
        shares = [
            c.t("{share} at level {level} or higher", share=c.percent(whole.at_least[level]), level=level)
            for level in shown
        ]
        yield c.t(
            "Levels are not averaged. This much of the work is done at which level: {list}.",
            list=c.join(shares),
        )
    worst = whole.worst
    if worst is not None and len(whole.sites) > 1:
        yield c.t(
            "Lowest stands {site}: level {level}, index {index}.",
            site=group.names[worst.site],
            level=c.number(worst.level, 0),
            index=group.number(whole, worst.value),
        )
    driver = whole.driver
    if driver is not None and driver.drive is not None and abs(driver.drive) > TOLERANCE:
        without = (whole.value or 0.0) - driver.drive
        yield c.t(
            "{site} moves the group most: without it the index would be {index} ({change}).",
            site=group.names[driver.site],
            index=group.number(whole, without),
            change=c.change(-driver.drive, digits_of(whole.bottom, whole.top)),
        )


def sections(group: Group, *, below: bool = False) -> Iterator[Block]:
    """Yield the dimensions, or with `below` everything in them: the group's index, its range, who is lowest, who drives it."""
    c = group.c
    known = group.questionnaire
    top = {known.id, *(section.id for section in known.sections)}
    rows = [section for section in group.rollup.sections if below or section.of in top]
    yield Table(
        summary=c.t(
            "Each section of all sites together, with the site that stands lowest and the one that moves it most"
        ),
        columns=(
            Column(head=c.t("Section"), width=3.2),
            Column(head=c.t("Index"), width=1, align="right"),
            Column(head=c.t("Range"), width=1.5, align="right"),
            Column(head=c.t("Lowest site"), width=2),
            Column(head=c.t("Moves it most"), width=2),
            Column(head=c.t("Spread"), width=1, align="right"),
        ),
        rows=tuple(_row(group, section, "strong" if section.of in top else "plain") for section in rows),
    )


def _row(group: Group, section: SectionRollup, tone: Tone) -> tuple[Cell, ...]:
    c, worst, driver = group.c, section.worst, section.driver
    low, high = (group.number(section, value) for value in (section.low, section.high))
    lowest = f"{group.names[worst.site]} · {group.number(section, worst.value)}" if worst else MISSING
    moved = MISSING
    if driver is not None and driver.drive is not None and abs(driver.drive) > TOLERANCE:
        digits = digits_of(section.bottom, section.top)
        moved = f"{group.names[driver.site]} · {c.change(driver.drive, digits)}"
    return (
        cell(group.title(section.of), tone),
        cell(group.number(section, section.value), tone),
        cell(low if low == high else f"{low}–{high}"),
        cell(lowest),
        cell(moved),
        cell(group.number(section, section.spread)),
    )


def beside(group: Group, *, below: bool = False) -> Iterator[Block]:
    """Yield the sites beside one another: index and level of each section."""
    c, known = group.c, group.questionnaire
    names = list(group.names)[:MOST_SITES]
    top = {known.id, *(section.id for section in known.sections)}
    rows = [section for section in group.rollup.sections if below or section.of in top]
    yield Table(
        summary=c.t("Index and level of each section at each site"),
        columns=(
            Column(head=c.t("Section"), width=3),
            *(Column(head=group.names[name], width=1.4, align="right") for name in names),
        ),
        rows=tuple(_beside(group, section, names) for section in rows),
    )
    if len(group.names) > len(names):
        more = len(group.names) - len(names)
        yield Paragraph(
            text=c.n("One more site is not shown here.", "{count} more sites are not shown here.", more),
            style="caption",
        )


def _beside(group: Group, section: SectionRollup, names: Sequence[str]) -> tuple[Cell, ...]:
    c, found = group.c, {site.site: site for site in section.sites}
    cells = []
    for name in names:
        site = found.get(name)
        if site is None or site.value is None:
            cells.append(cell(MISSING))
            continue
        said = c.t(
            "{index} · level {level}", index=group.number(section, site.value), level=c.number(site.level, 0)
        )
        is_worst = section.worst is not None and section.worst.site == name and len(found) > 1
        cells.append(cell(said, "strong" if is_worst else "plain"))
    return (cell(group.title(section.of)), *cells)


def legal(group: Group) -> Iterator[Block]:
    """Yield the legal topics: the law is as far as its worst site."""
    c, topics = group.c, group.rollup.legal
    if not topics:
        return
    yield Table(
        summary=c.t("Each legal topic at all sites: the worst state, and where it is not cleared"),
        columns=(
            Column(head=c.t("Topic"), width=3),
            Column(head=c.t("Worst state"), width=1.4),
            Column(head=c.t("Not cleared"), width=1.2, align="right"),
            Column(head=c.t("Where"), width=3),
        ),
        rows=tuple(
            (
                cell(group.title(topic.section)),
                cell(c.t(LIGHTS[topic.worst]), light=topic.worst),
                cell(c.percent(topic.not_cleared)),
                cell(
                    c.join([group.names[name] for name, light in topic.sites if light != "green"]) or MISSING
                ),
            )
            for topic in topics
        ),
    )


def to_do(group: Group) -> Iterator[Block]:
    """Yield what is weak everywhere, and what at one site only."""
    c = group.c
    for found, title, why in (
        (
            group.rollup.everywhere,
            c.t("Weak everywhere: do it once for all"),
            c.t("Every site that answered stands at the lowest steps here."),
        ),
        (
            group.rollup.only_there,
            c.t("Weak at one site only: learn from the others"),
            c.t("One site stands at the lowest steps, every other at the middle or higher."),
        ),
    ):
        if not found:
            continue
        yield Heading(level=2, text=title)
        yield Paragraph(text=why, style="small")
        yield Bullets(items=tuple(Line(text=_weak(group, weak)) for weak in found[:MOST_QUESTIONS]))
        more = len(found) - MOST_QUESTIONS
        if more > 0:
            yield Paragraph(text=c.n("One more question.", "{count} more questions.", more), style="caption")


def _weak(group: Group, weak: Weak) -> str:
    said = group.question(weak.question)
    return f"{said} ({group.names[weak.sites[0]]})" if len(weak.sites) == 1 else said


def since(before: Rollup, group: Group, *, then: str) -> Iterator[Block]:
    """Yield what became of the group since an earlier time: sites that came or went, weights, change at the sites."""
    c, known = group.c, group.questionnaire
    top = {known.id, *(section.id for section in known.sections)}
    rows = []
    for section in group.rollup.sections:
        found = change_of(before.of(section.of), section) if section.of in top else None
        if found is not None:
            rows.append(_changed(group, section, found))
    if not rows:
        yield Paragraph(
            text=c.t(
                "No site had an index both then and now, so there is nothing to compare since {day}.",
                day=then,
            )
        )
        return
    yield Table(
        summary=c.t("The group's index then and now, and what explains the change"),
        columns=(
            Column(head=c.t("Section"), width=3),
            *(
                Column(head=head, width=1.4, align="right")
                for head in (
                    then,
                    c.t("Now"),
                    c.t("Change"),
                    c.t("Other sites"),
                    c.t("Other weights"),
                    c.t("At the sites"),
                )
            ),
        ),
        rows=tuple(rows),
    )


def _changed(group: Group, section: SectionRollup, found: GroupChange) -> tuple[Cell, ...]:
    c, digits = group.c, digits_of(section.bottom, section.top)
    return (
        cell(group.title(section.of)),
        cell(c.number(found.old, digits)),
        cell(c.number(found.new, digits)),
        cell(c.change(found.change, digits), "strong"),
        cell(c.change(found.sites, digits)),
        cell(c.change(found.weights, digits)),
        cell(c.change(found.within, digits), "strong"),
    )
