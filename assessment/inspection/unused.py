"""Parts that nobody meets: rows, standards, roles and the like that nothing names, measures that no gap calls for."""

from collections.abc import Iterable, Iterator

from assessment.inspection.possible import possible
from assessment.inspection.result import Finding, Kind, Severity
from assessment.questionnaire import Effect, Measure, Questionnaire
from assessment.values import TOLERANCE


def findings(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield every part that nothing names and nothing calls for."""
    yield from option_sets(questionnaire)
    yield from _of_register(questionnaire)
    yield from _of_standards(questionnaire)
    yield from _of_figures(questionnaire)
    yield from _of_reference_points(questionnaire)
    yield from _of_sources(questionnaire)
    yield from _of_measures(questionnaire)
    yield from _of_planning(questionnaire)


def option_sets(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield the option sets that no question uses."""
    used = {getattr(question, "option_set", None) for question in questionnaire.questions_by_id.values()}
    for options in questionnaire.option_sets:
        if options.id not in used:
            yield Finding(
                kind="option_set_unused",
                severity="notice",
                where=("option_sets", options.id),
                what="no question uses this option set.",
                why="Whoever changes its options changes nothing.",
                to_do="Remove it, or name it in the questions that it was written for.",
            )


def _unused(
    kind: Kind,
    severity: Severity,
    *,
    place: tuple[str, ...],
    known: Iterable[str],
    used: Iterable[str],
    what: str,
    why: str,
    to_do: str,
) -> Iterator[Finding]:
    named = frozenset(used)
    for each in known:
        if each not in named:
            yield Finding(kind=kind, severity=severity, where=(*place, each), what=what, why=why, to_do=to_do)


def _of_register(questionnaire: Questionnaire) -> Iterator[Finding]:
    register = questionnaire.register_
    if register is None:
        return
    named = {row.id for row in register.rows if row.sections}
    for part in (*questionnaire.questions_by_id.values(), *questionnaire.caps):
        named.update(part.references)
    yield from _unused(
        "row_unused",
        "warning",
        place=("register", "rows"),
        known=(row.id for row in register.rows),
        used=named,
        what="no question and no cap refers to this row, and it names no section.",
        why="Nobody meets it where it matters, only in the long list.",
        to_do="Name it in `references` of a question or a cap, give it `sections`, or remove it.",
    )
    yield from _unused(
        "topic_unused",
        "notice",
        place=("register", "topics"),
        known=(topic.id for topic in register.topics),
        used={topic for row in register.rows for topic in row.topics},
        what="no row of the register has this topic.",
        why="Whoever looks for the topic finds nothing.",
        to_do="Remove it, or name it in the rows that it was written for.",
    )
    yield from _unused(
        "union_unused",
        "notice",
        place=("register", "unions"),
        known=(union.id for union in register.unions),
        used={row.jurisdiction for row in register.rows},
        what="no row of the register holds in this union.",
        why="Its members suggest rules that are not there.",
        to_do="Remove it, or add the rows.",
    )


def _of_standards(questionnaire: Questionnaire) -> Iterator[Finding]:
    questions = questionnaire.questions_by_id.values()
    yield from _unused(
        "standard_unused",
        "warning",
        place=("standards",),
        known=questionnaire.standards_by_id,
        used={mapping.standard for question in questions for mapping in question.standards},
        what="no question maps to this standard.",
        why="The report names it as a ground of the content, and nothing rests on it.",
        to_do="Map the questions that touch it, or remove it.",
    )


def _of_figures(questionnaire: Questionnaire) -> Iterator[Finding]:
    figures = questionnaire.key_figures
    if figures is None:
        return
    inputs = figures.value.inputs if figures.value else ()
    yield from _unused(
        "figure_group_unused",
        "warning",
        place=("key_figures", "groups"),
        known=(group.id for group in figures.groups),
        used={figure.group for figure in figures.figures} | {each.group for each in inputs},
        what="no key figure and no input of the value model stands in this group.",
        why="It would be a heading with nothing below it.",
        to_do="Remove it, or put into it what belongs there.",
    )


def _of_reference_points(questionnaire: Questionnaire) -> Iterator[Finding]:
    for point in questionnaire.reference_points:
        drawn = "marker" in point.use
        if drawn != (point.marker is not None):
            yield Finding(
                kind="reference_point_unused",
                severity="warning",
                where=("reference_points", point.id),
                what="it is to be drawn beside a key figure, and names none."
                if drawn
                else "it names a key figure, and is not to be drawn there.",
                why="The figure that was meant for the picture is not in it.",
                to_do="Give it a `marker`, or leave `marker` out of `use`."
                if drawn
                else "Add `marker` to `use`, or leave the `marker` out.",
            )


def _of_sources(questionnaire: Questionnaire) -> Iterator[Finding]:
    first = questionnaire.languages[0]
    seen: dict[str, int] = {}
    for number, source in enumerate(questionnaire.sources, start=1):
        said = " ".join(source.localize(first).casefold().split())
        before = seen.setdefault(said, number)
        if before != number:
            yield Finding(
                kind="source_twice",
                severity="notice",
                where=("sources", str(number)),
                what=f"source {before} says the same.",
                why="The report lists it twice.",
                to_do="Remove one of the two.",
            )


def _of_measures(questionnaire: Questionnaire) -> Iterator[Finding]:
    gates = {cap.question for cap in questionnaire.caps}
    for measure in questionnaire.measures:
        if not any(_matters(questionnaire, measure, effect, gates) for effect in measure.effects):
            yield Finding(
                kind="measure_unused",
                severity="warning",
                where=("measures", measure.id),
                what="no gap ever calls for this measure: none of its effects moves a question that is scored or that a cap hangs on.",
                why="No plan has a reason to contain it.",
                to_do="Give it an effect on a question that counts, or remove it.",
            )


def _matters(questionnaire: Questionnaire, measure: Measure, effect: Effect, gates: set[str]) -> bool:
    question = questionnaire.questions_by_id[effect.question]
    from_ = 0.0 if effect.needs is None else question.worth(effect.needs)
    return (
        (question.weight > 0 or question.id in gates)
        and question.worth(effect.to) > from_ + TOLERANCE
        and possible((*measure.applies_if, *questionnaire.conditions_of[question.id]), questionnaire)
    )


def _of_planning(questionnaire: Questionnaire) -> Iterator[Finding]:
    yield from _unused(
        "role_unused",
        "warning",
        place=("planning", "roles"),
        known=(role.id for role in questionnaire.planning.roles),
        used={role for measure in questionnaire.measures for role in measure.work},
        what="no measure takes any work of this role.",
        why="People say how much time it has, and no plan ever asks for it.",
        to_do="Name it in `work` of the measures that it carries, or remove it.",
    )
    for measure in questionnaire.measures:
        if measure.lead is None or possible((*measure.applies_if, *measure.lead.applies_if), questionnaire):
            continue
        yield Finding(
            kind="lead_unused",
            severity="warning",
            where=("measures", measure.id, "lead"),
            what="nobody who takes this measure ever waits: the two conditions exclude each other.",
            why="The plan begins the measure too early, or the time was meant for another one.",
            to_do="Compare `applies_if` of the lead with that of the measure.",
        )
