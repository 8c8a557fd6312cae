"""The measures of the plan: one card each, wave by wave."""

from collections.abc import Iterator

from assessment.charts import is_code, wave_of
from assessment.document.blocks import Block, Card, Fact, Heading, PageBreak, Paragraph
from assessment.document.planned import WAVE_NAMES, assumed, room_to_slip, what_follows, why, why_then
from assessment.document.telling import MEASURES, Teller, anchor_of_measure, anchor_of_question
from assessment.i18n import N_
from assessment.roadmap import Slot

FIRST_STEPS = 3

COST = (N_("no or little"), N_("low"), N_("medium"), N_("high"))
"""External cost in the first year, by class from 1."""


def measures(tell: Teller) -> Iterator[Block]:
    """Yield a card for each measure of the plan; nothing without a plan."""
    c, slots = tell.c, tell.report.roadmap.slots
    if not slots:
        return
    low, high = sum(slot.effort_low for slot in slots), sum(slot.effort_high for slot in slots)
    yield Heading(
        level=1,
        text=c.n(
            "One measure takes {effort}",
            "{count} measures take {effort}",
            len(slots),
            effort=tell.effort(low, high),
        ),
        anchor=MEASURES,
        eyebrow=c.t("Measures"),
        short=c.t("Measures"),
    )
    yield Paragraph(
        text=c.t(
            "Efforts are ranges of internal work, scaled to the size of the organisation; the plan reckons with "
            "their middle."
        ),
        style="lede",
    )
    for number, name in enumerate(WAVE_NAMES):
        here = [slot for slot in slots if wave_of(slot.begin) == number]
        if here:
            yield Heading(level=2, text=c.t(name))
            for slot in here:
                yield _card(tell, slot, number)
    yield PageBreak()


def _card(tell: Teller, slot: Slot, wave: int) -> Card:
    c, measure = tell.c, tell.questionnaire.measures_by_id[slot.measure]
    facts = [
        Fact(name=c.t("Who"), value=tell.say(measure.role)),
        Fact(name=c.t("When"), value=tell.months(slot.begin, slot.end)),
        Fact(name=c.t("Effort"), value=tell.effort(slot.effort_low, slot.effort_high)),
        Fact(name=c.t("Duration"), value=c.n("one week", "{count} weeks", measure.weeks)),
        Fact(name=c.t("External cost"), value=c.t(COST[measure.cost - 1])),
        Fact(name=c.t("Key figure"), value=tell.say(measure.key_figure)),
        Fact(name=c.t("Risk"), value=tell.say(measure.risk)),
    ]
    if slot.waits_for:
        first = slot.waits_for[0]
        facts.append(
            Fact(
                name=c.t("Needs first"),
                value=tell.c.join(tell.measure(name) for name in slot.waits_for),
                link=anchor_of_measure(first),
            )
        )
    moved = anchor_of_question(slot.moves[0]) if slot.moves else None
    facts.append(Fact(name=c.t("Moves"), value=_moves(tell, slot), link=moved))
    then = " ".join(part for part in (why_then(tell, slot), assumed(tell, slot)) if part)
    facts.append(Fact(name=c.t("Why then"), value=then))
    follows = " ".join(what_follows(tell, slot))
    if follows:
        facts.append(Fact(name=c.t("What it brings"), value=follows))
    facts.append(Fact(name=c.t("Room to slip"), value=room_to_slip(tell, slot)))
    return Card(
        anchor=anchor_of_measure(slot.measure),
        mark=slot.measure.upper() if is_code(slot.measure) else "",
        title=tell.say(measure.title),
        subtitle=why(tell, slot),
        text=tell.say(measure.what),
        steps_title=c.t("First steps"),
        steps=tuple(tell.say(step) for step in measure.first_steps[:FIRST_STEPS]),
        facts=tuple(facts),
        light="red" if slot.lifts else None,
        wave=wave,
    )


def _moves(tell: Teller, slot: Slot) -> str:
    c = tell.c
    places: list[str] = []
    for question in slot.moves:
        place = tell.section(tell.questionnaire.parent[question])
        if place not in places:
            places.append(place)
    if not places:
        return c.t("nothing by itself; other measures need it")
    return c.n(
        "one answer in {sections}",
        "{count} answers in {sections}",
        len(slot.moves),
        sections=tell.some(places),
    )
