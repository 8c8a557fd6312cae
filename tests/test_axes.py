"""Axes of any index: few marks at round figures, decimals that fit the range, one axis for ranges that differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.charts import bars, heatmap, progress_curve, radar
from assessment.charts.axes import axis_of, digits_of, marks_of
from assessment.document import compose
from assessment.document.plain import as_text
from assessment.exports.pdf import render
from assessment.i18n import catalogue
from assessment.questionnaire import Questionnaire
from assessment.report import Report
from tests.conftest import a_questionnaire, a_report, a_sheet, level_question, measure, section, text


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (1, 5, (1, 2, 3, 4, 5)),
        (0, 3, (0, 1, 2, 3)),
        (0, 100, (0, 25, 50, 75, 100)),
        (0, 10, (0, 2, 4, 6, 8, 10)),
        (0, 9, (0, 3, 6, 9)),
        (0, 36, (0, 10, 20, 30, 36)),
        (0, 1, (0, 1)),
        (-50, 50, (-50, -25, 0, 25, 50)),
        (4, 4, (4,)),
    ],
)
def test_an_axis_has_few_marks_at_round_figures(low: float, high: float, marks: tuple[float, ...]) -> None:
    assert marks_of(low, high) == marks


@given(low=st.floats(-1e6, 1e6), span=st.floats(1e-3, 1e6))
def test_any_axis_has_at_most_eight_marks_rising_from_end_to_end(low: float, span: float) -> None:
    marks = marks_of(low, low + span)
    assert (marks[0], marks[-1]) == pytest.approx((low, low + span))
    assert 2 <= len(marks) <= 8
    assert list(marks) == sorted(set(marks))


def test_an_index_has_decimals_that_fit_its_range() -> None:
    assert [digits_of(*ends) for ends in ((1, 5), (0, 3), (0, 100), (0, 1000))] == [2, 2, 1, 0]


@pytest.fixture(scope="module")
def percent() -> Report:
    """An index of 0 to 100, no caps, no measures, nothing confirmed, ten levels, three sections with questions."""
    known = a_questionnaire(
        *(section(name, *(level_question(f"{name}{n}", levels=range(10)) for n in "ab")) for name in "xyz"),
        levels=range(10),
        method="mean",
    )
    data = {**known.model_dump(by_alias=True, exclude_none=True), "levels": "bands"}
    data["scale"]["index"] = {"low": 0, "high": 100}
    known = Questionnaire.model_validate(data)
    return a_report(known, a_sheet(known, {"xa": 9, "xb": 0, "ya": 3, "yb": 4, "za": 9, "zb": 9}))


@pytest.fixture(scope="module")
def sums() -> Report:
    """Two sections that add points up, each to a top of its own."""
    known = a_questionnaire(
        section("few", level_question("a", levels=range(4), own_scale=True), method="sum"),
        section("many", *(level_question(n, levels=range(4), own_scale=True) for n in "bcd"), method="sum"),
        levels=range(4),
        measures=[measure("m", {"b": 3})],
    )
    return a_report(known, a_sheet(known, {"a": 3, "b": 0, "c": 3, "d": 0}))


def test_an_index_of_a_hundred_is_drawn_from_nought_to_a_hundred(percent: Report) -> None:
    web = radar(percent, "en")
    assert (web.lowest, web.highest, web.percent, web.digits) == (0, 100, False, 1)
    assert len(web.marks) == 5
    assert web.series[0].values == pytest.approx((50, 350 / 9, 100))
    assert [bar.said for bar in bars(percent, "en").bars] == ["50.0", "38.9", "100.0"]
    assert (progress_curve(percent, "en").lowest, progress_curve(percent, "en").highest) == (0, 100)


def test_without_measures_nothing_is_drawn_or_told_of_a_plan(percent: Report) -> None:
    assert [series.role for series in radar(percent, "en").series] == ["present"]
    assert {bar.planned for bar in bars(percent, "en").bars} == {None}
    assert bars(percent, "en").planned_name == ""
    said = as_text(compose(percent, "en"))
    for word in (
        "Roadmap)",
        "measures planned",
        "after the plan",
        "level confirmed",
        "legally",
        "0% is needed",
    ):
        assert word not in said, word
    assert "Strength: “z” stands at index 100.0" in said


def test_sections_with_ranges_of_their_own_are_drawn_by_how_far_along_they_are(sums: Report) -> None:
    chart = bars(sums, "en")
    assert chart.percent
    assert (chart.lowest, chart.highest) == (0, 100)
    assert [(bar.value, bar.said) for bar in chart.bars] == [
        (100, "3.00"),
        (pytest.approx(100 / 3), "3.00 of 9"),
    ]
    assert radar(sums, "en").series[0].values == (100, pytest.approx(100 / 3))
    assert "weakest: many with 33%" in radar(sums, "en").alt


def test_a_section_without_parts_shows_its_questions(sums: Report) -> None:
    assert [bar.id for bar in bars(sums, "en", of="many").bars] == ["b", "c", "d"]


def test_scores_of_one_range_share_its_axis(percent: Report, sums: Report) -> None:
    assert axis_of(percent.scorecard.overall.parts)[:2] == (0, 100)
    assert not axis_of(percent.scorecard.overall.parts).percent
    assert axis_of(sums.scorecard.overall.parts).percent


def test_a_level_of_any_scale_has_a_colour(percent: Report) -> None:
    chart = heatmap(percent, "en")
    colours = ("pale", "light", "middle", "dark", "darkest")
    shades = [chart.shade(level, colours) for level in range(10)]
    assert (shades[0], shades[-1]) == ("pale", "darkest")
    assert [colours.index(shade) for shade in shades] == sorted(colours.index(shade) for shade in shades)
    assert set(shades) == set(colours)


def test_dimensions_that_are_capabilities_stand_in_the_heatmap_once(percent: Report) -> None:
    (row,) = heatmap(percent, "en").rows
    assert (row.label, [cell.id for cell in row.cells]) == ("", ["x", "y", "z"])
    assert [len(part.cells) for part in heatmap(percent, "en").columns(4)] == [1, 1, 1]


def test_a_radar_of_very_many_capabilities_shows_the_dimensions() -> None:
    known = a_questionnaire(
        *(
            section(f"d{n}", *(section(f"d{n}p{m}", level_question(f"d{n}p{m}q")) for m in range(10)))
            for n in range(4)
        )
    )
    report = a_report(known, a_sheet(known, {"d0p0q": 3}))
    assert radar(report, "en").ids == ("d0", "d1", "d2", "d3")
    assert len(radar(report, "en", of="d0").ids) == 10
    assert len(heatmap(report, "en").columns(4)) == 4


@pytest.mark.parametrize("size", [1, 60])
def test_a_report_of_one_section_or_of_very_many_parts_is_made(size: int) -> None:
    known = a_questionnaire(
        section(
            "all", *(section(f"p{n}", level_question(f"p{n}q"), title=text(f"Part {n}")) for n in range(size))
        )
        if size > 1
        else section("all", level_question("q"))
    )
    report = a_report(known, a_sheet(known, dict.fromkeys(known.questions_by_id, 3)))
    assert render(report, "en").startswith(b"%PDF")


def test_a_figure_on_the_screen_has_as_many_marks_as_on_paper(percent: Report, sums: Report) -> None:
    from assessment.ui.figures import draw

    figure = draw(radar(percent, "en"))
    assert list(figure.layout.polar.radialaxis.tickvals) == [0, 25, 50, 75, 100]
    figure = draw(bars(sums, "de"), separators=catalogue("de").separators)
    assert list(figure.layout.xaxis.ticktext) == ["0%", "25%", "50%", "75%", "100%"]
    for report in (percent, sums):
        for make in (radar, bars, progress_curve):
            assert draw(make(report, "en")).layout.height
