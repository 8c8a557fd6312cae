"""Where a plan leads: what the scoring engine makes of the answers month by month."""

from collections.abc import Iterable

from assessment.questionnaire import Questionnaire
from assessment.roadmap.gains import moved_by
from assessment.roadmap.result import Projected, Slot
from assessment.roadmap.situation import Situation
from assessment.roadmap.terms import SLOTS_PER_MONTH
from assessment.scoring import active_caps, evaluate


def project(found: Situation, slots: Iterable[Slot]) -> tuple[Projected, ...]:
    """Return what the engine makes of the answers today and after each month; what a measure moves comes in when it takes
    effect, what finished measures are expected to have moved from the first month on."""
    planned = sorted(slots, key=lambda slot: slot.works_from)
    shown = [section.id for section in found.questionnaire.whole.walk()]
    steps = [_projected(found, 0, found.today, shown)]
    known: tuple[int, Projected] | None = None
    for month in range(1, found.capacity.months + 1):
        done = [slot.measure for slot in planned if slot.works_from <= month * SLOTS_PER_MONTH]
        if known is None or known[0] != len(done):
            by_id = found.questionnaire.measures_by_id
            moved = moved_by(found.questionnaire, found.begun, [by_id[name] for name in done])
            known = (len(done), _projected(found, month, {**found.begun, **moved}, shown))
        steps.append(known[1].model_copy(update={"month": month}))
    return tuple(steps)


def _projected(found: Situation, month: int, worths: dict[str, float], shown: list[str]) -> Projected:
    nodes = evaluate(
        found.questionnaire, worths, unknown=found.reading.unknown, missing=found.reading.missing
    )
    caps = active_caps(found.questionnaire, worths, unknown=found.reading.unknown)
    return Projected(
        month=month,
        values={name: nodes[name].value for name in shown},
        levels={name: nodes[name].level for name in shown},
        caps=tuple(cap.id for cap in caps),
    )


def levels(questionnaire: Questionnaire, found: Situation, worths: dict[str, float]) -> dict[str, int | None]:
    """Return the level of every section for these worths."""
    nodes = evaluate(questionnaire, worths, unknown=found.reading.unknown, missing=found.reading.missing)
    return {name: node.level for name, node in nodes.items()}
