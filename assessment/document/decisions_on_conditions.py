"""Decisions on conditions that limit levels: what to settle now, what to have clarified."""

from collections.abc import Iterator, Sequence

from assessment.document.blocks import Decision, Fact
from assessment.document.telling import ROADMAP, Teller, anchor_of_measure
from assessment.roadmap import Slot

LEGAL_ONE_BY_ONE = 2
"""So many measures that settle a condition are decisions of their own; the rest is one decision together."""


def clarify(tell: Teller) -> Iterator[Decision]:
    """Yield one decision on the conditions that nobody could confirm."""
    c, unknown = tell.c, tell.report.roadmap.clarify
    if not unknown:
        return
    questions = sorted(set(unknown), key=unknown.index)
    limited = {
        limit.section: limit.level
        for cap in tell.questionnaire.caps
        if cap.question in questions
        for limit in cap.limits
    }
    yield Decision(
        title=c.n(
            "Have one condition clarified that nobody could confirm",
            "Have {count} conditions clarified that nobody could confirm",
            len(questions),
        ),
        reasons=(
            Fact(name=c.t("Why now"), value=tell.some((tell.question(q) for q in questions), most=1)),
            # a question may hold a measure back without limiting a level
            *([Fact(name=c.t("If not"), value=_stays(tell, limited))] if limited else []),
        ),
        facts=(
            Fact(name=c.t("Effort"), value=c.t("a written answer")),
            Fact(name=c.t("By"), value=tell.month(0)),
            Fact(name=c.t("Who"), value=c.t("management, with legal advice")),
        ),
    )


def settle_conditions(tell: Teller) -> Iterator[Decision]:
    """Yield the measures that settle conditions: the weightiest alone, the others together."""
    lifting = [slot for slot in tell.report.roadmap.slots if slot.lifts]
    lifting.sort(key=lambda slot: (-_weight(tell, slot), slot.end, slot.measure))
    alone = lifting if len(lifting) <= LEGAL_ONE_BY_ONE + 1 else lifting[:LEGAL_ONE_BY_ONE]
    for slot in alone:
        yield _settle(tell, [slot])
    rest = lifting[len(alone) :]
    if rest:
        yield _settle(tell, rest)


def _weight(tell: Teller, slot: Slot) -> int:
    return sum(len(tell.cap(cap).limits) for cap in slot.lifts)


def _settle(tell: Teller, slots: Sequence[Slot]) -> Decision:
    c = tell.c
    caps = [tell.cap(cap) for slot in slots for cap in slot.lifts]
    limited = {limit.section: limit.level for cap in caps for limit in cap.limits}
    needed = {required for slot in slots for required in slot.waits_for} - {slot.measure for slot in slots}
    if len(slots) == 1:
        title = c.t("Start “{measure}” now", measure=tell.measure(slots[0].measure))
        why = tell.say(caps[0].reason)
    else:
        title = c.n(
            "Start one more measure that settles a condition",
            "Start {count} more measures that settle conditions",
            len(slots),
        )
        why = c.t(
            "Each settles a condition that is not met: {list}.",
            list=tell.some(tell.measure(slot.measure) for slot in slots),
        )
    effect = c.t(
        "Removes the limit on {sections}.",
        sections=tell.some((tell.quoted(name) for name in limited), most=2),
    )
    facts = _facts(tell, slots)
    if needed:
        facts = (
            *facts,
            Fact(
                name=c.t("Needs first"),
                value=tell.some((tell.measure(name) for name in sorted(needed)), most=1),
            ),
        )
    return Decision(
        title=title,
        reasons=(
            Fact(name=c.t("Why now"), value=why),
            Fact(name=c.t("Effect"), value=effect),
            Fact(name=c.t("If not"), value=_stays(tell, limited)),
        ),
        facts=facts,
        link=anchor_of_measure(slots[0].measure) if len(slots) == 1 else ROADMAP,
    )


def _stays(tell: Teller, limited: dict[str, int]) -> str:
    c = tell.c
    lowest = min(limited.values())
    first = [tell.quoted(name) for name, level in limited.items() if level == lowest]
    return c.t(
        "Level {level} stays the most that can be reached in {sections}.",
        level=lowest,
        sections=tell.some(first, most=1),
    )


def _facts(tell: Teller, slots: Sequence[Slot]) -> tuple[Fact, ...]:
    c = tell.c
    roles = sorted({tell.say(tell.questionnaire.measures_by_id[slot.measure].role) for slot in slots})
    return (
        Fact(
            name=c.t("Effort"),
            value=tell.effort(sum(s.effort_low for s in slots), sum(s.effort_high for s in slots)),
        ),
        Fact(name=c.t("By"), value=tell.month_of_end(max(slot.end for slot in slots))),
        Fact(name=c.t("Who"), value=tell.some(roles, most=1)),
    )
