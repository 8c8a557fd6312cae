"""Sites together, drawn: the group's index of each dimension with its range."""

from assessment.charts.axes import ALIKE, digits_of
from assessment.charts.specs import Bar, Bars
from assessment.i18n import MISSING, Catalogue
from assessment.questionnaire import Questionnaire
from assessment.rollup import Rollup, SectionRollup


def group_bars(rollup: Rollup, questionnaire: Questionnaire, *, c: Catalogue) -> Bars:
    """Return the group's index and range of the whole and of each dimension, without those that no site has."""
    top = {questionnaire.id, *(section.id for section in questionnaire.sections)}
    found = [section for section in rollup.sections if section.of in top and section.sites]
    ends = {(round(section.bottom, ALIKE), round(section.top, ALIKE)) for section in found}
    percent = len(ends) != 1
    lowest, highest = (0.0, 100.0) if percent else ends.pop()
    made = []
    for section in found:
        low, high = (_said(section, value, c) for value in (section.low, section.high))
        made.append(
            Bar(
                id=section.of,
                label=c.t("All together")
                if section.of == questionnaire.id
                else questionnaire.sections_by_id[section.of].title.localize(c.language),
                value=_at(section, section.value if section.certain else None, percent),
                low=_at(section, section.low, percent),
                high=_at(section, section.high, percent),
                level=None,
                planned=None,
                said=_said(section, section.value if section.certain else None, c),
                between="" if low == high else c.t("{low} to {high}", low=low, high=high),
            )
        )
    said = "; ".join(
        c.t(
            "{section}: {value}, range {low} to {high}",
            section=bar.label,
            value=bar.said,
            low=_said(section, section.low, c),
            high=_said(section, section.high, c),
        )
        for bar, section in zip(made, found, strict=True)
    )
    return Bars(
        title=c.t("Index of all sites together, with range"),
        alt=said + ".",
        lowest=lowest,
        highest=highest,
        percent=percent,
        digits=0 if percent else digits_of(lowest, highest),
        planned_name="",
        bars=tuple(made),
    )


def _said(section: SectionRollup, value: float | None, c: Catalogue) -> str:
    return MISSING if value is None else c.number(value, digits_of(section.bottom, section.top))


def _at(section: SectionRollup, value: float | None, percent: bool) -> float | None:
    if value is None or not percent:
        return value
    span = section.top - section.bottom
    return 100 * (value - section.bottom) / span if span > 0 else 0.0
